"""Finding things by the words that people type, whatever the list: with beginnings, other spellings and typing errors.

Each word that is typed is looked up among the distinct words of the list, as a whole and as a beginning; only where
nothing fits all words so are they compared allowing for typing errors (rapidfuzz). A rare word says more than a common
one: words are weighted by how few things have them (inverse document frequency; Spärck Jones 1972, Journal of
Documentation 28).
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.arrays import Floats

FULL_POSTCODE: Final = re.compile(r"([a-z]{1,2}\d[a-z\d]?)(\d[a-z]{2})")
ALL: Final = 1 - 1e-9  # of the worth of all words that were typed

_DIGIT: Final = re.compile(r"[0-9]")
_WITHIN_WORDS: Final = re.compile(r"['’`.]")
_OTHER_SIGNS: Final = re.compile(r"[^a-z0-9]+")
# What a word is worth by how it fits: to the letter, as a beginning, with a typing error, and by the district of a
# postcode that is not on the list.
_EXACT, _BEGINNING, _NEARLY, _NEAR_BY = 1.0, 0.9, 0.8, 0.7
_PER_ERROR: Final = 0.1  # less, for a second typing error, and for one in a beginning
_LETTERS_PER_ERROR, _MOST_ERRORS = 4, 2  # one error is allowed in a word of four letters, two in one of eight or more
_LAST: Final = "\uffff"  # stands after every letter
_ENOUGH, _ROUNDING = 0.3, 1e-9  # of the worth of all words that were typed

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class WordIndex:
    """The words of a list made ready for searching.

    ``words`` are the distinct words of the whole list in order, with other spellings of them; ``rarity`` is what each
    is worth, and ``lettered`` are the positions of those without a digit. ``spelt`` has the position of each other
    spelling and of the word it stands for. The words of all entries stand one after the other in ``word_of``, those of
    an entry from its ``starts`` on, each worth ``share``.
    """

    words: tuple[str, ...]
    rarity: Floats
    lettered: Positions
    spelt: tuple[tuple[int, int], ...]
    word_of: Positions
    starts: Positions
    share: Floats

    def __contains__(self, word: object) -> bool:
        """Return whether a word is on the list, to the letter."""
        first = bisect_left(self.words, str(word))
        return first < len(self.words) and self.words[first] == word

    def begins_with(self, typed: str) -> npt.NDArray[np.bool_]:
        """Return of each entry whether its first word begins so."""
        first, last = _beginning_with(self.words, typed)
        opening = self.word_of[self.starts]
        return (opening >= first) & (opening < last)


@dataclass(frozen=True)
class Matched:
    """The positions of the entries that fit best, how well each does, and whether they fit all words."""

    found: Positions
    score: Floats
    all_words: bool


def index_words(entries: Sequence[Mapping[str, float]], spellings: Sequence[tuple[str, str]] = ()) -> WordIndex:
    """Make the words of entries ready for searching: of each entry its words and what each is worth, 0 to 1.

    ``spellings`` are other ways of writing words of the list ("rd", "road").
    """
    owned = [own or {"": 0.0} for own in entries]
    word, words = pd.factorize(np.array([one for own in owned for one in own], dtype=object), sort=True)
    known = set(words)
    other = [(one, word) for one, word in spellings if word in known and one not in known]
    every = sorted(known.union(one for one, _ in other))
    at = {one: position for position, one in enumerate(every)}
    word_of = np.array([at[one] for one in words], dtype=np.int64)[word] if len(words) else word.astype(np.int64)
    lengths = np.array([len(own) for own in owned], dtype=np.int64)
    spelt = tuple((at[one], at[word]) for one, word in other)
    times = np.bincount(word_of, minlength=len(every))
    for one, meant in spelt:
        times[one] += times[meant]
    return WordIndex(
        tuple(every),
        np.log1p(len(owned) / np.maximum(times, 1)),
        np.array([position for position, one in enumerate(every) if not _DIGIT.search(one)], dtype=np.int64),
        spelt,
        word_of,
        (np.cumsum(lengths) - lengths).astype(np.int64),
        np.array([share for own in owned for share in own.values()]),
    )


def match_words(index: WordIndex, typed: Sequence[str]) -> Matched:
    """Find the entries that fit all words that were typed, or the most telling of them where none fits all.

    None is found where what fits says little, as "school" does in "Nowhere School". A word may be the beginning of a
    longer one. Where nothing fits so, a word may have a typing error for every four of its letters, two at most; one
    with a digit must be right as far as it goes.
    """
    if not typed or not len(index.starts):
        return Matched(np.zeros(0, dtype=np.int64), np.zeros(0), False)
    fits = [_fit(index, word) for word in typed]
    score, share = _scores(index, fits)
    strange = [not fit.any() for fit in fits]
    for group in (True, False):  # first the words that nothing on the list begins with
        if share.max() < ALL:
            fits = [
                _fit_with_errors(index, word, fit) if one is group else fit
                for word, fit, one in zip(typed, fits, strange, strict=True)
            ]
            score, share = _scores(index, fits)
    best = share.max()
    found = np.flatnonzero((share >= _ENOUGH) & (share >= best - _ROUNDING))
    return Matched(found, score[found].round(6), bool(best >= ALL))


def plain(text: str) -> str:
    """Write text in small letters without accents, apostrophes and other signs, its words parted by one space."""
    letters = text.casefold()
    if not letters.isascii():
        letters = "".join(each for each in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(each))
    return " ".join(_OTHER_SIGNS.sub(" ", _WITHIN_WORDS.sub("", letters)).split())


def _scores(index: WordIndex, fits: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return of each entry how well the words that were typed fit it, and the share of their worth that does.

    ``fits`` has an array for each word that was typed: what each word of the list is worth for it.
    """
    by_entry = np.array([np.maximum.reduceat(fit[index.word_of] * index.share, index.starts) for fit in fits])
    worth = np.array([index.rarity[fit.argmax()] if fit.any() else index.rarity.max() for fit in fits])
    return worth @ by_entry, worth @ (by_entry > 0) / worth.sum()


