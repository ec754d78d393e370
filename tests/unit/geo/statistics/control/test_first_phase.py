"""Points too odd to say what is usual are left out of a baseline, and only those."""

import numpy as np
import pytest

from geo.statistics.control import limits
from geo.statistics.control.first_phase import left_out
from geo.statistics.control.limits import baseline, of_counts, u, xmr
from geo.statistics.control.rules import signals

NAN = np.nan
# Nonconformities in 26 samples of 100 printed circuit boards: Montgomery, Introduction to Statistical Quality Control,
# chapter 7.3. A new inspector counted the sixth, and a soldering machine was too hot for the twentieth.
BOARDS = np.array(
    [[21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]], float
)


def out(*values, days=1.0, rounded=False):
    counts = np.array([values], dtype=float)
    return np.flatnonzero(left_out(counts, np.full(counts.shape, days), baseline(counts), rounded=rounded)[0]).tolist()


def ends(found):
    return round(found.low[0, 0], 1), round(found.high[0, 0], 1)


def test_montgomerys_samples_widen_limits_by_ranges_so_that_none_is_outside():
    assert ends(xmr(BOARDS)) == (0.0, 40.5)
    assert not signals(BOARDS, xmr(BOARDS)).astronomical.any()


def test_montgomerys_two_samples_are_left_out_and_found():
    assert out(*BOARDS[0]) == [5, 19]
    assert np.flatnonzero(signals(BOARDS, of_counts(BOARDS)).astronomical[0]).tolist() == [5, 19]


def test_montgomerys_limits_are_those_he_published(monkeypatch):
    monkeypatch.setattr(limits, "BASELINE_POINTS", 26)  # he takes all samples for his baseline
    assert ends(u(BOARDS, 1)) == (6.5, 33.2)
    assert ends(of_counts(BOARDS)) == (6.4, 33.0)


@pytest.mark.parametrize(("odd", "left"), [(17, []), (24, []), (28, [12]), (1, [])])
def test_a_point_is_left_out_where_the_others_give_one_so_far_out_less_than_once_in_2000(odd, left):
    # Of a Poisson count of 11, 24 or more come once in 2,000, on that side alone 0.0005; 25 or more 0.0002.
    assert out(*[10, 12] * 6, odd, *[10, 12] * 5) == left


def test_a_low_point_is_left_out_too():
    assert out(*[38, 42] * 6, 12, *[38, 42] * 5) == [12]


def test_what_the_scatter_of_the_others_explains_stays():
    calm, bursty = [38, 42] * 11, [15, 65] * 11
    assert out(*calm, 75) == [22]
    assert out(*bursty, 75) == []
    assert out(*bursty, 400) == [22]


def test_one_in_eight_is_left_out_at_most():
    assert out(*[10, 12] * 10, 60, 10, 60, 12) == [20, 22]
    assert out(*[10, 12] * 8, 60, 10, 60, 12, 60, 10, 60, 12) == []  # what is so common is usual
    assert out(*[10, 12] * 3, 60) == []
    assert out(*[10, 12] * 3, 10, 60) == [7]


def test_a_step_leaves_nothing_out():
    assert out(*[20] * 12, *[60] * 12) == []
    assert out(*[20] * 20, *[60] * 4) == []


def test_a_point_after_the_baseline_or_without_a_figure_is_never_left_out():
    assert out(*[10, 12] * 12, 90) == []
    assert out(*[10, 12] * 6, NAN, *[10, 12] * 5) == []


def test_exposure_explains_what_is_high():
    counts = np.array([[*[10, 12] * 11, 50.0]])
    days = np.where(counts == 50, 92.0, 20.0)
    assert not left_out(counts, days, baseline(counts)).any()
    assert left_out(counts, np.full(counts.shape, 20.0), baseline(counts)).sum() == 1


def test_each_series_has_its_own():
    both = np.array([[*[10, 12] * 11, 60.0], [10, 12] * 11 + [12.0]])
    assert left_out(both, np.ones(both.shape), baseline(both)).sum(axis=1).tolist() == [1, 0]


def test_without_two_points_that_follow_each_other_none_is_left_out():
    assert out(*[10, NAN] * 8, 90) == []


def test_the_ends_of_a_slow_change_stay():
    assert out(*range(100, 330, 10)) == []
    assert out(*range(100, 330, 10), 900) == [23]
