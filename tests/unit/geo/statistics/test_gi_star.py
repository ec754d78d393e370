import numpy as np
import pytest
from scipy.sparse import csr_array

from geo.errors import ThinDataError
from geo.statistics.false_discovery import benjamini_hochberg
from geo.statistics.gi_star import bins, expected, gi_star, hot_spots, poisson_residuals
from tests.unit.geo.statistics.grids import grid

POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], dtype=float)
VALUES = np.array([2, 3, 3.2, 5, 8, 7])


def band(points, metres):
    """Link the points that lie within so many metres of each other."""
    apart = np.hypot(*(points[:, np.newaxis] - points).transpose(2, 0, 1))
    return csr_array(((apart <= metres) & (apart > 0)).astype(np.int8))


def poisson(mean, *shape):
    return np.random.default_rng(11).poisson(mean, shape).astype(float)


def test_six_points_have_the_published_gi_star():
    z = gi_star(VALUES, band(POINTS, 15))
    known = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    np.testing.assert_allclose(z, known, rtol=0, atol=1e-8)


def test_six_points_have_the_published_gi_without_themselves():
    z = gi_star(VALUES, band(POINTS, 15), star=False)
    assert z[0] == pytest.approx(-1.0136729, abs=1e-7)
    assert np.isnan(gi_star(VALUES, csr_array((6, 6), dtype=np.int8), star=False)).all()


def test_an_island_is_judged_by_its_own_value():
    z = gi_star(VALUES, csr_array((6, 6), dtype=np.int8))
    np.testing.assert_allclose(z, (VALUES - VALUES.mean()) / VALUES.std())


def test_values_that_are_all_the_same_have_no_score():
    assert np.isnan(gi_star(np.full(25, 0.1), grid(5))).all()
    assert np.isnan(gi_star(np.full(25, 0.1), grid(5), star=False)).all()


def test_an_area_without_a_figure_is_nobodys_neighbour():
    values = poisson(9, 25)
    values[7] = np.nan
    z = gi_star(values, grid(5))
    others = np.arange(25) != 7
    assert np.isnan(z[7])
    np.testing.assert_allclose(z[others], gi_star(values[others], grid(5)[others][:, others]))


def test_a_period_never_supplied_has_no_score_and_changes_no_other():
    values = poisson(9, 25, 3)
    whole = gi_star(values, grid(5))
    values[:, 1] = np.nan
    z = gi_star(values, grid(5))
    assert np.isnan(z[:, 1]).all()
    np.testing.assert_array_equal(z[:, [0, 2]], whole[:, [0, 2]])


def test_a_figure_missing_in_one_period_only_is_not_passed_over():
    values = poisson(9, 25, 3)
    values[4, 1] = np.nan
    with pytest.raises(ValueError, match="for all periods of an area, or for none"):
        gi_star(values, grid(5))


def test_chances_are_corrected_in_each_period_by_itself_and_nan_stays():
    p = np.array([[0.01, 0.5], [0.02, np.nan], [0.9, 0.04]])
    np.testing.assert_allclose(benjamini_hochberg(p), [[0.03, 0.5], [0.03, np.nan], [0.9, 0.08]])


def test_bins_tell_hot_from_cold_at_90_95_and_99_percent():
    p = np.array([[0.2, 0.1, 0.05, 0.01, 0.01, np.nan]])
    z = np.array([[2.0, 2.0, 2.0, 2.0, -2.0, np.nan]])
    assert bins(z, p).tolist() == [[0, 1, 2, 3, -3, 0]]


def test_residents_share_out_all_incidents_of_the_areas_where_people_live():
    counts = np.array([[10.0], [20.0], [5.0], [7.0]])
    share = expected(counts, np.array([100.0, 200.0, np.nan, 0.0]))
    np.testing.assert_allclose(share, [[10], [20], [np.nan], [np.nan]])


