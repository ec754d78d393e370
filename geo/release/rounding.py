"""Rounding: exact counts become multiples of 5 that hide every small number, while their sums stay close to the truth.

Controlled rounding keyed by a secret. A count n is shown as 5⌊n/5⌋ or as 5 more, so that what is shown as 5 may be
anything from 0 to 9, and what is shown as 0 anything from 0 to 4. Which of the two is first drawn by the secret, with
the chance that makes it right on average; then cells change places until totals, zones and harm groups are close
(``geo.release.balancing``), earlier half-terms included. The same counts, names and secret give the same result,
whatever their order.

These rules, the second edition, hold whatever happens:

- A share of what is shown as 5 is put on cells without any incident (``geo.release.deniable_zeros``), so that a shown 5
  leaves a real chance that there was nothing.
- Counts of several contributors are rounded one by one and shown as their sum. How many fives may be added to a cell
  depends on who has 5 or more in it, and not on who has 1 to 4: one for each of those, and at least one for every two
  contributors of the dataset, in cells without any incident too. So whoever takes off its own counts, alone or
  together with others, proves nothing of the rest.
- A total is rounded with a keyed ``DITHER``, a larger one where several contribute. Otherwise a half-term of 1 to 4
  incidents never raises what is shown by more than 5, and one of none may raise it by as much, so that nobody knows of
  such a total that it was more than none.
- While a dataset holds 1 to 4 incidents in all, these may be shown as none; otherwise a first half-term without any
  count would say that it had two incidents at most.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.counts.cube import Counts
from geo.release.balancing import STEP, Bounds, Margin, balance
from geo.release.deniable_zeros import HARDLY, SHARE, CellGroups, Zeros
from geo.release.keyed import fractions
from geo.release.rounding_error import RoundingError

EDITION: Final = 2  # of these rules; what earlier ones rounded stays as it is
DITHER: Final = 1  # is added to a total before it is rounded to the nearest 5, or taken off, at most
DITHER_OF_SEVERAL: Final = 2  # the same where several contribute, each of whom knows a part of the total
FEW: Final = STEP - 1  # incidents, at most, of which nobody must be sure that there were any
MANY: Final = 2  # contributors for each five that a cell in which all of them have few can be shown with
ANY_ZONE: Final = 0.5  # of a five: what any zone has, since it has had incidents
MADE_UP: Final = 100  # incidents of a year for each that a harm group without any may be shown with, or one five

# What the square of an error counts for. The total comes first and apart, so it needs no weight.
ZONE: Final = 8
HARM: Final = 2
CELL: Final = 2
OTHER: Final = 1


def protect(
    n: Counts, parent: npt.NDArray[np.integer], rounding_error: RoundingError, names: Sequence[str], secret: bytes
) -> Counts:
    """Return the protected counts of one half-term, zone × harm, from exact ones, contributor × zone × harm.

    ``parent`` is the position of each zone's larger area, ``rounding_error`` has the errors of earlier half-terms, and
    ``names`` name every count of ``n`` uniquely in the dataset, in its order. All that is shown so far is within
    2 + ``DITHER`` of the truth (4 where several contribute) wherever the rules allow it, which is nearly always.
    """
    table = _Table(n.reshape(len(n), -1), names, secret)
    steps = (_goal(rounding_error, n, table.drawn) - int(table.whole.sum())) // STEP
    zone, harm = (position.reshape(-1) for position in np.indices(n.shape[1:]))
    margins = (
        Margin(zone, ZONE + ZONE + OTHER, ZONE * (rounding_error.zone + rounding_error.year_zone)),
        Margin(harm, HARM + OTHER, HARM * rounding_error.harm),
        Margin(parent[zone], OTHER, OTHER * rounding_error.parent),
        Margin(np.arange(len(zone)), CELL + OTHER, CELL * rounding_error.year_cell.reshape(-1)),
    )
    groups = (
        CellGroups(zone, rounding_error.zone_fives + ANY_ZONE, _zeros_by_zone(n, rounding_error)),
        CellGroups(harm, rounding_error.harm_fives + HARDLY, _zeros_by_harm(n, rounding_error)),
    )
    # What lacks at so many fives that stand for something.
    owed = SHARE / (1 - SHARE) * int(rounding_error.harm_fives.sum()) - rounding_error.zeros
    return table.rounded(steps, margins, groups, owed).reshape(n.shape[1:])


def _zeros_by_zone(n: Counts, rounding_error: RoundingError) -> Counts:
    """Return how many zeros of each zone may be raised: as many as bring it near to the truth, or they would add up."""
    over = rounding_error.zone + rounding_error.year_zone
    rest = (n.sum(axis=0) - (n - n % STEP).sum(axis=0)).sum(axis=1)
    return np.maximum(np.where(over <= 0, 1, 0), -((over - rest) // STEP))


def _zeros_by_harm(n: Counts, rounding_error: RoundingError) -> Counts:
    """Return how many zeros of each harm group may be raised: none once a harm would be made up that hardly occurs."""
    most = max(FEW, (rounding_error.year_counted + int(n.sum())) // MADE_UP)
    return np.where(rounding_error.year_cell.sum(axis=0) > most, 0, n.shape[1])


def round_to_total(
    n: Counts, total: int, names: Sequence[str], secret: bytes, groups: Sequence[npt.NDArray[np.integer]]
) -> Counts:
    """Return counts (int64 by cell, or contributor × cell) rounded by the same rules to sum to ``total``, by cell.

    ``groups`` are labels by cell of the sums that are to be close. Raises ValueError where no rounding has that total:
    it has to be a multiple of 5, and from the sum of the whole fives up to 5 more for each count.
    """
    table = _Table(np.atleast_2d(n), names, secret)
    cells = np.arange(len(table.whole))
    steps, rest = divmod(total - int(table.whole.sum()), STEP)
    if rest or not 0 <= steps <= table.room:
        raise ValueError("these counts cannot be rounded to that total")
    margins = [Margin(label, OTHER) for label in (*groups, cells)]
    spread = [CellGroups.new(label, steps) for label in groups] or [CellGroups.new(np.zeros_like(cells), steps)]
    return table.rounded(steps, margins, spread)


class _Table:
    """Counts by contributor × cell, and how the secret rounds them."""

    def __init__(self, n: Counts, names: Sequence[str], secret: bytes) -> None:
        self.whole = (n - n % STEP).sum(axis=0)
        self._pooled = n.sum(axis=0)
        self._of_few = -(-len(n) // MANY)
        self._most = np.where(self._pooled > 0, np.maximum((n >= STEP).sum(axis=0), self._of_few), 0)
        self._secret = secret
        by_contributor = np.array(names, dtype=object).reshape(n.shape)
        # A cell's own name is the least of its contributors' names, so that their order makes no difference.
        self._cells = [min(listed) for listed in by_contributor.T]
        up = fractions(secret, "count", names).reshape(n.shape) < n % STEP / STEP
        self._start = np.minimum(up.sum(axis=0), self._most)

    @property
    def room(self) -> int:
        """How many fives can be added in all."""
        return int(self._most.sum() + self._of_few * np.count_nonzero(self._pooled == 0))

    def drawn(self, purpose: str) -> float:
        """Draw one fraction for the whole table."""
        return float(fractions(self._secret, purpose, [min(self._cells, default="")])[0])

    def rounded(self, steps: int, margins: Sequence[Margin], groups: Sequence[CellGroups], owed: float = 0.0) -> Counts:
        """Return the counts by cell with so many steps up in all, as far as there is room for them.

        Deniable zeros are spread over ``groups``. They are chosen first and stay; the
        other steps make the margins close.
        """
        zeros = Zeros(self.whole, self._pooled - self.whole, self._of_few, int(self._most.sum()))
        drawn = fractions(self._secret, "zero", self._cells)
        deniable = zeros.choose(steps, groups, owed, drawn, self.drawn("zeros"), self.drawn("offset"))
        rank = np.argsort(np.argsort(fractions(self._secret, "order", self._cells), kind="stable"))
        bounds = Bounds(np.zeros_like(self._most), self._most)
        error = self.whole + STEP * (deniable + self._start) - self._pooled
        others = balance(self._start, bounds, steps - int(deniable.sum()), error, margins, rank)
        return self.whole + STEP * (deniable + others)


def _goal(rounding_error: RoundingError, n: Counts, drawn: Callable[[str], float]) -> int:
    """Return the sum to show of counts (contributor first), so that all that is shown so far is near the truth."""
    incidents = int(n.sum())
    counted = rounding_error.counted + incidents
    most = DITHER if len(n) == 1 else DITHER_OF_SEVERAL
    if counted <= FEW:
        near = STEP if drawn("total") < counted / STEP else 0
    else:
        dither = int(drawn("total") * (2 * most + 1)) - most
        near = (counted + STEP // 2 + dither) // STEP * STEP
    goal = max(0, near - (rounding_error.counted + rounding_error.total))
    # Of several, those that know 4 of their own would know that there are more.
    return min(goal, STEP) if incidents <= FEW and len(n) == 1 else goal
