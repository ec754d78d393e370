from math import sqrt

import numpy as np
import pytest

from geo.statistics.control.limits import ControlLimits, of_counts, of_rates, rates, u, xmr

NAN = np.nan


def row(*values):
    return np.array([values], dtype=float)


def lines(limits, at=0):
    return limits.low[0, at], limits.centre[0, at], limits.high[0, at]


def test_limits_are_the_mean_and_two_thirds_more_than_two_mean_moving_ranges():
    # Mean 55 / 5 = 11; ranges 2, 3, 2, 2, mean 2.25; 2.66 * 2.25 = 5.985, two thirds of it 3.99.
    found = xmr(row(10, 12, 9, 11, 13))
    assert lines(found) == pytest.approx((5.015, 11, 16.985))
    assert lines(found, 4) == lines(found)
    assert (found.near_low[0, 0], found.near_high[0, 0]) == pytest.approx((7.01, 14.99))


def test_a_range_far_too_large_for_the_others_is_left_out():
    # Ranges 1, 1, 1, 1, 20, 1, mean 25 / 6 = 4.17; 20 is over 3.267 times that, 13.6; the other five have mean 1.
    assert lines(xmr(row(10, 11, 10, 11, 10, 30, 31))) == pytest.approx((113 / 7 - 2.66, 113 / 7, 113 / 7 + 2.66))


@pytest.mark.parametrize(("step", "mean"), [(4.22, 14.22 / 11), (4.23, 1)])
def test_a_range_is_too_large_from_3267_thousandths_of_the_mean_on(step, mean):
    # Ten ranges of 1 and one that is 3.267 times the mean of all from 32.67 / 7.733 = 4.2247 on.
    found = xmr(row(*[10, 11] * 5, 10, 10 + step))
    assert found.high[0, 0] - found.centre[0, 0] == pytest.approx(2.66 * mean)


def test_a_range_of_small_figures_is_left_out_too():
    found = xmr(row(1, 1.1, 1, 1.1, 1, 3, 3.1))
    assert found.high[0, 0] - found.centre[0, 0] == pytest.approx(2.66 * 0.1)


def test_ranges_are_left_out_once_and_no_more():
    # Seven ranges of 1, then 5 and 40: mean 52 / 9, so 40 is left out. Mean 12 / 8 = 1.5: 5 would go now, and stays.
    found = xmr(row(10, 11, 10, 11, 10, 11, 10, 11, 16, 56))
    assert found.high[0, 0] - found.centre[0, 0] == pytest.approx(2.66 * 1.5)


def test_limits_of_counts_are_never_below_zero():
    # Mean 2.5; ranges 4, 5, 4, mean 13 / 3; 2.66 times that is 11.53.
    found = xmr(row(1, 5, 0, 4))
    assert lines(found) == pytest.approx((0, 2.5, 2.5 + 2.66 * 13 / 3))
    assert found.near_low[0, 0] == 0


def test_the_near_limit_is_where_it_would_be_if_the_low_limit_was_not_zero():
    # 10 - 12 is no low limit, but 10 - 8 is a near-limit.
    found = ControlLimits(row(10), row(0), row(22))
    assert (found.near_low[0, 0], found.near_high[0, 0]) == pytest.approx((2, 18))


def test_the_near_limit_lies_below_zero_where_the_low_limit_does():
    found = ControlLimits(row(1), row(-8), row(10))
    assert found.near_low[0, 0] == pytest.approx(-5)


def test_two_points_that_follow_each_other_have_limits():
    assert lines(xmr(row(NAN, 9, 11))) == pytest.approx((4.68, 10, 15.32))


def test_a_series_that_never_moves_has_limits_on_its_mean():
    assert lines(xmr(row(5, 5, 5))) == (5, 5, 5)


def test_no_range_crosses_a_missing_period():
    # Ranges 2 and 2, and not 18; mean 84 / 4.
    assert lines(xmr(row(10, 12, NAN, 30, 32)), 2) == pytest.approx((21 - 5.32, 21, 21 + 5.32))


def test_limits_stay_as_the_first_24_points_made_them():
    found = xmr(row(*[4, 6] * 12, 100, 500))
    assert lines(found) == lines(found, 25) == pytest.approx((0, 5, 5 + 5.32))


def rates_by_ten(values):
    return of_rates(values, 10)


def u_by_ten(values):
    return u(values, 10)


@pytest.mark.parametrize("of", [xmr, of_counts, u_by_ten, rates_by_ten])
@pytest.mark.parametrize("values", [(3,), (NAN, NAN), (3, NAN, 5), (NAN, 4, NAN)])
def test_where_no_two_points_follow_each_other_there_are_no_limits(of, values):
    found = of(row(*values))
    assert np.isnan([found.centre, found.low, found.high, found.near_low, found.near_high]).all()


