"""Sessions of safety marks to attack: a class marks where it feels safe and unsafe, in one half-term or in two.

They differ from incidents in what an attacker goes by: two groups instead of seven, all of a year on one day, and few
places. So the attacks on cells and totals are made on them as well.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geo.feelings import FEELINGS
from geo.release.group_lists import FELT
from geo.release.ledger import Ledger
from geo.release.release_steps import Basis, release
from tests.attack import presence, totals
from tests.attack.presence import Presence
from tests.attack.rules import PRODUCT, SECRET
from tests.attack.strongest import Strongest
from tests.attack.totals import TotalsFound
from tests.attack.trials import of_interest
from tests.attack.verdicts import Tally
from tests.attack.worlds import TODAY, World, tiles, town

SIZES: Final = (30, 100, 400)  # marks: a small group, a class, a year group
TARGETS: Final = 4  # cells of a session
_AREAS: Final = 16  # of the 48 lie on the printed map


@dataclass
class SessionsFound:
    """What is found of sessions: ranges of cells, presence in cells, and totals of half-terms."""

    spans: Tally = field(default_factory=Tally)
    presence: Presence = field(default_factory=Presence)
    totals: TotalsFound = field(default_factory=TotalsFound)

    def add(self, other: "SessionsFound") -> None:
        """Add what was found of other sessions."""
        self.spans.add(other.spans)
        self.presence.add(other.presence)
        self.totals.add(other.totals)


def make(seed: int, size: int) -> World:
    """Make the marks of a seed: half of the seeds hold a second session, a third as large, in the next half-term."""
    rng = np.random.default_rng([seed, size, len(FEELINGS)])
    around = np.argsort(rng.random(len(town().codes)))[:_AREAS]
    places = rng.lognormal(0, 1.0, _AREAS)
    unsafe = rng.beta(2, 3, _AREAS)
    n = np.zeros((1, len(town().codes), len(tiles()), len(FELT)), dtype=np.int64)
    first = len(tiles()) - 3
    for at, number in ((first, size), (first + 1, size // 3 if seed % 2 else 0)):
        weight = np.column_stack([places * (1 - unsafe), places * unsafe]).ravel()
        n[0, around, at] = rng.multinomial(number, weight / weight.sum()).reshape(_AREAS, len(FELT))
    return World(seed, size, n, np.zeros((1, 3, 1, 1, 1), dtype=np.int64))


def released(world: World) -> Ledger:
    """Release marks through the real code: from the half-term of the first session to that of the last."""
    held = np.flatnonzero(world.n.sum(axis=(0, 1, 3)))
    first, last = int(held.min()), int(held.max())
    year = tuple(one for one in tiles() if one.year == tiles()[first].year)
    basis = Basis(year, tiles()[first : last + 1], world.n[:, :, first : last + 1], {}, FELT)
    return release(Ledger(), basis, town(), SECRET, TODAY)


def attack(seed: int, size: int) -> SessionsFound:
    """Attack the marks of a seed, every cell of their release known."""
    world = make(seed, size)
    ledger, rng = released(world), np.random.default_rng([seed, size])
    found = SessionsFound(presence=presence.in_cells(world, ledger), totals=totals.attack(ledger, PRODUCT))
    strongest = Strongest(ledger)
    cells = [
        (period, zone, felt)
        for period, one in enumerate(ledger.frozen)
        for zone, felt in np.argwhere(of_interest(one.exact, one.shown)).tolist()
    ]
    for at in rng.permutation(len(cells))[:TARGETS].tolist():
        period, zone, felt = cells[at]
        truth = int(ledger.frozen[period].exact[zone, felt])
        found.spans.judge(truth, *strongest.span(period, zone, felt), f"session {seed} of {size}, {cells[at]}")
    return found
