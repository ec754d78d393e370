"""The table of a clock: the figures of its page, and nothing under 10 of a release."""

from dataclasses import replace

import numpy as np
import pandas as pd

from geo.clock.clock_table import list_cells
from geo.clock.slots import BY_BAND, BY_HOUR, Slots
from geo.clock.week_clock import Clock, Precision, Visibility

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
