"""A clock as it is drawn: what is none, what is too few to say, and what is no day at all are told apart."""

from dataclasses import replace

import numpy as np
import pytest

from geo.clock import clock_table
from geo.clock.slots import BY_BAND
from geo.clock.week_clock import Clock, Precision, Visibility

MON, TUE = 0, 1


@pytest.fixture
def clock():
    weights = np.zeros((2, 7, len(BY_BAND.names)))
    weights[0, MON, 4], weights[0, TUE, 4] = 20, 5
    days = np.full((2, 7), 10)
    days[1] = 0
    return Clock(Visibility.OPEN, BY_BAND, weights, weights, weights.sum(axis=2), days, Precision(25))


def cell(found, day, kind="Term"):
    drawn = clock_table.chart_cells(found)
    return drawn[(drawn["kind"] == kind) & (drawn["day"] == day) & (drawn["slot"] == "home time")].iloc[0]


def test_a_cell_has_its_incidents_in_words_and_its_colour_from_incidents_a_day(clock):
    drawn = cell(clock, "Monday")
    assert (drawn["told"], drawn["value"], drawn["weak"]) == ("20", 2.0, False)


def test_some_incidents_and_fewer_than_ten_are_too_few_to_say_and_none_are_none(clock):
    assert cell(clock, "Tuesday")["weak"]
    none = cell(clock, "Wednesday")
    assert (none["told"], none["value"], none["weak"]) == ("0", 0.0, False)


def test_a_day_that_the_periods_do_not_have_has_no_figure(clock):
    assert np.isnan(cell(clock, "Monday", "Holiday")["value"])


def test_of_a_release_fewer_than_ten_is_too_few_to_say_and_no_missing_day(clock):
    shared = replace(clock, visibility=Visibility.RELEASED)
    for day in ("Tuesday", "Wednesday"):
        drawn = cell(shared, day)
        assert (drawn["told"], drawn["value"], drawn["weak"]) == ("fewer than 10", 0.0, True)
    assert (cell(shared, "Monday")["told"], cell(shared, "Monday")["weak"]) == ("about 20", False)
    assert np.isnan(cell(shared, "Monday", "Holiday")["value"])


def test_a_clock_is_faint_when_no_cell_has_ten(clock):
    assert not clock_table.is_faint(clock)
    few = np.minimum(clock.weights, 9)
    assert clock_table.is_faint(replace(clock, weights=few))


def test_cells_come_in_the_order_in_which_they_are_read(clock):
    drawn = clock_table.chart_cells(clock)
    assert len(drawn) == clock.weights.size
    assert list(dict.fromkeys(drawn["slot"])) == list(BY_BAND.names)
    assert list(dict.fromkeys(drawn["kind"])) == ["Term", "Holiday"]
    assert list(drawn.columns) == ["kind", "day", "slot", "value", "told", "weak"]
