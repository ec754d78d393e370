"""Laws of funnel limits: what holds whatever the areas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.statistics.funnel import FAR, MIN_AREAS, MIN_EXPECTED, Funnel, drawn, funnel
from geo.statistics.rate_interval import CONFIDENCE

levels = st.sampled_from([CONFIDENCE, FAR])
sizes = st.floats(0.05, 50_000)
variances = st.one_of(st.just(0.0), st.floats(1e-6, 2))


@st.composite
def towns(draw):
    """Areas of which ten at least have enough expected, with any counts."""
    expected = draw(st.lists(st.floats(MIN_EXPECTED, 500), min_size=MIN_AREAS, max_size=30))
    expected += draw(st.lists(st.floats(0.1, MIN_EXPECTED), max_size=5))
    times = draw(st.lists(st.floats(0, 4), min_size=len(expected), max_size=len(expected)))
    return np.round(np.array(expected) * times), np.array(expected)


def with_variance(tau2):
    none = np.array([])
    return Funnel(none, none, none, none, 1.0, tau2, none.astype(np.int8), none.astype(np.bool_))


@given(sizes, levels, variances)
def test_the_limits_hold_the_expected_ratio(expected, level, tau2):
    low, high = drawn(with_variance(tau2), expected, level)
    assert 0 <= low < 1 < high


@given(sizes, sizes, levels, variances)
def test_the_funnel_gets_narrower_as_more_is_expected(one, other, level, tau2):
    low, high = drawn(with_variance(tau2), sorted((one, other)), level)
    assert low[0] <= low[1] * (1 + 1e-9)
    assert high[0] >= high[1] * (1 - 1e-9)


@given(sizes, variances, variances)
def test_more_variance_and_a_higher_level_never_narrow_the_limits(expected, one, other):
    smaller, larger = (with_variance(tau2) for tau2 in sorted((one, other)))
    for level in (CONFIDENCE, FAR):
        (narrow_low, narrow_high), (low, high) = (drawn(each, expected, level) for each in (smaller, larger))
        assert low <= narrow_low
        assert high >= narrow_high
    (inner_low, inner_high), (low, high) = (drawn(larger, expected, level) for level in (CONFIDENCE, FAR))
    assert low <= inner_low
    assert high >= inner_high


@given(towns(), st.integers(0, 5))
def test_what_is_beyond_lies_outside_the_limits_drawn(town, off_by):
    found = funnel(*town, off_by=off_by)
    for level, least in ((CONFIDENCE, 1), (FAR, 2)):
        low, high = drawn(found, found.expected, level)
        assert np.all(found.ratio[found.beyond >= least] > high[found.beyond >= least])
        assert np.all(found.ratio[found.beyond <= -least] < low[found.beyond <= -least])
        if off_by == 0:
            assert np.array_equal(found.beyond >= least, found.observed > high * found.expected)


@given(towns(), st.data())
def test_what_is_told_beyond_of_protected_counts_is_so_whatever_the_true_ones(town, data):
    off = data.draw(st.lists(st.integers(-5, 5), min_size=len(town[0]), max_size=len(town[0])))
    told = funnel(*town, off_by=5)
    for level, least in ((CONFIDENCE, 1), (FAR, 2)):
        low, high = drawn(told, told.expected, level)
        true = np.maximum(told.observed + off, 0)
        assert np.all((true > high * told.expected)[told.beyond >= least])
        assert np.all((true < low * told.expected)[told.beyond <= -least])


@given(towns(), st.randoms(use_true_random=False))
def test_the_order_of_the_areas_makes_no_difference(town, random):
    order = list(range(len(town[0])))
    random.shuffle(order)
    plain, mixed = funnel(*town), funnel(town[0][order], town[1][order])
    assert mixed.phi == pytest.approx(plain.phi)
    assert mixed.tau2 == pytest.approx(plain.tau2)
    assert mixed.z.tolist() == plain.z[order].tolist()


@given(towns(), st.integers(2, 9))
def test_with_everything_as_many_times_the_ratios_stay_and_dispersion_is_as_many_times_as_much(town, times):
    plain, larger = funnel(*town), funnel(town[0] * times, town[1] * times)
    enough = plain.expected >= MIN_EXPECTED
    assert larger.ratio == pytest.approx(plain.ratio)
    assert larger.z == pytest.approx(plain.z * np.sqrt(times))
    if enough.all():
        assert larger.phi == pytest.approx(plain.phi * times)


@given(st.integers(0, 10_000), st.integers(20, 80))
def test_areas_that_differ_by_chance_only_are_hardly_ever_taken_to_differ_more(seed, areas):
    rng = np.random.default_rng(seed)
    expected = rng.uniform(20, 400, (20, areas))
    taken = [funnel(rng.poisson(each), each).over_dispersed for each in expected]
    assert np.mean(taken) <= 0.25
