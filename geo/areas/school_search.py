"""Finding a school by what people type: its name, town, postcode or URN, with typing errors allowed."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import columns as c
from geo.areas.word_search import FULL_POSTCODE, WordIndex, index_words, match_words, plain

MOST: Final = 8  # schools that a result lists
_POSTCODE_PARTS: Final = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) (\d[a-z]{0,2})\b")
_SPELLINGS: Final = ((re.compile(r"\bsaint\b"), "st"), (re.compile(r"\bc of e\b"), "ce"))
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
    """Schools made ready for searching: who they are, and their words, those of the name first.

    ``rank`` is the order of schools that fit alike: short names first, then by the alphabet.
    """

    schools: tuple[FoundSchool, ...]
    index: WordIndex
    rank: npt.NDArray[np.int64]


def ready(schools: pd.DataFrame) -> SchoolList:
    """Make a list of schools ready for searching.

    They have ``urn``, ``name``, ``town`` and ``postcode``, the last two missing where they are not known.
    """
    filled = schools[[c.URN, c.NAME, c.TOWN, c.POSTCODE]].fillna("")
    listed = tuple(FoundSchool(*row) for row in filled.itertuples(index=False))
    names = [plain(one.name) for one in listed]
    rank = np.empty(len(listed), dtype=np.int64)
    rank[sorted(range(len(listed)), key=lambda at: (len(names[at]), names[at]))] = np.arange(len(listed))
    return SchoolList(listed, index_words([_words_of(one) for one in listed]), rank)


def search_schools(among: SchoolList, typed: str, most: int = MOST) -> FoundSchools:
    """Return the schools that fit all words that were typed, or the most telling of them where none fits all.

    Upper and lower case, accents, apostrophes and hyphens make no difference; a postcode may be written without its
    space, or be its first half alone. Words fit as ``word_search.match_words`` says.
    """
    words = _typed_words(typed)
    matched = match_words(among.index, words)
    if not len(matched.found):
        return FoundSchools((), 0)
    elsewhere = ~among.index.begins_with(words[0])[matched.found]
    best = matched.found[np.lexsort((among.rank[matched.found], elsewhere, -matched.score))]
    return FoundSchools(tuple(among.schools[at] for at in best[:most]), len(best))


def _words_of(school: FoundSchool) -> dict[str, float]:
    """Return the words that a school is found by, with what each is worth, those of its name first."""
    postcode = plain(school.postcode).replace(" ", "")
    full = FULL_POSTCODE.fullmatch(postcode)
    words = dict.fromkeys(_spelt(school.name).split(), 1.0)
    for word in (*plain(school.town).split(), postcode, full[1] if full else "", plain(school.urn)):
        if word:
            words.setdefault(word, _BY_ADDRESS)
    return words


def _typed_words(typed: str) -> list[str]:
    return list(dict.fromkeys(_POSTCODE_PARTS.sub(r"\1\2", _spelt(typed)).split()))


def _spelt(text: str) -> str:
    """Write text plainly, and in one way what people spell in two."""
    spelt = plain(text)
    for pattern, spelling in _SPELLINGS:
        spelt = pattern.sub(spelling, spelt)
    return spelt
