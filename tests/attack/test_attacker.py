"""No combination of filters and exports tells a small count; and the attacker who finds none does break what is broken.

``python -m tests.attack`` does the same in hundreds of worlds.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from data.services import exports
from geo.counts.cube import Counts, Cube
from geo.harms import HARM_GROUPS
from geo.release import deniable_zeros
from geo.release.kinds import Exact
from geo.views.listing import CountsRequest
from tests.attack import rules, trials, twins, worlds
from tests.attack.designs import Design
from tests.attack.rules import released
from tests.attack.strongest import Strongest
from tests.attack.trials import Outcome
from tests.attack.verdicts import FEW, Tally
from tests.attack.worlds import HARMS

SEEDS = range(2)
OVER = 14  # half-terms; the others are open


@pytest.fixture(scope="module", params=worlds.SIZES, ids="{} incidents".format)
def outcome(request: pytest.FixtureRequest) -> Outcome:
    """What became of a few worlds of one size."""
    found = Outcome()
    for seed in SEEDS:
        found.add(trials.ours(seed, request.param))
    return found


def test_no_count_is_known_from_any_exports(outcome: Outcome) -> None:
    assert outcome.by_exports.told == []
    assert outcome.by_exports.holds


def test_no_count_is_known_even_when_every_cell_is(outcome: Outcome) -> None:
    assert outcome.by_cells.told == []
    assert outcome.by_cells.holds


def test_no_count_of_a_clock_is_known_even_when_every_cell_is(outcome: Outcome) -> None:
    assert outcome.by_clock.told == []
    assert outcome.by_clock.holds


def test_whoever_knows_the_code_as_well_cannot_tell_small_counts_of_a_clock_from_others(outcome: Outcome) -> None:
    assert trials.have_twins(outcome.twins)


def test_a_clock_without_deniable_zeros_would_tell_that_something_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deniable_zeros, "SHARE", 0)
    world, tally = worlds.make(0, 300), Tally(least=1)
    shown, n = released(world).clocks[0].n, world.clock[0, 0]
    for cell in np.flatnonzero((shown == 5) & (n >= 1) & (n <= FEW))[:4].tolist():
        tally.judge(int(n.ravel()[cell]), *twins.span(shown, n, cell, np.random.default_rng(cell)), f"cell {cell}")
    assert tally.presences == tally.targets == 4


def test_the_attacker_reckons_with_the_total_of_a_clock() -> None:
    # Five incidents and one 5 in the clock: as at most 7 are shown as 5, there are 7 at most, and not 9.
    n, clock = np.zeros_like(worlds.make(0, 60).n), np.zeros_like(worlds.make(0, 60).clock)
    n[0, 0, 0, 0] = clock[0, 0, 4, 0, 0] = 5
    ledger = released(worlds.World(0, 5, n, clock), rule=rules.FIRST)
    cell = int(np.flatnonzero(ledger.clocks[0].n)[0])
    assert Strongest(ledger, rules.FIRST).clock_span(ledger.clocks[0].year, cell) == (0, 7)


def test_averaging_finds_nothing_to_average(outcome: Outcome) -> None:
    assert outcome.differing == 0


@pytest.mark.parametrize("design", [trials.hide_and_round, trials.steady_noise])
def test_the_same_attacker_breaks_designs_that_are_broken(design: Callable[[Counts], Design]) -> None:
    hidden, solved, _ = trials.broken(design, 8)
    assert solved == hidden == 8


def test_averaging_breaks_noise_that_changes_from_sum_to_sum() -> None:
    hidden, _, averaged = trials.broken(trials.steady_noise, 8)
    assert averaged == hidden == 8


@pytest.mark.parametrize("size", worlds.SIZES[1:])
def test_no_school_learns_a_count_of_the_others(size: int) -> None:
    tally = Tally()
    for seed in SEEDS:
        tally.add(trials.between_schools(seed, size))
    assert tally.told == []
    assert tally.holds


def test_of_two_schools_that_know_the_code_neither_learns_that_the_other_has_a_few_in_a_clock() -> None:
    tally = Tally(least=1)
    for size in worlds.SIZES:
        tally.add(trials.between_two(0, size))
    assert trials.have_twins(tally)


@pytest.mark.parametrize("size", worlds.SIZES)
def test_a_correction_tells_no_count_that_it_leaves_as_it_was(size: int) -> None:
    tally = Tally()
    for seed in range(10):
        tally.add(trials.between_versions(seed, size))
    assert tally.told == []
    assert tally.holds


@pytest.mark.parametrize("period", [0, OVER - 1, OVER, 17], ids=["first", "last frozen", "open", "last open"])
def test_one_row_more_changes_no_export_until_its_half_term_is_released(period: int) -> None:
    world = worlds.make(1, 1000)
    added = worlds.one_more(world, 5, period, 3)
    before = released(world, over=OVER)
    after = released(added, before, OVER)
    assert trials.every_export(after.released) == trials.every_export(before.released)
    assert [clock.n.tolist() for clock in after.clocks] == [clock.n.tolist() for clock in before.clocks]


def test_one_row_more_in_an_open_half_term_changes_nothing_that_is_released_at_once() -> None:
    world = worlds.make(1, 1000)
    both = [released(one, over=OVER).released for one in (world, worlds.one_more(world, 5, OVER, 3))]
    assert trials.every_export(both[0]) == trials.every_export(both[1])


def test_a_shown_5_looks_like_a_shown_0_in_every_export() -> None:
    public = released(worlds.make(1, 1000)).released
    period, (zone, harm) = 2, np.argwhere(public.shown[2] == 0)[0]
    changed = [shown.copy() for shown in public.shown]
    changed[period][zone, harm] = 5
    asked = public.periods[period].key, HARMS[harm]
    both = [trials.exports_of_cells(one, *asked) for one in (public, replace(public, shown=tuple(changed)))]
    assert both[0] == both[1]


def test_the_order_of_rows_tells_nothing() -> None:
    world = worlds.make(1, 1000, trials.SCHOOLS)
    rows = worlds.rows(world)
    backwards = rows.take(np.arange(rows.num_rows)[::-1])
    both = [trials.released_from_rows(table).released for table in (rows, backwards)]
    assert trials.every_export(both[0]) == trials.every_export(both[1])
    assert trials.every_export(both[0]) == trials.every_export(released(world).released)
    assert [clock.n.tolist() for clock in both[0].clocks] == [clock.n.tolist() for clock in both[1].clocks]


def test_exact_counts_are_no_export_to_subtract_from() -> None:
    keys = tuple(one.key for one in worlds.tiles())
    n = worlds.make(1, 300).pooled
    exact = Exact(Cube(worlds.town().codes, keys, tuple(HARM_GROUPS.values()), HARMS, frozenset(), n))
    for write in (exports.counts_csv, exports.counts_json):
        with pytest.raises(TypeError, match="Only released counts"):
            write(exact, worlds.town(), CountsRequest(by=("area",)))  # type: ignore[arg-type]
