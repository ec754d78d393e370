"""What people call a place, and what is none: the name of a person, or the address of a home.

A column of places is not searched for names of people as others are, since places are named after some. So each of its
texts is judged by itself, and one in doubt is not taken for a place.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from data.screening import lexicon
from data.screening.distinct import normalise
from data.screening.identifier_kinds import Confidence
from data.screening.persons import detect_person
from data.screening.screen import kinds_in
from geo.arrays import Bools

LONGEST: Final = 60  # letters; what is longer says more than where
MOST_WORDS: Final = 9

_ROAD: Final = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave?|drive|dr|close|cl|crescent|cres|grove|gr|terrace|terr?|place|pl|mews|"
    r"gardens|gdns|court|ct|rise|view|mount|way|walk|square|sq|hill|row|croft|fold|garth|approach|green|parade|villas?|"
    r"cottages?|buildings?|house|heights|bank|side|park|end|gate|fields?|meadows?|wood|edge|drove|yard|wharf|quay)"
)
_HOME: Final = re.compile(
    rf"(?i)^(?:flat|apartment|apt|house|no\.?|number|plot|unit)? ?\d{{1,4}}[a-z]?(?: ?[-/&] ?\d{{1,4}}[a-z]?)?,? "
    rf"(?:[a-z'’.\-]+ ){{0,4}}{_ROAD}\b"
    r"|\b(?:flat|apartment|apt|maisonette|bedsit) ?(?:no\.? ?)?\d"
    r"|\b(?:home|flat|address|residence|bedroom|living room|accommodation)\b|^(?:the|a|own|their|his|her)? ?house$"
    r"|\b[a-z]+['’]s? (?:mum|dad|nan|gran|mother|father|uncle|aunt|brother|sister|cousin|friend|place|flat|room|car|"
    r"gaff|house)\b"
    r"|\b(?:mums|dads|nans|grans|mum|dad|nan|nana|gran|grandma|grandad|grandparents?|foster|carers?|boyfriend|girlfriend|"
    r"uncle|aunt|aunty|auntie|cousin|brother|sister|parents?|stepdad|stepmum)(?:['’]?s)?\b"
)
# What is called a home and is nobody's own.
_NO_HOME: Final = re.compile(
    r"(?i)\b(?:home time|home ec|home economics|home learning|home bargains|home farm|care home|children'?s home|"
    r"home side|home stand|boarding house|the home office|address system)\b"
)


def are_refused(texts: Sequence[str], known: Collection[str] = ()) -> Bools:
    """Return which texts of a column of places are not taken for a place: in doubt, a person or a home.

    ``known`` are places of one word, in small letters: "Woodhouse" is a place where it is among them. A known name
    alone is a person, unless it is an ordinary word or a town too. "12 Mill Lane" is a home, "Mill Lane" a street.
    """
    written = [normalise(text) for text in texts]
    told = kinds_in(written)
    bad = [
        bool(kinds) or (text.casefold() not in known and _is_refused(text))
        for text, kinds in zip(written, told, strict=True)
    ]
    return np.array(bad, dtype=np.bool_)


def _is_refused(text: str) -> bool:
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        return True
    return (_HOME.search(text) is not None and _NO_HOME.search(text) is None) or _is_person(text)


def _is_person(text: str) -> bool:
    words = text.split()
    if any(lexicon.is_place_word(word) for word in words):
        return detect_person(text) >= Confidence.LIKELY
    first = words[0] if words else ""
    if len(words) == 1:
        return (lexicon.is_first_name(first) or lexicon.is_surname(first)) and not lexicon.is_ordinary(first)
    return detect_person(text) >= Confidence.BARE and (
        lexicon.is_first_name(first) or lexicon.is_first_name(words[-1]) or len(first.rstrip(".")) == 1
    )
