"""Changes of many areas: exact figures, and real only where permuted months hardly make as much."""

import numpy as np
import pytest

from geo.statistics.change_permutation import PERMUTATIONS, changes_since_year_before, permuted_p_values
from geo.statistics.rate_ratio import compare_all


def poisson(areas=60, periods=48, mean=20, seed=1):
    return np.random.default_rng(seed).poisson(mean, (areas, periods)).astype(float)


def test_figures_are_those_of_the_periods_and_of_a_year_before():
    counts = poisson()
    found = changes_since_year_before(counts, 3, 12).ratios
    assert found.now.tolist() == counts[:, -3:].sum(axis=1).tolist()
    assert found.before.tolist() == counts[:, -15:-12].sum(axis=1).tolist()
    exact = compare_all(found.before, found.now, 1, 1)
    assert found.ratio == pytest.approx(exact.ratio)
    assert (found.low < exact.low).all()
    assert (found.high > exact.high).all()


def test_a_p_is_the_share_of_permuted_changes_that_are_as_large():
    counts = poisson()
    counts[0, -12:] *= 2
    p = permuted_p_values(counts, np.arange(60), 12, 12)
    assert p[0] == p.min() <= 3 / (PERMUTATIONS * 60)
    assert p[1:].mean() == pytest.approx(0.5, abs=0.12)
    assert permuted_p_values(counts, np.array([0, 7]), 12, 12) == pytest.approx(p[[0, 7]])


def test_a_missing_month_moves_no_other():
    counts = poisson()
    counts[0, -12:] *= 2
    counts[:, 20] = np.nan
    assert changes_since_year_before(counts, 12, 12).real.tolist() == [True, *[False] * 59]


def test_a_course_that_all_areas_share_is_no_scatter():
    counts = poisson()
    counts[0, -12:] *= 2
    moving = np.round(counts * np.where(np.arange(48) % 12 < 6, 1.5, 1.0))
    assert changes_since_year_before(moving, 12, 12).real[0]


def test_too_few_say_nothing_and_hide_nothing_of_others():
    counts = poisson()
    counts[3, -24:] = 0
    counts[4, -12:] = 0
    counts[4, -1] = 5
    found = changes_since_year_before(counts, 12, 12)
    assert np.isnan(found.ratios.p).tolist() == [at == 3 for at in range(60)]
    least = changes_since_year_before(counts, 12, 12, least=10)
    assert np.isnan(least.ratios.p).tolist() == [at in (3, 4) for at in range(60)]
    assert not least.real[4]


def test_counts_that_may_be_off_are_less_sure():
    counts = poisson()
    counts[0, -1] = 60
    counts[0, -13] = 20
    plain, off = (permuted_p_values(counts, np.arange(60), 1, 12, off_by=off_by) for off_by in (0, 5))
    assert (off >= plain).all()
    assert off[0] > plain[0]


def test_short_series_and_none_at_all_are_no_error():
    assert changes_since_year_before(np.full((4, 13), 30.0), 1, 12).real.tolist() == [False] * 4
    assert changes_since_year_before(np.zeros((4, 24)), 12, 12).real.tolist() == [False] * 4
    assert changes_since_year_before(np.zeros((0, 24)), 12, 12).real.tolist() == []
    assert not changes_since_year_before(np.full((4, 40), 30.0), 20, 12).real.any()  # longer than a year
