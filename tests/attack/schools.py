"""One school of a pooled dataset attacks the others: it knows all its own rows, and every cell of the release.

It does not know the secret, and so not how its own counts were rounded. For every cell it lists what the others can
have had by the rules of the rounding, which are no secret:

- each school's count is rounded down to whole fives, and some of the schools with incidents are raised by 5;
- when all but the largest have fewer than 5 together, one school is raised at most;
- a cell without any incident may be raised too.
"""

from collections.abc import Callable
from functools import cache

import numpy as np

from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from tests.attack.feasible import STEP
from tests.attack.utility import WITHIN
from tests.attack.verdicts import FEW, SMALL, Tally
from tests.attack.worlds import HARMS, World


def attack(world: World, ledger: Ledger) -> Tally:
    """Let every school work out what the others have in every cell where that is 1 to 9, and in the zeros shown."""
    tally = Tally()
    schools = len(world.n)
    zones = {one.year: one for one in ledger.zones}
    for period, one in enumerate(ledger.frozen):
        found = zones[one.period.year]
        n = np.zeros((schools, len(found.codes), len(HARMS)), dtype=np.int64)
        np.add.at(n, (slice(None), found.member), world.n[:, :, period])
        for own in range(schools):
            others = n.sum(axis=0) - n[own]
            for zone, harm in np.argwhere((others <= SMALL) & ((others > 0) | (one.shown > 0))).tolist():
                low, high = conclude(int(one.shown[zone, harm]), int(n[own, zone, harm]), schools)
                where = f"school {own}, zone {zone}, half-term {period}, {HARMS[harm]}"
                tally.judge(int(others[zone, harm]), low, high, where)
    return tally


def attack_clocks(world: World, ledger: Ledger) -> Tally:
    """Let every school work out what the others have in every cell of a clock where that is 1 to 9, or a zero shown.

    Beside the cell it uses all others, and that the year's total is close to the truth.
    """
    tally = Tally()
    schools = len(world.n)
    slack = WITHIN + FEW  # a year may begin 2 off, or 4 where that many were shown as none at all, and end 2 off
    for one in ledger.clocks:
        shown, n = one.n.ravel(), world.clocks[one.year].reshape(schools, -1)
        for own in range(schools):
            others = n.sum(axis=0) - n[own]
            about, left = int(shown.sum() - n[own].sum()), shown - n[own] // STEP * STEP
            low, high = np.maximum(left - STEP * schools, 0), left + (STEP - 1) * (schools - 1)
            least, most = about - slack - (high.sum() - high), about + slack - (low.sum() - low)
            for cell in np.flatnonzero((others <= SMALL) & ((others > 0) | (shown > 0))).tolist():
                alone = conclude(int(shown[cell]), int(n[own, cell]), schools)
                both = max(alone[0], int(least[cell])), min(alone[1], int(most[cell]))
                tally.judge(int(others[cell]), *both, f"school {own}, clock of {one.year}, cell {cell}")
    return tally


def raised_at_most(n: Counts) -> Counts:
    """Return how many schools may be raised, for counts by school and possibility: the rule of the release."""
    beside_largest = n.sum(axis=0) - n.max(axis=0)
    return np.where(beside_largest < STEP, 1, (n > 0).sum(axis=0))


def each_raised(n: Counts) -> Counts:
    """Return how many schools would be raised if each were without regard to the others: a rule that tells too much."""
    raised: Counts = np.maximum((n > 0).sum(axis=0), n.sum(axis=0) == 0)
    return raised


@cache
def conclude(shown: int, own: int, schools: int, rule: Callable[[Counts], Counts] = raised_at_most) -> tuple[int, int]:
    """Return the least and the largest count that the other schools can have together."""
    most = max(0, shown - own // STEP * STEP) + STEP - 1
    others = np.indices([most + 1] * (schools - 1)).reshape(schools - 1, -1)
    n = np.vstack([np.full(others.shape[1], own), others])
    steps, rest = np.divmod(shown - (n - n % STEP).sum(axis=0), STEP)
    fits = (rest == 0) & (steps >= 0) & (steps <= rule(n))
    possible = others.sum(axis=0)[fits]
    return int(possible.min()), int(possible.max())
