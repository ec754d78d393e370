"""Comparisons of two counts equal the exact binomial test and interval, and say nothing of too few events."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from geo.errors import ThinDataError
from geo.statistics.rate_ratio import MIN_EVENTS, Ratio, compare, compare_all

PAIRS = [(before, now) for before in range(0, 41, 4) for now in range(0, 41, 3) if before + now >= MIN_EVENTS]
EXPOSURES = [(1, 1), (30, 31), (195, 65), (0.5, 7)]


def of_binomial(before, now, t_before, t_now):
    """Return ratio's limits and p from the interval of a binomial share and its two tails."""
    n, share = before + now, t_now / (t_before + t_now)
    found = stats.binomtest(now, n, share).proportion_ci(0.95, "exact")
    turned = [np.inf if end == 1 else end / (1 - end) * t_before / t_now for end in (found.low, found.high)]
    return *turned, min(1, 2 * min(stats.binom.sf(now - 1, n, share), stats.binom.cdf(now, n, share)))


def difference(before, now, exposures):
    """Return the difference of two rates, of counts that cannot be under nothing."""
    return max(now, 0) / exposures[1] - max(before, 0) / exposures[0]


@pytest.mark.parametrize("exposures", EXPOSURES)
def test_interval_and_p_are_those_of_the_exact_binomial_share(exposures):
    before, now = np.array(PAIRS).T
    found = compare_all(before, now, *exposures)
    low, high, p = np.array([of_binomial(*pair, *exposures) for pair in PAIRS]).T
    assert found.low == pytest.approx(low, rel=1e-9)
    assert found.high == pytest.approx(high, rel=1e-9)
    assert found.p == pytest.approx(p, rel=1e-9)


@pytest.mark.filterwarnings("ignore:divide by zero encountered in scalar divide:RuntimeWarning")
@pytest.mark.parametrize("pair", [(12, 30), (30, 12), (0, 10), (25, 25), (7, 4)])
def test_with_equal_exposures_p_is_that_of_the_conditional_test_of_an_independent_library(pair):
    before, now = pair
    theirs = poisson_test(now, 1, before, 1, method="exact-cond", compare="ratio")
    assert compare(before, now, 1, 1).p == pytest.approx(theirs.pvalue, rel=1e-9)


@pytest.mark.parametrize("exposures", EXPOSURES)
@pytest.mark.parametrize("off_by", [0, 2, 5])
def test_the_interval_leaves_one_out_exactly_where_p_is_under_a_twentieth(exposures, off_by):
    before, now = np.array(PAIRS).T
    found = compare_all(before, now, *exposures, off_by=off_by)
    assert ((found.low > 1) | (found.high < 1)).tolist() == (found.p < 0.05).tolist()


def test_a_worked_example_by_hand():
    # 20 before and 40 now in equal times: of 60 events, 40 or more heads of a fair coin.
    found = compare(20, 40, 6, 6)
    assert found.ratio == 2
    assert found.p == pytest.approx(2 * stats.binom.sf(39, 60, 0.5))
    assert (round(found.low, 2), round(found.high, 2)) == (1.14, 3.61)


def test_the_ratio_is_of_rates_and_not_of_counts():
    assert compare(20, 20, 39, 78).ratio == 0.5
    assert compare_all([20, 10], [20, 40], [39, 5], [78, 10]).ratio.tolist() == [0.5, 2]


def test_nothing_before_is_a_ratio_without_upper_end():
    found = compare(0, 12, 1, 1)
    assert (found.ratio, found.high) == (np.inf, np.inf)
    assert found.low == pytest.approx(1 / (1 / 0.025 ** (1 / 12) - 1))
    assert found.p == pytest.approx(2 * 0.5**12)


def test_nothing_now_is_a_ratio_of_nothing_with_an_upper_end():
    found = compare(12, 0, 1, 1)
    assert (found.ratio, found.low) == (0, 0)
    assert found.high == pytest.approx(1 / compare(0, 12, 1, 1).low)


def test_nothing_is_said_of_fewer_than_ten_events():
    found = compare_all([4, 5, 9, 0], [5, 5, 0, 9], 1, 1)
    for figures in (found.ratio, found.low, found.high, found.p):
        assert np.isnan(figures).tolist() == [True, False, True, True]
    assert (found.before.tolist(), found.now.tolist()) == ([4, 5, 9, 0], [5, 5, 0, 9])


