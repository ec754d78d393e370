"""Rare harms are judged by how long it was from one incident to the next, and a rise by two counts."""

import numpy as np
import pytest

from geo.change_wording import change
from geo.statistics.rate_ratio import compare
from geo.trends import chart_data
from geo.trends.control_charts import ChartState
from geo.trends.rare_harms import rare_of
from tests.unit.geo.trends.making import NAN, judge

EVERY_THIRD = [1, 0, 0] * 12


def view(values, last=3, **of):
    found = judge(values, **of)
    assert found.states[0] is ChartState.RARE
    end = len(found.series_set.periods) - 1
    return rare_of(found, 0, last if isinstance(last, tuple) else (end - last + 1, end))


def test_usual_waits_are_no_real_change():
    found = view(EVERY_THIRD)
    # Mean wait 3, limit 3 + 3√12 = 13.39.
    assert found.sentence == (
        "No real change: none for 2 months; about one every 3 months is usual, and a gap of up to 13 months is no "
        "surprise. These are trial limits, set by fewer than 12 waits, and may still move."
    )
    assert (found.side, found.speaks) == (0, True)


def test_an_incident_in_the_last_month_is_the_last_one():
    assert view([*EVERY_THIRD, 1]).sentence.startswith("No real change: the last in Jan 2021; about one every 3 months")
    assert "trial" not in view([*EVERY_THIRD, 1]).sentence


def test_a_single_month_is_one():
    assert view([*EVERY_THIRD, 1, 0]).sentence.startswith("No real change: none for 1 month; ")
    assert "; about one every month is usual, and a gap of up to 5 months is no surprise." in view([1] * 30).sentence
    assert "; about one every 2.5 months is usual, and" in view([1, 0, 1, 0, 0] * 6).sentence


def test_more_than_one_a_month_is_told_as_that():
    # Every other month has three, so that waits are of nothing, nothing and two months.
    assert "; about 1.5 a month are usual, and" in view([3, 0] * 12).sentence


def test_a_wait_that_is_longer_than_chance_makes_it_is_a_fall_while_it_goes_on():
    found = view([*EVERY_THIRD, *[0] * 12])
    assert found.sentence.startswith(
        "A real fall: none for 14 months; about one every 3 months is usual, and a gap of up to 13 months is "
        "no surprise."
    )
    assert found.side == -1
    assert view([*EVERY_THIRD, *[0] * 11]).side == 0


def test_a_long_wait_that_ended_in_the_chosen_months_is_a_fall():
    found = view([*EVERY_THIRD, *EVERY_THIRD, 1, *[0] * 13, 1])
    assert found.sentence.startswith("A real fall, a longer wait than chance makes: the last in Mar 2025;")
    assert found.side == -1


def test_a_run_of_short_waits_in_the_chosen_months_is_a_rise():
    found = view([*[1, 0, 0, 0, 0, 0] * 25, *[1] * 9], last=1)
    assert found.sentence.startswith(
        "A real rise, incidents follow each other faster: the last in Mar 2031; about one every 6 months is usual"
    )
    assert found.side == 1


def test_a_tripling_is_told_by_the_baseline():
    found = view([*[1, 0] * 12, *[2, 1] * 6], last=12)
    size = change(3.0, compare(12, 18, 24, 12).low, compare(12, 18, 24, 12).high)
    assert found.sentence == (f"A real rise: 18 incidents, Jan–Dec 2020, {size} against what is usual.")
    assert found.side == 1
    assert view([*[1, 0] * 12, *[1, 0, 1, 1] * 3], last=12).side == 0


def test_what_is_usual_is_not_told_by_the_chosen_periods_themselves():
    assert view([*[1, 0] * 6, *[2, 1] * 6], last=12).side == 0


def test_what_never_was_before_is_not_so_many_times_as_many():
    found = view([*[0] * 24, 4, 4, 4])
    assert found.sentence.startswith("A real rise: 12 incidents, Jan–Mar 2020, where there were none before.")
    assert "inf" not in found.sentence


