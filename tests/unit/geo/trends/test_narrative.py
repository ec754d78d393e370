"""Narrative: one sentence for each rule and each way, true of the figures it is made of."""

import numpy as np
import pytest

from geo.trends.narrative import figure
from geo.trends.series import Figure
from tests.unit.geo.trends.making import BEFORE_A_FALL, BEFORE_A_RISE, NAN, USUAL, judge, tell

IN_LIMITS = [31, 29, 30]
WEEKS = {"figure": Figure.WEEK, "first": "2016/17-1"}


def rise(*after, last=1, **of):
    return tell([*BEFORE_A_RISE, *after], last, **of)


def fall(*after, last=1, **of):
    return tell([*BEFORE_A_FALL, *after], last, **of)


def test_what_stays_within_limits_is_no_real_change():
    found = rise(*IN_LIMITS, last=3)
    assert found.sentence == f"No real change: Jan–Mar 2020 stay within what is usual here ({USUAL} a month)."
    assert (found.side, found.notes, found.others) == (0, (), ())
    assert rise(*IN_LIMITS).sentence.startswith("No real change: Mar 2020 stays within")


def test_a_point_outside_its_limits_is_told_with_them():
    found = rise(50)
    assert found.sentence == f"A real rise: Jan 2020 lies above what is usual here ({USUAL} a month)."
    assert (found.side, found.notes) == (1, ("Highest: 50, Jan 2020.",))
    found = fall(9)
    assert found.sentence == f"A real fall: Jan 2020 lies below what is usual here ({USUAL} a month)."
    assert (found.side, found.notes) == (-1, ("Lowest: 9, Jan 2020.",))
    assert rise(50, 49).sentence.startswith("A real rise: Jan–Feb 2020 lie above")


def test_limits_told_are_the_least_and_the_most_count_within_them():
    # 13 and 47 are outside 13.57 to 46.43, 14 and 46 are within: rounded limits must not say otherwise.
    assert "14 to 46" in fall(13).sentence
    assert fall(13).side == -1
    assert fall(14).side == 0
    assert rise(47).side == 1
    assert rise(46).side == 0


def test_a_range_begins_with_no_less_than_none():
    assert "what is usual here (0 to 10 a month)." in tell([*[6, 3] * 12, 4]).sentence


def test_where_points_between_two_outside_are_within_it_is_said_how_many_are_outside():
    found = rise(47, 42, 48, last=3)
    assert (
        found.sentence == f"A real rise: 2 of the 3 months Jan–Mar 2020 lie above what is usual here ({USUAL} a month)."
    )
    later = rise(47, 42, 48, 27, 33, 27)
    assert later.others == (
        "Jan–Mar 2020: 2 of them above what was usual. England was in lockdown for part of this time.",
    )
    assert rise(47, 27, 33).others == ("Jan 2020: above what was usual.",)


def test_a_run_is_told_with_the_usual_level():
    assert (
        rise(*[35] * 7).sentence == "A real rise: all 7 months, Jan–Jul 2020, lie above the usual level of 30 a month."
    )
    assert (
        fall(*[25] * 7).sentence == "A real fall: all 7 months, Jan–Jul 2020, lie below the usual level of 30 a month."
    )
    assert rise(*[35] * 6).side == 0


def test_a_run_tells_how_many_of_its_points_are_outside():
    some = rise(*[35] * 5, 47, 48)
    assert some.sentence == (
        "A real rise: all 7 months, Jan–Jul 2020, lie above the usual level of 30 a month, "
        f"2 of them above what is usual ({USUAL})."
    )
    every = fall(*[9, 10] * 3, 9)
    assert every.sentence.endswith(f"30 a month, all below what is usual ({USUAL}).")
    assert rise(*[35] * 5, 47, 48, 27, 33).others == (
        "Jan–Jul 2020: all above the usual level, 2 of them above what was usual. England was in lockdown then.",
    )


def test_a_course_up_or_down_is_told_as_one():
    up, down = (22, 24, 26, 28, 31, 33, 36), (38, 36, 34, 32, 29, 27, 24)
    assert rise(*up).sentence == "A real rise: 7 months in a row, Jan–Jul 2020, each higher than the one before."
    assert fall(*down).sentence == "A real fall: 7 months in a row, Jan–Jul 2020, each lower than the one before."
    assert rise(*up, 27, 33).others[-1].startswith("Jan–Jul 2020: a rise in every month.")


def test_two_points_near_an_edge_are_told():
    assert rise(42, 43).sentence == (
        "A real rise: two of three months in a row lie near the upper edge of what is usual here "
        f"({USUAL} a month), Jan–Feb 2020."
    )
    assert fall(18, 17).sentence == (
        "A real fall: two of three months in a row lie near the lower edge of what is usual here "
        f"({USUAL} a month), Jan–Feb 2020."
    )
    assert fall(18, 17, 33, 27).others == ("Jan–Feb 2020: near the lower edge of what was usual.",)


def test_a_run_that_a_course_leads_to_holds_no_point_on_the_other_side():
    found = rise(20, 22, 24, 26, 31, 33, 35, 36, 35, 36, 35, last=11)
    assert found.sentence == "A real rise: all 7 months, May–Nov 2020, lie above the usual level of 30 a month."