def test_residuals_are_what_is_over_or_under_the_share_and_unknown_without_residents():
    residual = poisson_residuals(np.array([16.0, 14.0, 5.0]), np.array([100.0, 200.0, 0.0]))
    np.testing.assert_allclose(residual, [6 / np.sqrt(10), -6 / np.sqrt(20), np.nan])
    assert np.isnan(poisson_residuals(np.zeros(3), np.ones(3))).all()


def test_a_planted_hot_spot_is_found_with_the_counts_of_many_and_of_few():
    for mean, how in ((40, "normal"), (2, "permuted")):
        counts = poisson(mean, 400)
        middle = [189, 190, 191, 209, 210, 211, 229, 230, 231]
        counts[middle] = 4 * mean
        found = hot_spots(counts, grid(20), 1)
        assert found.how == (how,)
        assert found.bins[210] == 3
        assert (found.bins[middle] >= 2).sum() >= 5


def test_what_comes_of_one_period_is_what_comes_of_it_among_many():
    counts = poisson(2, 100, 3)
    many = hot_spots(counts, grid(10), 5, permutations=999)
    one = hot_spots(counts[:, 1], grid(10), 5, permutations=999)
    assert (one.z.shape, one.how) == ((100,), ("permuted",))
    np.testing.assert_allclose(many.z[:, 1], one.z)
    np.testing.assert_array_equal(many.p[:, 1], one.p)
    np.testing.assert_array_equal(many.bins[:, 1], one.bins)


def test_sparse_and_other_periods_missing_and_thin_ones_are_told_apart():
    counts = np.column_stack([poisson(1, 100), poisson(20, 100), np.full(100, np.nan), np.zeros(100), np.ones(100)])
    found = hot_spots(counts, grid(10), 5, permutations=99)
    assert found.how == ("permuted", "normal", "none", "none", "none")
    assert np.isnan(found.z[:, 2:]).all()
    assert np.isnan(found.p[:, 2:]).all()
    assert not found.bins[:, 2:].any()
    assert not np.isnan(found.p[:, :2]).any()


def test_counts_are_sparse_when_the_middle_area_is_expected_to_hold_fewer_than_five():
    counts = np.tile([4.0, 5.0, 6.0, 5.0], 25)
    assert hot_spots(counts, grid(10), 5, permutations=99).how == ("normal",)
    assert hot_spots(counts - 1, grid(10), 5, permutations=99).how == ("permuted",)
    lived_in = np.r_[np.full(51, 10.0), np.full(49, 1_000.0)]
    assert hot_spots(counts, grid(10), 5, residents=lived_in, permutations=99).how == ("permuted",)


def test_an_area_is_not_hot_for_being_populous_once_residents_are_known():
    residents = np.full(400, 1_000.0)
    residents[[189, 190, 191, 209, 210, 211, 229, 230, 231]] = 4_000
    counts = np.random.default_rng(3).poisson(residents / 50).astype(float)
    assert hot_spots(counts, grid(20), 1).bins[210] == 3
    assert hot_spots(counts, grid(20), 1, residents=residents).bins[210] == 0


def test_the_same_seed_gives_the_same_chances():
    one, same = (hot_spots(poisson(1, 100), grid(10), 5, permutations=999) for _ in range(2))
    np.testing.assert_array_equal(one.p, same.p)


@pytest.mark.parametrize(
    ("counts", "side", "says"),
    [
        (poisson(9, 16), 4, "need 20 or more areas that have figures and a neighbour, and here are 16; look at"),
        (np.where(np.arange(25) < 6, np.nan, 9.0), 5, "need 20 or more areas .* and here are 19; look at"),
        (np.where(np.arange(25) < 9, 1.0, 0.0), 5, "need 10 or more incidents in a period, and here are fewer; choose"),
        (np.full(25, np.nan), 5, "need 20 or more areas .* and here are 0; look at"),
        (np.full(25, 3.0), 5, "need areas with different counts, and here all areas have the same; choose"),
    ],
)
def test_thin_data_are_refused_with_what_to_do(counts, side, says):
    with pytest.raises(ThinDataError, match=f"^Hot spots {says} [^.]*\\.$"):
        hot_spots(counts, grid(side), 1)
