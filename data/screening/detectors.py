"""The kinds of identifier that files are searched for, in one table."""

import re
from typing import Final

from data.screening import births, codes, contacts, persons
from data.screening.identifier_kinds import Confidence, HeaderPattern, IdentifierKind

_RARE: Final = 0.002  # so seldom that one is enough where nothing else in the column has the shape


def _header(pattern: str, threshold: Confidence = Confidence.BARE) -> tuple[HeaderPattern, ...]:
    return (HeaderPattern(re.compile(pattern), threshold),)


NHS_NUMBERS: Final = IdentifierKind(
    "NHS numbers", codes.NHS_PREFILTER, codes.detect_nhs_number,
    _header(r"\bnhs\b|health (?:no|number|id)\b", Confidence.SHAPED), chance=1 / 11,
)  # fmt: skip
UPNS: Final = IdentifierKind(
    "unique pupil numbers",
    codes.UPN_PREFILTER,
    codes.detect_upn,
    _header(r"\bupn\b|unique pupil", Confidence.SHAPED),
    chance=1 / 23,
)
NINOS: Final = IdentifierKind(
    "National Insurance numbers", codes.NINO_PREFILTER, codes.detect_nino,
    _header(r"\bnino\b|national insurance|\bni (?:no|number)\b", Confidence.SHAPED), chance=_RARE, share=0.5,
)  # fmt: skip
POSTCODES: Final = IdentifierKind(
    "full postcodes", codes.POSTCODE_PREFILTER, codes.detect_postcode,
    _header(r"post ?code|\bpcode\b|\bpc\b|address|\bhome\b"), chance=_RARE, share=0.5,
)  # fmt: skip
PHONES: Final = IdentifierKind(
    "telephone numbers", contacts.PHONE_PREFILTER, contacts.detect_phone,
    _header(r"phone|mobile|\bmob\b|\btel\b|\bcell\b|contact (?:no|number|details)|whats ?app", Confidence.SHAPED),
    chance=0.1,
)  # fmt: skip
EMAILS: Final = IdentifierKind("e-mail addresses", contacts.EMAIL_PREFILTER, contacts.detect_email)
VEHICLE_MARKS: Final = IdentifierKind(
    "vehicle marks", codes.VEHICLE_MARK_PREFILTER, codes.detect_vehicle_mark,
    _header(r"\bvrm\b|\bvrn\b|\breg(?:istration)?(?: (?:no|number|mark|plate))?$|number plate|\bplates?\b|vehicle"),
)  # fmt: skip
BIRTHS: Final = IdentifierKind(
    "dates of birth", births.PREFILTER, births.detect_birth,
    _header(r"\bd ?o ?b\b|birth|\bborn\b|\bdofb\b", Confidence.SHAPED),
)  # fmt: skip
URLS: Final = IdentifierKind("web addresses", contacts.URL_PREFILTER, contacts.detect_url)
PERSONS: Final = IdentifierKind(
    "names of people",
    persons.PREFILTER,
    persons.detect_person,
    persons.HEADER_PATTERNS,
    chance=0.12,
    share=0.5,
    names_persons=True,
)
FREE_TEXT: Final = "free text"

KINDS: Final = (NHS_NUMBERS, UPNS, NINOS, POSTCODES, PHONES, EMAILS, VEHICLE_MARKS, BIRTHS, URLS, PERSONS)
