"""How much counts vary beyond chance, by figures that can be worked out by hand."""

import numpy as np
import pytest

from geo.statistics.control.scatter import scatter

NAN = np.nan


def found(*values, days=1.0, out=(), rounded=False):
    counts = np.array([values], dtype=float)
    chosen = ~np.isnan(counts)
    chosen[0, list(out)] = False
    one = scatter(counts, np.full(counts.shape, days), chosen, rounded=rounded)
    return float(one.centre[0, 0]), float(one.dispersion[0, 0])


def test_dispersion_is_half_the_mean_squared_range_over_the_mean():
    # Squared ranges 1,600, half is 800; mean 100.
    assert found(80, 120, 80, 120) == pytest.approx((100, 8))
    assert found(80, 120, 80, 120, days=10) == pytest.approx((10, 8))


def test_counts_that_chance_may_scatter_as_much_vary_by_chance():
    # Half the squared range is 128, over 100 that is 1.28. χ² = 4 * 64 / 100 of 3 degrees: 46 of 100 baselines.
    assert found(92, 108, 92, 108) == (100, 1)
    assert found(92, 108, 92, 108, rounded=True) == pytest.approx((100, 1.28))


def test_counts_calmer_than_chance_vary_by_chance_all_the_same():
    assert found(10, 10, 11, 10, rounded=True)[1] == found(10, 10, 11, 10)[1] == 1


def test_a_step_counts_as_one_range():
    # Fifteen ranges, one of 60: 3,600 / 15 / 2 = 120, over a mean of 70.
    assert found(*[40] * 8, *[100] * 8) == pytest.approx((70, 120 / 70))


def test_no_range_crosses_a_gap_or_a_point_that_is_not_chosen():
    assert found(80, 120, NAN, 80, 120) == pytest.approx((100, 8))
    assert found(80, 120, 900, 80, 120, out=(2,)) == pytest.approx((100, 8))


def test_nothing_is_known_where_no_two_points_follow_each_other():
    assert np.isnan(found(3, NAN, 5)).all()


def test_no_incidents_have_no_scatter():
    assert found(0, 0, 0) == (0, 1)


def drifting(*values):
    counts = np.array([values], dtype=float)
    one = scatter(counts, np.ones(counts.shape), np.ones(counts.shape, dtype=np.bool_))
    return float(one.dispersion[0, 0]), float(one.with_drift[0, 0])


def test_a_drift_counts_only_around_the_mean():
    # 40, 44, …, 100: squared steps of 16, half is 8, under the mean of 70; around it the variance is 362.7.
    assert drifting(*range(40, 101, 4)) == pytest.approx((1, 16 * 340 / 15 / 70))
    assert drifting(*[80, 120] * 8) == pytest.approx((8, 8))
