"""Twins: worlds with another count in one cell of a clock that give the very same release.

A range that follows from bounds alone takes the rules of the rounding for all that an attacker knows. This one knows
the code as well: which cells it would have raised, and that no swap makes the margins closer. Whatever it knows, it can
rule out no count that a twin has. Twins are searched for with integer programming, of margins as close to the shown
ones as they can be, and by moving incidents about; one counts only if the real code rounds it to what is shown.

The secret is what the attacker lacks, so a twin may have another: all fractions that one could have drawn for the
clock. Those for the cube are of other names, and a twin has as many incidents in the year, so the cube stays as it is.
Where no twin has as many, it may have up to 2 more or fewer than are shown, which the cube allows too.
"""

from collections.abc import Iterator
from typing import Final
from unittest import mock

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array

from geo.counts.cube import Counts
from geo.release import protected_clock, rounding
from geo.release.keyed import BITS
from tests.attack.feasible import STEP
from tests.attack.utility import WITHIN
from tests.attack.worlds import CLOCK

_CELLS: Final = int(np.prod(CLOCK))
_INDEX: Final = np.indices(CLOCK).reshape(len(CLOCK), _CELLS)
_GROUPS: Final = np.vstack([_INDEX[axis] == at for axis, size in enumerate(CLOCK) for at in range(size)]).astype(float)
_SHIFT: Final = eye_array(len(_GROUPS))
_MARGINS: Final = block_array([[csr_array(_GROUPS), -_SHIFT, _SHIFT], [np.ones((1, _CELLS)), None, None]], format="csr")
_INTEGERS: Final = np.repeat([1, 0], [_CELLS, 2 * len(_GROUPS)])
_BEST: Final = {"time_limit": 5, "mip_rel_gap": 0.05}
# Ways to search: whether for as many incidents, how much chance, and how much they crowd around the target.
_WAYS: Final = (
    (True, 0.0, 0.0),
    (True, 0.5, 0.0),
    (True, 0.3, 0.5),
    (False, 0.5, 0.0),
    (False, 0.3, 0.5),
    (False, 0.3, 1.0),
    (False, 1.0, 0.5),
)
_TRIES: Final = 60  # at moving incidents about, where no other search finds a twin
_FEW: Final = 30  # incidents, so few that all of them can be scattered
Floats = npt.NDArray[np.float64]


def span(
    shown: Counts, others: Counts, cell: int, rng: np.random.Generator, own: Counts | None = None
) -> tuple[int, int]:
    """Return the least and the largest count of one cell of a clock that a twin has.

    ``shown`` and ``others`` are protected and exact counts by band × weekday × term or holiday; ``own`` those that
    the attacker has brought in itself, beside ``others``, which are of one other school then.
    """
    twins = _Twins(shown.ravel(), others.ravel(), cell, rng, None if own is None else own.ravel())
    truth = int(others.ravel()[cell])
    largest = int(twins.left[cell]) + STEP - 1
    least = next((n for n in range(max(0, largest + 1 - 2 * STEP), truth) if twins.found(n)), truth)
    return least, next((n for n in range(largest, truth, -1) if twins.found(n)), truth)


def rounds_to(n: Counts, shown: Counts) -> bool:
    """Return whether the real code can round exact counts, contributor × cell, to what is shown.

    What the secret draws is chosen for it: the cells to be raised at the start, and the zeros that may be.
    """
    up, rest = np.divmod(shown - (n - n % STEP).sum(axis=0), STEP)
    if rest.any() or (up < 0).any():
        return False
    raised = (n % STEP > 0) & (np.cumsum(n % STEP > 0, axis=0) <= up)
    drawn = {
        "count": np.where(raised, 0.0, 1 - 2.0**-BITS).ravel(),
        "order": np.where(up > 0, 0.0, 0.5) + np.arange(len(up)) / (4 * len(up)),
        "zero": np.where(up > 0, 0.0, 0.5)[n.sum(axis=0) == 0],
    }
    with mock.patch.object(rounding, "fractions", lambda _secret, purpose, _names: drawn[purpose]):
        try:
            found = protected_clock.protect("", n.reshape(-1, *CLOCK), int(shown.sum()), b"")
        except ValueError:
            return False
    return bool((found.n.ravel() == shown).all())


