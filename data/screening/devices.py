"""What leads to a person through a device: its own number, its address on the internet, and names of accounts."""

import ipaddress
import re
from typing import Final

from stdnum import luhn

from data.screening import lexicon
from data.screening.identifier_kinds import Confidence

IMEI_PREFILTER: Final = r"\d(?:[ \-./]?\d){14}"
_IMEI: Final = re.compile(r"(?<![a-zA-Z\d])(?<!\d[ \-./])(\d(?:[ \-./]?\d){14})(?![ \-./]?\d)(?![a-zA-Z])")
_IMEI_LABEL: Final = re.compile(r"(?i)\bimei\b|\bhandset\b|\bphone\b|\bmobile\b|\bdevice\b")
_IMEI_GROUPS: Final = re.compile(r"\d{2}[ \-./]\d{6}[ \-./]\d{6}[ \-./]\d|\d{6}[ \-./]\d{2}[ \-./]\d{6}[ \-./]\d")


def detect_imei(text: str) -> Confidence:
    """Return how surely a text holds the number of a mobile telephone itself: fifteen digits that pass their check."""
    best = Confidence.NOTHING
    for found in _IMEI.finditer(text):
        digits = re.sub(r"\D", "", found.group(1))
        if not luhn.is_valid(digits) or len(set(digits)) == 1:
            best = max(best, Confidence.SHAPED)
        elif _IMEI_LABEL.search(text):
            return Confidence.SURE
        else:
            best = max(best, Confidence.LIKELY if _IMEI_GROUPS.fullmatch(found.group(1)) else Confidence.BARE)
    return best


IP_PREFILTER: Final = r"(?i)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[\da-f]{0,4}:[\da-f]{0,4}:[\da-f:]"
_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IP4: Final = re.compile(rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?![\d]|\.\d)")
_IP6: Final = re.compile(r"(?i)(?<![\da-z:])[\da-f:]*:[\da-f:]*:[\da-f:.]*(?![\da-z:])")
_NUMBERED: Final = re.compile(r"(?i)\b(?:v|version|section|s|para(?:graph)?|clause|release)\.? ?\d")
_SECTION: Final = 20  # parts of a numbered paragraph are small
_SHORTEST: Final = 6  # signs of an address that is no more than a few marks


def detect_ip(text: str) -> Confidence:
    """Return how surely a text holds an address on the internet, of either edition; a paragraph's number is none."""
    best = Confidence.NOTHING
    for found in _IP4.finditer("" if _NUMBERED.search(text) else text):
        small = max(map(int, found.group().split("."))) < _SECTION
        best = max(best, Confidence.BARE if small else Confidence.SURE)
    for found in _IP6.finditer(text):
        written = found.group().rstrip(".")
        if len(written) >= _SHORTEST and _is_ip6(written):
            return Confidence.SURE
    return best


def _is_ip6(written: str) -> bool:
    try:
        ipaddress.IPv6Address(written)
    except ValueError:
        return False
    return True


HANDLE_PREFILTER: Final = (
    r"(?i)(?:^|[^a-z\d_.@])@ ?[a-z_\d]|\b(?:snap|insta|tik ?tok|discord|roblox|xbox|psn|gamer|user ?name|handle|"
    r"telegram|steam|sc|ig)|^[a-z\d_.\-#]{3,30}$"
)
_AT: Final = re.compile(r"(?<![\w.@])@([A-Za-z\d_][\w.]{1,29})(?![\w@(])")
_ACCOUNT: Final = re.compile(
    r"(?i)\b(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|roblox|xbox|psn|gamer ?tag|user ?name|handle|telegram|"
    r"steam|sc|ig)(?: (?:user ?name|name|user|id|account|handle|tag))?(?: is| called)?(?: ?[:=\-] ?| )"
    r"([\w.#]{3,30})(?![\w])"
)
_TOKEN: Final = re.compile(r"[\w.\-#]{3,30}")
_ODD: Final = re.compile(r"[\d_.]")
_WHERE: Final = "home school work the park gate shops shop town bus court night lunch break pm am"
_WHERE_WORDS: Final = frozenset(_WHERE.split())


def detect_handle(text: str) -> Confidence:
    """Return how surely a text holds the name of somebody's account: "@kyle_09", "snap: kyle.09"; "@school" is none."""
    for found in _AT.finditer(text):
        name = found.group(1)
        plain = name.isalpha() and (lexicon.key(name) in _WHERE_WORDS or lexicon.is_place_word(name))
        if not plain and not re.fullmatch(r"\d{1,4}(?:[:.]?\d\d)?(?:am|pm|hrs)?", name.casefold()):
            return Confidence.SURE
    if any(_ODD.search(found.group(1).rstrip(".")) for found in _ACCOUNT.finditer(text)):
        return Confidence.LIKELY
    return Confidence.SHAPED if _TOKEN.fullmatch(text) else Confidence.NOTHING
