"""Finding a school by what people type: its name, town, postcode or URN, with typing errors allowed.

Each word that is typed is looked up among the distinct words of the list, as a whole and as a beginning; only where no
school fits all words so are they compared allowing for typing errors (rapidfuzz). A rare word says more than a common
one: words are weighted by how few schools have them (inverse document frequency; Spärck Jones 1972, Journal of
Documentation 28).
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo import columns as c
from geo.arrays import Floats

MOST: Final = 8  # schools that a result lists
_FULL_POSTCODE: Final = re.compile(r"([a-z]{1,2}\d[a-z\d]?)(\d[a-z]{2})")
_POSTCODE_PARTS: Final = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) (\d[a-z]{0,2})\b")
_DIGIT: Final = re.compile(r"[0-9]")
_WITHIN_WORDS: Final = re.compile(r"['’`.]")
_OTHER_SIGNS: Final = re.compile(r"[^a-z0-9]+")
_SPELLINGS: Final = ((re.compile(r"\bsaint\b"), "st"), (re.compile(r"\bc of e\b"), "ce"))
# What a word is worth by how it fits: to the letter, as a beginning, with a typing error, and by the district of a
# postcode that is not on the list.
_EXACT, _BEGINNING, _NEARLY, _NEAR_BY = 1.0, 0.9, 0.8, 0.7
_PER_ERROR: Final = 0.1  # less, for a second typing error, and for one in a beginning
_LETTERS_PER_ERROR, _MOST_ERRORS = 4, 2  # one error is allowed in a word of four letters, two in one of eight or more
_LAST: Final = "\uffff"  # stands after every letter
_ENOUGH, _ALL, _ROUNDING = 0.3, 1 - 1e-9, 1e-9  # of the worth of all words that were typed
_BY_ADDRESS: Final = 0.95  # of what a word of the name is worth


@dataclass(frozen=True)
class FoundSchool:
    """A school of the list, as a result shows it; ``town`` and ``postcode`` are empty where they are not known."""

    urn: str
    name: str
    town: str
    postcode: str


@dataclass(frozen=True)
class FoundSchools:
    """The best of the schools that fit what was typed, best first, and how many fit in all."""

    shown: tuple[FoundSchool, ...]
    total: int


@dataclass(frozen=True)
class SchoolList:
    """Schools made ready for searching: who they are, and their words.

    ``words`` are the distinct words of the whole list in order, ``rarity`` what each is worth, and ``lettered`` the
    positions of those without a digit. The words of all schools stand one after the other in ``word_of``, those of a
    school from its ``starts`` on, the first of its name first, each worth ``share``. ``rank`` is the order of schools
    that fit alike: short names first, then by the alphabet.
    """

    schools: tuple[FoundSchool, ...]
    words: tuple[str, ...]
    rarity: Floats
    lettered: npt.NDArray[np.int64]
    word_of: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    share: Floats
    rank: npt.NDArray[np.int64]


def ready(schools: pd.DataFrame) -> SchoolList:
    """Make a list of schools ready for searching.

    They have ``urn``, ``name``, ``town`` and ``postcode``, the last two missing where they are not known.
    """
    filled = schools[[c.URN, c.NAME, c.TOWN, c.POSTCODE]].fillna("")
    listed = tuple(FoundSchool(*row) for row in filled.itertuples(index=False))
    by_school = [_words_of(one) for one in listed]
    words, word_of = np.unique(np.array([word for own in by_school for word in own], dtype=object), return_inverse=True)
    lengths = np.array([len(own) for own in by_school], dtype=np.int64)
    names = [_plain(one.name) for one in listed]
    rank = np.empty(len(listed), dtype=np.int64)
    rank[sorted(range(len(listed)), key=lambda at: (len(names[at]), names[at]))] = np.arange(len(listed))
    return SchoolList(
        listed,
        tuple(words),
        np.log1p(len(listed) / np.bincount(word_of, minlength=len(words))),
        np.array([at for at, word in enumerate(words) if not _DIGIT.search(word)], dtype=np.int64),
        word_of,
        (np.cumsum(lengths) - lengths).astype(np.int64),
        np.array([share for own in by_school for share in own.values()]),
        rank,
    )


def search_schools(among: SchoolList, typed: str, most: int = MOST) -> FoundSchools:
    """Return the schools that fit all words that were typed, or the most telling of them where none fits all.

    None is found where what fits says little, as "school" does in "Nowhere School".
    Upper and lower case, accents, apostrophes and hyphens make no difference; a postcode may be written without its
    space, or be its first half alone. A word may be the beginning of a longer one. Where no school fits so, a word may
    have a typing error for every four of its letters, two at most; a postcode or a URN must be right as far as it goes.
    """
    words = _typed_words(typed)
    if not words or not among.schools:
        return FoundSchools((), 0)
    fits = [_fit(among, word) for word in words]
    score, share = _scores(among, fits)
    for only_strange in (True, False):  # first the words that nothing on the list begins with
        if share.max() < _ALL:
            fits = [
                fit if only_strange and fit.any() else _fit_with_errors(among, word, fit)
                for word, fit in zip(words, fits, strict=True)
            ]
            score, share = _scores(among, fits)
    found = np.flatnonzero((share >= _ENOUGH) & (share >= share.max() - _ROUNDING))
    first, last = _beginning_with(among.words, words[0])
    opening = among.word_of[among.starts[found]]
    elsewhere = (opening < first) | (opening >= last)
    best = found[np.lexsort((among.rank[found], elsewhere, -score[found].round(6)))]
    return FoundSchools(tuple(among.schools[at] for at in best[:most]), len(best))


def _scores(among: SchoolList, fits: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return of each school how well the words that were typed fit it, and the share of their worth that does.

    ``fits`` has an array for each word that was typed: what each word of the list is worth for it.
    """
    by_school = np.array([np.maximum.reduceat(fit[among.word_of] * among.share, among.starts) for fit in fits])
    worth = np.array([among.rarity[fit.argmax()] if fit.any() else among.rarity.max() for fit in fits])
    return worth @ by_school, worth @ (by_school > 0) / worth.sum()


