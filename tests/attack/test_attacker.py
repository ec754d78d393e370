"""No combination of filters and exports tells a small count; and the attacker who finds none does break what is broken.

``python -m tests.attack`` does the same in hundreds of worlds.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from data import exports
from geo.counting import Counts, Cube
from geo.harms import HARM_GROUPS
from geo.listing import Listing
from geo.released import Exact
from tests.attack import schools, trials, utility, worlds
from tests.attack.designs import Design
from tests.attack.trials import Outcome
from tests.attack.verdicts import FEW, Tally
from tests.attack.worlds import HARMS

SEEDS = range(2)
OVER = 14  # half-terms; the others are open


@pytest.fixture(scope="module", params=worlds.SIZES, ids=lambda size: f"{size} incidents")
def outcome(request: pytest.FixtureRequest) -> Outcome:
    """Give what became of a few worlds of one size."""
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


def test_averaging_finds_nothing_to_average(outcome: Outcome) -> None:
    assert outcome.differing == 0


def test_all_that_is_shown_stays_within_two_of_the_truth(outcome: Outcome) -> None:
    assert max(map(abs, outcome.closeness.totals)) <= utility.WITHIN


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


def test_a_school_would_learn_of_the_others_if_each_were_raised_without_regard_to_them() -> None:
    # Of a shown 10 the school that has one incident can have caused 5 only; the rest may be a single incident.
    assert schools.conclude(10, 1, 3, schools.each_raised)[0] == 1
    assert schools.conclude(10, 1, 3)[0] > FEW


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
    before = trials.released(world, over=OVER)
    after = trials.released(added, before, OVER)
    assert trials.every_export(after.released) == trials.every_export(before.released)


def test_one_row_more_in_an_open_half_term_changes_nothing_that_is_released_at_once() -> None:
    world = worlds.make(1, 1000)
    both = [trials.released(one, over=OVER).released for one in (world, worlds.one_more(world, 5, OVER, 3))]
    assert trials.every_export(both[0]) == trials.every_export(both[1])


def test_a_shown_5_looks_like_a_shown_0_in_every_export() -> None:
    released = trials.released(worlds.make(1, 1000)).released
    period, (zone, harm) = 2, np.argwhere(released.shown[2] == 0)[0]
    changed = [shown.copy() for shown in released.shown]
    changed[period][zone, harm] = 5
    asked = released.periods[period].key, HARMS[harm]
    both = [trials.exports_of_cells(one, *asked) for one in (released, replace(released, shown=tuple(changed)))]
    assert both[0] == both[1]


def test_the_order_of_rows_tells_nothing() -> None:
    world = worlds.make(1, 1000, trials.SCHOOLS)
    rows = worlds.rows(world)
    backwards = rows.take(np.arange(rows.num_rows)[::-1])
    both = [trials.released_from_rows(table).released for table in (rows, backwards)]
    assert trials.every_export(both[0]) == trials.every_export(both[1])
    assert trials.every_export(both[0]) == trials.every_export(trials.released(world).released)
    assert [clock.n.tolist() for clock in both[0].clocks] == [clock.n.tolist() for clock in both[1].clocks]


def test_exact_counts_are_no_export_to_subtract_from() -> None:
    keys = tuple(one.key for one in worlds.tiles())
    n = worlds.make(1, 300).pooled
    exact = Exact(Cube(worlds.town().codes, keys, tuple(HARM_GROUPS.values()), HARMS, frozenset(), n))
    for write in (exports.counts_csv, exports.counts_json):
        with pytest.raises(TypeError, match="Only released counts"):
            write(exact, worlds.town(), Listing(by=("area",)))  # type: ignore[arg-type]
