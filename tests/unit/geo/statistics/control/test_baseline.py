import numpy as np

from geo.statistics.control.limits import baseline, on_trial

NAN = np.nan


def test_the_first_24_points_make_the_limits_and_no_later_one():
    assert np.flatnonzero(baseline(np.ones((1, 40)))[0]).tolist() == list(range(24))


def test_missing_periods_are_no_points_of_a_baseline():
    values = np.ones((2, 30))
    values[0, [0, 5, 29]] = NAN
    chosen = baseline(values)
    assert np.flatnonzero(chosen[0]).tolist() == [at for at in range(26) if at not in (0, 5)]
    assert np.flatnonzero(chosen[1]).tolist() == list(range(24))


def test_limits_of_fewer_than_twelve_points_are_on_trial():
    values = np.ones((3, 13))
    values[1, 0] = NAN
    values[2, [0, 12]] = NAN
    assert on_trial(baseline(values)).tolist() == [False, False, True]


def test_of_one_series_and_of_several_lists_of_them_the_last_axis_is_periods():
    assert on_trial(np.ones(12, dtype=np.bool_)).tolist() is False
    assert on_trial(np.ones((2, 3, 11), dtype=np.bool_)).tolist() == [[True] * 3] * 2
