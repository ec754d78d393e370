"""Released again: how many of some rows were released before, as their sketches tell, less what chance gives."""

from collections.abc import Iterator
from math import sqrt
from typing import Final

import numpy as np

from geo.arrays import Positions
from geo.release.row_sketches import KINDS, Sketch, SketchedRows

# Rows of two files can be the same by chance, or belong to both: an incident at the gate that two schools write down,
# the week that two years' files share. More of them, and one release could be taken from the other.
FEW_ROWS: Final = 5
FEW_SHARE: Final = 0.02  # of the rows of the smaller of the two
# What chance gives is measured by shifting the rows in time. It may truly be half as much again, since holidays and
# busy days fall together at no shift, and vary by four standard deviations.
_HALF_AGAIN: Final = 1.5
_DEVIATIONS: Final = 4.0


def rows_again(rows: SketchedRows, released: Sketch, known: Sketch | None = None) -> int:
    """Return about how many rows are in what was released, 0 where no more than a few are.

    Rows that are in ``known``, what their own dataset has already, do not count. The kind of token that tells most of
    them decides; one that chance alone would fill tells none.
    """
    return max(_by_kind(rows, released, known or {}), default=0)


def recognised(rows: SketchedRows, released: Sketch) -> Positions:
    """Return the positions of the rows that are in what was released, by the kind of token that finds most of them.

    Of kinds that find equally many the first counts, which tells most.
    """
    found = (
        rows.among(kind, np.flatnonzero(rows.has(kind)), released[kind.name]) for kind in KINDS if kind.name in released
    )
    return max(found, key=len, default=np.zeros(0, dtype=np.int64))


def _by_kind(rows: SketchedRows, released: Sketch, known: Sketch) -> Iterator[int]:
    """Yield about how many rows each kind of token tells, of those kinds that tell more than a few."""
    for kind in KINDS:
        sketch = released.get(kind.name)
        mine = np.flatnonzero(rows.has(kind))
        if sketch is None or not len(mine):
            continue
        if kind.name in known:
            mine = np.setdiff1d(mine, rows.among(kind, mine, known[kind.name]), assume_unique=True)
        few = max(FEW_ROWS, FEW_SHARE * min(len(mine), len(sketch)))
        found = len(rows.among(kind, mine, sketch))
        if found <= few:
            continue
        chance = 0
        for shift in kind.shifts:
            chance = max(chance, len(rows.among(kind, mine, sketch, shift)))
            if found - _HALF_AGAIN * chance - _DEVIATIONS * sqrt(chance) <= few:
                break
        else:
            yield found - chance
