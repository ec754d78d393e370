"""Columns of free text: what somebody wrote about something that happened, in which anybody may be named."""

import re
from typing import Final

import numpy as np
import pyarrow.compute as pc

from data.screening.distinct import Distinct, matches
from data.screening.identifier_kinds import MIN_SHARE, MIN_TEXTS
from geo.arrays import Bools, Ints

STORY_WORDS: Final = 25  # one text of so many words is a story, unless it stands on many rows
SENTENCE_WORDS: Final = 8
PHRASE_WORDS: Final = 4
_MANY_ROWS: Final = 3
_MIN_SENTENCES: Final = 20  # more than any list of categories has that are worded so long
_MIN_DISTINCT_SHARE: Final = 0.5
_PHRASE_SHARE: Final = 0.5

# Words of a narrative: of people, of what they did, said and were. Names of places, categories and outcomes have none.
_NARRATIVE: Final = (
    r"(?i)\b(was|were|had|has|have|he|she|they|them|his|her|him|hers|their|i|we|my|me|our|us|who|whom|then|when|while|"
    r"because|said|says|told|asked|saw|met|went|came|left|took|gave|got|made|ran|hit|threatened|approached|followed|"
    r"offered|disclosed|refused|stated|believed|believes|appeared|seemed|heard|spoke|contacted|called|pushed|punched|"
    r"kicked|grabbed|shouted|returned|walking|talking|waiting|asking|smelled|smelt|denied|admitted|showed|sent|spotted|"
    r"witnessed|mum|mother|dad|father|brother|sister|uncle|aunt|aunty|carer|friend|pupil|student|boy|girl|lad|teacher|"
    r"male|female|man|woman|lady|y/?o|yr old|year old)\b"
)
_PLACE: Final = (
    r"(?i)\b(near|junction|opposite|outside|behind|between|"
    r"street|road|lane|avenue|park|station|school|drive|close|way)\b"
)
_NOTES: Final = re.compile(
    r"\b(notes?|comments?|narrative|details?|free text|text|summary|what happened|account|remarks?|"
    r"circumstances|observations?|information|info|story|log|concerns?|further)\b"
)


def find_free_text(column: Distinct, header: str) -> Bools:
    """Return which distinct texts make a column one of free text; none where it is not.

    A column is free text when it holds a story that stands on few rows, or when its texts, whole sentences or (in most
    of its rows, or under a name such as "notes") phrases of a narrative, are nearly all different.
    """
    words = _words(column)
    placed = matches(column.texts, _PLACE)
    narrative = matches(column.texts, _NARRATIVE)
    if (found := stories(column)).any():
        return found
    long = words >= SENTENCE_WORDS
    sentences = long & (narrative | (words >= 2 * SENTENCE_WORDS))
    if _are_nearly_unique(column, sentences, MIN_SHARE):
        return sentences
    long &= ~placed
    if np.count_nonzero(long) >= _MIN_SENTENCES and _are_nearly_unique(column, long, MIN_SHARE):
        return long
    phrases = (words >= PHRASE_WORDS) & (narrative | (_NOTES.search(header) is not None) & ~placed)
    return phrases if _are_nearly_unique(column, phrases, _PHRASE_SHARE) else np.zeros(len(words), dtype=np.bool_)


def stories(column: Distinct) -> Bools:
    """Return which distinct texts are so long that one alone is free text, and stand on few rows."""
    return (_words(column) >= STORY_WORDS) & (column.counts < _MANY_ROWS)


def _words(column: Distinct) -> Ints:
    counted = pc.count_substring_regex(column.texts, r"\S*[A-Za-z]{2,}\S*")
    return np.asarray(counted.to_numpy(zero_copy_only=False), dtype=np.int64)


def _are_nearly_unique(column: Distinct, texts: Bools, share: float) -> bool:
    """Return whether these texts are several, on enough of the column's rows, and nearly one for each of them."""
    several, rows = int(np.count_nonzero(texts)), int(column.counts[texts].sum())
    return several >= MIN_TEXTS and rows >= share * column.filled and several >= _MIN_DISTINCT_SHARE * rows
