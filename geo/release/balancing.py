"""Balancing: which of the cells that may be rounded up are, so that the sums which people look at come out close.

Every cell lies in one group of each margin, so its strain (the weighted errors of its groups) is what a step there
costs: 5² × all weights + 2 × 5 × strain upwards, the same with − strain downwards. Two opposite steps cost the sum of
both, less 2 × 5² × the weights of the groups that both lie in. All of it is whole numbers, so that every machine finds
the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.counts.cube import Counts

STEP: Final = 5  # counts are rounded to multiples of it
NEVER: Final = np.iinfo(np.int64).max


class Margin:
    """One way of putting cells into groups whose errors are to be small.

    ``label`` (by cell) is the group of each cell. A group costs the square of its error times ``weight``, and
    ``owed`` (int64 by group) is what errors of earlier half-terms add to its strain: weight × error for each margin
    that goes on adding them up.
    """

    def __init__(self, label: npt.NDArray[np.integer], weight: int, owed: Counts | None = None) -> None:
        _, self.label = np.unique(label, return_inverse=True)
        self.weight = weight
        self.owed = np.zeros(len(label), dtype=np.int64) if owed is None else owed[label]
        self._order = np.argsort(self.label, kind="stable")
        self._starts = np.searchsorted(self.label[self._order], np.arange(self.label.max(initial=-1) + 2))

    def strain(self, error: Counts) -> Counts:
        """Return the weighted error of each cell's group, earlier half-terms included."""
        by_group = np.zeros(len(self._starts) - 1, dtype=np.int64)
        np.add.at(by_group, self.label, error)
        return self.weight * by_group[self.label] + self.owed

    def beside(self, cell: int) -> Counts:
        """Return the cells of the same group as ``cell``, itself included."""
        group = self.label[cell]
        return self._order[self._starts[group] : self._starts[group + 1]]

    def least(self, keys: Counts) -> Counts:
        """Return the lowest key of each group."""
        return np.minimum.reduceat(keys[self._order], self._starts[:-1])

    @property
    def pairs(self) -> bool:
        """Whether any two cells share a group."""
        return len(self._starts) - 1 < len(self.label)


@dataclass(frozen=True)
class Bounds:
    """How many steps up each cell has to take at least, and may take at most: int64 by cell."""

    low: Counts
    high: Counts


def balance(
    steps: Counts, bounds: Bounds, total: int, error: Counts, margins: Sequence[Margin], rank: Counts
) -> Counts:
    """Move steps between cells until they are ``total`` in all, and no swap makes the margins closer.

    ``steps`` are those to start from and ``error`` what the cells then are above their exact counts. The total is
    settled first, by the cheapest steps, since it matters most: no weight could then move it. Where the bounds do not
    allow it, it is as near as they do. Ties go by ``rank``, a permutation of the cells. Returns int64 by cell.
    """
    table = _Table(steps.copy(), bounds, error, margins, rank)
    missing = total - int(steps.sum())
    for _ in range(abs(missing)):
        if not table.step(1 if missing > 0 else -1):
            break
    while table.swap():
        pass
    return table.steps


class _Table:
    """Cells with their steps and strains, and the moves that can be made."""

    def __init__(self, steps: Counts, bounds: Bounds, error: Counts, margins: Sequence[Margin], rank: Counts) -> None:
        self.steps = steps
        self._bounds = bounds
        self._margins = margins
        self._rank = rank
        self._cell = np.argsort(rank)
        self._strain = sum((margin.strain(error) for margin in margins), np.zeros(len(steps), dtype=np.int64))
        self._weights = sum(margin.weight for margin in margins)

    def step(self, by: int) -> bool:
        """Move the cell one step where that is cheapest; False where no cell has room."""
        best = self._keys(by).min(initial=NEVER)
        if best == NEVER:
            return False
        self._move(int(self._cell[best % len(self._cell)]), by)
        return True

    def swap(self) -> bool:
        """Make the best of the swaps in sight: one cell up, one down. False where none makes the margins closer.

        In sight are the cheapest step up with the cheapest down of the whole table, and of each group of each margin.
        """
        up, down = self._keys(1), self._keys(-1)
        if not len(up):
            return False
        listed = [(up.min(keepdims=True), down.min(keepdims=True))]
        listed += [(margin.least(up), margin.least(down)) for margin in self._margins if margin.pairs]
        ups, downs = (np.concatenate(keys) for keys in zip(*listed, strict=True))
        possible = (ups != NEVER) & (downs != NEVER)
        if not possible.any():
            return False
        size = len(self._cell)
        (up_strain, up_rank), (down_strain, down_rank) = (np.divmod(keys[possible], size) for keys in (ups, downs))
        up_cell, down_cell = self._cell[up_rank], self._cell[down_rank]
        cost = STEP * (self._weights - self._shared(up_cell, down_cell)) + up_strain + down_strain
        best = np.lexsort((down_rank, up_rank, cost))[0]
        if cost[best] >= 0:
            return False
        self._move(int(up_cell[best]), 1)
        self._move(int(down_cell[best]), -1)
        return True

    def _keys(self, by: int) -> Counts:
        """Return each cell's strain in a direction with its rank below it, so that the lowest is the cheapest step."""
        room = self.steps < self._bounds.high if by > 0 else self.steps > self._bounds.low
        return np.where(room, by * self._strain * len(self._rank) + self._rank, NEVER)

    def _shared(self, one: Counts, other: Counts) -> Counts:
        """Return the weights of the groups that pairs of cells have in common."""
        shared = np.zeros(len(one), dtype=np.int64)
        for margin in self._margins:
            shared += margin.weight * (margin.label[one] == margin.label[other])
        return shared

    def _move(self, cell: int, by: int) -> None:
        self.steps[cell] += by
        for margin in self._margins:
            self._strain[margin.beside(cell)] += STEP * by * margin.weight
