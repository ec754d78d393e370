"""Limits stay as their first points set them, begin anew only where they are told to, and need six points."""

import numpy as np
import pytest

from geo.trends.courses import Figure
from geo.trends.episodes import Rule, episodes, strength
from geo.trends.judging import FEWEST, State
from tests.unit.geo.trends.making import BEFORE_A_RISE, NAN, judge

TWICE = [*BEFORE_A_RISE, *[70, 74] * 6]


def same(one, other):
    assert np.array_equal(one, other, equal_nan=True)


@pytest.mark.parametrize("start", [24, 26, 30])
def test_limits_set_anew_leave_what_lies_before_as_it_was(start):
    before, anew = judge(TWICE), judge(TWICE, starts=(0, start))
    for line in ("centre", "low", "high"):
        same(getattr(before.limits, line)[:, :start], getattr(anew.limits, line)[:, :start])
    same(before.baseline[:, :start], anew.baseline[:, :start])
    assert anew.limits.centre[0, start] == pytest.approx(72)
    assert before.limits.centre[0, start] == 30


def test_a_run_ends_where_limits_begin_anew():
    # Five points above the usual level, then a new range in which two more are above its own.
    assert not judge([*BEFORE_A_RISE, *[35] * 5, *[36, 35] * 4], starts=(0, 29)).sides.any()
    assert judge([*BEFORE_A_RISE, *[35] * 5, *[36, 35] * 4]).sides.any()


def test_a_missing_month_is_no_zero_and_sets_no_limit():
    found = judge([*BEFORE_A_RISE[:12], NAN, *BEFORE_A_RISE[12:], 27])
    assert found.limits.centre[0, 0] == 30
    assert not found.baseline[0, 12]
    assert found.baseline.sum() == 24
    assert not found.sides.any()


@pytest.mark.parametrize("known", range(2, FEWEST))
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
    assert found.states == (State.CHARTED, State.RARE, State.TOO_SHORT, State.CHARTED)
    protected = judge([[5, 10] * 6, [10, 15] * 6], first="2014/15-1", protected=True)
    assert protected.states == (State.TOO_FEW, State.CHARTED)
    assert np.isnan(protected.limits.high[0]).all()


def test_each_course_is_judged_as_if_it_was_alone():
    together = judge([TWICE, [3, 1] * 18, [1, 1] * 18])
    for row in range(3):
        alone = judge(together.courses.counts[row])
        same(together.limits.high[row], alone.limits.high[0])
        same(together.sides[row], alone.sides[0])
        assert together.states[row] == alone.states[0]


def test_limits_by_days_are_closer_where_there_are_more_days():
    days = [*[10] * 24, 5, 20]
    found = judge([*BEFORE_A_RISE, 15, 60], figure=Figure.SCHOOL_DAY, exposure=days)
    assert found.courses.values[0, 24:].tolist() == [3, 3]
    assert found.limits.high[0, 24] > found.limits.high[0, 0] > found.limits.high[0, 25]
    assert not found.sides.any()


def test_a_point_is_in_one_episode_and_each_lies_where_its_rule_holds():
    found = judge([*BEFORE_A_RISE, 20, 22, 24, 26, 31, 33, 35, 36, 35, 36, 35, 27, 33, 9])
    first, second = episodes(found, 0)
    assert (first.rule, first.first, first.last, first.stretch) == (Rule.RUN, 28, 34, (24, 34))
    assert (second.rule, second.side, second.outside) == (Rule.OUTSIDE, -1, (37,))
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
