"""Coalitions: some contributors of a pooled dataset put their rows together, and work out what the others have.

They know all their own counts, every cell of the release and the rule, but not the secret, and so not how their own
counts were rounded. For every cell they list what the others can have had: each count is rounded down to whole fives,
and some of the contributors are raised by 5, no more than the rule allows. For every half-term they list the runs of
true totals that can be shown so and hold their own. Where one other is left, its counts are nearly plain by
subtraction, so those coalitions are reported apart.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import combinations
from typing import Final

import numpy as np

from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from tests.attack import totals
from tests.attack.feasible import STEP
from tests.attack.rules import Rule
from tests.attack.verdicts import FEW, SMALL, Tally
from tests.attack.worlds import HARMS, World

CONTRIBUTORS: Final = (4, 3, 8, 2, 6)  # of one world after the other
COALITIONS: Final = 10  # of one size, that are tried in one world


@dataclass
class CoalitionsFound:
    """What coalitions find of the others' sum, in cells of cube and clocks and in totals of half-terms.

    ``by_size`` has the cells by how many are in the coalition and how many contributors there are. ``one_left`` are
    the cells of coalitions that leave one other, ``unfit`` the runs of totals that nothing fits.
    """

    cells: Tally = field(default_factory=partial(Tally, least=1))
    totals: Tally = field(default_factory=partial(Tally, least=1))
    one_left: Tally = field(default_factory=partial(Tally, least=1))
    by_size: dict[tuple[int, int], Tally] = field(default_factory=dict)
    unfit: int = 0

    def add(self, other: "CoalitionsFound") -> None:
        """Add what was found in other releases."""
        self.cells.add(other.cells)
        self.totals.add(other.totals)
        self.one_left.add(other.one_left)
        self.unfit += other.unfit
        for size, tally in other.by_size.items():
            self.by_size.setdefault(size, Tally(least=1)).add(tally)


def attack(world: World, ledger: Ledger, rule: Rule, rng: np.random.Generator) -> CoalitionsFound:
    """Let coalitions of every size work out what the others have together."""
    found = CoalitionsFound()
    number = len(world.n)
    tables = list(_tables(world, ledger))
    for members in range(1, number):
        size = members, number
        tally = found.by_size.setdefault(size, Tally(least=1))
        every = list(combinations(range(number), members))
        for at in rng.permutation(len(every))[:COALITIONS].tolist():
            inside = np.isin(np.arange(number), every[at])
            for n, shown in tables:
                _cells(n, shown, inside, rule, tally)
            if members < number - 1:
                _totals(world, ledger, inside, rule, found)
        (found.cells if members < number - 1 else found.one_left).add(tally)
    return found


def conclude(left: int, own: tuple[int, ...], others: int, raised: Callable[[Counts], Counts]) -> tuple[int, int]:
    """Return the least and the largest sum that so many others can have in a cell.

    ``left`` is what is shown less the coalition's whole fives and ``own`` its counts; of 5 and more it matters only
    that they are. Raises ValueError where the rule ``raised`` (at most) cannot leave so much.
    """
    return _conclude(left, tuple(sorted(min(n, STEP) for n in own)), others, raised)


@cache
def _conclude(left: int, own: tuple[int, ...], others: int, raised: Callable[[Counts], Counts]) -> tuple[int, int]:
    possible = _possible(left // STEP, others)
    n = np.vstack([np.repeat(np.array(own)[:, np.newaxis], possible.shape[1], axis=1), possible])
    steps = left // STEP - (possible // STEP).sum(axis=0)
    sums = possible.sum(axis=0)[(steps >= 0) & (steps <= raised(n))]
    if not len(sums):
        raise ValueError("no counts of the others can be shown so: the rule is not what it was taken for")
    return int(sums.min()), int(sums.max())


@cache
def _possible(steps: int, others: int) -> Counts:
    """Return all counts of so many others, each combination once, whose whole fives are at most so many steps."""
    return np.array(list(_combinations(steps, others, STEP * steps + STEP - 1)), dtype=np.int64).reshape(-1, others).T


def _combinations(steps: int, others: int, largest: int) -> Iterator[tuple[int, ...]]:
    if not others:
        yield ()
        return
    for n in range(min(largest, STEP * steps + STEP - 1) + 1):
        for rest in _combinations(steps - n // STEP, others - 1, n):
            yield (n, *rest)


def _tables(world: World, ledger: Ledger) -> Iterator[tuple[Counts, Counts]]:
    """Yield exact counts by contributor × cell, and the shown ones, of each half-term and each clock."""
    zones = {one.year: one for one in ledger.zones}
    for period, one in enumerate(ledger.frozen):
        found = zones[one.period.year]
        n = np.zeros((len(world.n), len(found.codes), len(HARMS)), dtype=np.int64)
        np.add.at(n, (slice(None), found.member), world.n[:, :, period])
        yield n.reshape(len(n), -1), one.shown.ravel()
    for clock in ledger.clocks:
        yield world.clocks[clock.year].reshape(len(world.n), -1), clock.n.ravel()


def _cells(n: Counts, shown: Counts, inside: np.ndarray, rule: Rule, tally: Tally) -> None:
    """Judge the cells where the others have 1 to 9, or nothing and something is shown; those that are alike at once."""
    others = n[~inside].sum(axis=0)
    cells = (others <= SMALL) & ((others > 0) | (shown > 0))
    own = np.sort(np.minimum(n[inside][:, cells], STEP), axis=0)
    left = shown[cells] - (n[inside][:, cells] // STEP * STEP).sum(axis=0)
    alike, times = np.unique(np.vstack([others[cells], left, own]), axis=1, return_counts=True)
    for (truth, rest, *known), number in zip(alike.T.tolist(), times.tolist(), strict=True):
        low, high = conclude(rest, tuple(known), int((~inside).sum()), rule.raised_at_most)
        tally.judge(truth, low, high, f"{inside.sum()} of {len(inside)} with {known}, {rest} left", number)


def _totals(world: World, ledger: Ledger, inside: np.ndarray, rule: Rule, found: CoalitionsFound) -> None:
    """Judge the others' sum of every half-term, but the first of the data, where it is 1 to 4."""
    by_period = world.n[:, :, : len(ledger.frozen)].sum(axis=(1, 3))
    own, others = by_period[inside].sum(axis=0), by_period[~inside].sum(axis=0)
    shown = np.array([one.shown.sum() for one in ledger.frozen])
    between = totals.ranges(shown, [rule.totals_of(len(world.n))] * len(shown), own)
    if between is None:
        found.unfit += 1
        return
    for at in np.flatnonzero((others >= 1) & (others <= FEW)).tolist():
        low, high = int(between[0][at] - own[at]), int(between[1][at] - own[at])
        where = f"{inside.sum()} of {len(inside)}, half-term {at} with {own[at]} own"
        if at:
            found.totals.judge(int(others[at]), low, high, where)