class _Twins:
    """The search for twins of one clock, around one of its cells."""

    def __init__(self, shown: Counts, others: Counts, cell: int, rng: np.random.Generator, own: Counts | None) -> None:
        self._shown = shown
        self._own = np.zeros_like(shown) if own is None else own
        self._rows = slice(1, None) if own is None else slice(None)
        self.left = shown - self._own // STEP * STEP  # what own counts do not explain
        self._others = others
        self._incidents = int(others.sum())
        self._about = int(shown.sum() - self._own.sum())
        self._cell = cell
        self._shared = (_INDEX[:, [cell]] == _INDEX).sum(axis=0)
        self._rng = rng

    def found(self, n: int) -> bool:
        """Return whether there is a twin with ``n`` in the cell."""
        return any(rounds_to(np.vstack([self._own, twin])[self._rows], self._shown) for twin in self._candidates(n))

    def _candidates(self, n: int) -> Iterator[Counts]:
        for as_many, chance, crowding in _WAYS:
            least, most = (self._incidents,) * 2 if as_many else (self._about - WITHIN, self._about + WITHIN)
            twin = self._closest(n, (max(0, least), max(0, most)), chance, crowding)
            if twin is not None:
                yield twin
        elsewhere = np.delete(np.arange(_CELLS), self._cell)
        more = n - int(self._others[self._cell])
        for _ in range(_TRIES):
            if more <= self._others[elsewhere].sum():
                yield self._moved(elsewhere, more)
            if self._about < _FEW:
                yield self._scattered(elsewhere, n)

    def _moved(self, elsewhere: Counts, more: int) -> Counts:
        """Return the true counts, but for so many incidents that come from elsewhere, or go there."""
        twin = self._others.copy()
        there = np.repeat(elsewhere, twin[elsewhere]) if more > 0 else elsewhere
        np.add.at(twin, self._rng.choice(there, abs(more), replace=more < 0), -np.sign(more))
        twin[self._cell] += more
        return twin

    def _scattered(self, elsewhere: Counts, n: int) -> Counts:
        """Return ``n`` in the cell, and about as many others as there can be anywhere."""
        twin = np.zeros_like(self._others)
        incidents = self._about + int(self._rng.integers(-WITHIN, WITHIN + 1))
        np.add.at(twin, self._rng.choice(elsewhere, max(0, incidents - n)), 1)
        twin[self._cell] = n
        return twin

    def _closest(self, n: int, incidents: tuple[int, int], chance: float, crowding: float) -> Counts | None:
        """Counts of so many incidents, ``n`` in the cell, whose margins are close to the shown ones; None if none.

        ``crowding`` prefers cells in the band, on the weekday and in the kind of days of the target.
        """
        # A cell that is shown as 5 more than its fives has a remainder, so that the secret can raise it at the start.
        low = np.where(self.left == STEP, 1, np.maximum(self.left - STEP + 1, 0)).astype(float)
        high = np.where((self.left == 0) & (crowding > 0), 1.0, self.left + STEP - 1.0 - self._own % STEP)
        low[self._cell] = high[self._cell] = n
        margins = _GROUPS @ (self._shown - self._own)
        size = 2 * len(_GROUPS)
        cost = np.concatenate(
            [
                chance * self._rng.normal(0, 0.5, _CELLS) - crowding * self._shared,
                (0.3 if crowding else 1.0) + chance * self._rng.random(size),
            ]
        )
        bounds = Bounds(np.concatenate([low, np.zeros(size)]), np.concatenate([high, np.full(size, np.inf)]))
        sums = LinearConstraint(_MARGINS, np.append(margins, incidents[0]), np.append(margins, incidents[1]))
        found = milp(cost, integrality=_INTEGERS, bounds=bounds, constraints=sums, options=_BEST)
        return None if found.x is None else np.rint(found.x[:_CELLS]).astype(np.int64)