def _fit(among: SchoolList, typed: str) -> Floats:
    """Return what each word of the list is worth, 0 to 1, for one that was typed, as far as it was typed rightly."""
    fit = np.zeros(len(among.words))
    first, last = _beginning_with(among.words, typed)
    fit[first:last] = _BEGINNING
    if first < last and among.words[first] == typed:
        fit[first] = _EXACT
    postcode = _FULL_POSTCODE.fullmatch(typed)
    if postcode and first == last:
        near_by, _ = _beginning_with(among.words, postcode[1])
        if near_by < len(among.words) and among.words[near_by] == postcode[1]:
            fit[near_by] = _NEAR_BY
    return fit


def _fit_with_errors(among: SchoolList, typed: str, fit: Floats) -> Floats:
    """Return ``fit`` with typing errors allowed in what has no digit, by optimal string alignment."""
    allowed = min(len(typed) // _LETTERS_PER_ERROR, _MOST_ERRORS)
    if not allowed or _DIGIT.search(typed):
        return fit
    fit = fit.copy()
    words = [among.words[at] for at in among.lettered]
    for less, listed in ((0.0, words), (_PER_ERROR, [word[: len(typed)] for word in words])):
        errors = process.cdist([typed], listed, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
        worth = np.where(errors <= allowed, _NEARLY - less - _PER_ERROR * (errors - 1.0), 0)
        fit[among.lettered] = np.maximum(fit[among.lettered], worth)
    return fit


def _beginning_with(words: Sequence[str], typed: str) -> tuple[int, int]:
    """Return the positions between which the words stand, in order, that begin so."""
    return bisect_left(words, typed), bisect_left(words, typed + _LAST)


def _words_of(school: FoundSchool) -> dict[str, float]:
    """Return the words that a school is found by, with what each is worth, those of its name first."""
    postcode = _plain(school.postcode).replace(" ", "")
    full = _FULL_POSTCODE.fullmatch(postcode)
    words = dict.fromkeys(_spelt(school.name).split(), 1.0)
    for word in (*_plain(school.town).split(), postcode, full[1] if full else "", _plain(school.urn)):
        if word:
            words.setdefault(word, _BY_ADDRESS)
    return words


def _typed_words(typed: str) -> list[str]:
    return list(dict.fromkeys(_POSTCODE_PARTS.sub(r"\1\2", _spelt(typed)).split()))


def _spelt(text: str) -> str:
    """Write text plainly, and in one way what people spell in two."""
    plain = _plain(text)
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain


def _plain(text: str) -> str:
    """Write text in small letters without accents, apostrophes and other signs, its words parted by one space."""
    letters = text.casefold()
    if not letters.isascii():
        letters = "".join(each for each in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(each))
    return " ".join(_OTHER_SIGNS.sub(" ", _WITHIN_WORDS.sub("", letters)).split())
