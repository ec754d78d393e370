"""The distinct texts of a column, written one way, whatever a keyboard, a spreadsheet or a web page made of them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.screening.hidden_characters import ANY_HIDDEN, texts_with_hidden
from geo.arrays import Bools, Ints

_DASHES: Final = "[\u2010-\u2015\u2043\u2212\ufe58]"
_SPACES: Final = "[\\s\u0085\u1680\u2028\u2029]+"
_APOSTROPHES: Final = "[\u2018\u2019\u02bc`]"
_WHOLE_AS_DECIMAL: Final = r"^(\d+)\.0+$"  # a spreadsheet's number 9434765870.0
# Fingerprints, identifiers made by machines, and decimal numbers: they name nobody, and a file may hold very many.
_HARMLESS: Final = (
    r"(?i)^(?:[\da-f]{32,128}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[+-]?\d{1,3}\.\d+|[ENSW]\d{8}|"
    r"\d{4}-\d\d|\d\d?:\d\d(?::\d\d)?|\d{1,7})$"
)
_FEW: Final = 500
_STEPS: Final = (
    (ANY_HIDDEN, ""), (_DASHES, "-"), (_APOSTROPHES, "'"), (_SPACES, " "), (_WHOLE_AS_DECIMAL, r"\1"),
)  # fmt: skip


def matches(texts: pa.StringArray, pattern: str) -> Bools:
    """Return which texts match a pattern, written so that RE2 and Python understand it alike.

    RE2 is the fast one, but compiles a pattern for each call, which costs more than a few texts.
    """
    if len(texts) > _FEW:
        return cells.mask(pc.match_substring_regex(texts, pattern))
    search = _compiled(pattern).search
    return np.fromiter((search(text) is not None for text in texts.to_pylist()), dtype=np.bool_, count=len(texts))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def normalise(text: str) -> str:
    """Return one text as ``Distinct`` writes those of a column."""
    text = unicodedata.normalize("NFKC", text)
    for pattern, with_ in _STEPS:
        text = re.sub(pattern, with_, text)
    return text.strip()


@dataclass(frozen=True)
class Distinct:
    """A column as its distinct ``texts`` and, for each row, which of them it holds (-1 where blank).

    ``hidden`` says for each row whether it was written with a character that cannot be seen; the texts have none.
    """

    texts: pa.StringArray
    rows: Ints
    hidden: Bools

    @classmethod
    def of(cls, column: cells.Column) -> Self:
        """Return the distinct texts of a text column, in Unicode's form NFKC, with ordinary spaces and dashes."""
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        raw = whole.dictionary_encode()
        # What was different before may be the same now.
        again = cells.texts(_normalise_all(raw.dictionary)).dictionary_encode()
        own, hidden = _numbers(raw.indices), texts_with_hidden(raw.dictionary)
        return cls(again.dictionary, _look_up(_numbers(again.indices), own), np.append(hidden, False)[own])

    @cached_property
    def counts(self) -> Ints:
        """The number of rows of each distinct text."""
        return np.bincount(self.rows[self.rows >= 0], minlength=len(self.texts)).astype(np.int64)

    @cached_property
    def candidates(self) -> Ints:
        """The positions of the texts that may hold an identifier at all."""
        return np.flatnonzero(~matches(self.texts, _HARMLESS)).astype(np.int64)

    @property
    def filled(self) -> int:
        """The number of rows that hold something."""
        return int(self.counts.sum())

    def holding(self, chosen: Bools) -> Bools:
        """Return for each row whether its text is among the ``chosen`` distinct ones."""
        return np.append(chosen, False)[self.rows]


def _normalise_all(texts: pa.StringArray) -> pa.StringArray:
    if len(texts) <= _FEW:
        return pa.array([None if text is None else normalise(text) for text in texts.to_pylist()], pa.string())
    texts = pc.utf8_normalize(texts.cast(pa.string()), form="NFKC")
    for pattern, with_ in _STEPS:
        texts = pc.replace_substring_regex(texts, pattern, with_)
    return texts


def _numbers(indices: pa.Array) -> Ints:
    return np.asarray(pc.fill_null(indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _look_up(new: Ints, old: Ints) -> Ints:
    return np.append(new, -1)[old]
