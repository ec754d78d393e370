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