def _fit(index: WordIndex, typed: str) -> Floats:
    """Return what each word of the list is worth, 0 to 1, for one that was typed, as far as it was typed rightly."""
    fit = np.zeros(len(index.words))
    first, last = _beginning_with(index.words, typed)
    fit[first:last] = _BEGINNING
    if first < last and index.words[first] == typed:
        fit[first] = _EXACT
    postcode = FULL_POSTCODE.fullmatch(typed)
    if postcode and first == last and postcode[1] in index:
        fit[bisect_left(index.words, postcode[1])] = _NEAR_BY
    return _with_spellings(index, fit)


def _fit_with_errors(index: WordIndex, typed: str, fit: Floats) -> Floats:
    """Return ``fit`` with typing errors allowed in what has no digit, by optimal string alignment."""
    allowed = min(len(typed) // _LETTERS_PER_ERROR, _MOST_ERRORS)
    if not allowed or _DIGIT.search(typed):
        return fit
    fit = fit.copy()
    words = [index.words[at] for at in index.lettered]
    for less, listed in ((0.0, words), (_PER_ERROR, [word[: len(typed)] for word in words])):
        errors = process.cdist([typed], listed, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
        worth = np.where(errors <= allowed, _NEARLY - less - _PER_ERROR * (errors - 1.0), 0)
        fit[index.lettered] = np.maximum(fit[index.lettered], worth)
    return _with_spellings(index, fit)


def _with_spellings(index: WordIndex, fit: Floats) -> Floats:
    """Return ``fit`` with what other spellings of a word are worth for the word itself."""
    for one, meant in index.spelt:
        fit[meant] = max(fit[meant], fit[one])
    return fit


def _beginning_with(words: Sequence[str], typed: str) -> tuple[int, int]:
    """Return the positions between which the words stand, in order, that begin so."""
    return bisect_left(words, typed), bisect_left(words, typed + _LAST)