def test_one_course_after_another_is_not_told_as_one_long_one():
    course = (21, 22, 24, 26, 28, 32, 34)
    assert "7 months in a row, Aug 2020 – Feb 2021," in rise(*course, *course).sentence


def test_only_signals_that_reach_into_the_chosen_periods_make_the_sentence():
    found = rise(50, *IN_LIMITS, last=3)
    assert found.sentence.startswith("No real change: Feb–Apr 2020 stay")
    assert found.others == ("Jan 2020: above what was usual.",)
    assert rise(50, *IN_LIMITS, last=4).side == 1


def test_every_marked_point_that_is_chosen_makes_its_chart_a_signal():
    # The second point is within the limits, and marked, as two of two are near the edge.
    assert rise(47, 42, last=1).side == 1


def test_the_latest_of_two_signals_is_told_and_the_other_beside_it():
    found = rise(50, 27, 33, 27, 33, 9, last=6)
    assert found.sentence.startswith("A real fall: Jun 2020")
    assert found.others == ("Jan 2020: above what was usual.",)


def test_limits_of_fewer_than_twelve_points_are_called_trial_limits():
    trial = "These are trial limits, set by fewer than 12 months, and may still move."
    assert tell([33, 27] * 4).notes == (trial,)
    odd = "Nov 2018 was left out when the limits were set: it is too far from the other months to say what is usual."
    assert tell([*[33, 27] * 5, 60]).notes == ("Highest: 60, Nov 2018.", trial, odd)
    assert tell([33, 27] * 6).notes == ()


def test_too_few_periods_have_no_limits_and_a_remedy_that_exists():
    assert (
        tell([33, 27] * 2).sentence == "Too few months to say: limits need 6, and there are 4; bring in earlier ones."
    )
    assert tell([33, NAN, NAN, NAN, NAN, NAN]).sentence.startswith(
        "Too few months to say: limits need 6, and there is 1;"
    )
    years = tell([900, 910], first="2018/19", figure=Figure.WEEK, exposure=52)
    assert years.sentence == "Too few school years to say: limits need 6, and there are 2; choose shorter periods."
    halves = tell([33, 27], first="2018/19-1", figure=Figure.WEEK, exposure=8, protected=True)
    assert halves.sentence.endswith("bring in earlier ones.")
    assert tell([33, 27], first="2018/19-1", figure=Figure.WEEK, exposure=8).sentence.endswith(
        "choose shorter periods."
    )


def test_periods_without_school_days_do_not_count_as_known():
    found = tell([33, 27] * 4, figure=Figure.SCHOOL_DAY, exposure=[20, 0, 0, 0, 18, 20, 19, 20])
    assert found.sentence.startswith("Too few months to say: limits need 6, and there are 5;")


def test_chosen_periods_without_figures_are_a_gap_and_not_zero():
    assert rise(27, NAN).sentence == "No figures for Feb 2020: a gap, not zero."
    assert rise(27, NAN, NAN, last=2).sentence == "No figures for Feb–Mar 2020: a gap, not zero."
    assert rise(27, NAN, 33, last=3).sentence.startswith("No real change: Jan–Mar 2020 stay")


def test_a_month_without_school_days_is_not_called_a_gap():
    days = [*[20] * 24, 0]
    found = tell([*BEFORE_A_RISE, 30], figure=Figure.SCHOOL_DAY, exposure=days)
    assert found.sentence == "Jan 2020: no school days, so nothing can be said by school day."


@pytest.mark.parametrize("known", [1, 5])
def test_a_new_usual_range_is_too_young_until_it_has_six_points(known):
    found = rise(*[70, 74, 72, 71, 73][:known], starts=(0, 24))
    assert found.sentence.startswith("Nothing can be said yet of ")
    assert found.sentence.endswith(" 2020: a baseline that was reset needs 6 months.")
    assert (found.side, found.notes) == (0, ())


def test_a_new_usual_range_of_six_points_is_on_trial():
    found = rise(*[70, 74] * 3, starts=(0, 24))
    assert found.sentence.startswith("No real change: Jun 2020 stays")
    assert found.notes == ("These are trial limits, set by fewer than 12 months, and may still move.",)


@pytest.mark.parametrize("known", [1, 5])
def test_a_run_that_a_new_range_cuts_is_told_by_its_first_points(known):
    months, are = {1: ("Jan 2020", "is"), 5: ("Jan–May 2020", "are")}[known]
    after, start = [*[35] * 8, *[36, 34] * 5], 24 + known
    found = rise(*after, last=(23, start - 1), starts=(0, start))
    assert found.sentence == (
        f"A real rise: {months} {are} the first of seven or more months in a row above the usual level of 30 a month."
    )
    later = rise(*after, starts=(0, start))
    assert later.others[0].startswith(f"{months}: the first of seven or more in a row above the usual level.")


