"""Overdispersion: an area's own past says how much more than chance it moves, and no change within that is sure."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from geo.statistics.overdispersion import (
    degrees_of_freedom,
    dispersion_of_counts,
    lasting,
    year_on_year_dispersion,
)


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


def yearly(level, rows=3, periods=44, seed=10):
    """Draw Poisson counts of some rows with a level (by row × month), and of a large elsewhere."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(20 * np.broadcast_to(level(rng, (rows, periods)), (rows, periods))).astype(float)
    return counts, rng.poisson(4000, (rows, periods)).astype(float)


def steady(_, shape):
    return np.ones(shape)


def drifting(rng, shape):
    return np.exp(np.cumsum(rng.normal(0, 0.06, shape), axis=1))


def test_quarters_a_year_apart_differ_as_chance_has_it_or_by_what_lasts():
    calm, wild = (year_on_year_dispersion(*yearly(level, rows=200), 12, 3) for level in (steady, drifting))
    assert calm.mean() == pytest.approx(1, abs=0.1)
    assert wild.mean() > 2


def test_a_quarter_is_the_chi_square_of_its_four_counts():
    # 10 a month and then 20, while elsewhere nothing moved: every quarter that can be compared has 60 after 30.
    counts = np.repeat([[10.0, 20.0]], 12, axis=1)
    theirs = chi2_contingency([[30, 60], [150, 150]], correction=False).statistic
    assert year_on_year_dispersion(counts, np.full((1, 24), 50.0), 12, 3) == pytest.approx(theirs)
    risen = np.repeat([[50.0, 100.0]], 12, axis=1)  # elsewhere rose as much
    assert year_on_year_dispersion(counts, risen, 12, 3) == pytest.approx(0)
    assert year_on_year_dispersion(counts, np.zeros((1, 24)), 12, 3) == pytest.approx(0)


def test_a_missing_month_is_left_out_on_both_sides():
    counts, elsewhere = np.full((1, 30), 10.0), np.full((1, 30), 50.0)
    counts[0, 5] = np.nan
    assert year_on_year_dispersion(counts, elsewhere, 12, 3) == pytest.approx(0)


def test_of_too_short_a_past_nothing_is_said():
    assert np.isnan(year_on_year_dispersion(np.ones((2, 19)), np.ones((2, 19)), 12, 3)).all()
    assert not np.isnan(year_on_year_dispersion(np.ones((2, 20)), np.ones((2, 20)), 12, 3)).any()
    assert lasting(np.ones(2), np.ones((2, 19)), np.ones((2, 19)), 12, 3) == 1


def test_what_lasts_is_seen_from_all_rows_together_and_never_under_one():
    for level, least, most in ((steady, 1, 1.4), (drifting, 1.5, 20)):
        counts, elsewhere = yearly(level, rows=30)
        found = lasting(dispersion_of_counts(counts), counts, elsewhere, 12, 3)
        assert least <= found <= most
    assert lasting(np.full(3, 9.0), *yearly(steady), 12, 3) == 1


def test_a_scatter_seen_from_many_periods_is_better_known():
    assert [degrees_of_freedom(periods) for periods in (0, 12, 31)] == [8, 8, 20]
