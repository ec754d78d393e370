"""Chart data: a series as a chart draws it and a table lists it, the same figures in both, and none under 10."""

import numpy as np
import pytest

from geo import disclosure
from geo.trends import chart_data
from geo.trends.series import Figure
from tests.unit.geo.trends.making import BEFORE_A_RISE, EVERY_FIGURE, HALVES, HIGH_ENOUGH, NAN, USUAL, judge

COLUMNS = [
    "order", "label", "axis", "value", "told", "few", "threshold", "centre", "low", "high", "course", "left_out", "why",
]  # fmt: skip


def test_a_frame_holds_every_period_in_order():
    found = chart_data.frame(judge([*BEFORE_A_RISE, 50, NAN]), 0)
    assert found.columns.tolist() == COLUMNS
    assert found["order"].tolist() == list(range(26))
    assert found["label"].tolist()[-2:] == ["Jan 2020", "Feb 2020"]
    assert found["value"].tolist()[:24] == BEFORE_A_RISE
    assert found["course"].tolist() == [""] * 24 + ["up", ""]
    assert found["why"].tolist()[-2:] == ["above what was usual", ""]


def test_a_missing_month_breaks_the_line_and_is_told_as_no_figures():
    found = chart_data.frame(judge([*BEFORE_A_RISE, NAN, 30]), 0)
    assert np.isnan(found["value"][24])
    assert found["told"].tolist()[24:] == ["no figures", "30"]
    listed = chart_data.rows(judge([*BEFORE_A_RISE, NAN, 30]), 0, {})
    assert (listed[1]["n"], listed[1]["value"]) == ("no figures", "no figures")


def test_a_month_without_school_days_has_incidents_and_no_figure_a_day():
    found = judge([*BEFORE_A_RISE, 8], figure=Figure.SCHOOL_DAY, exposure=[*[20] * 24, 0])
    drawn = chart_data.frame(found, 0)
    assert np.isnan(drawn["value"][24])
    assert drawn["told"][24] == "no school days"
    listed = chart_data.rows(found, 0, {})[0]
    assert (listed["n"], listed["value"], listed["usual"]) == ("8", "no school days", "–")


@pytest.mark.parametrize(
    ("after", "course", "why"),
    [
        ([9], "down", "below what was usual"),
        ([35] * 7, "up", "seven or more in a row above the usual level"),
        ([22, 24, 26, 28, 31, 33, 36], "up", "seven or more in a row rising"),
        ([42, 43], "up", "two of three near the upper edge"),
    ],
)
def test_every_sign_has_its_reason(after, course, why):
    found = chart_data.frame(judge([*BEFORE_A_RISE, *after]), 0)
    assert found["course"].tolist()[-1] == course
    assert found["why"].tolist()[-1] == why


def test_rows_are_those_of_the_frame_newest_first():
    control_charts = judge([*BEFORE_A_RISE, 50])
    drawn, listed = chart_data.frame(control_charts, 0), chart_data.rows(control_charts, 0, {24: "A: patrols"})
    assert [row["period"] for row in listed] == drawn["label"].tolist()[::-1]
    assert [row["value"] for row in listed] == drawn["told"].tolist()[::-1]
    assert listed[0] == {
        "period": "Jan 2020", "n": "50", "value": "50", "centre": "30", "usual": USUAL,
        "why": "above what was usual", "beside": "A: patrols",
    }  # fmt: skip
    assert (listed[1]["why"], listed[1]["beside"]) == ("–", "–")


def test_a_course_without_limits_lists_none():
    listed = chart_data.rows(judge([33, 27]), 0, {})
    assert [(row["centre"], row["usual"]) for row in listed] == [("–", "–")] * 2


@pytest.mark.parametrize("of", EVERY_FIGURE.values(), ids=EVERY_FIGURE)
def test_protected_figures_under_ten_are_neither_drawn_nor_told(of):
    found = [judge([*[35, 25] * 12, n], **HALVES, **of) for n in (0, 5)]
    for drawn in (chart_data.frame(one, 0) for one in found):
        assert drawn["few"].tolist() == [False] * 24 + [True]
        assert drawn["told"][24] == "fewer than 10 incidents"
    assert chart_data.frame(found[0], 0)["value"][24] == chart_data.frame(found[1], 0)["value"][24]
    for listed in (chart_data.rows(one, 0, {})[0] for one in found):
        assert (listed["n"], listed["value"]) == (disclosure.FEWER_THAN, "fewer than 10 incidents")