def test_counts_that_move_little_have_the_limits_of_chance():
    # Ranges of 2 would make 5.32; chance scatters counts of 5 by 3√5 = 6.71.
    assert lines(of_counts(row(4, 6, 4, 6))) == pytest.approx((0, 5, 5 + 3 * sqrt(5)))


def test_counts_that_move_more_than_chance_have_the_limits_of_their_ranges():
    # Squared ranges of 1,600, half of that 800, 3√800 = 84.85; chance would be 3√100 = 30.
    assert lines(of_counts(row(80, 120, 80, 120))) == pytest.approx((100 - 3 * sqrt(800), 100, 100 + 3 * sqrt(800)))


def test_rates_are_counts_by_exposure_and_unknown_without_any():
    found = rates(row(10, 12, NAN, 5, 5), [50, 60, 70, 0, NAN])
    assert found[0, :2].tolist() == [0.2, 0.2]
    assert np.isnan(found[0, 2:]).all()


def test_limits_of_rates_are_wider_where_there_is_less_exposure():
    # 36 incidents in 180 school days: 0.2 a day; √(0.2 / n) is 0.063246 for 50 days, 0.057735 for 60, 0.053452 for 70.
    found = u(row(12, 9, 15), [50, 60, 70])
    assert found.centre[0] == pytest.approx([0.2] * 3)
    assert found.high[0] == pytest.approx([0.389737, 0.373205, 0.360357], abs=1e-6)
    assert found.low[0] == pytest.approx([0.010263, 0.026795, 0.039643], abs=1e-6)


def test_rates_that_vary_more_than_chance_have_limits_as_much_wider():
    # 0.25 a day, √(0.25 / 100) = 0.05; z is -3, 3, -3, 3, squared ranges 36, so the dispersion is 18: 0.15√18 = 0.636.
    found = of_rates(row(10, 40, 10, 40), 100)
    assert lines(found) == pytest.approx((0, 0.25, 0.25 + 0.15 * sqrt(18)))
    assert u(row(10, 40, 10, 40), 100).high[0, 0] == pytest.approx(0.4)


def test_scores_are_of_the_exposure_of_their_own_period():
    # 0.25 a day in 1,000 days; √(0.25 / n) is 0.05 and 0.025, so z is -3, 1.5, -3, 1.5 and the dispersion 4.5² / 2.
    found = of_rates(row(10, 115, 10, 115), [100, 400, 100, 400])
    assert found.high[0, :2] == pytest.approx([0.25 + 13.5 / sqrt(2) * 0.05, 0.25 + 13.5 / sqrt(2) * 0.025])


def test_a_point_far_too_large_for_the_others_sets_no_limits():
    # Twelve of 80, eleven of 120 and one of 400: without it 2,280 in 23. The other ranges are of 40, half their square
    # is 800.
    counts = row(*[80, 120] * 6, 400, *[120, 80] * 5, 120)
    found = of_rates(counts[:, :23], 1)
    assert lines(found) == pytest.approx((100 - 3 * sqrt(800), 100, 100 + 3 * sqrt(800)), rel=0.001)
    assert lines(of_rates(counts, 1, np.zeros((1, 24), dtype=np.bool_)))[1] == pytest.approx(2720 / 24)


def test_rates_that_vary_less_than_chance_keep_its_limits():
    # 0.2 a day; z is 0.32, -0.29, 0, so σ would be (0.61 + 0.29) / 2 / 1.128 = 0.4.
    counts = row(11, 11, 14)
    assert of_rates(counts, [50, 60, 70]).high[0] == pytest.approx(u(counts, [50, 60, 70]).high[0])


def test_a_period_without_exposure_or_count_makes_no_limits():
    # 0.2 a day from the first two; the count of 99 on no days is none, nor are days without a count.
    found = u(row(10, 10, 99, 99, NAN), [50, 50, 0, NAN, 50])
    assert found.centre[0] == pytest.approx([0.2] * 5)
    assert np.isnan(found.high[0]).tolist() == [False, False, True, True, False]


@pytest.mark.parametrize("of", [u, of_rates])
def test_rates_without_any_incident_have_limits_of_nothing(of):
    assert lines(of(row(0, 0, 0), 10)) == (0, 0, 0)


def test_each_series_may_have_an_exposure_of_its_own():
    counts = np.array([[10.0, 20, 30], [10, 20, 30]])
    found = u(counts, [[10, 20, 30], [100, 200, 300]])
    assert found.centre[:, 0].tolist() == pytest.approx([1, 0.1])
