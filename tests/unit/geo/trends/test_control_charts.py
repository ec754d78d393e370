"""Limits stay as their baseline sets them, are rebased only where a start is given, and need six points."""

import numpy as np
import pytest

from geo.trends.control_charts import MIN_PHASE_POINTS, ChartState
from geo.trends.episodes import Rule, episodes, strength
from geo.trends.series import Figure
from tests.unit.geo.trends.making import BEFORE_A_RISE, NAN, judge

TWICE = [*BEFORE_A_RISE, *[70, 74] * 6]


def same(one, other):
    assert np.array_equal(one, other, equal_nan=True)


@pytest.mark.parametrize("start", [1, 12, 24, 26, 30])
def test_limits_set_anew_leave_what_lies_before_as_it_was(start):
    before, rebases = judge(TWICE), judge(TWICE, starts=(0, start))
    for line in ("centre", "low", "high"):
        same(getattr(before.limits, line)[:, :start], getattr(rebases.limits, line)[:, :start])
    same(before.sides[:, :start], rebases.sides[:, :start])
    same(before.trial[:, :start], rebases.trial[:, :start])
    same(before.baseline[0], rebases.baseline[0])


def test_a_new_range_is_set_by_the_first_24_points_from_its_start_on():
    rebases = judge([*BEFORE_A_RISE[:12], *[45, 55] * 15], starts=(0, 12, 20))
    assert [np.flatnonzero(of[0]).tolist() for of in rebases.baseline] == [
        [*range(24)],
        [*range(12, 36)],
        [*range(20, 42)],
    ]
    assert rebases.limits.centre[0].tolist() == [40] * 12 + [50] * 30
    assert not rebases.trial.any()


def test_a_run_across_a_new_start_keeps_the_marks_before_it():
    # Five points above the usual level, then a new range around them: they are the first five of a run of 13.
    found = judge([*BEFORE_A_RISE, *[35] * 5, *[36, 35] * 4], starts=(0, 29))
    assert found.signals.shift.tolist() == [[0] * 24 + [1] * 5 + [0] * 8]
    (one,) = episodes(found, 0)
    assert (one.first, one.last, one.rule, one.stretch) == (24, 28, Rule.SHIFT, (24, 28))


@pytest.mark.parametrize(
    ("before", "after"),
    [([36], [*[35] * 6, *[29, 31] * 9]), ([22, 24, 26, 29], [32, 34, 36, 30, 36, 30]), ([44], [44, 30] * 12)],
    ids=["run", "course", "near"],
)
def test_no_pattern_looks_back_across_a_start(before, after):
    values = [*BEFORE_A_RISE, *before, *after]
    start = len(values) - len(after)
    whole, rebases = judge(values), judge(values, starts=(0, start))
    assert (whole.sides[0, start - len(before) : start + 1] != 0).all()
    same(rebases.sides[:, :start], whole.sides[:, :start])
    same(rebases.sides[:, start:], judge(after).sides)
    assert not rebases.sides[0, start:].any()


def test_a_course_judged_by_counts_stays_so_where_it_has_become_rarer():
    found = judge([*BEFORE_A_RISE, *[1, 0] * 12], starts=(0, 24))
    assert found.states == (ChartState.CHARTED,)
    assert found.limits.centre[0].tolist() == [30] * 24 + [0.5] * 24
    assert judge([*[1, 0] * 12, *BEFORE_A_RISE], starts=(0, 24)).states == (ChartState.RARE,)


def test_protected_phases_whose_usual_level_is_not_told_have_no_limits():
    few, many = [5, 10] * 12, [20, 15] * 12
    found = judge([[*many, *few], [*few, *many]], starts=(0, 24), first="2014/15-1", protected=True)
    assert found.states == (ChartState.CHARTED, ChartState.CHARTED)
    assert np.isnan(found.limits.high).tolist() == [[False] * 24 + [True] * 24, [True] * 24 + [False] * 24]
    assert judge([few], starts=(0, 6), first="2014/15-1", protected=True).states == (ChartState.TOO_FEW,)


def test_a_missing_month_is_no_zero_and_sets_no_limit():
    found = judge([*BEFORE_A_RISE[:12], NAN, *BEFORE_A_RISE[12:], 27])
    assert found.limits.centre[0, 0] == 30
    assert not found.baseline[0, 0, 12]
    assert found.baseline.sum() == 24
    assert not found.sides.any()


@pytest.mark.parametrize("known", range(2, MIN_PHASE_POINTS))
def test_a_phase_of_fewer_than_six_points_has_no_limits_and_no_signals(known):
    found = judge([*BEFORE_A_RISE, *[70, 10, 300, 2, 90][:known]], starts=(0, 24))
    assert np.isnan(found.limits.high[0, 24:]).all()
    assert not found.sides[0, 24:].any()
    assert not np.isnan(found.limits.high[0, :24]).any()


def test_six_points_make_limits():
    found = judge([*BEFORE_A_RISE, *[70, 74] * 3], starts=(0, 24))
    assert not np.isnan(found.limits.high[0, 24:]).any()
    assert found.trial[0, 24:].all()
    assert not found.trial[0, :24].any()