def test_protected_figures_are_about():
    found = judge([*[35, 25] * 12, 10], **HALVES)
    assert chart_data.frame(found, 0)["told"].tolist()[-2:] == ["about 25", "about 10"]
    assert chart_data.rows(found, 0, {})[0]["n"] == "about 10"
    assert not chart_data.frame(judge([*BEFORE_A_RISE, 5]), 0)["few"].any()


def test_protected_limits_and_levels_are_about():
    listed = chart_data.rows(judge([*HIGH_ENOUGH, 40], **HALVES), 0, {})[0]
    assert (listed["centre"], listed["usual"]) == ("about 40", "about 19 to 61")
    plain = chart_data.rows(judge([*HIGH_ENOUGH, 40]), 0, {})[0]
    assert (plain["centre"], plain["usual"]) == ("40", "22 to 58")


def test_spans_say_which_periods_set_the_limits_and_why_they_began_anew():
    found = judge([*BEFORE_A_RISE, *[70, 74] * 4], starts=(0, 24))
    first, second = chart_data.spans(found, 0, {24: "A new way of recording"})
    assert (first.first, first.last, first.start) == (0, 23, 0)
    assert (first.label, first.reason) == ("Usual range set by Jan 2018 – Dec 2019", "")
    assert (second.first, second.last, second.start) == (24, 31, 24)
    assert (second.label, second.reason) == ("Trial limits set by Jan–Aug 2020", "A new way of recording")


def test_a_range_is_said_to_be_set_by_periods_after_the_next_start_too():
    found = judge([*BEFORE_A_RISE, *[33, 27] * 4], starts=(0, 10, 26))
    first, second, third = chart_data.spans(found, 0, {})
    assert (first.first, first.last, first.label) == (0, 23, "Usual range set by Jan 2018 – Dec 2019")
    assert (second.first, second.last, second.start) == (10, 31, 10)
    assert second.label == "Usual range set by Nov 2018 – Aug 2020"
    assert third.label == "Trial limits set by Mar–Aug 2020"


def test_a_range_is_told_where_all_its_periods_are_missing():
    found = judge([*BEFORE_A_RISE, NAN, NAN, *BEFORE_A_RISE], starts=(0, 24, 26))
    assert [(one.start, one.first, one.last) for one in chart_data.spans(found, 0, {})] == [
        (0, 0, 23),
        (24, 26, 49),
        (26, 26, 49),
    ]


def test_spans_end_with_the_baseline_and_leave_out_what_sets_no_limits():
    assert [(one.first, one.last) for one in chart_data.spans(judge([*BEFORE_A_RISE, 30, 31]), 0, {})] == [(0, 23)]
    assert [one.start for one in chart_data.spans(judge([*BEFORE_A_RISE, 30, 31], starts=(0, 24)), 0, {})] == [0]
    assert chart_data.spans(judge([1, 0] * 20), 0, {}) == []
    gap = chart_data.spans(judge([NAN, *BEFORE_A_RISE]), 0, {})
    assert [(one.first, one.last) for one in gap] == [(1, 24)]


@pytest.mark.parametrize(
    ("first", "axis"),
    [
        ("2018-12", ["Dec\n2018", "Jan\n2019"]),
        ("2018/19-6", ["Sum 2\n2018/19", "Aut 1\n2019/20"]),
        ("2018/19-T2", ["Spr\n2018/19", "Sum\n2018/19"]),
        ("2018/19", ["2018/19", "2019/20"]),
    ],
)
def test_the_axis_names_periods_shortly_with_their_year(first, axis):
    assert chart_data.frame(judge([1, 2], first=first), 0)["axis"].tolist() == axis


def test_the_axis_says_what_is_counted():
    assert chart_data.unit(judge([1, 2])) == "Incidents a month"
    assert chart_data.unit(judge([1, 2], figure=Figure.SCHOOL_DAY, exposure=20)) == "Incidents a school day"


def test_all_that_stands_beside_a_period_is_listed():
    assert chart_data.list_points([(3, "A: patrols"), (5, "B: lights"), (3, "C: locks")]) == {
        3: "A: patrols; C: locks",
        5: "B: lights",
    }


def test_points_left_out_are_marked_in_chart_table_and_span():
    found = judge([*BEFORE_A_RISE[:10], 90, *BEFORE_A_RISE[11:]])
    drawn = chart_data.frame(found, 0)
    assert np.flatnonzero(drawn["left_out"]).tolist() == [10]
    assert drawn["why"][10] == "above what was usual, left out when the limits were set"
    assert chart_data.rows(found, 0, {})[13]["why"] == drawn["why"][10]
    [span] = chart_data.spans(found, 0, {})
    assert span.label == "Usual range set by Jan 2018 – Dec 2019, 1 left out"
