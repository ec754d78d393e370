"""What nulls keep of the counts that they are made from, and what they leave no trace of."""

import numpy as np
import pytest

from tests.validate.nulls import NULLS, months_shuffled, poisson_thinned, units_shuffled

N = np.random.default_rng(0).poisson(np.linspace(1, 30, 40)[:, None, None] * np.ones((40, 24, 2)))
KNOWN = np.arange(24) != 7
N[:, ~KNOWN] = 0


@pytest.mark.parametrize("null", NULLS.values(), ids=NULLS)
def test_a_month_that_was_never_supplied_stays_empty_and_the_counts_given_stay_as_they_are(null):
    given = N.copy()
    made = null(N, KNOWN, np.random.default_rng(1))
    assert (given == N).all()
    assert made.shape == N.shape
    assert not made[:, ~KNOWN].any()
    assert (made != N).any()


def test_shuffled_months_stay_in_their_unit_and_harm_group():
    made = months_shuffled(N, KNOWN, np.random.default_rng(1))
    assert (np.sort(made, axis=1) == np.sort(N, axis=1)).all()


def test_months_shuffled_together_keep_what_came_in_one_month_in_one():
    made = months_shuffled(N, KNOWN, np.random.default_rng(1), together=True)
    for before, after in zip(N, made, strict=True):
        assert sorted(map(tuple, before[KNOWN])) == sorted(map(tuple, after[KNOWN]))


def test_shuffled_units_stay_in_their_month_and_harm_group():
    made = units_shuffled(N, KNOWN, np.random.default_rng(1))
    assert (np.sort(made, axis=0) == np.sort(N, axis=0)).all()


def test_thinned_counts_keep_totals_on_average():
    rng = np.random.default_rng(1)
    made = np.mean([poisson_thinned(N, KNOWN, rng) for _ in range(200)], axis=0)
    assert made.sum(axis=1) == pytest.approx(N.sum(axis=1), rel=0.05)
    assert made.sum(axis=0) == pytest.approx(N.sum(axis=0), rel=0.05)
