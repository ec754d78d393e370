"""Where somebody lives: a house number with its street, three words for a square of three metres, and positions."""

import re
from typing import Final

from data.screening import lexicon
from data.screening.identifier_kinds import Confidence

_STREET: Final = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave?|drive|dr|close|cl|crescent|cres|grove|gr|terrace|terr?|mews|gardens|"
    r"gdns|court|ct|rise|way|walk|square|sq|row|croft|fold|garth|place|view|mount|hill|green|parade|villas?|cottages?)"
)
ADDRESS_PREFILTER: Final = (
    r"(?i)(?:^|[^\d.:/])\d{1,4}[a-h]?,? [a-z'.\-]+ ?.*\b(?:st|rd|ln|ave?|dr|cl|cres|gr|ter|gdns|ct|sq|[a-z]{3,})\b"
    r"|\b(?:flat|apartment|apt|maisonette|bedsit)\b.{0,5}\d"
)
# Before a house number: nothing, a mark, or a word after which somebody says where a home is.
_BEFORE: Final = (
    r"(?:^|[,;:(\-] ?|\b(?:at|of|near|outside|opposite|behind|from|to|in|address|addr|house|home|lives?|living|number"
    r"|no|by|and|street|visited|attended)\.?:? )"
)
_HOUSE: Final = re.compile(
    rf"(?i){_BEFORE}(?:house |number |no\.? ?)?(\d{{1,4}})[a-h]?,? ((?:[a-z'’.\-]+ ){{1,4}}?)({_STREET})\b\.?"
    r"(?! (?:school|primary|academy|junior|infants?|surgery|medical|church|nursery|college|library|station|depot|"
    r"retail|shops?|shopping|bus|tram|stop|park and ride))"
)
_FLAT: Final = re.compile(
    r"(?i)\b(?:flat|apartment|apt|maisonette|bedsit)\.? ?(?:no\.? ?|number )?\d{1,4}[a-h]?\b(?! ?%)"
)
_SMALL_WORDS_LIST: Final = """
incident incidents in on at near the by people boys girls young children pupils students times time minutes mins min
hours hrs days weeks months metres miles m km yards mph cars vans reports from to and along of with was were bus
buses route service calls visits x males females youths persons offences crimes thefts years year pm am per
"""
_SMALL_WORDS: Final = frozenset(_SMALL_WORDS_LIST.split())


def detect_address(text: str) -> Confidence:
    """Return how surely a text holds the address of a home: "14 Mill Lane", "Flat 3". A street alone is none.

    A road's own number ("A61"), a year, and a school or a shop on a street of that name are none.
    """
    if _FLAT.search(text):
        return Confidence.LIKELY
    return Confidence.LIKELY if any(_is_house(found) for found in _HOUSE.finditer(text)) else Confidence.NOTHING


def _is_house(found: re.Match[str]) -> bool:
    number, words = int(found.group(1)), found.group(2).split()
    if number == 0 or 1900 <= number < 2100:
        return False
    return not any(lexicon.key(word) in _SMALL_WORDS for word in words)


_WORD: Final = r"[^\s.\d/,;:]{3,}"
THREE_WORDS_PREFILTER: Final = r"[^\s.\d/]{3,}[.。][^\s.\d/]{3,}[.。][^\s.\d/,;:]{3,}"
_SLASHED: Final = re.compile(rf"//+ ?{_WORD}[.。]{_WORD}[.。]{_WORD}")
_SITE: Final = re.compile(r"(?i)//+ ?www\.|https?:|ftp:|@")
_BARE_WORDS: Final = re.compile(r"[^\W\d_]{4,18}\.[^\W\d_]{4,18}\.[^\W\d_]{4,18}")
_SITE_ENDING: Final = re.compile(r"(?i)\.(?:com|info|online|shop|site|club|police|academy|school|page)$|^www\.")
_LABEL: Final = re.compile(r"(?i)\bw3w\b|what ?3 ?words|what ?three ?words")


def detect_three_words(text: str) -> Confidence:
    """Return how surely a text is the address of three words that names a square of three metres: ///one.two.three."""
    if _SLASHED.search(text) and not _SITE.search(text):
        return Confidence.SURE
    labelled = _LABEL.search(text)
    whole = _BARE_WORDS.fullmatch(text)
    if labelled and _BARE_WORDS.search(text):
        return Confidence.SURE
    return Confidence.BARE if whole and text.islower() and not _SITE_ENDING.search(text) else Confidence.NOTHING


POSITION_PREFILTER: Final = r"\d\.\d{6}|\d ?[°º]"
_LATITUDE: Final = r"(?:49|5\d|60)"  # degrees north of the United Kingdom, and −9 to 2 east
_PAIR: Final = re.compile(
    rf"(?<![\d.])(?:{_LATITUDE}\.\d{{6,}}[^\d\-+]{{1,8}}[-+]?[0-8]\.\d{{6,}}"
    rf"|[-+]?[0-8]\.\d{{6,}}[^\d\-+]{{1,8}}{_LATITUDE}\.\d{{6,}})(?!\d)"
)
_SEXAGESIMAL: Final = re.compile(rf"(?<!\d){_LATITUDE} ?[°º] ?\d{{1,2}} ?['′] ?\d{{1,2}}(?:\.\d+)? ?(?:\"|''|″)")
_DECIMAL: Final = re.compile(r"[-+]?(\d{1,3})\.\d{6,}")


def detect_position(text: str) -> Confidence:
    """Return how surely a text is a position so exact that it names a house: six decimals or more of a degree.

    A pair of them is sure. A number alone may be a rate, and is judged by whether all of its column are latitudes of
    the United Kingdom.
    """
    if _PAIR.search(text) or _SEXAGESIMAL.search(text):
        return Confidence.SURE
    alone = _DECIMAL.fullmatch(text)
    if alone is None:
        return Confidence.NOTHING
    return Confidence.BARE if not text.startswith(("-", "+")) and 49 <= int(alone[1]) <= 60 else Confidence.SHAPED
