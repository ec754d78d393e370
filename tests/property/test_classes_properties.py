"""Laws of map classes: a legend never says something else than the map shows."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.maps.classes import NO_DATA, ZERO, classify, shown

counts = st.one_of(st.integers(0, 6), st.integers(0, 100_000)).map(float)
rates = st.one_of(st.floats(0, 5), st.floats(0, 5000), st.sampled_from([0.05, 0.15, 0.25, 0.35]))
missing = st.just(float("nan"))


def lists_of(kind):
    return st.lists(st.one_of(kind, missing), max_size=120).map(lambda values: np.array(values, dtype=float))


@st.composite
def maps(draw):
    decimals = draw(st.integers(0, 2))
    values = draw(lists_of(counts if decimals == 0 else rates))
    if draw(st.booleans()):
        found = classify(values, how="quantile", k=draw(st.integers(1, 9)), decimals=decimals)
    else:
        breaks = sorted(draw(st.sets(st.integers(1, 5000), min_size=1, max_size=8)))
        found = classify(values, how="fixed", breaks=breaks, decimals=decimals)
    return values, decimals, found


@st.composite
def maps_of_multiples(draw):
    values = 5 * draw(lists_of(counts))
    return values, 0, classify(values, how="quantile", k=draw(st.integers(1, 9)), multiples=5)


def bounds(label):
    ends = [float(end.replace(",", "")) for end in label.removesuffix(" or more").split("–")]
    return ends[0], float("inf") if label.endswith("more") else ends[-1]


@given(maps() | maps_of_multiples())
def test_every_value_lies_within_the_label_of_its_class(drawn):
    values, decimals, found = drawn
    for value, number in zip(values, found.index, strict=True):
        if np.isnan(value):
            assert number == NO_DATA
            continue
        low, high = bounds(found.labels[number])
        assert low <= float(shown(value, decimals).replace(",", "")) <= high


@given(maps())
def test_a_higher_value_never_has_a_lower_class(drawn):
    values, _, found = drawn
    order = np.argsort(values[~np.isnan(values)], kind="stable")
    assert np.all(np.diff(found.index[~np.isnan(values)][order]) >= 0)


@given(maps_of_multiples())
def test_every_end_of_every_label_is_a_multiple_where_all_values_are(drawn):
    _, _, found = drawn
    assert {end % 5 for label in found.labels for end in bounds(label)} <= {0}


@given(maps() | maps_of_multiples())
def test_labels_differ_and_leave_no_overlap(drawn):
    _, _, found = drawn
    assert len(set(found.labels)) == len(found.labels)
    ends = [bounds(label) for label in found.labels]
    assert all(high < low for (_, high), (low, _) in pairwise(ends))


@given(maps())
def test_every_area_is_counted_once(drawn):
    values, _, found = drawn
    assert sum(found.areas) + found.without_data == len(values)
    assert len(found.marks) == len(values)


@given(lists_of(counts), st.integers(1, 9))
def test_quantiles_give_as_many_classes_as_the_values_allow_and_none_is_empty(values, k):
    found = classify(values, how="quantile", k=k)
    different = len(set(values[values > 0].tolist()))
    assert len(found.breaks) == min(k, different)
    assert all(number > 0 for number in found.areas[1:])
    assert np.all(found.index[values == 0] == ZERO)


@given(st.sets(st.integers(1, 10**6), min_size=9, max_size=200), st.integers(1, 9))
def test_without_ties_classes_differ_by_one_area_at_most(values, k):
    found = classify(np.array(list(values), dtype=float), how="quantile", k=k)
    assert max(found.areas[1:]) - min(found.areas[1:]) <= 1
