"""The funnel's limits are the exact ones of Poisson counts, and what lies beyond them is more than chance."""

import numpy as np
import pytest
from scipy import stats

from geo.errors import ThinDataError
from geo.statistics.funnel import FAR, MIN_AREAS, MIN_EXPECTED, Funnel, drawn, funnel, funnel_limits
from geo.statistics.rate_interval import CONFIDENCE

LEVELS = (CONFIDENCE, FAR)
SIZES = np.array([0.2, 1, 3, 5, 10, 25.5, 100, 2000])


def scattered(expected, spread, seed=1):
    """Draw counts of areas whose own rates have a coefficient of variation of ``spread``."""
    rng = np.random.default_rng(seed)
    return rng.poisson(expected * rng.gamma(1 / spread**2, spread**2, len(expected)))


def among(observed, expected, usual=40):
    """Compare areas that stand among some with exactly what is expected of them."""
    even = np.full(usual, 100.0)
    return funnel([*observed, *even], [*expected, *even])


@pytest.mark.parametrize("level", LEVELS)
def test_limits_are_the_chi_square_quantiles_of_the_definition(level):
    low, high = funnel_limits(SIZES, level)
    tail = (1 - level) / 2
    assert low == pytest.approx(stats.chi2.ppf(tail, 2 * SIZES) / (2 * SIZES), rel=1e-9)
    assert high == pytest.approx(stats.chi2.ppf(1 - tail, 2 * (SIZES + 1)) / (2 * SIZES), rel=1e-9)


def test_limits_of_ten_expected_are_those_in_the_tables_of_poisson_counts():
    # The 95 % interval of a count of 10 is 4.80 to 18.39 (Garwood 1936).
    low, high = funnel_limits(10, CONFIDENCE)
    assert (round(10 * float(low), 2), round(10 * float(high), 2)) == (4.80, 18.39)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("expected", [1, 5, 30, 400])
def test_limits_are_the_means_of_which_the_expected_count_is_barely_possible(expected, level):
    low, high = (float(end) * expected for end in funnel_limits(expected, level))
    assert stats.poisson.sf(expected - 1, low) == pytest.approx((1 - level) / 2)
    assert stats.poisson.cdf(expected, high) == pytest.approx((1 - level) / 2)


def test_nothing_or_an_unknown_number_expected_has_no_limits():
    for end in funnel_limits([0, -1, np.nan], CONFIDENCE):
        assert np.isnan(end).all()
    found = funnel(scattered(np.full(50, 80.0), 0.5), np.full(50, 80.0))
    for end in drawn(found, [0, np.nan], CONFIDENCE):
        assert np.isnan(end).all()


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_a_level_that_is_no_share_is_an_error(level):
    with pytest.raises(ValueError, match="a level lies between 0 and 1"):
        funnel_limits(10, level)


def test_scores_ratio_and_dispersion_equal_the_case_worked_by_hand():
    # √O is √E and two more in one area, one more in two, one less in three. The tenth and the ninetieth percentile are
    # −2 and 2, so that the 4 is pulled in to 2. Six areas of twenty have 2² then: φ = 24/20 < 1 + 2√(2/20).
    expected = np.full(20, 25.0)
    observed = np.array([49.0, 36, 36, 16, 16, 16, *[25] * 14])
    found = funnel(observed, expected)
    assert found.z.tolist() == [4, 2, 2, -2, -2, -2, *[0] * 14]
    assert found.ratio[:4].tolist() == [1.96, 1.44, 1.44, 0.64]
    assert found.phi == pytest.approx(24 / 20)
    assert (found.tau2, found.over_dispersed) == (0, False)


