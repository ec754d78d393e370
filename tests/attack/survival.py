"""Zones: what it tells that one is there, and that it is there in the next school year or is not.

By what is shown a zone of 5 or more goes on, and no other does. A zone that does something else tells more of its exact
count than is shown: one that goes on held 5 or more, and one that is a whole larger area by itself and does not go on
held fewer.

That a pooled zone is there at all tells a coalition of contributors that it met the bar of three. Where it could not
have by theirs alone, others have incidents.
"""

from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np

from geo.areas.area_set import AreaSet
from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from geo.release.nesting import nesting
from geo.release.zones import MIN_CONTRIBUTORS, Zones
from tests.attack.feasible import STEP
from tests.attack.rules import Rule
from tests.attack.verdicts import FEW, Share
from tests.attack.worlds import World, town


@dataclass
class Survival:
    """Of zones that lapsed and were shown as 5, those that held 3 or 4; of all, those that tell what is hidden.

    ``others`` are what coalitions that leave two or more do not know of zones, 1 to 4, and those that must be there.
    """

    three_or_four: Share = field(default_factory=Share)
    telling: Share = field(default_factory=Share)
    others: Share = field(default_factory=Share)

    def add(self, other: "Survival") -> None:
        """Add the zones of other releases."""
        self.three_or_four.add(other.three_or_four)
        self.telling.add(other.telling)
        self.others.add(other.others)


def attack(ledger: Ledger) -> Survival:
    """Set the zones of each school year of a release of one contributor beside those of the next."""
    found = Survival()
    for now, later in pairwise(ledger.zones):
        of_year = [one for one in ledger.frozen if one.period.year == now.year]
        shown, exact = (sum(getattr(one, name).sum(axis=1) for one in of_year) for name in ("shown", "exact"))
        for zone in np.flatnonzero(~np.array(now.elsewhere)).tolist():
            inside = now.member == zone
            stays = goes_on(inside, later)
            if not stays and shown[zone] == STEP and exact[zone] > 0:
                found.three_or_four.count([exact[zone] in (FEW - 1, FEW)])
            if stays or _whole(inside, town()):
                found.telling.count([stays != (shown[zone] >= STEP)])
    return found


def attack_pooled(world: World, ledger: Ledger, rule: Rule) -> Survival:
    """Let coalitions conclude from the zones of a release of several contributors that others have incidents there."""
    found = Survival()
    number = len(world.n)
    of_year = world.n.sum(axis=3).reshape(*world.n.shape[:2], len(ledger.zones), -1).sum(axis=3)
    inside_of = [
        np.isin(np.arange(number), one) for k in range(1, number - 1) for one in combinations(range(number), k)
    ]
    for at, now in enumerate(ledger.zones):
        earlier = ledger.zones[at - 1] if at else None
        for zone in np.flatnonzero(~np.array(now.elsewhere)).tolist():
            areas = now.member == zone
            went_on = earlier is not None and _went_on(areas, earlier)
            if went_on and not rule.exact_survival:
                continue
            n = of_year[:, areas, max(at - 1, 0)].sum(axis=1)
            for inside in inside_of:
                if 1 <= n[~inside].sum() <= FEW:
                    least = STEP if went_on else rule.bar[0]
                    found.others.count([not _meets_bar(n[inside], least, *rule.bar[1:])])
    return found


def _meets_bar(n: Counts, least: int, contributes: int, largest_two: int) -> bool:
    """Return whether a pooled zone of so many incidents by contributor may be there, whatever its residents."""
    return bool(
        n.sum() >= least
        and (not contributes or np.count_nonzero(n >= contributes) >= MIN_CONTRIBUTORS)
        and 100 * np.sort(n)[-2:].sum() <= largest_two * n.sum()
    )


def _went_on(inside: np.ndarray, earlier: Zones) -> bool:
    """Return whether areas are one zone of an earlier year, and all of it."""
    zones = np.unique(earlier.member[inside])
    return len(zones) == 1 and not earlier.elsewhere[zones[0]] and not (earlier.member[~inside] == zones[0]).any()


def goes_on(inside: np.ndarray, later: Zones) -> bool:
    """Return whether areas are a zone by themselves, or several, in a later year."""
    parts = np.unique(later.member[inside])
    return not any(later.elsewhere[part] for part in parts) and not np.isin(later.member[~inside], parts).any()


def _whole(inside: np.ndarray, areas: AreaSet) -> bool:
    """Return whether areas are all of the larger area that zones stay inside of."""
    parent = nesting(areas).parent
    return parent is None or not np.isin(parent.member[~inside], parent.member[inside]).any()
