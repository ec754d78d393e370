"""Numbers and codes that stand for one person, one household or one vehicle."""

import re
from typing import Final

from stdnum.gb import nhs, upn

from data.screening.identifier_kinds import Confidence

# A cell that is a code of letters and digits and nothing else: what a match among references is compared with.
_CODE: Final = re.compile(r"(?i)(?=\D*\d)(?=[^a-z]*[a-z])[a-z\d]+")

_AREAS: Final = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|"
    "FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|"
    "NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|"
    "W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)

NHS_PREFILTER: Final = (
    r"(?i)(?:^|[^a-z\d.]|nhs|no|number)(?:\d{3}[ .\-/]?\d{3}[ .\-/]?\d{4}|\d{5} \d{5}|\d(?: \d){9})(?:$|\D)"
)
_NHS: Final = re.compile(
    r"(?i)(?<![a-z\d.])(?<!\d[\-/ ])(?:nhs|no|number)?"
    r"(\d{3}([ .\-/]?)\d{3}\2\d{4}|\d{5} \d{5}|\d(?: \d){9})(?![ \-/]?\d)(?!\.\d|[a-z])"
)
_NHS_GROUPS: Final = re.compile(r"\d{3}([ .\-/])\d{3}\1\d{4}|\d(?: \d){9}")
_NHS_LABEL: Final = re.compile(r"(?i)\bnhs|health (?:no|number|id)\b|medical (?:no|number)\b")


def detect_nhs_number(text: str) -> Confidence:
    """Return how surely a text holds an NHS number: ten digits that pass its check, grouped or labelled or bare."""
    best = Confidence.NOTHING
    for found in _NHS.finditer(text):
        best = max(best, _judge_ten_digits(found.group(1), text))
    return best


def _judge_ten_digits(found: str, text: str) -> Confidence:
    digits = re.sub(r"\D", "", found)
    if not nhs.is_valid(digits) or len(set(digits)) == 1:
        return Confidence.SHAPED
    if _NHS_LABEL.search(text):
        return Confidence.SURE
    return Confidence.LIKELY if _NHS_GROUPS.fullmatch(found) else Confidence.BARE


UPN_PREFILTER: Final = r"(?i)(?:^|[^a-z\d]|upn)[a-z](?:[ \-/.]?\d){11}[ \-/.]?[\da-z]|^[a-z\d]{13}$"
_UPN: Final = re.compile(r"(?i)(?<![a-z0-9])(?:upn)?([a-z](?:[ \-/.]?\d){11}[ \-/.]?[\da-z])(?![a-z0-9])")
_UPN_LABEL: Final = re.compile(r"(?i)\bupn|unique pupil|pupil (?:no|number|id)\b")


def detect_upn(text: str) -> Confidence:
    """Return how surely a text holds a unique pupil number: a check letter, eleven digits, and a digit or a letter.

    The council's number is not held against a list: councils are reorganised faster than lists are.
    """
    best = _shaped(text, 13, 13)
    for found in _UPN.finditer(text):
        number = re.sub(r"[ \-/.]", "", found.group(1)).upper()
        if not _passes_as_upn(number):
            best = max(best, Confidence.SHAPED)
        elif _UPN_LABEL.search(text):
            best = Confidence.SURE
        else:
            best = max(best, Confidence.BARE if found.group(1).upper() == number == text.upper() else Confidence.LIKELY)
    return best


def _passes_as_upn(number: str) -> bool:
    try:
        return number[0] == upn.calc_check_digit(number[1:])
    except ValueError:  # a last letter that no pupil number has
        return False


NINO_PREFILTER: Final = r"(?i)(?:^|[^a-z\d]|nino?)[a-z][ .\-/]?[a-z](?:[ .\-/]?\d){6}|^[a-z\d]{8,9}$"
_NINO: Final = re.compile(
    r"(?i)(?<![a-z0-9])(?:nino?:?)?([a-z] ?[a-z](?:[ .\-/]?\d){6})(?:[ .\-/]?([a-z]))?(?![a-z0-9])"
)
_NINO_LABEL: Final = re.compile(r"(?i)\bnino?\b|\bnino?:?[a-z]{2}\d|national insurance|\bni (?:no|number)\b")
_NINO_PREFIX: Final = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]")


def detect_nino(text: str) -> Confidence:
    """Return how surely a text holds a National Insurance number: two letters of those allowed, six digits, A to D."""
    best = _shaped(text, 8, 9)
    labelled = _NINO_LABEL.search(text) is not None
    for found in _NINO.finditer(text):
        number = re.sub(r"[ .\-/]", "", found.group(1)).upper()
        suffix = (found.group(2) or "").upper()
        if not _NINO_PREFIX.match(number) or suffix not in ("", *"ABCD"):
            best = max(best, Confidence.SHAPED)
        elif labelled or (suffix and not _fills_cell(found.group(), text)):
            best = Confidence.SURE
        elif suffix:
            best = max(best, Confidence.SURE if re.search(r"\d[ .\-/]\d", found.group(1)) else Confidence.BARE)
        else:
            best = max(best, Confidence.SHAPED)
    return best


