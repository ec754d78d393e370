"""Laws of rates, their comparison and their smoothing: what holds whatever the counts."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import ThinDataError
from geo.statistics.empirical_bayes import empirical_bayes, shrinkage
from geo.statistics.rate_interval import poisson_interval, rate_interval
from geo.statistics.rate_ratio import MIN_EVENTS, compare, compare_all
from geo.statistics.statistical_neighbours import most_similar

levels = st.floats(0.5, 0.999)
counts = st.one_of(st.integers(0, 40), st.integers(0, 100_000))
exposures = st.floats(0.1, 10_000)
errors = st.integers(0, 5)
scatter = st.tuples(st.floats(1, 50), st.floats(2, 200))  # times chance's variance, and degrees of freedom


@st.composite
def towns(draw):
    areas = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5000)), min_size=3, max_size=40))
    events, residents = np.array(areas, dtype=float).T
    assume((residents > 0).sum() >= 3)
    assume(events[residents > 0].sum() >= MIN_EVENTS)
    return events, residents


@st.composite
def feature_tables(draw):
    # Few values, so that there are many ties; eighths, so that doubling and halving is exact.
    areas, features = draw(st.integers(2, 30)), draw(st.integers(1, 3))
    cells = draw(st.lists(st.integers(0, 20), min_size=areas * features, max_size=areas * features))
    return np.array(cells, dtype=float).reshape(areas, features) / 8


@given(counts, levels)
def test_the_limits_hold_the_count(events, level):
    low, high = poisson_interval(events, level)
    assert 0 <= low <= events <= high


@given(st.integers(0, 2000), levels)
def test_more_events_never_have_lower_limits(events, level):
    low, high = poisson_interval([events, events + 1], level)
    assert low[0] < low[1]
    assert high[0] < high[1]


@given(counts, levels, levels)
def test_a_higher_level_has_wider_limits(events, one, other):
    narrow, wide = (poisson_interval(events, level) for level in sorted((one, other)))
    assert wide[0] <= narrow[0]
    assert narrow[1] <= wide[1]


@given(counts, exposures)
def test_the_limits_of_a_rate_hold_the_rate(events, exposure):
    low, high = rate_interval(events, exposure)
    rate = 1000 * events / exposure
    assert low <= rate * (1 + 1e-12)
    assert rate <= high * (1 + 1e-12)


@given(counts, counts, exposures, exposures, errors)
def test_now_against_before_is_the_inverse_of_before_against_now(before, now, t_before, t_now, off_by):
    assume(min(before, now) > off_by and before + now >= MIN_EVENTS)
    one, other = compare(before, now, t_before, t_now, off_by), compare(now, before, t_now, t_before, off_by)
    assert one.ratio * other.ratio == pytest.approx(1)
    assert one.low * other.high == pytest.approx(1)
    assert one.p == pytest.approx(other.p, rel=1e-6)


@given(counts, counts, exposures, exposures, errors)
def test_the_interval_holds_the_ratio_and_p_is_a_probability(before, now, t_before, t_now, off_by):
    assume(before + now >= MIN_EVENTS)
    found = compare(before, now, t_before, t_now, off_by)
    assert 0 <= found.low <= found.ratio <= found.high
    assert 0 <= found.p <= 1


@given(st.integers(0, 300), st.integers(0, 300), exposures, exposures, errors, scatter)
def test_an_interval_leaves_one_out_exactly_where_p_is_under_a_twentieth(before, now, t_before, t_now, off_by, known):
    assume(before + now >= MIN_EVENTS)
    found = compare(before, now, t_before, t_now, off_by, dispersion=known[0], df=known[1])
    assume(abs(found.p - 0.05) > 1e-9)
    assert (found.low > 1 or found.high < 1) == (found.p < 0.05)


@given(st.integers(0, 300), st.integers(0, 300), exposures, exposures, errors, st.integers(-5, 5), st.integers(-5, 5))
def test_what_is_told_of_protected_counts_holds_for_every_true_pair(b, n, t_before, t_now, off_by, one, other):
    shift = np.clip([one, other], -off_by, off_by)
    true_before, true_now = (int(each) for each in np.maximum([b + shift[0], n + shift[1]], 0))
    assume(b + n >= MIN_EVENTS and true_before + true_now >= MIN_EVENTS)
    told, true = compare(b, n, t_before, t_now, off_by), compare(true_before, true_now, t_before, t_now)
    assert told.low <= true.low * (1 + 1e-9)
    assert told.high >= true.high * (1 - 1e-9)
    assert told.p >= true.p * (1 - 1e-9)


@given(st.integers(0, 300), st.integers(0, 300), exposures, exposures, errors, scatter)
def test_scatter_never_narrows_an_interval_nor_makes_a_change_surer(before, now, t_before, t_now, off_by, known):
    assume(before + now >= MIN_EVENTS)
    exact, found = (
        compare(before, now, t_before, t_now, off_by, **how) for how in ({}, {"dispersion": known[0], "df": known[1]})
    )
    assert found.ratio == exact.ratio
    assert found.low <= exact.low * (1 + 1e-9)
    assert found.high >= exact.high * (1 - 1e-9)
    assert found.p >= min(exact.p, 0.2) * (1 - 1e-9)


@given(st.integers(0, 60), st.integers(0, 60))
def test_one_comparison_is_refused_exactly_where_many_say_nothing(before, now):
    many = compare_all([before], [now], 1, 1)
    if np.isnan(many.p[0]):
        with pytest.raises(ThinDataError):
            compare(before, now, 1, 1)
    else:
        assert compare(before, now, 1, 1).p == many.p[0]


@given(towns())
def test_a_smoothed_rate_lies_between_the_areas_own_and_that_of_all(town):
    events, residents = town
    lived = residents > 0
    result = events[lived] / residents[lived]
    mean = events[lived].sum() / residents[lived].sum()
    found, share = empirical_bayes(*town)[lived], shrinkage(*town)[lived]
    assert np.all((np.minimum(result, mean) - 1e-12 <= found) & (found <= np.maximum(result, mean) + 1e-12))
    assert np.all((share >= 0) & (share < 1))


@given(towns())
def test_areas_where_nobody_lives_are_unknown_and_no_other(town):
    assert np.isnan(empirical_bayes(*town)).tolist() == np.isnan(shrinkage(*town)).tolist() == (town[1] == 0).tolist()


@given(towns())
def test_more_residents_never_make_an_areas_own_figure_count_for_less(town):
    share = shrinkage(*town)[np.argsort(town[1], kind="stable")]
    assert np.all(np.diff(share[~np.isnan(share)]) >= -1e-12)


@given(towns(), st.floats(0.01, 100))
def test_the_unit_of_the_population_changes_the_unit_of_the_rate_only(town, unit):
    events, residents = town
    assume(np.nanmax(shrinkage(*town)) > 1e-6)
    assert empirical_bayes(events, residents * unit) * unit == pytest.approx(
        empirical_bayes(*town), rel=1e-6, nan_ok=True
    )


@given(feature_tables(), st.data())
def test_similar_areas_are_others_each_once_and_in_order_of_distance(features, data):
    of, number = data.draw(st.integers(0, len(features) - 1)), data.draw(st.integers(1, len(features) - 1))
    found = most_similar(features, of, number)
    assert len(set(found.tolist()) - {of}) == number
    spread = features.std(axis=0)
    distance = np.linalg.norm((features - features[of]) / np.where(spread > 0, spread, 1), axis=1)
    assert np.all(np.diff(distance[found]) >= -1e-9)
    rest = np.setdiff1d(np.arange(len(features)), [*found, of])
    assert np.all(distance[rest] >= distance[found].max() - 1e-9)


@given(feature_tables(), st.data())
def test_the_unit_and_direction_of_a_feature_make_no_difference(features, data):
    of = data.draw(st.integers(0, len(features) - 1))
    turned = 4 - features * data.draw(st.sampled_from([0.25, 0.5, 2, 8]))
    number = len(features) - 1
    assert most_similar(turned, of, number).tolist() == most_similar(features, of, number).tolist()
