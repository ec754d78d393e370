"""The kinds of identifier that files are searched for, in one table."""

import re
from typing import Final

from data.screening import births, case_references, codes, contacts, devices, homes, persons, relations
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
    shape_tells=False,
)
INITIALS: Final = IdentifierKind(
    "initials or first names with a year group or an age", relations.INITIALS_PREFILTER, relations.detect_initials,
    chance=_RARE, share=0.5,
)  # fmt: skip
KIN: Final = IdentifierKind("relatives of people who are named", relations.KIN_PREFILTER, relations.detect_kin)
ADDRESSES: Final = IdentifierKind(
    "house numbers with their street", homes.ADDRESS_PREFILTER, homes.detect_address, chance=_RARE
)
THREE_WORDS: Final = IdentifierKind(
    "what3words addresses", homes.THREE_WORDS_PREFILTER, homes.detect_three_words,
    _header(r"what ?3 ?words|what ?three ?words|\bw3w\b|three words"), chance=_RARE, share=0.5,
)  # fmt: skip
POSITIONS: Final = IdentifierKind(
    "exact positions",
    homes.POSITION_PREFILTER,
    homes.detect_position,
    _header(r"\bhome\b|address|\blives?\b", Confidence.SHAPED),
    chance=0.12,
    share=0.9,
    are_numbers=True,
)
HANDLES: Final = IdentifierKind(
    "names of accounts", devices.HANDLE_PREFILTER, devices.detect_handle,
    _header(r"\buser ?names?\b|\bhandles?\b|gamer ?tags?|\bsnap(?:chat)?$|\binsta(?:gram)?$|snapchat (?:name|id)|"
            r"(?:insta|instagram|tik ?tok|discord|roblox) (?:name|id|user|account)", Confidence.SHAPED),
    shape_tells=False,
)  # fmt: skip
IMEIS: Final = IdentifierKind(
    "numbers of telephones themselves (IMEI)", devices.IMEI_PREFILTER, devices.detect_imei,
    _header(r"\bimei\b|handset|device (?:id|no|number)", Confidence.SHAPED), chance=0.1,
)  # fmt: skip
IPS: Final = IdentifierKind(
    "internet (IP) addresses", devices.IP_PREFILTER, devices.detect_ip,
    _header(r"\bip\b|ip address|\bipv[46]\b"), share=0.5,
)  # fmt: skip
CRIME_REFERENCES: Final = IdentifierKind(
    "police crime references", case_references.CRIME_PREFILTER, case_references.detect_crime_reference,
    _header(r"crime (?:ref|reference|no|number)|\bcrn\b|police (?:ref|reference|no|number)|occurrence (?:no|number)|"
            r"\bniche\b", Confidence.SHAPED), chance=0.1, share=0.5,
)  # fmt: skip
PASSPORTS: Final = IdentifierKind(
    "passport numbers", case_references.PASSPORT_PREFILTER, case_references.detect_passport,
    _header(r"passport", Confidence.SHAPED),
)  # fmt: skip
LEARNER_NUMBERS: Final = IdentifierKind(
    "unique learner numbers", case_references.LEARNER_PREFILTER, case_references.detect_learner_number,
    _header(r"\buln\b|unique learner|learner (?:no|number|id)", Confidence.SHAPED), chance=1 / 11,
)  # fmt: skip
FREE_TEXT: Final = "free text"

KINDS: Final = (
    NHS_NUMBERS, UPNS, LEARNER_NUMBERS, NINOS, PASSPORTS, POSTCODES, ADDRESSES, THREE_WORDS, POSITIONS, PHONES, IMEIS,
    EMAILS, HANDLES, IPS, VEHICLE_MARKS, CRIME_REFERENCES, BIRTHS, URLS, PERSONS, INITIALS, KIN,
)  # fmt: skip
# What is one in a single text only if it is likely: half of the names are words too, and days are everywhere.
NEVER_BARE: Final = (PERSONS, BIRTHS, POSITIONS, KIN)