POSTCODE_PREFILTER: Final = (
    r"(?i)(?:^|[^a-z\d]|code)[a-z]{1,2}\d[a-z\d]?[ .\-]{0,2}\d[abd-hjlnp-uw-z]{2}(?:$|[^a-z\d])|^[a-z\d]{5,7}$"
)
_POSTCODE: Final = re.compile(
    rf"(?i)(?<![a-z0-9])(?:post ?code:?)?((?:{_AREAS})(?:\d{{1,2}}|\d[a-z]))"
    r"([ .\-]{0,2})(\d[abd-hjlnp-uw-z]{2})(?![a-z0-9])"
)
_ORDINAL: Final = re.compile(r"(?i)1st|2nd|3rd|[04-9]th")
_TIME_LETTERS: Final = frozenset(("hr", "pp", "px", "xl", "ft"))


def detect_postcode(text: str) -> Confidence:
    """Return how surely a text holds a full postcode of a real postal area; a sector (S10 2) is none."""
    best = _shaped(text, 5, 7)
    for found in _POSTCODE.finditer(text):
        outward, gap, inward = found.groups()
        if not outward.isupper() and (_ORDINAL.fullmatch(inward) or inward[1:] in _TIME_LETTERS):
            continue
        if _ORDINAL.fullmatch(inward) and inward[1:].islower():
            continue
        best = max(best, Confidence.BARE if not gap and _fills_cell(found.group(), text) else Confidence.SURE)
    return best


VEHICLE_MARK_PREFILTER: Final = (
    r"(?i)(?:^|[^a-z\d])(?:[a-z]{2}\d\d[ \-]?[a-z]{3}|[a-z]\d{1,3}[ \-]?[a-z]{3}|[a-z]{3}[ \-]?\d{1,3}[a-z])"
    r"(?:$|[^a-z\d])|^[a-z\d]{1,4}[ \-]?[a-z\d]{2,6}$"
)
_NEW_MARK: Final = re.compile(
    r"(?i)(?<![a-z0-9])([a-hj-pr-y][a-hj-pr-y](?:0[2-9]|[12]\d|5[1-9]|[67]\d))([ \-]?)([a-hj-pr-z]{3})(?![a-z0-9])"
)
_OLD_MARK: Final = re.compile(
    r"(?i)(?<![a-z0-9])(?:([a-hj-npr-tv-y]\d{1,3})([ \-]?)([a-hj-pr-y]{3})"
    r"|([a-hj-pr-y]{3})([ \-]?)(\d{1,3}[a-hj-npr-tv-y]))(?![a-z0-9])"
)
_MARK_LABEL: Final = re.compile(r"(?i)\b(?:reg(?:istration)?|index|vrm|vrn|plates?|vehicle|car|van|moped)\b")
_WORDS: Final = """
all and any are asb bar bay boy bus but can car cce cse cut day dog end far few for gap get got gym had has her him
his how hsb its jct jnr let lot man men met new nor not now npt off old one our out own par pub put ran run saw set
she sat the too top two use van via was way who why yes yet you
"""
_COMMON_WORDS: Final = frozenset(_WORDS.split())


def detect_vehicle_mark(text: str) -> Confidence:
    """Return how surely a text holds a vehicle's registration mark: AB12 CDE, and the older A123 BCD and ABC 123D."""
    best = _shaped(re.sub(r"[ \-]", "", text), 6, 7)
    labelled = _MARK_LABEL.search(text) is not None
    for pattern in (_NEW_MARK, _OLD_MARK):
        for found in pattern.finditer(text):
            best = max(best, _judge_vehicle_mark(found, text, labelled, is_new=pattern is _NEW_MARK))
    return best


def _judge_vehicle_mark(found: re.Match[str], text: str, labelled: bool, *, is_new: bool) -> Confidence:
    parts = [part for part in found.groups() if part is not None]
    if any(part.casefold() in _COMMON_WORDS for part in parts):
        return Confidence.NOTHING
    alone, joined = _fills_cell(found.group(), text), "" in parts
    if alone:
        return Confidence.BARE if joined or not is_new else Confidence.LIKELY
    plain_word = not found.group().isupper()
    return Confidence.NOTHING if plain_word and not (labelled or is_new) else Confidence.LIKELY


def _fills_cell(found: str, text: str) -> bool:
    return len(text) <= len(found) + 1


def _shaped(text: str, shortest: int, longest: int) -> Confidence:
    return Confidence.SHAPED if shortest <= len(text) <= longest and _CODE.fullmatch(text) else Confidence.NOTHING
