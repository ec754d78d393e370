"""What a kind of identifier is, and when the texts of a column are enough to say that the column holds it.

A checksum alone misleads: one in eleven ten-digit numbers passes that of the NHS. So a text is not simply a hit: a
detector says how surely (``Sight``), and a column is judged by the share of its texts that are.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import pyarrow as pa

from data.screening.distinct import Distinct, matches
from geo.arrays import Bools, Ints

MIN_TEXTS: Final = 3
MIN_SHARE: Final = 0.2
_UNLIKELY: Final = 0.003  # that codes drawn by chance would pass as often as these do


class Sight(IntEnum):
    """How surely one text holds an identifier of a kind."""

    NOTHING = 0
    SHAPED = 1  # as long and as written as one, and it is none: what others are compared with
    BARE = 2  # passes as one, and so do some ordinary references
    LIKELY = 3  # written as people write one, and seldom anything else
    SURE = 4  # unmistakable


@dataclass(frozen=True)
class Tell:
    """A pattern of plain column names (see cells.normalised), and the least sight that blocks under such a name."""

    pattern: re.Pattern[str]
    least: Sight = Sight.BARE


@dataclass(frozen=True)
class IdentifierKind:
    """A kind of identifier.

    ``what`` names it in plain words. ``looks`` is a pattern that every text worth a ``look`` matches, tried on a whole
    column at once. ``chance`` is the share of ordinary codes of the same shape that pass as one. ``share`` is the
    share of texts, of those that are shaped alike, from which bare ones count. ``names_persons`` marks what is not
    asked of columns that name places.
    """

    what: str
    looks: str
    look: Callable[[str], Sight]
    tells: tuple[Tell, ...] = ()
    chance: float = 0.01
    share: float = MIN_SHARE
    names_persons: bool = False

    def previews(self, column: Distinct) -> Ints:
        """Say of each distinct text of a column how surely it holds an identifier of this kind."""
        previews = np.zeros(len(column.texts), dtype=np.int64)
        asked = column.worth_a_look
        worth = asked[matches(column.texts.take(pa.array(asked)), self.looks)]
        previews[worth] = [self.look(text) for text in column.texts.take(pa.array(worth)).to_pylist()]
        return previews

    def control_charts(self, column: Distinct, header: str) -> Bools:
        """Return which distinct texts of a column are to be reported: none, or all that its best sight allows."""
        previews = self.previews(column)
        least = self._least(column, previews, header)
        return previews >= least if least is not None else np.zeros(len(previews), dtype=np.bool_)

    def _least(self, column: Distinct, previews: Ints, header: str) -> Sight | None:
        """Return the least sight from which texts of the column count, or None when nothing in it does."""
        told = [tell.least for tell in self.tells if tell.pattern.search(header)]
        if told and (previews >= min(told)).any():
            return min(told)
        if self._bare_ones_count(previews):
            return Sight.BARE
        likely = previews >= Sight.LIKELY
        often = np.count_nonzero(likely) >= MIN_TEXTS or column.counts[likely].sum() >= MIN_SHARE * column.filled
        if likely.any() and (often or (previews == Sight.SURE).any()):
            return Sight.LIKELY
        return None

    def _bare_ones_count(self, previews: Ints) -> bool:
        """Return whether too many of the texts of this shape pass for it to be chance.

        Distinct texts are counted: one reference on a hundred rows is one draw, not a hundred.
        """
        passing = int(np.count_nonzero(previews >= Sight.BARE))
        shaped = int(np.count_nonzero(previews >= Sight.SHAPED))
        if passing == 0 or passing < self.share * shaped:
            return False
        return _at_most_as_likely(passing, shaped, self.chance) < _UNLIKELY


def _at_most_as_likely(passing: int, drawn: int, chance: float) -> float:
    """Bound the probability that so many of the codes drawn pass by chance (Chernoff's bound of the binomial tail)."""
    share = passing / drawn
    if share <= chance:
        return 1.0
    failing = 0.0 if share == 1 else (1 - share) * math.log((1 - share) / (1 - chance))
    return math.exp(-drawn * (share * math.log(share / chance) + failing))