def test_a_course_that_a_new_range_cuts_is_told_by_its_first_points():
    down = (36, 34, 33, 32, 29, 27, 24)
    found = fall(*down, *[30, 24] * 5, last=(24, 26), starts=(0, 27))
    assert found.sentence == (
        "A real fall: Jan–Mar 2020 are the first of seven or more months in a row, each lower than the one before."
    )
    assert (
        fall(*down, *[30, 24] * 5, starts=(0, 27))
        .others[0]
        .startswith("Jan–Mar 2020: the first of seven or more in a row falling.")
    )


def test_what_stood_out_a_year_before_may_be_the_season():
    year = [30, 27, 33, 27, 50, 27, 33, 27, 33, 27, 33, 27]
    found = rise(*year, *year[:5])
    assert "The same month a year before stood out in the same way, so it may be the season." in found.notes
    two = [30, 27, 33, 27, 50, 51, 33, 27, 33, 27, 33, 27]
    assert (
        "The same months a year before stood out in the same way, so it may be the season."
        in rise(*two, *two[:6]).notes
    )
    opposite = [30, 27, 33, 27, 9, *year[5:]]
    assert not any("season" in note for note in rise(*opposite, *year[:5]).notes)


def test_a_signal_of_more_than_a_year_is_no_season():
    found = rise(*[35] * 30)
    assert found.notes
    assert not any("season" in note for note in found.notes)


def test_school_years_have_no_season():
    years = {"first": "1990/91", "figure": Figure.WEEK, "exposure": [*[52] * 24, 52, 52]}
    # The year before is near the edge, so that it is marked on the same side.
    found = tell([*(52 * np.array(BEFORE_A_RISE)), 52 * 42, 52 * 48], **years)
    assert found.sentence.startswith("A real rise: school year 2015/16 lies above")
    assert not any("season" in note for note in found.notes)


def test_a_signal_in_lockdown_says_so():
    assert "England was in lockdown then." in fall(*[30] * 3, 9).notes  # April 2020
    partly = fall(*[25] * 8)  # January to August 2020
    assert "England was in lockdown for part of this time." in partly.notes
    assert not any("lockdown" in note for note in fall(9).notes)


def test_figures_by_week_are_told_by_week_and_by_school_day_by_school_day():
    days = [*[10] * 24, 10]
    weekly = tell([*BEFORE_A_RISE, 90], **WEEKS, exposure=days)
    assert weekly.sentence == "A real rise: Autumn 1, 2020/21 lies above what is usual here (1.4 to 4.6 a week)."
    assert weekly.notes[0] == "Highest: 9.0, Autumn 1, 2020/21."
    daily = tell([*BEFORE_A_RISE, *[35] * 7], figure=Figure.SCHOOL_DAY, exposure=10)
    assert daily.sentence.endswith("all 7 months, Jan–Jul 2020, lie above the usual level of 3.0 a school day.")


def test_limits_and_ties_allow_for_how_long_a_period_is():
    # A rate of 5 a week is far above 3 in a long half-term, and no news in one of half a week.
    of = {"figure": Figure.WEEK, "first": "2016/17-1"}
    assert tell([*BEFORE_A_RISE, 50], **of, exposure=10).side == 1
    assert tell([*BEFORE_A_RISE, 2.5], **of, exposure=[*[10] * 24, 0.5]).side == 0


def test_a_whole_school_year_of_half_terms_is_one():
    found = tell([*BEFORE_A_RISE, *[31, 29] * 3], 6, first="2014/15-1", figure=Figure.WEEK, exposure=1)
    assert found.sentence.startswith("No real change: school year 2018/19 stays within")


def test_small_levels_have_a_decimal_and_large_figures_a_separator():
    assert "usual level of 4.5 a month" in tell([*[6, 3] * 12, *[7] * 7]).sentence
    assert "(2,836 to 3,164 a month)" in tell([*[3030, 2970] * 12, 3000]).sentence


def test_a_gap_ends_a_run():
    assert rise(*[35] * 4, NAN, *[35] * 3, last=3).side == 0
    assert rise(*[35] * 4, *[35] * 3, last=3).side == 1


def test_counts_are_whole_and_rates_have_a_decimal_up_to_a_hundred():
    assert figure(judge(BEFORE_A_RISE), 7.25) == "7"
    weekly = judge(BEFORE_A_RISE, **WEEKS, exposure=2)
    assert [figure(weekly, one) for one in (7.25, 99.96, 1234.5)] == ["7.2", "100.0", "1,234"]


def test_what_was_left_out_is_said_whatever_the_chart_says():
    values = [*BEFORE_A_RISE[:10], 90, *BEFORE_A_RISE[11:], 30]
    found = tell(values)
    said = "Nov 2018 was left out when the limits were set: it is too far from the other months to say what is usual."
    assert found.sentence.startswith("No real change: ")
    assert (found.notes, found.left_out) == ((said,), said)
    assert found.in_full == f"{found.sentence} {said}"
    values[17] = 95
    assert (
        tell([*values, 60]).notes[-1].startswith("Nov 2018 and Jun 2019 were left out when the limits were set: they")
    )
    assert tell([*BEFORE_A_RISE, 30]).in_full == tell([*BEFORE_A_RISE, 30]).sentence
