"""The kinds of identifier that are looked for, in one table."""

import re
from typing import Final

from data.screening import births, codes, contacts, persons
from data.screening.identifier_kinds import IdentifierKind, Sight, Tell

_SELDOM: Final = 0.002  # so seldom that one is enough where nothing else in the column has the shape


def _tell(pattern: str, least: Sight = Sight.BARE) -> tuple[Tell, ...]:
    return (Tell(re.compile(pattern), least),)


NHS_NUMBERS: Final = IdentifierKind(
    "NHS numbers", codes.NHS_LOOKS, codes.see_nhs_number, _tell(r"\bnhs\b|health (?:no|number|id)\b", Sight.SHAPED),
    chance=1 / 11,
)  # fmt: skip
UPNS: Final = IdentifierKind(
    "unique pupil numbers", codes.UPN_LOOKS, codes.see_upn, _tell(r"\bupn\b|unique pupil", Sight.SHAPED), chance=1 / 23
)
NINOS: Final = IdentifierKind(
    "National Insurance numbers", codes.NINO_LOOKS, codes.see_nino,
    _tell(r"\bnino\b|national insurance|\bni (?:no|number)\b", Sight.SHAPED), chance=_SELDOM, share=0.5,
)  # fmt: skip
POSTCODES: Final = IdentifierKind(
    "full postcodes", codes.POSTCODE_LOOKS, codes.see_postcode, _tell(r"post ?code|\bpcode\b|\bpc\b|address|\bhome\b"),
    chance=_SELDOM, share=0.5,
)  # fmt: skip
PHONES: Final = IdentifierKind(
    "telephone numbers", contacts.PHONE_LOOKS, contacts.see_phone,
    _tell(r"phone|mobile|\bmob\b|\btel\b|\bcell\b|contact (?:no|number|details)|whats ?app", Sight.SHAPED), chance=0.1,
)  # fmt: skip
EMAILS: Final = IdentifierKind("e-mail addresses", contacts.EMAIL_LOOKS, contacts.see_email)
MARKS: Final = IdentifierKind(
    "vehicle marks", codes.MARK_LOOKS, codes.see_vehicle_mark,
    _tell(r"\bvrm\b|\bvrn\b|\breg(?:istration)?(?: (?:no|number|mark|plate))?$|number plate|\bplates?\b|vehicle"),
)  # fmt: skip
BIRTHS: Final = IdentifierKind(
    "dates of birth", births.LOOKS, births.see_birth,
    _tell(r"\bd ?o ?b\b|birth|\bborn\b|\bdofb\b", Sight.SHAPED),
)  # fmt: skip
URLS: Final = IdentifierKind("web addresses", contacts.URL_LOOKS, contacts.see_url)
PERSONS: Final = IdentifierKind(
    "names of people", persons.LOOKS, persons.see_person, persons.TELLS, chance=0.12, share=0.5, names_persons=True
)
FREE_TEXT: Final = "free text"

KINDS: Final = (NHS_NUMBERS, UPNS, NINOS, POSTCODES, PHONES, EMAILS, MARKS, BIRTHS, URLS, PERSONS)