@pytest.mark.parametrize("off_by", [0, 5])
def test_nothing_is_said_where_a_count_or_an_exposure_is_unknown_or_nothing(off_by):
    nan = np.nan
    found = compare_all(
        [nan, 20, 20, 20, 20, 0], [20, nan, 20, 20, 20, 20], [1, 1, nan, 0, 1, 1], [1, 1, 1, 1, 0, nan], off_by
    )
    for figures in (found.ratio, found.low, found.high, found.p):
        assert np.isnan(figures).all()


def test_counts_are_compared_in_any_shape():
    before, now = np.array([[10, 20], [30, 40], [50, 60]]), np.array([[15, 25], [35, 45], [55, 65]])
    found = compare_all(before, now, 30, 31)
    assert found.p.shape == (3, 2)
    assert found.p[2, 1] == pytest.approx(compare(60, 65, 30, 31).p)


def test_very_many_events_lose_no_precision():
    found = compare_all([3, 10**6], [10**6, 3], 1, 1)
    assert found.low[0] * found.high[1] == pytest.approx(1, rel=1e-12)
    assert found.high[0] * found.low[1] == pytest.approx(1, rel=1e-12)
    assert 0 < found.low[0] < found.ratio[0] < found.high[0] < np.inf


@pytest.mark.parametrize(
    ("before", "now"), [(20, 60), (60, 20), (5, 10), (0, 25), (25, 0), (20, 25), (30, 30), (5, 60)]
)
@pytest.mark.parametrize("exposures", [(1, 1), (64, 71)])
def test_protected_counts_are_told_at_the_worst_that_their_true_counts_allow(before, now, exposures):
    true = [(max(before + one, 0), max(now + other, 0)) for one in range(-5, 6) for other in range(-5, 6)]
    every = [of_binomial(*pair, *exposures) for pair in true if sum(pair)]
    found = compare(before, now, *exposures, off_by=5)
    assert found.low == pytest.approx(min(low for low, _, _ in every), rel=1e-9)
    assert found.high == pytest.approx(max(high for _, high, _ in every), rel=1e-9)
    # Rates that may be equal somewhere between whole counts are allowed to be, so p is then 1.
    may_be_equal = difference(before - 5, now + 5, exposures) >= 0 >= difference(before + 5, now - 5, exposures)
    assert found.p == pytest.approx(1 if may_be_equal else max(p for _, _, p in every), rel=1e-9)


def test_a_change_of_protected_counts_is_real_only_if_it_would_be_so_were_each_off_by_five():
    assert compare(20, 40, 1, 1).p < 0.05
    assert compare(20, 40, 1, 1, off_by=5).p == pytest.approx(compare(25, 35, 1, 1).p)
    assert compare(20, 60, 1, 1, off_by=5).p == pytest.approx(compare(25, 55, 1, 1).p)
    assert compare(20, 60, 1, 1, off_by=5).p < 0.05


def test_protected_counts_that_may_be_equal_have_the_p_of_no_change():
    assert compare_all([10, 5, 20, 0], [20, 10, 11, 10], 1, 1, off_by=5).p.tolist() == [1, 1, 1, 1]


def test_the_ratio_of_protected_counts_is_that_of_the_counts_shown():
    assert compare(20, 40, 1, 1, off_by=5).ratio == 2


@pytest.mark.parametrize("exposures", [(1, 1), (30, 91)])
@pytest.mark.parametrize("n", [10, 30, 100])
def test_equal_rates_are_called_different_in_at_most_one_of_twenty(n, exposures):
    now = np.arange(n + 1)
    share = exposures[1] / sum(exposures)
    called = compare_all(n - now, now, *exposures).p < 0.05
    assert stats.binom.pmf(now, n, share)[called].sum() <= 0.05


@pytest.mark.parametrize("ratio", [0.2, 0.8, 1.5, 4])
@pytest.mark.parametrize("n", [10, 40, 150])
def test_the_interval_holds_the_true_ratio_in_at_least_nineteen_of_twenty(n, ratio):
    now = np.arange(n + 1)
    found = compare_all(n - now, now, 1, 1)
    held = (found.low <= ratio) & (ratio <= found.high)
    assert stats.binom.pmf(now, n, ratio / (1 + ratio))[held].sum() >= 0.95


