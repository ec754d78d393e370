"""How the texts of a column are written: as words, or as references of one form; and which are written as no other."""

import re
from collections import Counter
from typing import Final

import numpy as np
import pyarrow as pa

from data.screening.distinct import Distinct, matches
from geo.arrays import Bools

_MIN_REFERENCES: Final = 8
_CODED: Final = r"\d\D{0,2}\d\D{0,2}\d"  # three digits close together: a number or a reference, and no words
_FEW: Final = 0.2  # share of rows
_NEARLY_ALL: Final = 0.9
_MOST_READ: Final = 2000
_LETTERS: Final = re.compile(r"[^\W\d_]")
_DIGITS: Final = re.compile(r"\d")


def unlike_the_rest(column: Distinct, some: Bools) -> bool:
    """Return whether ``some`` distinct texts of a column are written as the others are not.

    The others are words, or they are references of one form and these of another.
    """
    coded = matches(column.texts, _CODED) & ~some
    others = int(column.counts[~some].sum())
    if column.counts[coded].sum() <= _FEW * others:
        return True
    forms = Counter(map(_form, _read(column, coded)))
    form, count = forms.most_common(1)[0]
    own = {_form(text) for text in _read(column, some)}
    return count >= _NEARLY_ALL * forms.total() and form not in own


def is_of_references(column: Distinct, but: Bools) -> bool:
    """Return whether nearly all rows of a column, ``but`` those of some texts, hold references and no words."""
    others, coded = ~but, matches(column.texts, _CODED) & ~but
    rows = int(column.counts[coded].sum())
    return rows >= _MIN_REFERENCES and rows >= _NEARLY_ALL * column.counts[others].sum()


def _read(column: Distinct, chosen: Bools) -> list[str]:
    texts: list[str] = column.texts.take(pa.array(np.flatnonzero(chosen)[:_MOST_READ])).to_pylist()
    return texts


def _form(text: str) -> str:
    """Return how a text is written: every letter as A, every digit as 9."""
    return _DIGITS.sub("9", _LETTERS.sub("A", text))
