import numpy as np
import pandas as pd
import pytest

from geo.calendar.school_day import BANDS, WEEKDAYS
from geo.charts import clock_chart
from geo.maps.classes import NO_DATA_FILL, RAMP, ZERO_FILL
from tests.unit.geo.charting import all_rows, layers, rows, sizes_of_text, specified
from tests.unit.geo.maps.test_classes import contrast

BY_BAND = [label for label, _ in BANDS]
BY_HOUR = [f"{hour:02d}:00" for hour in range(24)]


def clock(slots=BY_BAND, value=1.0, told="1.00"):
    return pd.DataFrame(
        [
            {"kind": kind, "day": day, "slot": slot, "value": value, "told": told, "weak": False}
            for kind in ("Term", "Holiday")
            for day in WEEKDAYS
            for slot in slots
        ]
    )


def few(*values, told=None, weak=None):
    """A clock of one weekday and as many slots as there are values."""
    return pd.DataFrame(
        {
            "kind": "Term",
            "day": "Monday",
            "slot": [f"slot {at}" for at in range(len(values))],
            "value": values,
            "told": told or [f"{value:.2f}" for value in values],
            "weak": weak or [False] * len(values),
        }
    )


def drawn(frame, kind="Term"):
    return specified(clock_chart.clock_chart(frame, kind, title="In words"))


def cells(spec):
    return all_rows(spec, "rect")


def test_bands_stand_below_each_other_with_a_column_for_each_weekday():
    (rect,) = layers(drawn(clock()), "rect")
    assert rect["encoding"]["x"]["sort"] == list(WEEKDAYS)
    assert rect["encoding"]["y"]["sort"] == BY_BAND


def test_hours_stand_side_by_side_and_give_up_their_figures_where_cells_are_narrow():
    spec = drawn(clock(BY_HOUR))
    (rect,), (text,) = layers(spec, "rect"), layers(spec, "text")
    assert rect["encoding"]["x"]["sort"] == BY_HOUR
    assert rect["encoding"]["y"]["sort"] == list(WEEKDAYS)
    assert "width" in text["mark"]["opacity"]["expr"]
    assert "opacity" not in layers(drawn(clock()), "text")[0]["mark"]


def test_term_and_holiday_are_charts_of_their_own_whose_colours_mean_the_same():
    frame = clock()
    frame.loc[frame["kind"] == "Holiday", "value"] = 0.1
    assert {cell["fill"] for cell in cells(drawn(frame, "Term"))} == {RAMP[-1]}
    assert {cell["fill"] for cell in cells(drawn(frame, "Holiday"))} == {RAMP[0]}


def test_colours_go_up_in_equal_steps():
    assert [cell["fill"] for cell in cells(drawn(few(0.1, 0.3, 0.5, 0.7, 0.9, 1.0)))] == [*RAMP, RAMP[-1]]


def test_zero_is_white_too_few_is_grey_and_no_such_day_is_a_dash():
    spec = drawn(
        few(0.0, 0.2, np.nan, 1.0, told=["0.00", "0.20", "no such day", "1.00"], weak=[False, True, False, False])
    )
    zero, weak, absent, _ = cells(spec)
    assert (zero["fill"], weak["fill"], absent["fill"]) == (ZERO_FILL, NO_DATA_FILL, ZERO_FILL)
    assert (zero["figure"], weak["figure"], absent["figure"]) == ("0.00", "0.20", "–")


def test_weak_cells_do_not_set_the_colours():
    spec = drawn(few(50.0, 1.0, weak=[True, False]))
    assert cells(spec)[1]["fill"] == RAMP[-1]


def test_figures_show_on_the_colour_of_their_cell():
    for cell in cells(drawn(few(0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.2, weak=[False] * 6 + [True]))):
        assert contrast(cell["ink"], cell["fill"]) >= 4.5


def test_protected_figures_are_short_in_a_cell_and_whole_beside_it():
    spec = drawn(few(0.0, 15.0, told=["fewer than 10", "about 15"], weak=[True, False]))
    assert [(cell["figure"], cell["told"]) for cell in cells(spec)] == [("<10", "fewer than 10"), ("15", "about 15")]
    (rect,) = layers(spec, "rect")
    assert [one["field"] for one in rect["encoding"]["tooltip"]] == ["day", "slot", "told"]


def test_a_clock_in_which_nothing_can_be_told_is_drawn():
    frame = few(1.0, 1.0, weak=[True, True])
    assert {cell["fill"] for cell in cells(drawn(frame))} == {NO_DATA_FILL}
    assert [colour.words for colour in clock_chart.colours(frame)] == ["too few to say"]


@pytest.mark.parametrize(
    ("most", "steps"), [(1.0, ["0.2", "0.4", "0.6", "0.8", "1"]), (1500.0, ["300", "600", "900", "1,200", "1,500"])]
)
def test_colours_say_what_they_go_up_to(most, steps):
    assert [colour.words for colour in clock_chart.colours(few(most, 0.0))] == [
        "none",
        *(f"up to {step}" for step in steps),
    ]


def test_the_chart_says_in_words_what_it_shows():
    spec = drawn(clock())
    assert spec["description"] == "In words"
    assert min(sizes_of_text(spec)) >= 11
    assert rows(spec, layers(spec, "text")[0])[0]["figure"] == "1.00"
