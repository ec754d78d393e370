"""Overdispersion: an area's own past says how much more than chance it moves, and no change within that is sure."""

import numpy as np
import pytest
from scipy.stats import norm

from geo.statistics.overdispersion import dispersion_of_counts, quasi_p_values, widen_intervals
from geo.statistics.rate_ratio import compare_all
from geo.statistics.scan import scan


def rounded(counts, step=5, seed=3):
    """Round each count up or down to a multiple of five, right on average."""
    up = np.random.default_rng(seed).random(counts.shape) < counts % step / step
    return (counts // step + up) * step


def test_factors_equal_the_case_worked_by_hand():
    # All areas and both periods hold as much, so that 10 is expected everywhere. What is left moves by 20 in two
    # areas: 20² / 2 is 20 times 10. The middle area does not move.
    counts = np.array([[0, 20], [20, 0], [10, 10], [10, 10], [10, 10]], dtype=float)
    assert dispersion_of_counts(counts).tolist() == [20, 20, 1, 1, 1]


def test_counts_of_chance_alone_have_factors_of_about_one():
    rng = np.random.default_rng(1)
    factors = dispersion_of_counts(rng.poisson(rng.uniform(2, 30, 64)[:, np.newaxis], (64, 600)).astype(float))
    assert (factors >= 1).all()
    assert factors.max() < 1.3


@pytest.mark.parametrize("k", [2, 8])
def test_counts_that_scatter_have_the_factor_that_they_were_made_with(k):
    rng = np.random.default_rng(2)
    mean = np.linspace(4, 40, 64)
    counts = rng.poisson(mean[:, np.newaxis] * rng.gamma(k, 1 / k, (64, 4000))).astype(float)
    made = 1 + mean / k  # a negative binomial count's variance over its mean
    loud = made > np.median(made) * 1.1
    assert dispersion_of_counts(counts)[loud] == pytest.approx(made[loud], rel=0.15)


def test_an_area_that_looks_calmer_than_the_middle_one_has_its_factor():
    rng = np.random.default_rng(3)
    counts = rng.poisson(10 * rng.gamma(2, 0.5, (21, 200))).astype(float)
    counts[0] = 10
    factors = dispersion_of_counts(counts)
    assert factors[0] == factors.min() == pytest.approx(np.median(factors), rel=0.2)
    assert factors[0] > 4


def test_a_slow_change_and_a_rise_everywhere_are_no_scatter():
    rng = np.random.default_rng(4)
    slowly = np.ones((40, 300)) * 20
    slowly[:4] *= np.linspace(0.2, 3, 300)
    assert dispersion_of_counts(rng.poisson(slowly).astype(float)).max() < 1.5
    together = np.where(np.arange(300) % 2, 10, 40) * np.ones((40, 1))
    assert dispersion_of_counts(rng.poisson(together).astype(float)).max() < 1.5


def test_what_rounding_adds_is_taken_off():
    rng = np.random.default_rng(5)
    counts = rng.poisson(12, (64, 600)).astype(float)
    plain, with_it, without = (
        dispersion_of_counts(counts),
        dispersion_of_counts(rounded(counts)),
        dispersion_of_counts(rounded(counts), 4.0),
    )
    assert np.median(with_it) == pytest.approx(1 + 4 / 12, abs=0.05)
    assert np.median(without) == pytest.approx(np.median(plain), abs=0.05)


@pytest.mark.parametrize("shape", [(5, 0), (5, 1), (0, 0), (0, 12)], ids=str)
def test_where_nothing_can_be_seen_nothing_is_allowed_for(shape):
    assert dispersion_of_counts(np.full(shape, 7.0)).tolist() == [1.0] * shape[0]


def test_areas_without_incidents_have_the_middle_factor_and_are_no_error():
    assert dispersion_of_counts(np.zeros((5, 12))).tolist() == [1.0] * 5
    rng = np.random.default_rng(6)
    counts = rng.poisson(10 * rng.gamma(2, 0.5, (21, 60))).astype(float)
    counts[4] = 0
    assert dispersion_of_counts(counts)[4] == dispersion_of_counts(counts).min() > 1


def test_a_change_within_the_scatter_of_its_area_equals_the_case_worked_by_hand():
    then, now = np.array([20.0, 20.0]), np.array([60.0, 60.0])
    ratios = compare_all(then, now, np.ones(2), np.ones(2))
    sure = quasi_p_values(ratios.p, then, now, 1.0, np.array([1.0, 9.0]))
    z = 2 * (np.sqrt(60) - np.sqrt(20)) / np.sqrt(2)
    assert sure == pytest.approx([max(ratios.p[0], 2 * norm.sf(z)), 2 * norm.sf(z / 3)])
    assert sure[0] < 0.001 < 0.05 < sure[1]


def test_a_change_is_set_against_its_course():
    then, now = np.array([20.0, 20.0]), np.array([60.0, 60.0])
    p = np.full(2, 1e-9)
    like_the_others, alone = quasi_p_values(p, then, now, np.array([3.0, 1.0]), np.ones(2))
    assert like_the_others == 1
    assert alone < 0.001


def test_without_extra_scatter_p_hardly_changes():
    rng = np.random.default_rng(7)
    then, now = rng.poisson(40, (2, 200)).astype(float)
    plain = compare_all(then, now, np.ones(200), np.ones(200)).p
    sure = quasi_p_values(plain, then, now, 1.0, np.ones(200))
    assert np.abs(sure - plain).max() < 0.01


def test_what_could_not_be_tested_stays_untested():
    then, now = np.array([2.0, 30.0]), np.array([3.0, 60.0])
    sure = quasi_p_values(np.array([np.nan, 0.01]), then, now, 1.0, np.ones(2))
    assert np.isnan(sure).tolist() == [True, False]


def clustered(dispersion=None, order=None):
    """Scan a grid with a cluster in one corner, its areas in some order."""
    rng = np.random.default_rng(8)
    counts = rng.poisson(6, (64, 30)).astype(float)
    counts[:4, -3:] *= 4
    points = np.column_stack(np.divmod(np.arange(64), 8)).astype(float) * 500
    order = np.arange(64) if order is None else order
    usual = None if dispersion is None else dispersion[order]
    return order, scan(counts[order], points[order], seed=1, dispersion=usual, replications=199)


def test_the_statistic_of_a_cluster_is_divided_by_the_usual_scatter_of_its_areas():
    (_, plain), (_, none), (_, double) = clustered(), clustered(np.ones(64)), clustered(np.full(64, 2.0))
    assert none == plain
    assert double[0].areas == plain[0].areas
    assert double[0].statistic == pytest.approx(plain[0].statistic / 2)
    assert double[0].p >= plain[0].p
    assert clustered(np.full(64, 40.0))[1] == []


def test_areas_that_scatter_elsewhere_leave_a_cluster_as_it_is():
    (_, plain), (_, found) = clustered(), clustered(np.where(np.arange(64) < 32, 1.0, 50.0))
    assert found[0] == plain[0]


def test_scatter_goes_with_its_area_whatever_the_order():
    dispersion = np.linspace(1, 3, 64)
    _, found = clustered(dispersion)
    order, mixed = clustered(dispersion, np.random.default_rng(9).permutation(64))
    assert [set(order[list(one.areas)]) for one in mixed] == [set(one.areas) for one in found]
    assert [one.statistic for one in mixed] == pytest.approx([one.statistic for one in found])


def test_an_interval_is_wider_by_the_root_of_the_scatter_and_keeps_its_ratio_and_its_open_ends():
    assert widen_intervals(2.0, 1.0, 4.0, 4.0) == pytest.approx((0.5, 8.0))
    assert widen_intervals(2.0, 1.0, 4.0, 1.0) == pytest.approx((1.0, 4.0))
    assert widen_intervals(2.0, 1.5, float("inf"), 4.0) == pytest.approx((1.125, float("inf")))
    assert widen_intervals(float("inf"), 1.5, float("inf"), 4.0) == (1.5, float("inf"))
    assert widen_intervals(0.0, 0.0, 0.5, 4.0) == (0.0, 0.5)
