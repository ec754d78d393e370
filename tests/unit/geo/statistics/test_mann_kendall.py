import numpy as np
import pytest
from scipy import stats

from geo.statistics.mann_kendall import inflation_of, mann_kendall

NAN = np.nan
# Little, "A Mann-Kendall Example (By Hand)", College of the Holy Cross: 72 pairs rise, 18 fall, one is a tie.
BY_HAND = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]


def rows(*series):
    return np.array(series, dtype=float)


def one_by_one(series):
    """The test from its definition, in loops."""
    values = [float(value) for value in series if not np.isnan(value)]
    n = len(values)
    s = sum((values[j] > values[i]) - (values[j] < values[i]) for i in range(n) for j in range(i + 1, n))
    groups = [values.count(value) for value in set(values)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in groups)) / 18
    z = 0.0 if s == 0 else (s - np.sign(s)) / np.sqrt(variance)
    return s, z, 2 * stats.norm.sf(abs(z))


def test_an_example_worked_by_hand_comes_out_the_same():
    found = mann_kendall(rows(BY_HAND))
    assert found.s[0] == 54
    assert found.z[0] == pytest.approx(53 / np.sqrt((14 * 13 * 33 - 2 * 1 * 9) / 18))
    assert found.z[0] == pytest.approx(2.9058, abs=5e-5)
    assert found.p[0] / 2 == pytest.approx(0.0018, abs=5e-5)


def test_gilberts_four_values_and_his_ties():
    found = mann_kendall(rows([10, 15, 14, 20]))
    assert (found.s[0], found.z[0]) == (4, pytest.approx(3 / np.sqrt(4 * 3 * 13 / 18)))
    # Two values of 23, three of 24 and three below detection, so 18, 132 off from 9 * 8 * 23.
    tied = mann_kendall(rows([23, 24, 1, 6, 1, 24, 24, 1, 23]))
    spread = np.sqrt((9 * 8 * 23 - 2 * 1 * 9 - 2 * (3 * 2 * 11)) / 18)
    assert tied.z[0] == pytest.approx((tied.s[0] - np.sign(tied.s[0])) / spread)


def test_rows_equal_loops_and_scipy_with_ties_and_gaps():
    rng = np.random.default_rng(4)
    series = rng.poisson(3, (200, 14)).astype(float)
    series[rng.random(series.shape) < 0.1] = NAN
    found = mann_kendall(series)
    for row, s, tau, z, p in zip(series, found.s, found.tau, found.z, found.p, strict=True):
        known = ~np.isnan(row)
        assert (s, z, p) == pytest.approx(one_by_one(row))
        oracle = stats.kendalltau(np.flatnonzero(known), row[known])
        assert tau == pytest.approx(oracle.statistic)


def test_a_gap_is_left_out_and_is_no_zero():
    whole, gap = mann_kendall(rows([5, 6, 7, 8])), mann_kendall(rows([5, NAN, 6, 7, NAN, 8]))
    assert (whole.s[0], whole.z[0]) == (gap.s[0], gap.z[0])


def test_a_series_without_change_has_no_trend():
    found = mann_kendall(rows([3] * 12))
    assert (found.s[0], found.z[0], found.p[0]) == (0, 0, 1)
    assert np.isnan(found.tau[0])


@pytest.mark.parametrize("series", [[NAN] * 5, [NAN, 2, NAN, NAN, NAN]])
def test_too_few_values_stay_unknown(series):
    found = mann_kendall(rows(series))
    assert np.isnan([found.s[0], found.tau[0], found.z[0], found.p[0]]).all()
    assert found.direction[0] == 0


def test_the_direction_is_that_of_a_trend_and_of_nothing_less():
    found = mann_kendall(rows(range(12), range(12, 0, -1), [1, 2] * 6))
    assert found.direction.tolist() == [1, -1, 0]


def test_values_that_share_nothing_inflate_nothing():
    assert inflation_of(np.eye(11)) == pytest.approx(1)


def test_moving_sums_scatter_as_wide_as_their_inflation_says():
    rng = np.random.default_rng(11)
    noise = rng.normal(size=(20_000, 13))
    sums = noise[:, 1:] + noise[:, :-1]
    parts = np.eye(12, 13) + np.eye(12, 13, k=1)
    s = mann_kendall(sums).s
    assert s.var() / (12 * 11 * 29 / 18) == pytest.approx(inflation_of(parts), rel=0.03)
    plain, allowed = mann_kendall(sums).p < 0.05, mann_kendall(sums, inflation_of(parts)).p < 0.05
    assert plain.mean() > 0.12
    assert 0.03 < allowed.mean() < 0.06