def test_variance_between_areas_equals_the_case_worked_by_hand():
    # Six areas score 4 and six −4, so that φ is 16. Weights are 4E: 100 in six areas and 400 in the other six.
    expected = np.repeat([25.0, 100.0], 6)
    observed = np.array([49.0, 49, 49, 9, 9, 9, 144, 144, 144, 64, 64, 64])
    found = funnel(observed, expected)
    total, squares = 6 * 100 + 6 * 400, 6 * 100**2 + 6 * 400**2
    assert found.phi == pytest.approx(16)
    assert found.tau2 == pytest.approx((12 * 16 - 11) / (total - squares / total))
    assert found.over_dispersed
    low, high = drawn(found, 100, FAR)
    away = stats.norm.ppf(0.999) * np.sqrt(1 / 400 + found.tau2)
    assert (float(low), float(high)) == pytest.approx(((max(1 - away, 0)) ** 2, (1 + away) ** 2))


def test_scores_are_pulled_in_so_that_one_area_does_not_hide_itself():
    expected = np.full(50, 100.0)
    observed = np.random.default_rng(2).poisson(expected)
    observed[7] = 1000
    found = funnel(observed, expected)
    assert found.z[7] > 40
    assert not found.over_dispersed
    assert found.beyond[7] == 2


def test_areas_that_differ_have_wider_limits_and_few_beyond_them():
    expected = np.linspace(10, 600, 300)
    found = funnel(scattered(expected, 0.4), expected)
    by_chance = [np.mean((found.ratio < low) | (found.ratio > high)) for low, high in [funnel_limits(expected, FAR)]]
    assert found.over_dispersed
    assert by_chance[0] > 0.4
    assert np.mean(np.abs(found.beyond) == 2) < 0.03


def test_variance_between_areas_is_about_that_with_which_they_were_made():
    # √ratio of rates with a coefficient of variation of 0.4 varies by about 0.04; pulled in, two thirds of it are seen.
    found = funnel(scattered(np.full(2000, 300.0), 0.4), np.full(2000, 300.0))
    assert 0.6 * 0.04 < found.tau2 < 0.04


def test_without_over_dispersion_the_limits_drawn_are_those_of_chance():
    expected = np.linspace(5, 300, 60)
    found = funnel(np.random.default_rng(3).poisson(expected), expected)
    assert not found.over_dispersed
    for level in LEVELS:
        assert np.array_equal(drawn(found, SIZES, level), funnel_limits(SIZES, level))


def test_both_kinds_of_limits_can_be_drawn():
    expected = np.linspace(10, 600, 300)
    found = funnel(scattered(expected, 0.4), expected)
    assert np.array_equal(drawn(found, SIZES, CONFIDENCE, allowing=False), funnel_limits(SIZES, CONFIDENCE))
    (low, high), (narrow_low, narrow_high) = drawn(found, SIZES, CONFIDENCE), funnel_limits(SIZES, CONFIDENCE)
    assert np.all(low <= narrow_low)
    assert np.all(high >= narrow_high)


@pytest.mark.parametrize("level", LEVELS)
def test_with_next_to_no_over_dispersion_both_kinds_of_limits_agree(level):
    expected = np.array([50.0, 200, 1000])
    even = Funnel(*[expected] * 4, phi=1, tau2=1e-12, beyond=np.zeros(3, np.int8), usable=expected > 0)
    (low, high), (of_chance_low, of_chance_high) = drawn(even, expected, level), funnel_limits(expected, level)
    assert low == pytest.approx(of_chance_low, abs=0.02)
    assert high == pytest.approx(of_chance_high, abs=0.005)


def test_areas_beyond_are_told_by_the_limits_drawn_and_by_their_side():
    # By chance, of 100 expected the limits are 81.4 and 121.6 at 95 %, 72.0 and 134.6 at 99.8 %.
    found = among([81, 82, 121, 122, 71, 73, 134, 136], [100] * 8)
    assert not found.over_dispersed
    assert found.beyond[:8].tolist() == [-1, 0, 0, 1, -2, -1, 1, 2]
    assert found.beyond.dtype == np.int8


