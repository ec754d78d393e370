"""What a kind of identifier is, and when the texts of a column are enough to say that the column holds it.

A checksum alone misleads: one in eleven ten-digit numbers passes that of the NHS. So a text is not simply a hit: a
detector says how surely (``Confidence``), and a column is judged by the share of its texts that are.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import pyarrow as pa

from data.screening.column_shape import is_of_references, unlike_the_rest
from data.screening.distinct import Distinct, matches
from geo.arrays import Bools, Ints

MIN_TEXTS: Final = 3
MIN_SHARE: Final = 0.2
MIN_OTHERS: Final = 8  # filled rows that one text is compared with
_LONE: Final = 2  # texts of a column that holds nothing else
_RARELY: Final = 0.05
_MAX_PROBABILITY: Final = 0.003  # that codes drawn by chance would pass as often as these do


class Confidence(IntEnum):
    """How surely one text holds an identifier of a kind."""

    NOTHING = 0
    SHAPED = 1  # as long and as written as one, and it is none: what others are compared with
    BARE = 2  # passes as one, and so do some ordinary references
    LIKELY = 3  # written as people write one, and seldom anything else
    SURE = 4  # unmistakable


@dataclass(frozen=True)
class HeaderPattern:
    """A pattern of column names (as ``cells.normalised`` writes them), and the confidence that is enough under one."""

    pattern: re.Pattern[str]
    threshold: Confidence = Confidence.BARE


@dataclass(frozen=True)
class IdentifierKind:
    """A kind of identifier.

    ``what`` names it in plain words. ``prefilter`` is a pattern that every text worth the slower ``detect`` matches,
    tried on a whole column at once. ``header_patterns`` are names of columns under which less is enough. ``chance`` is
    the share of ordinary codes of the same shape that pass as one. ``share`` is the share of texts, of those that are
    shaped alike, from which bare ones count. ``names_persons`` marks what columns that name places are not searched
    for. ``shape_tells`` is False where plain words are shaped alike. ``are_numbers`` marks what may be a number that
    names nobody otherwise.
    """

    what: str
    prefilter: str
    detect: Callable[[str], Confidence]
    header_patterns: tuple[HeaderPattern, ...] = ()
    chance: float = 0.01
    share: float = MIN_SHARE
    names_persons: bool = False
    shape_tells: bool = True
    are_numbers: bool = False

    def confidences(self, column: Distinct) -> Ints:
        """Return for each distinct text of a column the ``Confidence`` that it holds an identifier of this kind."""
        confidences = np.zeros(len(column.texts), dtype=np.int64)
        candidates = np.arange(len(column.texts)) if self.are_numbers else column.candidates
        candidates = candidates[matches(column.texts.take(pa.array(candidates)), self.prefilter)]
        texts = column.texts.take(pa.array(candidates)).to_pylist()
        confidences[candidates] = [self.detect(text) for text in texts]
        return confidences

    def flagged(self, column: Distinct, header: str) -> Bools:
        """Return which distinct texts of a column are reported: none, or all that reach the column's threshold."""
        confidences = self.confidences(column)
        threshold = self._threshold(column, confidences, header)
        return confidences >= threshold if threshold is not None else np.zeros(len(confidences), dtype=np.bool_)

    def _threshold(self, column: Distinct, confidences: Ints, header: str) -> Confidence | None:
        """Return the confidence from which texts of the column are reported; None when none of them is."""
        by_header = [each.threshold for each in self.header_patterns if each.pattern.search(header)]
        if by_header and (confidences >= min(by_header)).any():
            return min(by_header)
        if self._exceeds_chance(confidences):
            return Confidence.BARE
        likely = confidences >= Confidence.LIKELY
        often = np.count_nonzero(likely) >= MIN_TEXTS or column.counts[likely].sum() >= MIN_SHARE * column.filled
        if likely.any() and (often or (confidences == Confidence.SURE).any() or not self._are_references(confidences)):
            return Confidence.LIKELY
        return Confidence.BARE if self._stands_out(column, confidences) else None

    def _are_references(self, confidences: Ints) -> bool:
        """Return whether half of the texts that are written as this kind fail it, so that one may pass by chance.

        Where every word is written as one, what is likely to be one is not so by chance.
        """
        failing = int(np.count_nonzero(confidences == Confidence.SHAPED))
        return self.shape_tells and failing >= max(1, int(np.count_nonzero(confidences > Confidence.SHAPED)))

    def _stands_out(self, column: Distinct, confidences: Ints) -> bool:
        """Return whether the few texts that pass are written as nothing else in the column is.

        Among words, and among references of another form, one number that passes is no reference. Where nothing else
        is there to compare it with, it must be one that hardly passes by chance.
        """
        passing = confidences >= Confidence.BARE
        if not passing.any() or self._are_references(confidences):
            return False
        if not self.shape_tells:  # words are no strangers among words
            return is_of_references(column, passing)
        others = int(column.counts[~passing].sum())
        if others < MIN_OTHERS:
            return others == 0 and self.chance <= _RARELY and len(passing) <= _LONE
        return unlike_the_rest(column, passing)

    def _exceeds_chance(self, confidences: Ints) -> bool:
        """Return whether too many of the texts of this shape pass for it to be chance.

        Distinct texts are counted: one reference on a hundred rows is one draw, not a hundred.
        """
        passing = int(np.count_nonzero(confidences >= Confidence.BARE))
        shaped = int(np.count_nonzero(confidences >= Confidence.SHAPED))
        if passing == 0 or passing < self.share * shaped:
            return False
        return _tail_probability_bound(passing, shaped, self.chance) < _MAX_PROBABILITY


def _tail_probability_bound(passing: int, drawn: int, chance: float) -> float:
    """Bound the probability that so many of the codes drawn pass by chance (Chernoff's bound of the binomial tail)."""
    share = passing / drawn
    if share <= chance:
        return 1.0
    failing = 0.0 if share == 1 else (1 - share) * math.log((1 - share) / (1 - chance))
    return math.exp(-drawn * (share * math.log(share / chance) + failing))
