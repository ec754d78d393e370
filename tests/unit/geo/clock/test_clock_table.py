"""Clock table: the figures of the page and of the chart, and nothing under 10 of a release."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.clock.clock_table import chart_cells, is_faint, list_cells
from geo.clock.slots import BY_BAND, BY_HOUR, Slots
from geo.clock.week_clock import Clock, Precision, Visibility

MON, TUE = 0, 1
COLUMNS = ["kind", "day", "slot", "span", "days", "n", "per_day"]


def clock(visibility: Visibility = Visibility.OPEN, slots: Slots = BY_BAND, of: float = 20.0) -> Clock:
    weights = np.full((2, 7, len(slots.names)), of)
    days = np.full((2, 7), 8)
    days[1, 6] = 0
    return Clock(visibility, slots, weights, weights, weights.sum(axis=2), days, Precision(one=int(weights.sum())))


def test_it_lists_every_cell_with_the_figures_of_the_page() -> None:
    for slots in (BY_BAND, BY_HOUR):
        found, page = list_cells(clock(slots=slots)), clock(slots=slots).table()
        assert list(found.columns) == COLUMNS
        assert len(found) == 2 * 7 * len(slots.names)
        assert set(found["n"]) == {20.0}
        pd.testing.assert_frame_equal(found[COLUMNS[:5]], page[COLUMNS[:5]])
        pd.testing.assert_series_equal(found["per_day"], page["value"], check_names=False)


def test_a_day_that_the_periods_do_not_have_has_no_figure_per_day() -> None:
    found = list_cells(clock())
    no_such = (found["kind"] == "Holiday") & (found["day"] == "Sunday")
    assert found.loc[no_such, "per_day"].isna().all()
    assert not found.loc[~no_such, "per_day"].isna().any()


def test_parts_that_sum_to_a_whole_are_a_whole_number() -> None:
    assert set(list_cells(clock(of=0.1 + 0.2))["n"]) == {0.3}


def test_of_a_release_nothing_under_10_is_told() -> None:
    full = clock(Visibility.RELEASED)
    weights = full.weights.copy()
    weights[0, 0, :3] = 0, 5, 10
    found = list_cells(replace(full, weights=weights))
    assert list(found.columns) == [*COLUMNS[:6], "shown", "per_day"]
    assert found.loc[:2, "shown"].tolist() == ["fewer than 10", "fewer than 10", "about 10"]
    assert found.loc[:1, ["n", "per_day"]].isna().all(axis=None)
    assert found.loc[2, ["n", "per_day"]].tolist() == [10, 1.25]


@pytest.fixture
def home_times():
    weights = np.zeros((2, 7, len(BY_BAND.names)))
    weights[0, MON, 4], weights[0, TUE, 4] = 20, 5
    days = np.full((2, 7), 10)
    days[1] = 0
    return Clock(Visibility.OPEN, BY_BAND, weights, weights, weights.sum(axis=2), days, Precision(25))


def cell(found, day, kind="Term"):
    drawn = chart_cells(found)
    return drawn[(drawn["kind"] == kind) & (drawn["day"] == day) & (drawn["slot"] == "home time")].iloc[0]


def test_a_cell_has_its_incidents_in_words_and_its_colour_from_incidents_a_day(home_times):
    drawn = cell(home_times, "Monday")
    assert (drawn["told"], drawn["value"], drawn["weak"]) == ("20", 2.0, False)


def test_some_incidents_and_fewer_than_ten_are_too_few_to_say_and_none_are_none(home_times):
    assert cell(home_times, "Tuesday")["weak"]
    none = cell(home_times, "Wednesday")
    assert (none["told"], none["value"], none["weak"]) == ("0", 0.0, False)


def test_a_day_that_the_periods_do_not_have_has_no_figure(home_times):
    assert np.isnan(cell(home_times, "Monday", "Holiday")["value"])


def test_of_a_release_fewer_than_ten_is_too_few_to_say_and_no_missing_day(home_times):
    shared = replace(home_times, visibility=Visibility.RELEASED)
    for day in ("Tuesday", "Wednesday"):
        drawn = cell(shared, day)
        assert (drawn["told"], drawn["value"], drawn["weak"]) == ("fewer than 10", 0.0, True)
    assert (cell(shared, "Monday")["told"], cell(shared, "Monday")["weak"]) == ("about 20", False)
    assert np.isnan(cell(shared, "Monday", "Holiday")["value"])


def test_a_clock_is_faint_when_no_cell_has_ten(home_times):
    assert not is_faint(home_times)
    few = np.minimum(home_times.weights, 9)
    assert is_faint(replace(home_times, weights=few))


def test_cells_come_in_the_order_in_which_they_are_read(home_times):
    drawn = chart_cells(home_times)
    assert len(drawn) == home_times.weights.size
    assert list(dict.fromkeys(drawn["slot"])) == list(BY_BAND.names)
    assert list(dict.fromkeys(drawn["kind"])) == ["Term", "Holiday"]
    assert list(drawn.columns) == ["kind", "day", "slot", "value", "told", "weak"]
