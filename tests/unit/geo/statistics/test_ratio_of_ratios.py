"""A ratio of ratios has an interval that holds, and says nothing of too few incidents."""

from itertools import product

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from geo.errors import ThinDataError
from geo.statistics.rate_ratio import MIN_EVENTS
from geo.statistics.ratio_of_ratios import ELSEWHERE, ratio_of_ratios

FEW = [(20, 45, 60, 50), (45, 20, 50, 60), (12, 0, 20, 22), (0, 12, 20, 22), (8, 4, 30, 30), (3, 60, 15, 15)]


def of_model(counts, exposure=(1, 1)):
    """Logarithm and standard error of the ratio of ratios from a Poisson regression on two parts of each count."""
    parts = np.array([share for count in counts for share in (count // 3, count - count // 3)])
    after, there = np.repeat([0, 1, 0, 1], 2), np.repeat([0, 0, 1, 1], 2)
    design = np.column_stack([np.ones(8), after, there, after * (1 - there)])
    offset = np.log(np.where(after, exposure[1], exposure[0]))
    fitted = sm.GLM(parts, design, family=sm.families.Poisson(), offset=offset).fit(tol=1e-12, maxiter=200)
    return fitted.params[3], fitted.bse[3]


def test_a_worked_example_by_hand():
    # 50 before and 30 after; elsewhere 60 and 55. 0.6 over 0.9167 is 0.6545 (Wheeler 2021, on Wilson's estimator).
    found = ratio_of_ratios(50, 30, 60, 55)
    assert (found.before, found.after, found.elsewhere_before, found.elsewhere_after) == (50, 30, 60, 55)
    assert (found.ratio, found.elsewhere) == (0.6, pytest.approx(55 / 60))
    assert found.net == pytest.approx(0.6545455)
    error = (1 / 50 + 1 / 30 + 1 / 60 + 1 / 55) ** 0.5
    assert np.log([found.net_low, found.net_high]) == pytest.approx(
        [np.log(found.net) - 1.959964 * error, np.log(found.net) + 1.959964 * error], abs=1e-6
    )
    assert found.p == pytest.approx(2 * stats.norm.sf(0.4238142 / error), rel=1e-6)
    own = (1 / 50 + 1 / 30) ** 0.5
    assert (found.low, found.high) == pytest.approx((0.6 * np.exp(-1.959964 * own), 0.6 * np.exp(1.959964 * own)))


@pytest.mark.parametrize("counts", [(50, 30, 60, 55), (11, 4, 300, 280), (400, 520, 9000, 7000)])
@pytest.mark.parametrize("exposure", [(1, 1), (65, 130)])
def test_net_change_is_that_of_a_regression_by_an_independent_library(counts, exposure):
    course, error = of_model(counts, exposure)
    found = ratio_of_ratios(*counts, exposure=exposure)
    assert np.log(found.net) == pytest.approx(course, rel=1e-6)
    assert np.log(found.net_high / found.net_low) / 2 / stats.norm.ppf(0.975) == pytest.approx(error, rel=1e-6)
    assert found.p == pytest.approx(2 * stats.norm.sf(abs(course / error)), rel=1e-5)


def test_scatter_widens_each_part_by_its_own_factor():
    found = ratio_of_ratios(50, 30, 600, 550, dispersion=4, elsewhere_dispersion=9)
    error = (4 * (1 / 50 + 1 / 30) + 9 * (1 / 600 + 1 / 550)) ** 0.5
    assert np.log(found.net_high / found.net) == pytest.approx(1.959964 * error, rel=1e-6)
    assert np.log(found.high / found.ratio) == pytest.approx(1.959964 * (4 * (1 / 50 + 1 / 30)) ** 0.5, rel=1e-6)
    plain = ratio_of_ratios(50, 30, 600, 550)
    assert (found.ratio, found.elsewhere, found.net) == (plain.ratio, plain.elsewhere, plain.net)
    assert found.p > plain.p


def test_periods_of_other_lengths_make_rates_and_leave_the_net_change():
    plain, found = ratio_of_ratios(40, 40, 300, 300), ratio_of_ratios(40, 40, 300, 300, exposure=(195, 65))
    assert (found.ratio, found.elsewhere) == (3, 3)
    assert (found.low, found.high) == pytest.approx((3 * plain.low, 3 * plain.high))
    assert (found.net_low, found.net_high, found.p) == (plain.net_low, plain.net_high, plain.p)
    assert found.net == pytest.approx(plain.net)


def test_nothing_after_is_a_ratio_of_nothing_with_an_upper_end():
    found = ratio_of_ratios(12, 0, 100, 100)
    assert (found.ratio, found.low, found.net, found.net_low) == (0, 0, 0, 0)
    error = (1 / 0.5 + 1 / 12.5 + 2 / 100.5) ** 0.5
    assert found.net_high == pytest.approx(0.5 / 12.5 * np.exp(1.959964 * error), rel=1e-6)
    assert found.p == pytest.approx(2 * stats.norm.sf(np.log(25) / error))
    # Alone the place is not compared, so that half an incident is added to its two counts only.
    assert found.high == pytest.approx(0.5 / 12.5 * np.exp(1.959964 * (1 / 0.5 + 1 / 12.5) ** 0.5), rel=1e-6)


def test_nothing_before_is_a_ratio_without_upper_end():
    found, turned = ratio_of_ratios(0, 12, 100, 100), ratio_of_ratios(12, 0, 100, 100)
    assert [found.ratio, found.high, found.net, found.net_high] == [np.inf] * 4
    assert found.net_low == pytest.approx(1 / turned.net_high)
    assert found.low == pytest.approx(1 / turned.high)
    assert found.p == pytest.approx(turned.p)


def test_half_an_incident_is_added_only_where_a_count_is_nothing():
    assert ratio_of_ratios(12, 1, 100, 100).net == pytest.approx(1 / 12)
    assert np.log(ratio_of_ratios(12, 1, 100, 100).net_high * 12) == pytest.approx(
        1.959964 * (1 + 1 / 12 + 2 / 100) ** 0.5, rel=1e-6
    )


@pytest.mark.parametrize("counts", FEW)
@pytest.mark.parametrize(("dispersion", "elsewhere_dispersion"), [(1, 1), (6, 2), (25, 40)])
def test_protected_counts_are_told_at_the_worst_that_their_true_counts_allow(counts, dispersion, elsewhere_dispersion):
    factors = {"dispersion": dispersion, "elsewhere_dispersion": elsewhere_dispersion}
    told = ratio_of_ratios(*counts, **factors, off_by=5)
    ranges = [sorted({max(count + off, 0) for off in (-5, -3, -2, 5)}) for count in counts]
    true = [each for each in product(*ranges) if each[0] + each[1] >= MIN_EVENTS and each[2] + each[3] >= ELSEWHERE]
    every = [ratio_of_ratios(*each, **factors) for each in true if min(each[2:]) > 0]
    assert told.net_low <= min(one.net_low for one in every) * (1 + 1e-9)
    assert told.net_high >= max(one.net_high for one in every) * (1 - 1e-9)
    assert told.low <= min(one.low for one in every) * (1 + 1e-9)
    assert told.high >= max(one.high for one in every) * (1 - 1e-9)
    assert told.p >= max(one.p for one in every) * (1 - 1e-9)


def test_the_worst_of_protected_counts_is_one_that_they_do_allow():
    told = ratio_of_ratios(80, 30, 500, 500, off_by=5)
    assert told.net_high == pytest.approx(ratio_of_ratios(75, 35, 505, 495).net_high)
    assert told.net_low == pytest.approx(ratio_of_ratios(85, 25, 495, 505).net_low)
    assert told.p == pytest.approx(ratio_of_ratios(75, 35, 505, 495).p)
    assert (told.ratio, told.net) == (0.375, 0.375)


def test_protected_counts_that_may_be_no_change_have_the_p_of_none():
    assert ratio_of_ratios(20, 28, 500, 500, off_by=5).p == 1


@pytest.mark.parametrize(("before", "after"), [(10, 10), (30, 15), (100, 35)])
@pytest.mark.parametrize("dispersion", [1, 3])
def test_the_interval_holds_the_true_change_in_about_nineteen_of_twenty(before, after, dispersion):
    rng = np.random.default_rng(4)

    def draw(mean):
        return (
            rng.poisson(mean, 600)
            if dispersion == 1
            else rng.negative_binomial(mean / (dispersion - 1), 1 / dispersion, 600)
        )

    drawn = np.column_stack([draw(mean) for mean in (before, after, 300, 300)])
    told = [
        ratio_of_ratios(*each, dispersion=dispersion, elsewhere_dispersion=dispersion)
        for each in drawn
        if each[0] + each[1] >= MIN_EVENTS
    ]
    assert np.mean([one.net_low <= after / before <= one.net_high for one in told]) > 0.93


REFUSED = [
    ((4, 5, 300, 300), "10 incidents or more at the place, before and after together, and there are fewer"),
    ((40, 50, 14, 15), "30 incidents or more elsewhere, .*, and there are fewer"),
    ((40, 50, 0, 90), "elsewhere, some of them before and some after, and there are fewer"),
    ((40, 50, 90, 0), "elsewhere, some of them before and some after, and there are fewer"),
    *(
        (tuple(np.nan if at == unknown else 50 for at in range(4)), "one of them was never supplied")
        for unknown in range(4)
    ),
]


@pytest.mark.parametrize(("given", "reason"), REFUSED)
def test_thin_data_are_refused_in_one_sentence_with_requirement_finding_and_remedy(given, reason):
    with pytest.raises(ThinDataError, match=rf"^What followed an action is told .*{reason}; choose .*\.$") as told:
        ratio_of_ratios(*given)
    assert str(told.value).count(".") == 1


def test_a_refusal_does_not_tell_how_many_fewer_there_are():
    for one, other in [((5, 0, 90, 90), (0, 0, 90, 90)), ((50, 50, 5, 5), (50, 50, 0, 0))]:
        with pytest.raises(ThinDataError) as first:
            ratio_of_ratios(*one)
        with pytest.raises(ThinDataError) as second:
            ratio_of_ratios(*other)
        assert str(first.value) == str(second.value)


@pytest.mark.parametrize(
    "wrong",
    [{"exposure": (0, 1)}, {"exposure": (1, np.nan)}, {"dispersion": 0.5}, {"elsewhere_dispersion": np.nan}],
    ids=str,
)
def test_lengths_and_scatters_that_cannot_be_are_an_error(wrong):
    with pytest.raises(ValueError, match="a period has a length"):
        ratio_of_ratios(50, 30, 60, 55, **wrong)
