"""The rules that are attacked: the first edition, kept as it was, and the product's own, each with what it tells.

How a rule rounds is no secret, so attackers take it for known. What they need of it is here as data: how shown totals
follow from the incidents so far, and how many fives a cell may be raised by at most.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.areas.area_set import AreaSet
from geo.counts.cube import Counts
from geo.release import release_steps
from geo.release.ledger import Ledger
from geo.release.release_steps import Basis
from tests.attack import worlds
from tests.attack.feasible import STEP
from tests.attack.first_edition import steps as first_edition
from tests.attack.verdicts import FEW

SECRET: Final = bytes(range(32))


@dataclass(frozen=True)
class Totals:
    """How what is shown so far follows from the incidents so far.

    To these one of ``dither`` is added, and the sum rounded down to whole fives; what is shown so far never falls.
    While there are at most 4 in all they may be shown as none, and from ``shown_from`` on as 5. ``few_raise`` is by how
    much a half-term of at most 4 raises what is shown at most (None where it may be by more), and ``within`` the
    largest error from the fifth incident on.
    """

    dither: range
    within: int
    shown_from: int
    few_raise: int | None = None

    def leads(self, before: int, counted: Counts, incidents: Counts, after: int) -> npt.NDArray[np.bool_]:
        """Return whether ``counted`` incidents so far, ``incidents`` of them new, may lead from one sum to another."""
        few = counted <= FEW
        goals = [np.where(few, 0, (counted + more) // STEP * STEP) for more in self.dither]
        goals.append(np.where(few & (counted >= self.shown_from), STEP, goals[0]))
        possible = np.zeros(counted.shape, dtype=np.bool_)
        for goal in goals:
            shown = np.maximum(goal, before)
            if self.few_raise is not None:
                shown = np.where(incidents <= FEW, np.minimum(shown, before + self.few_raise), shown)
            possible |= shown == after
        return possible

    def bounds(self, shown: int) -> tuple[int, int]:
        """Return the least and the largest number of incidents so far that so many may be shown for."""
        low = min(self.shown_from, STEP - self.within) if shown == STEP else shown - self.within
        return max(0, low), max(FEW, shown + self.within)


@dataclass(frozen=True)
class Rule:
    """A way to release, and what everybody may know of it.

    ``raised_at_most`` gives how many fives a cell may be raised by, for counts of all contributors by possibility.
    ``totals_of_several`` are those of datasets with several contributors.
    A zone of several contributors has ``bar`` at least: so many incidents, so many of each of three contributors, and
    at most so many per cent of the two largest. ``exact_survival`` says whether exact counts tell if a zone goes on.
    """

    name: str
    release: Callable[[Ledger, Basis, AreaSet, bytes, date], Ledger]
    totals: Totals
    totals_of_several: Totals
    raised_at_most: Callable[[Counts], Counts]
    bar: tuple[int, int, int]
    exact_survival: bool

    def totals_of(self, contributors: int) -> Totals:
        """Return how totals follow in a dataset of so many contributors."""
        return self.totals if contributors == 1 else self.totals_of_several


def one_where_few(n: Counts) -> Counts:
    """Allow all that have incidents to be raised, and one where all but the largest have 4 together at most."""
    beside_largest = n.sum(axis=0) - n.max(axis=0)
    return np.where(beside_largest < STEP, 1, (n > 0).sum(axis=0))


def one_for_two(n: Counts) -> Counts:
    """Allow one five for every two contributors, or for all that have 5 or more where these are more."""
    return np.maximum((n >= STEP).sum(axis=0), -(-len(n) // 2))


_NEAREST: Final = Totals(range(2, 3), within=2, shown_from=3)
FIRST: Final = Rule(
    "first edition",
    first_edition.release,
    _NEAREST,
    _NEAREST,
    one_where_few,
    bar=(10, 1, 90),
    exact_survival=True,
)
PRODUCT: Final = Rule(
    "product",
    release_steps.release,
    Totals(range(1, 4), within=3, shown_from=1, few_raise=STEP),
    Totals(range(5), within=4, shown_from=1),
    one_for_two,
    bar=(0, 0, 100),
    exact_survival=False,
)
RULES: Final = (FIRST, PRODUCT)


def released(
    world: worlds.World,
    before: Ledger | None = None,
    over: int = 18,
    rule: Rule = PRODUCT,
    secret: bytes = SECRET,
) -> Ledger:
    """Release a world through the real code, on the day on which ``over`` of its half-terms are over long enough."""
    tiles = worlds.tiles()
    basis = Basis(tiles, tiles, world.n, world.clocks)
    on = tiles[over - 1].last + (worlds.TODAY - tiles[-1].last)
    return rule.release(before or Ledger(), basis, worlds.town(), secret, on)