def test_too_few_incidents_say_so_and_not_how_many():
    found = view([1, 0, 0] * 4)
    assert found.g_chart is None
    assert found.sentence.startswith("The waits between incidents need at least 5 incidents, and there are fewer;")
    assert (found.side, found.speaks) == (0, False)


def test_incidents_of_one_month_say_nothing():
    found = view([*[0] * 20, 6, 0])
    assert found.sentence == (
        "Too few to say: all in one month, or too few since the baseline was reset; the last in Sep 2019."
    )
    assert (found.side, found.speaks) == (0, False)


def test_figures_missing_since_the_last_incident_leave_no_count_of_months():
    found = view([*EVERY_THIRD, 1, NAN, 0])
    assert found.sentence.startswith("No real change: the last in Jan 2021; about one every 3 months is usual")
    assert "nan" not in found.sentence


def test_only_what_was_known_by_the_chosen_months_counts():
    whole = [*EVERY_THIRD, *[0] * 20]
    assert view(whole, (33, 35)).side == 0
    assert view(whole).side == -1
    assert view(whole, (33, 35)).sentence == view(EVERY_THIRD).sentence


def test_waits_begin_anew_with_the_limits():
    found = judge([*EVERY_THIRD, *[1] * 12], starts=(0, 36))
    assert rare_of(found, 0, (45, 47)).sentence.startswith(
        "No real change: the last in Dec 2021; about one every month"
    )


def test_a_new_range_changes_nothing_that_is_said_before_it():
    values = [*EVERY_THIRD, *[1] * 12]
    for start in (20, 36, 40):
        one, other = (rare_of(judge(values, starts=starts), 0, (17, 19)) for starts in ((0,), (0, start)))
        assert (one.sentence, one.side) == (other.sentence, other.side)


def test_all_phases_are_drawn_and_the_present_one_says_what_is_usual_now():
    found = judge([*EVERY_THIRD, *[1] * 12], starts=(0, 36))
    drawn = chart_data.g_chart_frame(found, rare_of(found, 0, (45, 47)).g_chart)
    assert len(drawn) == 12 + 12 + 1
    assert drawn["told"].tolist()[10:15] == ["3 months", "3 months", "not known", "1 month", "1 month"]
    assert drawn["centre"].tolist()[11:13] == pytest.approx([0.693 * (12 * 3 + 11 * 1) / 23, 0.693])


@pytest.mark.parametrize("values", [EVERY_THIRD, [*EVERY_THIRD, *[0] * 12], [*EVERY_THIRD, NAN, 2, 0], [3, 0] * 12])
def test_drawn_and_listed_waits_fit_each_other(values):
    found = judge(values)
    g_chart = rare_of(found, 0, (0, len(values) - 1)).g_chart
    drawn, listed = chart_data.g_chart_frame(found, g_chart), chart_data.g_chart_rows(found, g_chart)
    assert drawn.columns.tolist() == chart_data.frame(found, 0).columns.tolist()
    assert len(drawn) == len(listed) == np.nansum(values) + 1
    assert [row["period"] for row in listed] == drawn["label"].tolist()[::-1]
    assert [row["value"] for row in listed] == drawn["told"].tolist()[::-1]
    assert listed[0]["period"] == "Since then"
    for row, one in zip(listed[::-1], drawn.itertuples(), strict=True):
        assert (row["why"] != "–") == (one.course != "")
        assert (row["value"] == "not known") == np.isnan(one.value)
        assert not np.isnan(one.high)
        assert row["usual"].startswith(f"up to {np.floor(one.high):.0f} month")


def test_a_wait_that_goes_on_too_long_is_marked_and_named():
    found = judge([*EVERY_THIRD, *[0] * 12])
    g_chart = rare_of(found, 0, (45, 47)).g_chart
    drawn = chart_data.g_chart_frame(found, g_chart)
    assert drawn["label"].tolist()[-2:] == ["Oct 2020", "Since then"]
    assert drawn["told"].tolist()[-2:] == ["3 months", "14 months"]
    assert drawn["course"].tolist()[-1] == "down"
    assert drawn["why"].tolist()[-1] == "longer than chance makes it"
    assert drawn["axis"].tolist()[0] == "Jan\n2018"