def test_one_comparison_is_one_of_many():
    many = compare_all([20, 30], [40, 10], [39, 39], [38, 38], off_by=5)
    one = compare(30, 10, 39, 38, off_by=5)
    assert one == Ratio(30, 10, *(float(each[1]) for each in (many.ratio, many.low, many.high, many.p)))


REFUSED = [
    ((4, 5, 1, 1), "10 incidents or more in the two periods together, and there are fewer"),
    ((np.nan, 20, 1, 1), "the counts of both periods, and one of them was never supplied"),
    ((20, np.nan, 1, 1), "the counts of both periods, and one of them was never supplied"),
    ((20, 20, 0, 1), "days or residents behind both counts, and one of them has none"),
    ((20, 20, 1, np.nan), "days or residents behind both counts, and one of them has none"),
]


@pytest.mark.parametrize(("given", "reason"), REFUSED)
def test_thin_data_are_refused_in_one_sentence_with_requirement_finding_and_remedy(given, reason):
    with pytest.raises(ThinDataError, match=rf"^A comparison needs .*{reason}; choose .*\.$") as told:
        compare(*given)
    assert str(told.value).count(".") == 1


def test_a_refusal_does_not_tell_how_many_fewer_than_ten_there_are():
    with pytest.raises(ThinDataError) as of_five:
        compare(5, 0, 1, 1)
    with pytest.raises(ThinDataError) as of_none:
        compare(0, 0, 1, 1)
    assert str(of_five.value) == str(of_none.value)


def test_with_scatter_the_tails_are_those_of_counts_over_it():
    # Of twice chance's variance, 40 before and 80 now are as good as 20 and 40, but for the step to the next count.
    found = compare(40, 80, 1, 1, dispersion=2)
    assert found.p == pytest.approx(2 * stats.beta.cdf(0.5, 40, 20 + 1 / np.sqrt(2)))
    assert compare(20, 40, 1, 1).p < found.p + 0.01
    assert found.p > compare(40, 80, 1, 1).p


def test_the_only_end_of_a_change_from_none_is_widened_too():
    plain, wide = compare(0, 30, 1, 1), compare(0, 30, 1, 1, dispersion=4)
    assert wide.low < plain.low
    assert wide.ratio == wide.high == np.inf
    back = compare(30, 0, 1, 1, dispersion=4)
    assert (back.ratio, back.low) == (0, 0)
    assert back.high == pytest.approx(1 / wide.low)


def test_a_scatter_that_is_known_less_well_leaves_less_sure():
    many, few = (compare(40, 80, 1, 1, dispersion=2, df=df) for df in (1e6, 8))
    assert many.p == pytest.approx(compare(40, 80, 1, 1, dispersion=2).p, rel=1e-3)
    assert few.p > many.p
    assert few.low < many.low
    # 1.96 standard deviations become 2.31.
    assert np.log(few.ratio / few.low) / np.log(many.ratio / many.low) == pytest.approx(2.306 / 1.96, rel=0.05)


def test_only_one_of_the_two_may_scatter():
    both, one, none = (
        compare_all(40, 80, 1, 1, dispersion_before=a, dispersion_now=b) for a, b in ((4, 4), (4, 1), (1, 1))
    )
    assert none.p < one.p < both.p


def test_counts_that_vary_less_than_chance_are_refused():
    with pytest.raises(ValueError, match="as much as chance"):
        compare_all(40, 80, 1, 1, dispersion_before=0.5)


@pytest.mark.parametrize("mean", [6, 20, 200])
@pytest.mark.parametrize("factor", [1.5, 4, 8])
@pytest.mark.parametrize("ratio", [0.5, 1, 3])
def test_intervals_hold_the_true_ratio_of_negative_binomial_counts_as_often_as_they_say(mean, factor, ratio):
    rng = np.random.default_rng(int(mean * factor))
    counts = [rng.poisson(rng.gamma(each / (factor - 1), factor - 1, 20_000)) for each in (mean, mean * ratio)]
    found = compare_all(*counts, 1, 1, dispersion_before=factor)
    known = ~np.isnan(found.p)
    held = ((found.low <= ratio) & (ratio <= found.high))[known].mean()
    assert 0.945 <= held <= 0.995
