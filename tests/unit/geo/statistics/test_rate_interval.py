"""Intervals of counts and rates equal published ones, the quantiles they come from, and an independent library."""

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from geo.statistics.rate_interval import EXACT_BELOW, poisson_interval, rate_interval

FEW = np.arange(EXACT_BELOW)
MANY = np.unique(np.geomspace(EXACT_BELOW, 100_000, 200).astype(int))


def coverage(mean, level=0.95):
    """Return the chance that the limits of a Poisson count hold its mean."""
    counts = np.arange(int(mean + 12 * math.sqrt(mean) + 30))
    low, high = poisson_interval(counts, level)
    return stats.poisson.pmf(counts, mean)[(low <= mean) & (mean <= high)].sum()


# The tables of exact limits that textbooks print (Pearson and Hartley; Breslow and Day).
@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (2, 0.242, 7.225), (3, 0.619, 8.767), (5, 1.623, 11.668), (9, 4.115, 17.085)],
)
def test_few_events_have_the_exact_limits_of_the_printed_tables(events, low, high):
    assert [float(limit) for limit in poisson_interval(events)] == pytest.approx([low, high], abs=6e-4)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_few_events_have_the_limits_of_the_chi_square_quantiles(level):
    low, high = poisson_interval(FEW, level)
    tail = (1 - level) / 2
    assert high == pytest.approx(stats.chi2.isf(tail, 2 * (FEW + 1)) / 2, rel=1e-12)
    assert low[1:] == pytest.approx(stats.chi2.ppf(tail, 2 * FEW[1:]) / 2, rel=1e-12)
    assert low[0] == 0


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_few_events_have_the_exact_limits_of_an_independent_library(level):
    low, high = poisson_interval(FEW, level)
    theirs = [confint_poisson(int(events), 1, method="exact-c", alpha=1 - level) for events in FEW]
    assert high == pytest.approx([limits[1] for limits in theirs], rel=1e-12)
    assert low[1:] == pytest.approx([limits[0] for limits in theirs[1:]], rel=1e-12)


def test_at_an_exact_limit_such_a_count_has_just_the_chance_of_one_tail():
    low, high = poisson_interval(FEW[1:])
    assert stats.poisson.sf(FEW[1:] - 1, low) == pytest.approx(0.025, rel=1e-9)
    assert stats.poisson.cdf(FEW[1:], high) == pytest.approx(0.025, rel=1e-9)


@pytest.mark.parametrize("events", [10, 65, 1045])
@pytest.mark.parametrize(("level", "z"), [(0.95, 1.959963984540054), (0.998, 3.090232306167813)])
def test_from_ten_events_on_the_limits_are_those_of_byars_formula(events, level, z):
    low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    more = events + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
    assert [float(limit) for limit in poisson_interval(events, level)] == pytest.approx([low, high], rel=1e-12)


def test_thirty_events_have_the_tabulated_limits():
    assert [round(float(limit), 2) for limit in poisson_interval(30)] == [20.24, 42.83]


def test_the_formula_takes_over_at_ten():
    exact = stats.chi2.ppf([0.025, 0.975], [18, 20]) / 2
    assert [float(limit) for limit in poisson_interval(9)] == pytest.approx(exact, rel=1e-12)
    assert [round(float(limit), 4) for limit in poisson_interval(10)] == [4.7874, 18.3915]
    assert (stats.chi2.ppf([0.025, 0.975], [20, 22]) / 2).round(4).tolist() == [4.7954, 18.3904]


def test_from_ten_events_on_the_formula_is_within_two_thousandths_of_the_exact_limits():
    low, high = poisson_interval(MANY)
    assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * MANY) / 2, rel=0.002)
    assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * (MANY + 1)) / 2, rel=0.002)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_the_limits_hold_the_mean_at_least_as_often_as_the_level_says(level):
    means = np.geomspace(0.01, 500, 300)
    assert min(coverage(mean, level) for mean in means) >= level


def test_unknown_counts_stay_unknown_and_touch_no_other():
    low, high = poisson_interval([np.nan, 3, np.nan, 30])
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, False, True, False]
    assert low[[1, 3]].tolist() == poisson_interval([3, 30])[0].tolist()


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, float("nan")])
def test_a_level_that_is_no_probability_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        poisson_interval(3, level)


def test_a_rate_has_the_limits_of_its_count_over_the_exposure():
    low, high = rate_interval([5, 30], [1_500, 2_000])
    assert low == pytest.approx([1.62349 / 1.5, 20.23694 / 2], rel=1e-5)
    assert high == pytest.approx([11.66833 / 1.5, 42.82837 / 2], rel=1e-5)


def test_a_rate_may_be_per_any_number():
    of_thousand, of_one = rate_interval(12, 400), rate_interval(12, 400, per=1)
    assert [float(limit) for limit in of_thousand] == pytest.approx([1000 * float(limit) for limit in of_one])


def test_a_rate_has_no_limits_where_residents_or_count_are_unknown_or_nobody_lives_there():
    low, high = rate_interval([5, 5, np.nan, 0], [0, np.nan, 1000, 1000])
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, True, True, False]
