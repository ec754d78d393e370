"""The trials: what each design is put through in one world, and the verdicts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations as combinations_of
from itertools import groupby, product
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from data.formats.csv_output import frame_csv
from data.services import exports
from data.services.releasing import basis_of
from geo import columns as c
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.counts.cube import Counts
from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.release.kinds import Protected
from geo.release.ledger import Ledger
from geo.release.release_steps import release
from geo.views.listing import CountsRequest
from geo.views.view import levels
from tests.attack import attacker, feasible, schools, twins, utility, worlds
from tests.attack.designs import DIMENSIONS, Design, HideAndRound, Ours, SteadyNoise
from tests.attack.feasible import STEP, Rounding
from tests.attack.rules import SECRET, released
from tests.attack.strongest import Strongest
from tests.attack.verdicts import SMALL, Tally

EXPORTING: Final = 2  # of so many worlds, one is attacked through exports, which takes most of the time
BY_EXPORTS: Final = 6  # targets in a world that are attacked through exports
PAIRS: Final = 12  # of exports with and without one of them
BY_CELLS: Final = 6  # targets in a world that are attacked with every cell known
BY_CLOCK: Final = 6  # targets in a world that are attacked with every cell of the clocks known
TWINS: Final = 2  # of them, for which twins are searched
TWINLESS: Final = 0.2  # of these, at most, may the search find none that has nothing there
SCHOOLS: Final = 4
ROUNDS: Final = 4  # of exports around a count that a broken design hides
BREAKABLE: Final = (1000, 5000)  # sizes of worlds that have enough in them for an attacker to go by


@dataclass
class Outcome:
    """What became of our design: the attacks, and the differences that were not the same.

    Of counts of a clock that ``twins`` have, any may be the true one; so those need no width, only another count, and
    0 among them where there were few. A search that finds none proves nothing, so it may fail for some.
    """

    by_exports: Tally = field(default_factory=Tally)
    by_cells: Tally = field(default_factory=Tally)
    by_clock: Tally = field(default_factory=Tally)
    twins: Tally = field(default_factory=partial(Tally, least=1))
    differing: int = 0

    @property
    def holds(self) -> bool:
        """Whether no attack found anything."""
        attacks = (self.by_exports, self.by_cells, self.by_clock)
        return all(one.holds for one in attacks) and have_twins(self.twins) and not self.differing

    def add(self, other: "Outcome") -> None:
        """Add what became of it in another world."""
        self.by_exports.add(other.by_exports)
        self.by_cells.add(other.by_cells)
        self.by_clock.add(other.by_clock)
        self.twins.add(other.twins)
        self.differing += other.differing


def have_twins(tally: Tally) -> bool:
    """Return whether twins were found for nearly all that were looked for."""
    return tally.targets > 0 and max(tally.exact, tally.presences) <= TWINLESS * tally.targets


def released_from_rows(rows: pa.Table) -> Ledger:
    """Release incidents through the real code, from the rows that readers hand on."""
    codes = pd.Index(worlds.town().codes)
    area = codes.get_indexer(rows[c.STATED].to_pylist()).astype(np.int64)
    harm_of = {code: code for code in worlds.HARMS}
    basis = basis_of(rows, area, worlds.town(), harm_of, NATIONAL_PATTERN, Ledger())
    return release(Ledger(), basis, worlds.town(), SECRET, worlds.TODAY)


def ours(seed: int, size: int) -> Outcome:
    """Release the world of a seed and attack it with every cell known, and some worlds through their exports before."""
    world = worlds.make(seed, size)
    rng = np.random.default_rng([seed, size])
    ledger = released(world)
    outcome = Outcome()
    years = [one.year for one in ledger.zones]
    if seed % EXPORTING == 0:
        design = Ours(ledger, world.pooled, years[int(rng.integers(len(years)))])
        _by_exports(design, outcome, rng, f"world {seed} of {size}")
    _by_cells(ledger, outcome.by_cells, rng, f"world {seed} of {size}")
    _by_clock(world, ledger, outcome, rng)
    return outcome


def broken(design: Callable[[Counts], Design], targets: int, first_seed: int = 0) -> tuple[int, int, int]:
    """Attack a broken design: of how many hidden counts, how many come out exactly, and how many by averaging."""
    solved = averaged = done = 0
    for seed, size in product(range(first_seed, first_seed + targets), BREAKABLE):
        truth = worlds.make(seed, size).pooled
        rng = np.random.default_rng([seed, size])
        hidden = np.argwhere((truth >= 1) & (truth <= SMALL))
        for target in rng.permutation(hidden)[: min(2, targets - done)].tolist():
            cell: attacker.Cell = tuple(target)
            n = int(truth[cell])
            low, high = _solved(design(truth), cell, rng)
            found = attacker.differences(design(truth), cell, rng)
            solved += low == high == n
            averaged += bool(found) and round(float(np.mean(found))) == n
            done += 1
    return done, solved, averaged


def _solved(design: Design, cell: attacker.Cell, rng: np.random.Generator) -> tuple[int, int]:
    """Return the range of one cell; where one round of exports does not settle it, ask for more around other blocks."""
    low, high = 0, int(design.truth.sum())
    for _ in range(ROUNDS):
        grid = attacker.grid_around(cell, design.truth, rng)
        found = feasible.span(grid.at(cell), attacker.collect(design, grid, rng))
        low, high = max(low, found[0]), min(high, found[1])
        if low == high:
            break
    return low, high


def hide_and_round(truth: Counts) -> Design:
    """Return the first broken design."""
    return HideAndRound(truth)


def steady_noise(truth: Counts) -> Design:
    """Return the second broken design."""
    return SteadyNoise(truth, SECRET)


def between_schools(seed: int, size: int) -> Tally:
    """Release a dataset of several schools, and let each attack the others through the cube and the clocks."""
    world = worlds.make(seed, size, SCHOOLS)
    ledger = released(world)
    tally = schools.attack(world, ledger)
    tally.add(schools.attack_clocks(world, ledger))
    return tally


def between_two(seed: int, size: int) -> Tally:
    """Release a dataset of two schools, and search for twins of what the first does not know in the clocks."""
    world = worlds.make(seed, size, 2)
    rng = np.random.default_rng([seed, size, 2])
    tally = Tally(least=1)
    for one in released(world).clocks:
        own, others = world.clocks[one.year]
        cells = np.flatnonzero(of_interest(others, one.n))
        for cell in rng.permutation(cells)[:1].tolist():
            low, high = twins.span(one.n, others, cell, rng, own)
            tally.judge(
                int(others.ravel()[cell]), low, high, f"world {seed} of {size}, two schools, {one.year}, {cell}"
            )
    return tally


def between_versions(seed: int, size: int) -> Tally:
    """Correct a half-term that is released already, and compare what both versions show of cells that did not change.

    Ten rows come in late, enough for a correction; a protected count of x was at least x − 5 and at most x + 4.
    """
    world = worlds.make(seed, size)
    rng = np.random.default_rng([seed, size])
    period = int(rng.integers(len(worlds.tiles())))
    late = world
    for area, harm in zip(
        rng.integers(world.n.shape[1], size=10), rng.integers(world.n.shape[3], size=10), strict=True
    ):
        late = worlds.one_more(late, int(area), period, int(harm))
    before = released(world)
    after = released(late, before)
    old, new, tally = before.frozen[period], after.frozen[period], Tally()
    _by_versions((old.exact, new.exact), (old.shown, new.shown), tally, f"world {seed} of {size}, corrected")
    year = worlds.years().index(old.period.year)
    exact = world.clock[:, year].sum(axis=0), late.clock[:, year].sum(axis=0)
    shown = before.clocks[year].n, after.clocks[year].n
    _by_versions(exact, shown, tally, f"world {seed} of {size}, corrected, clock")
    return tally


def _by_versions(exact: tuple[Counts, Counts], shown: tuple[Counts, Counts], tally: Tally, where: str) -> None:
    for cell in map(tuple, np.argwhere((exact[0] == exact[1]) & of_interest(exact[0], shown[0])).tolist()):
        both = [int(one[cell]) for one in shown]
        tally.judge(int(exact[0][cell]), max(0, max(both) - STEP), min(both) + STEP - 1, f"{where}, {cell}")


def every_export(counts: Protected) -> list[str]:
    """Write the exports that anybody may ask for: at every level, by every combination, whole and by school year."""
    combinations = [by for number in (1, 2, 3) for by in combinations_of(DIMENSIONS, number)]
    keys = [one.key for one in counts.periods]
    years = [[one.key for one in of_year] for _, of_year in groupby(counts.periods, key=lambda one: one.year)]
    spans = [(keys[0], keys[-1])] + [(year[0], year[-1]) for year in years]
    return [
        exports.counts_csv(counts, worlds.town(), CountsRequest(by=by, level=level, first=first, last=last))
        for by, level, (first, last) in product(combinations, levels(counts, worlds.town()), spans)
    ]


def exports_of_cells(counts: Protected, period: str, harm: str) -> list[str]:
    """Write every kind of export of one half-term and harm group by zone."""
    asked = CountsRequest(by=("area",), level="zone", first=period, last=period, harms=(harm,))
    maps = [
        frame_csv(
            exports.areas_table(
                counts, worlds.town(), "zone", Choice((period,), (harm,)), MeasureRequest(measure), "Incidents"
            )
        )
        for measure in (Measure.COUNT, Measure.RATE)
    ]
    return [write(counts, worlds.town(), asked) for write in (exports.counts_csv, exports.counts_json)] + maps


def _by_exports(design: Ours, outcome: Outcome, rng: np.random.Generator, where: str) -> None:
    """Collect exports around one cell, and attack it and others of its block."""
    interesting = of_interest(design.truth, design.shown)
    if not interesting.any():
        return
    first: attacker.Cell = tuple(rng.choice(np.argwhere(interesting)).tolist())
    grid = attacker.grid_around(first, design.truth, rng)
    claims = attacker.collect(design, grid, rng)
    cells = grid.sizes().astype(np.float64)
    # A year may begin so far off, and end so.
    rounding = Rounding(STEP * cells, (STEP - 1) * cells, 2 * utility.WITHIN)
    others = [cell for cell in grid.block() if interesting[cell] and cell != first]
    for cell in [first, *(others[at] for at in rng.permutation(len(others))[: BY_EXPORTS - 1])]:
        low, high = feasible.span(grid.at(cell), claims, rounding)
        outcome.by_exports.judge(int(design.truth[cell]), low, high, f"{where}, exports, {cell}")
    outcome.differing += len(set(attacker.differences(design, first, rng, PAIRS))) > 1


def _by_cells(ledger: Ledger, tally: Tally, rng: np.random.Generator, where: str) -> None:
    attack = Strongest(ledger)
    found = [
        (period, zone, harm)
        for period, one in enumerate(ledger.frozen)
        for zone, harm in np.argwhere(of_interest(one.exact, one.shown)).tolist()
    ]
    for at in rng.permutation(len(found))[:BY_CELLS].tolist():
        period, zone, harm = found[at]
        low, high = attack.span(period, zone, harm)
        tally.judge(int(ledger.frozen[period].exact[zone, harm]), low, high, f"{where}, cells, {found[at]}")


def _by_clock(world: worlds.World, ledger: Ledger, outcome: Outcome, rng: np.random.Generator) -> None:
    """Attack cells of the clocks with all others known, and with the code known: by the twins that cannot be told."""
    attack = Strongest(ledger)
    found = [
        (at, cell)
        for at, one in enumerate(ledger.clocks)
        for cell in np.flatnonzero(of_interest(world.clocks[one.year].sum(axis=0), one.n)).tolist()
    ]
    for number, chosen in enumerate(rng.permutation(len(found))[:BY_CLOCK].tolist()):
        at, cell = found[chosen]
        one = ledger.clocks[at]
        exact = world.clocks[one.year].sum(axis=0)
        truth, where = int(exact.ravel()[cell]), f"world {world.seed} of {world.size}, clock of {one.year}, {cell}"
        outcome.by_clock.judge(truth, *attack.clock_span(one.year, cell), where)
        if number < TWINS:
            outcome.twins.judge(truth, *twins.span(one.n, exact, cell, rng), f"{where}, twins")


def of_interest(exact: Counts, shown: Counts) -> Counts:
    """Tell the cells that must not be known: the small ones, and the zeros that are shown as 5."""
    interest: Counts = ((exact >= 1) & (exact <= SMALL)) | ((exact == 0) & (shown > 0))
    return interest