def test_rare_harms_too_few_protected_ones_and_short_series_are_told_apart():
    found = judge([[3, 1] * 6, [1, 2] * 6, [NAN] * 7 + [3] * 5, [10, 20] * 6])
    assert found.states == (ChartState.CHARTED, ChartState.RARE, ChartState.TOO_SHORT, ChartState.CHARTED)
    protected = judge([[5, 10] * 6, [10, 15] * 6], first="2014/15-1", protected=True)
    assert protected.states == (ChartState.TOO_FEW, ChartState.CHARTED)
    assert np.isnan(protected.limits.high[0]).all()


def test_each_course_is_judged_as_if_it_was_alone():
    together = judge([TWICE, [3, 1] * 18, [1, 1] * 18])
    for row in range(3):
        alone = judge(together.series_set.counts[row])
        same(together.limits.high[row], alone.limits.high[0])
        same(together.sides[row], alone.sides[0])
        assert together.states[row] == alone.states[0]


def test_limits_by_days_are_closer_where_there_are_more_days():
    days = [*[10] * 24, 5, 20]
    found = judge([*BEFORE_A_RISE, 15, 60], figure=Figure.SCHOOL_DAY, exposure=days)
    assert found.series_set.values[0, 24:].tolist() == [3, 3]
    assert found.limits.high[0, 24] > found.limits.high[0, 0] > found.limits.high[0, 25]
    assert not found.sides.any()


def test_a_point_is_in_one_episode_and_each_lies_where_its_rule_holds():
    found = judge([*BEFORE_A_RISE, 20, 22, 24, 26, 31, 33, 35, 36, 35, 36, 35, 27, 33, 9])
    first, second = episodes(found, 0)
    assert (first.rule, first.first, first.last, first.stretch) == (Rule.SHIFT, 28, 34, (24, 34))
    assert (second.rule, second.side, second.outside) == (Rule.ASTRONOMICAL, -1, (37,))
    assert not first.touches(35, 40)
    assert first.touches(0, 24)


def test_an_episode_ends_at_a_gap():
    # Near the edge on both sides of a month that is not known: two signals, and not one of four months.
    found = judge([*BEFORE_A_RISE, 47, 48, NAN, 48, 47])
    assert [(one.first, one.last) for one in episodes(found, 0)] == [(24, 25), (27, 28)]


def test_an_episode_ends_where_limits_begin_anew():
    # A fall before the new range and one in it, side by side.
    found = judge([*BEFORE_A_RISE, 9, 100, *[150, 160] * 12], starts=(0, 25))
    assert [(one.first, one.last, one.side) for one in episodes(found, 0)] == [(24, 24, -1), (25, 25, -1)]


def test_strength_is_one_at_the_limit_and_nothing_without_limits():
    found = judge([[*BEFORE_A_RISE, 50], [1, 0] * 12 + [9]])
    high = found.limits.high[0, 24]
    assert strength(found)[0, 24] == pytest.approx(20 / (high - 30))
    assert not strength(found)[1].any()


ODD = [*BEFORE_A_RISE[:10], 90, *BEFORE_A_RISE[11:]]


def test_an_odd_point_sets_no_limits_and_is_a_signal():
    found, before = judge(ODD), judge(BEFORE_A_RISE)
    assert np.flatnonzero(found.left_out[0, 0]).tolist() == [10]
    assert found.baseline[0, 0].all()
    assert found.limits.high[0, 0] == pytest.approx(before.limits.high[0, 0], rel=0.01)
    assert np.flatnonzero(found.sides[0]).tolist() == [10]


def test_an_odd_month_no_longer_hides_a_rise():
    assert judge([*ODD, 48]).sides[0, 24] == 1


def test_limits_without_an_odd_point_are_on_trial_until_twelve_others_are_known():
    assert judge([*BEFORE_A_RISE[:11], 90]).trial.all()
    assert not judge([*BEFORE_A_RISE[:11], 90, 33]).trial.any()


def test_each_phase_leaves_out_its_own_points():
    found = judge([*BEFORE_A_RISE, *[70, 74] * 5, 300, *[74, 70] * 5], starts=(0, 24))
    assert [np.flatnonzero(of[0]).tolist() for of in found.left_out] == [[], [34]]
    assert found.limits.centre[0, 24] == pytest.approx(72)


def test_a_rare_harm_with_one_odd_month_stays_rare():
    assert judge([*[1, 0] * 11, 1, 60]).states == (ChartState.RARE,)
    assert not judge([*[1, 0] * 11, 1, 60]).left_out.any()


def test_rates_leave_odd_points_out_too():
    days = [20.0] * 24
    assert np.flatnonzero(judge(ODD, figure=Figure.SCHOOL_DAY, exposure=days).left_out[0, 0]).tolist() == [10]


@pytest.mark.parametrize("usual", [[40, 35, 45], [65, 60, 55], [20, 25, 15]])
def test_a_protected_none_and_a_five_are_left_out_alike(usual):
    none, five = (judge([*usual * 4, n, *usual * 3], first="2014/15-1", protected=True) for n in (0, 5))
    same(none.left_out, five.left_out)
    same(none.sides, five.sides)


def test_limits_that_a_mean_under_ten_would_set_without_an_odd_point_are_not_drawn():
    few = judge([*[5, 10] * 11, 150], first="2014/15-1", protected=True)
    assert few.states == (ChartState.TOO_FEW,)
    assert not few.left_out.any()
