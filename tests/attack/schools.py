"""One school of a pooled dataset attacks the others: it knows all its own rows, and every cell of the release.

It is the smallest of coalitions, held to more: what it leaves open has to be as wide as for everybody else.
"""

import numpy as np

from geo.release.ledger import Ledger
from tests.attack.coalitions import conclude
from tests.attack.feasible import STEP
from tests.attack.rules import PRODUCT
from tests.attack.utility import WITHIN
from tests.attack.verdicts import SMALL, Tally
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
                low, high = _alone(int(one.shown[zone, harm]), int(n[own, zone, harm]), schools)
                where = f"school {own}, zone {zone}, half-term {period}, {HARMS[harm]}"
                tally.judge(int(others[zone, harm]), low, high, where)
    return tally


def attack_clocks(world: World, ledger: Ledger) -> Tally:
    """Let every school work out what the others have in every cell of a clock where that is 1 to 9, or a zero shown.

    Beside the cell it uses all others, and that the year's total is close to the truth.
    """
    tally = Tally()
    schools = len(world.n)
    slack = 2 * WITHIN  # a year may begin so far off, and end so
    for one in ledger.clocks:
        shown, n = one.n.ravel(), world.clocks[one.year].reshape(schools, -1)
        for own in range(schools):
            others = n.sum(axis=0) - n[own]
            about, left = int(shown.sum() - n[own].sum()), shown - n[own] // STEP * STEP
            low, high = np.maximum(left - STEP * schools, 0), left + (STEP - 1) * (schools - 1)
            least, most = about - slack - (high.sum() - high), about + slack - (low.sum() - low)
            for cell in np.flatnonzero((others <= SMALL) & ((others > 0) | (shown > 0))).tolist():
                alone = _alone(int(shown[cell]), int(n[own, cell]), schools)
                both = max(alone[0], int(least[cell])), min(alone[1], int(most[cell]))
                tally.judge(int(others[cell]), *both, f"school {own}, clock of {one.year}, cell {cell}")
    return tally


def _alone(shown: int, own: int, schools: int) -> tuple[int, int]:
    return conclude(shown - own // STEP * STEP, (own,), schools - 1, PRODUCT.raised_at_most)
