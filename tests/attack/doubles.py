"""Double imports: the same rows released twice or more, and what the releases tell when they are set side by side.

No rounding withstands this; it is why a row is released once. An attacker counts how many of the releases show
anything in a cell, takes those for certain where nearly all such cells hold something, and sets the ranges of each
half-term's total against each other. Another secret stands for all that lets the same rows be rounded by other draws:
another area set, whose cells have other names, does just that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from tests.attack import totals
from tests.attack.rules import SECRET, Rule, released
from tests.attack.verdicts import FEW, Share
from tests.attack.worlds import World, one_more

SECRETS: Final = 10
YEAR: Final = 6  # half-terms
BACKUP: Final = 3  # half-terms that a backup holds that is restored
CERTAIN: Final = 0.99  # of the cells that an attacker takes to hold something do
WAYS: Final = ("ten secrets", "two secrets", "a row fewer", "restored")


@dataclass
class Doubles:
    """Cells by how many of several releases show anything in them: those without incidents, and those with 1 to 4.

    ``totals`` are the true totals of 1 to 4 that the releases together prove not to be none.
    """

    nothing: Counts = field(default_factory=lambda: np.zeros(SECRETS + 1, dtype=np.int64))
    few: Counts = field(default_factory=lambda: np.zeros(SECRETS + 1, dtype=np.int64))
    totals: Share = field(default_factory=Share)

    def add(self, other: "Doubles") -> None:
        """Add the cells of another dataset."""
        self.nothing = self.nothing + other.nothing
        self.few = self.few + other.few
        self.totals.add(other.totals)

    @property
    def found(self) -> Share:
        """Of cells with 1 to 4, those that are taken to hold something, by a threshold that is nearly always right."""
        for least in range(1, SECRETS + 1):
            right, wrong = int(self.few[least:].sum()), int(self.nothing[least:].sum())
            if right and right >= CERTAIN * (right + wrong):
                return Share(right, int(self.few.sum()))
        return Share(0, int(self.few.sum()))


def attack(world: World, rule: Rule, rng: np.random.Generator) -> dict[str, Doubles]:
    """Release the first school year of a world in several ways at once, and set the releases side by side."""
    own = released(world, over=YEAR, rule=rule)
    secrets = [bytes([*SECRET[1:], number]) for number in range(1, SECRETS)]
    others = [released(world, over=YEAR, rule=rule, secret=secret) for secret in secrets]
    fewer = released(_one_fewer(world, rng), over=YEAR, rule=rule)
    backup = released(world, over=BACKUP, rule=rule)
    again = released(_late(world, rng), backup, YEAR, rule, secrets[0])
    releases = ([own, *others], [own, others[0]], [own, fewer], [own, again])
    return {way: _compare(several, rule) for way, several in zip(WAYS, releases, strict=True)}


def _compare(releases: Sequence[Ledger], rule: Rule) -> Doubles:
    """Compare releases of the same zones; those of others, which another row can make, tell less and are left out."""
    first = releases[0]
    alike = [one for one in releases if one.zones[0].codes == first.zones[0].codes]
    shown = np.array([[one.shown for one in ledger.frozen] for ledger in alike])
    exact = np.array([one.exact for one in first.frozen])
    times = (shown > 0).sum(axis=0)
    found = Doubles(
        *(np.bincount(times[cells], minlength=SECRETS + 1) for cells in (exact == 0, (exact >= 1) & (exact <= FEW)))
    )
    true = exact.sum(axis=(1, 2))
    runs = [totals.ranges(one.sum(axis=(1, 2)), [rule.totals] * len(true), np.zeros_like(true)) for one in shown]
    low = np.max([run[0] for run in runs if run is not None], axis=0, initial=0)
    few = (true >= 1) & (true <= FEW)
    few[0] = False  # known to hold something, since it is told when data begin
    found.totals.count(low[few] >= 1)
    return found


def _one_fewer(world: World, rng: np.random.Generator) -> World:
    """Return the world without one of the incidents of its first school year."""
    n, clock = world.n.copy(), world.clock.copy()
    there = np.argwhere(n[:, :, :YEAR])
    if len(there):
        n[tuple(rng.choice(there))] -= 1
        in_clock = np.argwhere(clock[:, :1])
        clock[tuple(rng.choice(in_clock))] -= 1
    return World(world.seed, world.size - 1, n, clock)


def _late(world: World, rng: np.random.Generator) -> World:
    """Return the world with an incident more in the half-term after the backup."""
    return one_more(world, int(rng.integers(world.n.shape[1])), BACKUP, int(rng.integers(world.n.shape[3])))
