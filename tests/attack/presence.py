"""Presence as a probability: how often there was nothing where 5 is shown, in cells and in cells of clocks.

Those that look alike in public are set apart as well: busy zones and quiet ones, harms that much is shown of
and others. Which of these strata gives the most away is found in one half of the worlds, and told as it is in the
other, so that the lowest of many is not low by chance. Where hardly any cell is empty, no release can make one out to
be; so what one would expect without any release is told as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import numpy as np

from geo.counts.cube import Counts
from geo.release.ledger import Ledger
from tests.attack.feasible import STEP
from tests.attack.verdicts import Share
from tests.attack.worlds import World

ENOUGH: Final = 150  # cells shown as 5 in each half of the worlds, or a stratum is not looked at
_SUMS: Final = (10, 30, 70)  # shown sums that bound what is quiet and what is busy
_CELL_SUMS: Final = (5, 15)  # the same, of a cell in the other half-terms of the year
_MANY: Final = 4  # fives; more of them are looked at together
Strata = dict[tuple[int, ...], "Fives"]


@dataclass
class Fives:
    """Cells without any incident: of those shown as 5, and of all, as one would expect ``before`` any release."""

    after: Share = field(default_factory=Share)
    before: Share = field(default_factory=Share)

    def count(self, nothing: Counts, shown: Counts) -> None:
        """Count cells: whether each holds nothing, and what it shows."""
        self.after.count(nothing[shown == STEP])
        self.before.count(nothing)

    def add(self, other: "Fives") -> None:
        """Add other cells."""
        self.after.add(other.after)
        self.before.add(other.before)

    @property
    def left(self) -> float:
        """How much of what one would expect is left: 1 where a release tells nothing, 0 where it tells of presence."""
        return self.after.value / self.before.value if self.before.part else 1.0

    def __str__(self) -> str:
        return f"{self.after} ({100 * self.before.value:.0f} % before)" if self.after.of else "-"


@dataclass
class Presence:
    """``all`` cells, and by stratum in each half of the worlds."""

    all: Fives = field(default_factory=Fives)
    halves: tuple[Strata, Strata] = field(default_factory=lambda: ({}, {}))

    def add(self, other: "Presence") -> None:
        """Add the cells of other releases."""
        self.all.add(other.all)
        for mine, more in zip(self.halves, other.halves, strict=True):
            for key, fives in more.items():
                mine.setdefault(key, Fives()).add(fives)

    def count(self, half: int, keys: Counts, nothing: Counts, shown: Counts) -> None:
        """Count cells: the stratum of each (figures × cell), whether it held nothing, and what it shows."""
        self.all.count(nothing, shown)
        strata, where = np.unique(keys, axis=1, return_inverse=True)
        for at, key in enumerate(strata.T.tolist()):
            inside = where == at
            self.halves[half].setdefault(tuple(key), Fives()).count(nothing[inside], shown[inside])

    @property
    def lowest(self) -> Fives:
        """The stratum that gives the most away: chosen in one half of the worlds, and as it is in the other."""
        chosen, told = self.halves
        enough = [key for key in chosen if min(half.get(key, Fives()).after.of for half in self.halves) >= ENOUGH]
        return told[min(enough, key=lambda key: chosen[key].left)] if enough else Fives()


def in_cells(world: World, ledger: Ledger) -> Presence:
    """Return what a shown 5 of the cube leaves open."""
    found = Presence()
    elsewhere = {one.year: np.array(one.elsewhere) for one in ledger.zones}
    for year, shown, exact in _years(ledger):
        sums = [shown.sum(axis=axes, keepdims=True) - shown for axes in ((0, 2), (0, 1), (1, 2))]
        keys = [np.digitize(one, _SUMS) for one in sums]
        keys.append(np.digitize(shown.sum(axis=0) - shown, _CELL_SUMS))
        keys.append(np.broadcast_to(elsewhere[year][:, np.newaxis], shown.shape))
        found.count(world.seed % 2, _flat(keys), exact.ravel() == 0, shown.ravel())
    return found


def in_main_harm(world: World, ledger: Ledger) -> Presence:
    """Return what a shown 5 leaves open in the harm group that most is shown of.

    In a dataset of one harm that is all there is, and what is shown of other harms is known to be nothing. So the
    strata are how many fives of its half-term are among the others, and how many are not.
    """
    found = Presence()
    main = int(np.sum([one.shown.sum(axis=0) for one in ledger.frozen], axis=0).argmax())
    for _, shown, exact in _years(ledger):
        own = shown[:, :, main]
        inside = (own == STEP).sum(axis=1, keepdims=True) - (own == STEP)
        outside = (np.delete(shown, main, axis=2) == STEP).sum(axis=(1, 2))[:, np.newaxis]
        keys = [np.minimum(np.broadcast_to(one, own.shape), _MANY) for one in (outside, inside)]
        found.count(world.seed % 2, _flat(keys), exact[:, :, main].ravel() == 0, own.ravel())
    return found


def in_clocks(world: World, ledger: Ledger) -> Presence:
    """Return what a shown 5 of the clocks leaves open."""
    found = Presence()
    for one in ledger.clocks:
        sums = [one.n.sum(axis=tuple({0, 1, 2} - {axis}), keepdims=True) - one.n for axis in range(3)]
        nothing = world.clocks[one.year].sum(axis=0).ravel() == 0
        found.count(world.seed % 2, _flat([np.digitize(each, _SUMS) for each in sums]), nothing, one.n.ravel())
    return found


def _flat(keys: Sequence[Counts]) -> Counts:
    return np.array([key.ravel() for key in keys])


def _years(ledger: Ledger) -> Iterator[tuple[str, Counts, Counts]]:
    """Yield each school year with its shown and its exact counts by half-term × zone × harm group."""
    for year, grouped in groupby(ledger.frozen, key=lambda one: one.period.year):
        frozen = list(grouped)
        yield year, np.array([one.shown for one in frozen]), np.array([one.exact for one in frozen])
