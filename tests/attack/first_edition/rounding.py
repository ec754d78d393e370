"""Rounding of the first edition: nearest totals, few deniable zeros, and one raised where all but the largest are few.

While a dataset holds 3 or 4 incidents in all, these may be shown as none at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geo.counts.cube import Counts
from geo.harms import HARM_GROUPS
from geo.release.balancing import STEP, Bounds, Margin, balance
from geo.release.keyed import fractions

DENIABLE: Final = 0.03  # of the zero cells may be shown as 5
FIXED: Final = 0.015  # of the zero cells have to be, where that does not swamp the others
MAX_FIXED: Final = 20  # incidents for each zero cell that has to be shown as 5

# What the square of an error counts for. The total comes first and apart, so it needs no weight.
ZONE: Final = 8
CELL: Final = 2
OTHER: Final = 1


@dataclass(frozen=True)
class RoundingError:
    """What has been shown less what was exact, in the half-terms so far; ``counted`` is how many incidents these had.

    ``year_zone`` and ``year_cell`` (zone × harm group) are of the present school year; ``total``, ``harm``,
    ``parent`` (the larger areas that the zones lie in) and ``zone`` are of all half-terms.
    """

    counted: int
    total: int
    zone: Counts
    year_zone: Counts
    year_cell: Counts
    harm: Counts
    parent: Counts

    @classmethod
    def fresh(cls, zones: int, parents: int) -> "RoundingError":
        """Return the start, for so many zones and larger areas."""
        zone, harm, parent = (np.zeros(size, dtype=np.int64) for size in (zones, len(HARM_GROUPS), parents))
        return cls(0, 0, zone, zone, np.zeros((zones, len(harm)), dtype=np.int64), harm, parent)

    def next_year(self, zones: int, goes_to: npt.NDArray[np.integer]) -> "RoundingError":
        """Return what goes on into a new school year of so many zones.

        ``goes_to`` is, for each zone of the year before, the position of the new one that takes its errors on, so that
        those of a union of whole zones stay small too.
        """
        start = RoundingError.fresh(zones, len(self.parent))
        zone = start.zone.copy()
        np.add.at(zone, goes_to, self.zone)
        return replace(start, counted=self.counted, total=self.total, zone=zone, harm=self.harm, parent=self.parent)

    def after(self, n: Counts, shown: Counts, parent: npt.NDArray[np.integer]) -> "RoundingError":
        """Return the errors after a half-term more.

        ``n`` are its exact counts (contributor × zone × harm), ``shown`` the protected ones, and ``parent`` is the
        larger area of each zone.
        """
        error = shown - n.sum(axis=0)
        by_zone = error.sum(axis=1)
        by_parent = self.parent.copy()
        np.add.at(by_parent, parent, by_zone)
        return RoundingError(
            counted=self.counted + int(n.sum()),
            total=self.total + int(error.sum()),
            zone=self.zone + by_zone,
            year_zone=self.year_zone + by_zone,
            year_cell=self.year_cell + error,
            harm=self.harm + error.sum(axis=0),
            parent=by_parent,
        )


def protect(
    n: Counts, parent: npt.NDArray[np.integer], rounding_error: RoundingError, names: Sequence[str], secret: bytes
) -> Counts:
    """Return the protected counts of one half-term, zone × harm, from exact ones, contributor × zone × harm.

    ``parent`` is the position of each zone's larger area, ``rounding_error`` has the errors of earlier half-terms, and
    ``names`` name every count of ``n`` uniquely in the dataset, in its order. All that is shown so far is within 2 of
    the truth wherever the rules allow it, which is nearly always.
    """
    table = _Table(n.reshape(len(n), -1), names, secret)
    steps = (_goal(rounding_error, int(n.sum()), table.drawn("total")) - int(table.whole.sum())) // STEP
    zone, harm = (position.reshape(-1) for position in np.indices(n.shape[1:]))
    margins = (
        Margin(zone, ZONE + ZONE + OTHER, ZONE * (rounding_error.zone + rounding_error.year_zone)),
        Margin(harm, OTHER + OTHER, OTHER * rounding_error.harm),
        Margin(parent[zone], OTHER, OTHER * rounding_error.parent),
        Margin(np.arange(len(zone)), CELL + OTHER, CELL * rounding_error.year_cell.reshape(-1)),
    )
    # Where no fewer are shown so far than there were, fixed zeros would add up; but the first half-term has some too.
    # Nor may they make up a harm of which there is next to nothing: no other cell of it could make that good.
    full = (rounding_error.zone + rounding_error.year_zone >= 0) & (rounding_error.counted > 0)
    of_harm = np.where(rounding_error.harm > 0, 0, np.maximum(n.sum(axis=(0, 1)) // MAX_FIXED, 1))
    limits = (Limit(zone, np.where(full, 0, 1)), Limit(harm, of_harm))
    return table.rounded(steps, margins, 0, limits).reshape(n.shape[1:])


def round_to_total(
    n: Counts, total: int, names: Sequence[str], secret: bytes, groups: Sequence[npt.NDArray[np.integer]]
) -> Counts:
    """Return counts (int64 by cell, or contributor × cell) rounded by the same rules to sum to ``total``, by cell.

    ``groups`` are labels by cell of the sums that are to be close. Where too few cells may be rounded up, more zero
    cells than usual are deniable. Raises ValueError where no rounding has that total: it has to be a multiple of 5, and
    from the sum of the whole fives up to 5 more for each count that may be rounded up and each zero cell.
    """
    table = _Table(np.atleast_2d(n), names, secret)
    cells = np.arange(len(table.pooled))
    room = int(table.room.sum())
    steps, rest = divmod(total - int(table.whole.sum()), STEP)
    if rest or not 0 <= steps <= room + int((table.pooled == 0).sum()):
        raise ValueError("these counts cannot be rounded to that total")
    return table.rounded(steps, [Margin(label, OTHER) for label in (*groups, cells)], steps - room, ())


class Limit(NamedTuple):
    """How many zeros may be fixed in each group of cells: the group of each cell, and the most by group."""

    label: Counts
    most: Counts


class _Table:
    """Counts by contributor × cell, and how the secret rounds them."""

    def __init__(self, n: Counts, names: Sequence[str], secret: bytes) -> None:
        self.pooled = n.sum(axis=0)
        self.whole = (n - n % STEP).sum(axis=0)
        self.room = _room(n)
        self._secret = secret
        by_contributor = np.array(names, dtype=object).reshape(n.shape)
        # A cell's own name is the least of its contributors' names, so that their order makes no difference.
        self._cells = [min(listed) for listed in by_contributor.T]
        up = fractions(secret, "count", names).reshape(n.shape) < n % STEP / STEP
        self._start = np.minimum(up.sum(axis=0), self.room)

    def drawn(self, purpose: str) -> float:
        """Draw one fraction for the whole table."""
        return float(fractions(self._secret, purpose, [min(self._cells, default="")])[0])

    def rounded(self, steps: int, margins: Sequence[Margin], deniable: int, limits: Sequence[Limit]) -> Counts:
        """Return the counts by cell with so many steps up in all, if allowed, and at least so many deniable zeros.

        No more zeros are fixed than each of ``limits`` allows.
        """
        bounds = self._bounds(steps, deniable, limits)
        start = np.maximum(self._start, bounds.low)
        error = self.whole + STEP * start - self.pooled
        rank = np.argsort(np.argsort(fractions(self._secret, "order", self._cells), kind="stable"))
        return self.whole + STEP * balance(start, bounds, steps, error, margins, rank)

    def _bounds(self, steps: int, deniable: int, limits: Sequence[Limit]) -> Bounds:
        zeros = np.flatnonzero(self.pooled == 0)
        drawn = fractions(self._secret, "zero", [self._cells[cell] for cell in zeros])
        zeros, drawn = zeros[np.argsort(drawn, kind="stable")], np.sort(drawn)
        low, high = np.zeros_like(self.room), self.room.copy()
        high[zeros[: max(deniable, np.searchsorted(drawn, DENIABLE))]] = 1
        most = max(0, min(steps, int(self.pooled.sum()) // MAX_FIXED))
        low[_within(zeros[: np.searchsorted(drawn, FIXED)], limits)[:most]] = 1
        return Bounds(low, high)


def _within(cells: Counts, limits: Sequence[Limit]) -> list[int]:
    """Return the cells, the first ones first, that together keep within every limit."""
    left = [limit.most.copy() for limit in limits]
    kept = []
    for cell in cells.tolist():
        labels = [limit.label[cell] for limit in limits]
        if all(most[label] > 0 for most, label in zip(left, labels, strict=True)):
            kept.append(cell)
            for most, label in zip(left, labels, strict=True):
                most[label] -= 1
    return kept


def _room(n: Counts) -> Counts:
    """Return how many contributors may be rounded up in each cell: those with incidents, or one where few have."""
    others = n.sum(axis=0) - n.max(axis=0, initial=0)
    return np.where(others < STEP, (n > 0).any(axis=0), (n > 0).sum(axis=0)).astype(np.int64)


def _goal(rounding_error: RoundingError, incidents: int, drawn: float) -> int:
    """Return the sum to show of so many incidents, so that all that is shown so far is nearest to the truth."""
    counted = rounding_error.counted + incidents
    few_hidden = counted < STEP and drawn >= counted / STEP
    nearest = 0 if few_hidden else (counted + STEP // 2) // STEP * STEP
    return max(0, nearest - (rounding_error.counted + rounding_error.total))
