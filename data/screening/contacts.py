"""Ways to reach a person: telephone numbers, e-mail addresses, and addresses on the web."""

import re
from typing import Final

import phonenumbers

from data.screening.identifier_kinds import Confidence

PHONE_PREFILTER: Final = r"(?:\+|\(?0)[\d ().\-/]{6,}\d|^\d{8,14}$"
_PHONE: Final = re.compile(r"(?<![\w.])(?<![^\W_][-/_])(?:\+ ?\(?\d|\(?\+\d|\(?0)[\d ().\-/]{6,20}\d(?![\w])(?!\.\d)")
_BARE_DIGITS: Final = re.compile(r"\d{8,14}")
_DAY: Final = re.compile(r"\d{1,2}([./\- ])\d{1,2}\1(?:19|20)?\d\d\b|\d{4}([./\-])\d\d\2\d\d")
_DECIMAL: Final = re.compile(r"0\.\d+|0+[ .]0+.*|\d+\.\d+ [\d.]+")
_MAX_DIGITS: Final = 15  # digits of any telephone number


def detect_phone(text: str) -> Confidence:
    """Return how surely a text holds a telephone number that begins with 0, 00 or +, in any usual grouping.

    Digits alone in a cell may be a reference with leading noughts, and are judged by how many of the column pass.
    """
    if _BARE_DIGITS.fullmatch(text):
        return Confidence.BARE if text.startswith("0") and _is_diallable(text, "GB") else Confidence.SHAPED
    for found in _PHONE.finditer(text):
        number = found.group()
        if not (_DAY.search(number) or _DECIMAL.fullmatch(number)) and _is_diallable(number, "GB"):
            return Confidence.SURE
    return Confidence.NOTHING


def _is_diallable(number: str, region: str) -> bool:
    """Return whether a number could be dialled; numbers set aside for drama and tests count as well."""
    if sum(sign.isdigit() for sign in number) > _MAX_DIGITS + 2:
        return False
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return False
    if parsed.country_code != 44:
        return phonenumbers.is_valid_number(parsed)
    return phonenumbers.is_valid_number(parsed) or _is_reserved(str(parsed.national_number))


def _is_reserved(national: str) -> bool:
    return len(national) == 10 and national.startswith(("7", "1", "20", "23", "24", "28", "29", "3"))


EMAIL_PREFILTER: Final = r"(?i)(?:@|[\[({] ?at ?[\])}]|\bat\b.*\bdot\b)"
_EMAIL: Final = re.compile(
    r"(?i)[a-z0-9][\w.+%'-]* ?(?:@|[\[({] ?at ?[\])}]) ?(?:[a-z0-9][a-z0-9-]* ?(?:\.|[\[({] ?dot ?[\])}]) ?)+[a-z]{2,}"
    r"|[\w.+%'-]+ at [a-z0-9-]+(?: dot [a-z0-9-]+)* dot [a-z]{2,}"
)


def detect_email(text: str) -> Confidence:
    """Return how surely a text holds an e-mail address, also one written with (at) and (dot)."""
    return Confidence.SURE if _EMAIL.search(text) else Confidence.NOTHING


URL_PREFILTER: Final = r"(?i)h(?:tt|xx)ps?\b|ftp:|www|[a-z0-9]\.[a-z]{2,}"
_ENDINGS: Final = r"com|co\.uk|org\.uk|sch\.uk|gov\.uk|ac\.uk|uk|org|net|io|tv|gg|eu"
_WORDY_ENDINGS: Final = "me|info|app|dev|ly|online|site|club|xyz|page|bio|link|live|social"  # with a path only
_URL: Final = re.compile(
    r"(?i)\b(?:h(?:tt|xx)ps?|ftp) ?:? ?// ?\S+|\bwww ?\. ?[a-z0-9]\S*"
    rf"|(?<![\w@.])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:(?:{_ENDINGS})(?:/\S*|(?![\w.]|-\w))|(?:{_WORDY_ENDINGS})/\S+)"
)
# The front door of a public body is where figures come from; what lies behind it may be about a person.
_PUBLIC_BODY: Final = re.compile(r"(?i)(?:https?://)?(?:[a-z0-9-]+\.)*(?:gov|police|nhs)\.uk/?[.,;:)>]*")


def detect_url(text: str) -> Confidence:
    """Return how surely a text holds a web address: with its scheme, with www, or a name with a known ending."""
    found = any(_PUBLIC_BODY.fullmatch(each.group()) is None for each in _URL.finditer(text))
    return Confidence.SURE if found else Confidence.NOTHING
