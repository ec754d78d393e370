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
from itertools import product
from typing import Any, Final
from unittest import mock

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array

from geo.counts.cube import Counts
from geo.release import deniable_zeros, protected_clock, rounding
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
_ALMOST: Final = 1 - 2.0**-BITS  # the largest fraction
_ALIKE: Final = 8  # cells that look like the target, that it is changed about with
_BALANCED: Final = 12  # ways to move others back
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

    What the secret draws is chosen for it: the cells to be raised at the start, and which zeros are, of which there
    have to be as many in all as the code raises, and in each band as many as come to its share.
    """
    up, rest = np.divmod(shown - (n - n % STEP).sum(axis=0), STEP)
    if rest.any() or (up < 0).any():
        return False
    raised = (n % STEP > 0) & (np.cumsum(n % STEP > 0, axis=0) <= up)
    drawn = {
        "count": np.where(raised, 0.0, _ALMOST).ravel(),
        "order": np.where(up > 0, 0.0, 0.5) + np.arange(len(up)) / (4 * len(up)),
        "zero": np.zeros(len(up)),
        "offset": np.zeros(1),
    }
    zeros = np.where(n.sum(axis=0) == 0, up, 0)
    for chance in (0.0, _ALMOST):
        drawn["zeros"] = np.array([chance])
        share = _shares(n, shown, drawn, int(zeros.sum()))
        if share is not None and _may_be(zeros, share):
            with mock.patch.object(deniable_zeros.Zeros, "choose", return_value=zeros):
                return _rounded(n, shown, drawn) == shown.tolist()
    return False


def _may_be(zeros: Counts, share: Floats) -> bool:
    """Return whether zeros are raised only where they can be, and in each band by its share, rounded up or down."""
    by_band, most = (np.bincount(_INDEX[0], weights=one) for one in (zeros, share))
    return bool((share[zeros > 0] > 0).all() and (np.abs(by_band - most) < 1).all())


def _rounded(n: Counts, shown: Counts, drawn: dict[str, Floats]) -> list[int] | None:
    """Round by draws that are chosen; None where there is no such rounding."""
    with mock.patch.object(rounding, "fractions", lambda _secret, purpose, _names: drawn[purpose]):
        try:
            found = protected_clock.protect("", n.reshape(-1, *CLOCK), int(shown.sum()), b"")
        except ValueError:
            return None
    return list(found.n.ravel().tolist())


def _shares(n: Counts, shown: Counts, drawn: dict[str, Floats], number: int) -> Floats | None:
    """Return how likely the real code raises each zero, when ``number`` of them are raised; None where others are."""
    shares: list[Floats] = []

    def kept(*asked: Any) -> Floats:
        shares.append(shared(*asked))
        return shares[-1]

    shared = deniable_zeros._shared
    with mock.patch.object(deniable_zeros, "_shared", kept):
        found = _rounded(n, shown, drawn)
    if found is None or np.count_nonzero(np.array(found)[n.sum(axis=0) == 0]) != number:
        return None
    return shares[-1] * number / max(shares[-1].sum(), 1e-9)


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
        candidates = (np.vstack([self._own, twin])[self._rows] for twin in self._candidates(n))
        return any(rounds_to(twin, self._shown) for twin in candidates)

    def _candidates(self, n: int) -> Iterator[Counts]:
        yield from self._swapped(n)
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

    def _swapped(self, n: int) -> Iterator[Counts]:
        """Yield the true counts, the target's and those of a cell that has ``n`` and looks the same changed about.

        First as they are, then with other incidents moved the other way, so that the margins stay as they were.
        """
        alike = np.flatnonzero((self._others == n) & (self.left == self.left[self._cell]))
        alike = alike[np.argsort(-self._shared[alike], kind="stable")][:_ALIKE]
        for balanced, other in product([False] + [True] * _BALANCED, alike.tolist()):
            twin = self._others.copy()
            twin[[self._cell, other]] = twin[[other, self._cell]]
            if balanced:
                self._balance(twin, other)
            yield twin

    def _balance(self, twin: Counts, other: int) -> None:
        """Move incidents back, along each dimension in which two cells differ that were changed about."""
        more = int(twin[other] - twin[self._cell])
        gained, lost = (other, self._cell) if more > 0 else (self._cell, other)
        for axis in np.flatnonzero(_INDEX[:, gained] != _INDEX[:, lost]).tolist():
            for _ in range(abs(more)):
                there = np.flatnonzero((_INDEX[axis] == _INDEX[axis, gained]) & (twin > 1))
                start = int(self._rng.choice(there[there != gained])) if (there != gained).any() else gained
                place = _INDEX[:, start].copy()
                place[axis] = _INDEX[axis, lost]
                end = int(np.ravel_multi_index(tuple(place), CLOCK))
                if start != gained and end != lost and twin[end] > 0:
                    twin[start] -= 1
                    twin[end] += 1

    def _zeros(self, n: int) -> Counts:
        """Return about as many raised zeros as there are: one comes or goes where the target does, or by chance."""
        fives = (self._shown == STEP) & (self._own == 0)
        fives[self._cell] = False
        zero = fives & (self._others == 0)
        was, now = (int(self._shown[self._cell] == STEP and count == 0) for count in (self._others[self._cell], n))
        more = was - now + int(self._rng.integers(-1, 2))
        changed = np.flatnonzero(fives & (~zero if more > 0 else zero))
        zero[self._rng.permutation(changed)[: abs(more)]] ^= True
        return np.flatnonzero(zero)

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
        # A cell that is shown as 5 more than its fives has a remainder, so that the secret can raise it at the start,
        # or is one of the zeros that are raised, about as many as there are.
        low = np.where(self.left == STEP, 1, np.maximum(self.left - STEP + 1, 0)).astype(float)
        high = np.where((self.left == 0) & (crowding > 0), 1.0, self.left + STEP - 1.0 - self._own % STEP)
        zeros = self._zeros(n)
        low[zeros] = high[zeros] = 0
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