def test_what_is_beyond_by_chance_only_is_not_beyond_where_areas_differ():
    expected = np.full(300, 200.0)
    observed = scattered(expected, 0.4)
    observed[0] = 260
    assert funnel_limits(200, FAR)[1] < 1.3
    assert funnel(observed, expected).beyond[0] == 0


def test_no_incident_at_all_is_not_too_few_where_few_are_expected():
    # By chance one in twenty areas with 3 expected has none; with 4 it is one in 55, with 7 one in 1,100. One or none
    # has one in eleven with 4. All these counts lie below the lower limits.
    found = among([0, 0, 0, 0, 1], [0.5, 3, 4, 7, 4])
    assert np.all(found.observed[:5] < funnel_limits(found.expected[:5], CONFIDENCE)[0] * found.expected[:5])
    assert found.beyond[:5].tolist() == [0, 0, -1, -2, 0]


def test_a_small_area_with_many_incidents_is_beyond():
    assert among([10, 5], [1, 1]).beyond[:2].tolist() == [2, 0]


@pytest.mark.parametrize("size", [0.5, 2, 4, 8, 20, 200])
def test_by_chance_alone_few_areas_are_beyond(size):
    expected = np.r_[np.full(4000, size), np.full(20, 200.0)]
    beyond = funnel(np.random.default_rng(5).poisson(expected), expected).beyond[:4000]
    assert np.mean(beyond != 0) < 0.06
    assert np.mean(np.abs(beyond) == 2) < 0.004


def test_protected_areas_are_beyond_only_if_they_would_be_so_were_each_off_by_five():
    observed, expected = [122, 127, 136, 139, 140, 81, 75, 103, 98], [100] * 9
    even = np.full(40, 100.0)
    found = funnel([*observed, *even], [*expected, *even], off_by=5)
    assert found.beyond[:9].tolist() == [0, 1, 1, 1, 2, 0, -1, 0, 0]
    plain = among(observed, expected)
    assert found.ratio.tolist() == plain.ratio.tolist()
    assert (found.phi, found.tau2) == (plain.phi, plain.tau2)


def test_areas_without_a_count_or_an_expected_one_stay_unknown_and_change_nothing():
    expected = np.linspace(10, 100, 40)
    observed = scattered(expected, 0.5).astype(float)
    nan = np.nan
    plain = funnel(observed, expected)
    found = funnel([nan, 30, 12, nan, *observed], [30, nan, 0, nan, *expected])
    assert found.usable.tolist() == [False] * 4 + [True] * 40
    assert np.isnan(found.ratio[:4]).all()
    assert np.isnan(found.z[:4]).all()
    assert found.beyond[:4].tolist() == [0] * 4
    assert (found.phi, found.tau2) == (plain.phi, plain.tau2)
    assert found.beyond[4:].tolist() == plain.beyond.tolist()


def test_areas_with_few_expected_do_not_say_how_much_areas_differ():
    expected = np.full(30, 60.0)
    observed = np.random.default_rng(6).poisson(expected)
    plain, found = funnel(observed, expected), funnel([*observed, *[1, 0, 3] * 40], [*expected, *[1] * 120])
    assert (found.phi, found.tau2) == (plain.phi, plain.tau2)


@pytest.mark.parametrize(
    ("observed", "expected", "there_are"),
    [
        ([20.0] * (MIN_AREAS - 1), [20.0] * (MIN_AREAS - 1), 9),
        ([20.0] * 8 + [np.nan] * 4, [20.0] * 12, 8),
        ([4.0] * 30, [MIN_EXPECTED - 0.1] * 30, 0),
        ([], [], 0),
    ],
    ids=["few areas", "few counts", "few expected", "none"],
)
def test_thin_data_are_refused_in_one_sentence_with_requirement_finding_and_remedy(observed, expected, there_are):
    reason = rf"^Comparing areas needs 10 or more with .* 5 or more .* expected, and here are {there_are}; choose .*\.$"
    with pytest.raises(ThinDataError, match=reason) as told:
        funnel(observed, expected)
    assert str(told.value).count(".") == 1
