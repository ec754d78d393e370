import numpy as np
import pytest
from scipy.sparse import csr_array

from geo.calendar import months
from geo.statistics.time_steps import expected, known_steps, steps

RING = csr_array(np.roll(np.eye(30, dtype=np.int8), 1, axis=0) + np.roll(np.eye(30, dtype=np.int8), -1, axis=0))


def monthly(mean, number):
    rng = np.random.default_rng(1)
    return rng.poisson(mean, (30, number)).astype(float), months.between("2021-01", "2026-12")[:number]


def test_a_usual_neighbourhood_is_two_steps_of_an_area_and_those_around_it():
    assert expected(np.full((30, 12), 1.5), RING) == 1.5 * 3 * 2
    assert np.isnan(expected(np.full((30, 12), np.nan), RING))


def test_months_with_enough_in_them_stay_months():
    counts, periods = monthly(3, 36)
    found = steps(counts, periods, RING)
    assert (found.length, found.periods[0]) == (1, ("2021-01",))
    assert np.array_equal(found.counts, counts)


@pytest.mark.parametrize(("mean", "number", "length"), [(0.8, 44, 3), (0.1, 44, 3), (0.1, 25, 1), (0.4, 72, 6)])
def test_sparse_months_are_joined_as_far_as_ten_steps_remain(mean, number, length):
    found = steps(*monthly(mean, number), RING)
    assert (found.length, len(found.periods)) == (length, number // length)


def test_the_last_step_ends_with_the_last_month_and_the_sums_are_kept():
    counts, periods = monthly(0.8, 44)
    found = steps(counts, periods, RING)
    assert found.periods[-1] == tuple(periods[-3:])
    assert found.periods[0] == tuple(periods[2:5])
    assert np.array_equal(found.counts[:, -1], counts[:, -3:].sum(axis=1))
    assert found.counts.sum() == counts[:, 2:].sum()


def test_a_step_with_a_missing_month_is_missing():
    counts, periods = monthly(0.8, 36)
    counts[:, 4] = np.nan
    found = steps(counts, periods, RING)
    assert found.length == 3
    assert np.flatnonzero(~known_steps(found.counts)).tolist() == [1]


def test_months_are_not_joined_where_gaps_would_leave_too_few_steps():
    counts, periods = monthly(0.8, 36)
    counts[:, ::9] = np.nan
    assert steps(counts, periods, RING).length == 1


def test_half_terms_stay_as_they_are():
    counts, _ = monthly(0.1, 36)
    half_terms = [f"{2010 + number // 6}/{11 + number // 6}-{number % 6 + 1}" for number in range(36)]
    found = steps(counts, half_terms, RING)
    assert (found.length, len(found.periods)) == (1, 36)
