"""The comparison: what is found of one rule and of another in the same worlds, and the bars for the product's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from geo.release.ledger import Ledger
from tests.attack import coalitions, doubles, presence, survival, totals, utility, worlds
from tests.attack.coalitions import CONTRIBUTORS, CoalitionsFound
from tests.attack.doubles import Doubles
from tests.attack.presence import Presence
from tests.attack.rules import FIRST, Rule, released
from tests.attack.survival import Survival
from tests.attack.totals import TotalsFound
from tests.attack.utility import Closeness
from tests.attack.verdicts import Share

NOTHING: Final = 0.20  # of what is shown as 5 holds nothing, at least
CERTAIN: Final = 0.05  # of true totals of 1 to 4 are certain not to be none, at most
CONTINUED: Final = 9  # half-terms that the first edition has released of a store that goes on by another rule
SELDOM: Final = 4  # of so many worlds, one is released by several contributors, and several times


@dataclass
class Dataset:
    """What is found of datasets of one kind, and how close their releases stay to the truth."""

    cells: Presence = field(default_factory=Presence)
    main_harm: Presence = field(default_factory=Presence)
    clocks: Presence = field(default_factory=Presence)
    totals: TotalsFound = field(default_factory=TotalsFound)
    closeness: Closeness = field(default_factory=Closeness)

    def add(self, other: "Dataset") -> None:
        """Add what was found of other datasets."""
        self.cells.add(other.cells)
        self.main_harm.add(other.main_harm)
        self.clocks.add(other.clocks)
        self.totals.add(other.totals)
        self.closeness.add(other.closeness)


@dataclass
class Findings:
    """All that is found of a rule in worlds of one size: of seven harm groups, of one, and of several contributors.

    ``continued`` are the totals of releases that the first edition began.
    """

    seven: Dataset = field(default_factory=Dataset)
    one: Dataset = field(default_factory=Dataset)
    pooled: Dataset = field(default_factory=Dataset)
    continued: TotalsFound = field(default_factory=TotalsFound)
    zones: Survival = field(default_factory=Survival)
    coalitions: CoalitionsFound = field(default_factory=CoalitionsFound)
    doubles: dict[str, Doubles] = field(default_factory=lambda: {way: Doubles() for way in doubles.WAYS})

    def add(self, other: "Findings") -> None:
        """Add what was found in other worlds."""
        self.seven.add(other.seven)
        self.one.add(other.one)
        self.pooled.add(other.pooled)
        self.continued.add(other.continued)
        self.zones.add(other.zones)
        self.coalitions.add(other.coalitions)
        for way, found in other.doubles.items():
            self.doubles[way].add(found)


class Figure(NamedTuple):
    """One line of the comparison: what is measured, how it came out, and the bar with whether it is kept, if any."""

    what: str
    found: str
    bar: str = ""
    kept: bool = True


def attack(seed: int, size: int, rule: Rule) -> Findings:
    """Release the world of a seed by a rule, and attack it in every way; some worlds by several contributors too."""
    world = worlds.make(seed, size)
    ledger = released(world, rule=rule)
    found = Findings(seven=_dataset(world, ledger, rule), zones=survival.attack(ledger))
    of_one = worlds.make(seed, size, one_harm=True)
    begun = released(world, over=CONTINUED, rule=FIRST)
    found.continued = totals.attack(released(world, begun, rule=rule), rule, continued=CONTINUED)
    found.one = _dataset(of_one, released(of_one, rule=rule), rule, one_harm=True)
    if seed % SELDOM == 0:
        rng = np.random.default_rng([seed, size])
        pooled = worlds.make(seed, size, CONTRIBUTORS[seed // SELDOM % len(CONTRIBUTORS)])
        ledger = released(pooled, rule=rule)
        found.pooled = _dataset(pooled, ledger, rule)
        found.zones.add(survival.attack_pooled(pooled, ledger, rule))
        found.coalitions = coalitions.attack(pooled, ledger, rule, rng)
        found.doubles = doubles.attack(world, rule, rng)
    return found


def _dataset(world: worlds.World, ledger: Ledger, rule: Rule, one_harm: bool = False) -> Dataset:
    return Dataset(
        presence.in_cells(world, ledger),
        presence.in_main_harm(world, ledger),
        presence.in_clocks(world, ledger),
        totals.attack(ledger, rule, one_harm, len(world.n)),
        utility.measure(ledger, world.pooled),
    )


def figures(found: Findings) -> list[Figure]:
    """Return the lines of the comparison, always the same ones in the same order."""
    kinds = {"seven harms": found.seven, "one harm": found.one, "pooled": found.pooled}
    return [
        *(one for name, kind in kinds.items() for one in _presence(name, kind)),
        *(one for name, kind in kinds.items() for one in _totals(name, kind.totals)),
        *_totals("first edition before", found.continued),
        Figure("zones that tell what is not shown", str(found.zones.telling), "none", not found.zones.telling.part),
        Figure("zones that lapsed at a shown 5: held 3 or 4", str(found.zones.three_or_four)),
        Figure("zones that tell coalitions of others", str(found.zones.others), "none", not found.zones.others.part),
        *_coalitions(found.coalitions),
        *_doubles(found.doubles),
        *(one for name, kind in kinds.items() for one in _closeness(name, kind.closeness)),
    ]


def unfound(found: Findings) -> list[str]:
    """Return which weaknesses of the first edition are not found, in all worlds together: these attacks are blunt."""
    certain = found.seven.totals.rest.value > 4 * CERTAIN and found.one.totals.rest.value > 4 * CERTAIN
    weak = {
        "presence where cells show 5": found.seven.cells.all.after.value < NOTHING / 4,
        "presence where cells of one harm show 5": found.one.cells.all.after.value < NOTHING / 4,
        "presence where clocks show 5": found.seven.clocks.all.after.value < NOTHING / 2,
        "totals": certain,
        "zones that tell": found.zones.telling.part > 0 and found.zones.three_or_four.value > 1 / 2,
        "zones that tell coalitions of others": found.zones.others.part > 0,
        "coalitions, cells": found.coalitions.cells.presences > 0 and found.coalitions.one_left.presences > 0,
        "coalitions, totals": found.coalitions.totals.presences > 0,
        "ten secrets": found.doubles["ten secrets"].found.value > 1 / 3,
    }
    return [what for what, there in weak.items() if not there]


def _presence(name: str, kind: Dataset) -> Iterator[Figure]:
    for what, one in (("cells", kind.cells), ("clocks", kind.clocks)):
        kept = _at_least(one.all.after.value, NOTHING)
        yield Figure(f"nothing where {what} show 5, {name}", str(one.all), *kept)
        yield Figure("  in what looks alike, the most telling", str(one.lowest))
    yield Figure("  in cells of the main harm", str(kind.main_harm.all))
    yield Figure("  of these in half-terms that look alike, the same", str(kind.main_harm.lowest))


def _totals(name: str, found: TotalsFound) -> Iterator[Figure]:
    kept = found.rest.value <= CERTAIN
    yield Figure(f"totals of 1 to 4 that are certain, {name}", str(found.rest), _most(CERTAIN), kept)
    yield Figure("  known exactly", str(found.exact), "none", not found.exact.part)
    yield Figure("  certain in first half-terms", str(found.first))
    yield Figure("  nothing where totals show 5", str(found.none_of_raised))
    yield Figure("  releases that the rule does not explain", str(found.unfit), "none", not found.unfit)


def _coalitions(found: CoalitionsFound) -> Iterator[Figure]:
    """Tell what coalitions find: nothing in any cell, and no more of totals than everybody does."""
    for what, tally, bar in (("cells", found.cells, 0.0), ("totals", found.totals, CERTAIN)):
        certain = Share(tally.presences, tally.few)
        kept = not tally.exact and certain.value <= bar
        yield Figure(f"coalitions that leave two or more: certain {what}", str(certain), _most(bar), kept)
        yield Figure("  known exactly", str(Share(tally.exact, tally.targets)), "none", not tally.exact)
    yield Figure("  cells, where they leave one", str(Share(found.one_left.presences, found.one_left.few)))


def _doubles(found: dict[str, Doubles]) -> Iterator[Figure]:
    for way, one in found.items():
        yield Figure(f"released twice or more, {way}: presences found", str(one.found))
        yield Figure("  totals of 1 to 4 that are certain", str(one.totals))


def _closeness(name: str, one: Closeness) -> Iterator[Figure]:
    yield Figure(
        f"error of a zone's year, {name}: mean", f"{one.zone_mean:.2f}", *_at_most(one.zone_mean, utility.MEAN_ZONE)
    )
    yield Figure("  largest", str(one.zone_largest))
    yield Figure("  of all years: mean, largest", f"{one.whole_mean:.2f}, {one.whole_largest}")
    yield Figure("  total so far: mean", f"{one.total_mean:.2f}")
    yield Figure("  total so far: largest", str(one.total_largest), *_at_most(one.total_largest, utility.WITHIN))
    kept = one.kept / one.top if one.top else 1.0
    yield Figure(f"  top {utility.TOP} zones kept", f"{one.kept} of {one.top}", *_at_least(kept, utility.TOP_KEPT))


def _at_least(value: float, bar: float) -> tuple[str, bool]:
    return f"at least {bar:.0%}", value >= bar


def _at_most(value: float, bar: float) -> tuple[str, bool]:
    return f"at most {bar:g}", value <= bar


def _most(bar: float) -> str:
    return f"at most {bar:.0%}" if bar else "none"
