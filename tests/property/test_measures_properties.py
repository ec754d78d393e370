"""Laws of the measures: what is painted, said and listed of an area never disagree, whatever the counts are."""

from typing import Final

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo import disclosure
from geo.errors import ThinDataError
from geo.maps.measure import Measure
from geo.maps.measures import STATISTICS
from tests.unit.geo.findings import making
from tests.unit.geo.maps.looking import column, measure, scene

AREAS: Final = making.grid(5)
SIZE: Final = len(AREAS.codes)
MONTHS: Final = 24
EXAMPLES: Final = 25


@st.composite
def counts(draw, multiples=1):
    """Return counts by area × month: all alike but for a few months of a few areas, which hold anything."""
    usual = draw(st.integers(0, 4))
    n = np.random.default_rng(draw(st.integers(0, 9))).poisson(usual, (SIZE, MONTHS))
    at = draw(arrays.arrays(np.int64, (6, 2), elements=st.integers(0, SIZE - 2)))
    n[at[:, 0], at[:, 1] % MONTHS] = draw(arrays.arrays(np.int64, 6, elements=st.integers(0, 60)))
    return n * multiples


def measured(seen, of, **how):
    """Measure, where there is enough to go by."""
    try:
        return measure(seen, of, **how)
    except ThinDataError:
        assume(False)


@given(counts(), st.booleans())
@settings(max_examples=EXAMPLES)
def test_a_hot_spot_is_painted_and_named_by_the_same_class(n, cold):
    found = measured(scene(n, AREAS), Measure.HOT, cold=cold)
    painted = found.result.painted
    for at, number in enumerate(painted.classes.index.tolist()):
        assert column(found, "hot")[at] == painted.classes.labels[number] == found.result.words[at]
        assert number == 0 or (found.values[at] > 0) == (number <= 3)
        assert cold or number <= 3


@given(counts())
@settings(max_examples=EXAMPLES)
def test_a_change_is_coloured_where_it_is_said_to_be_real_and_one_lies_outside_its_interval(n):
    found = measured(scene(n, AREAS), Measure.CHANGE)
    marks = found.result.painted.classes.marks
    said = column(found, "real")
    for at, mark in enumerate(marks):
        assert (mark == "-") == (said[at] == "too few to say") == bool(np.isnan(found.values[at]))
        assert (mark in "12") == (said[at] == "fell")
        assert (mark in "34") == (said[at] == "rose")
        if said[at] == "rose":
            assert column(found, "low")[at] > 1
        if said[at] == "fell":
            assert column(found, "high")[at] < 1


@given(counts(), st.booleans())
@settings(max_examples=EXAMPLES)
def test_a_pattern_is_painted_named_and_borne_out_by_the_last_step(n, cold):
    found = measured(scene(n, AREAS), Measure.PATTERN, cold=cold)
    hot_now = {"New", "Consecutive", "Intensifying", "Persistent", "Diminishing", "Oscillating"}
    for at, name in enumerate(column(found, "pattern")):
        assert (found.result.painted.classes.marks[at] == "0") == (name == "None")
        states = found.result.past.of(at)
        assert name not in hot_now or states[-1] == "hot"
        assert name != "Historical" or states[-1] != "hot"
        assert column(found, "hot_steps")[at] == f"{states.count('hot')} of {len(states)}"


@given(counts(multiples=5), st.sampled_from(sorted(STATISTICS)))
@settings(max_examples=EXAMPLES)
def test_a_protected_area_under_ten_has_no_figure_that_is_made_of_its_count_alone(n, of):
    found = measured(scene(n, AREAS, protected=True), of)
    untold = found.counts < disclosure.THRESHOLD
    assert np.isnan(found.rates[untold]).all()
    if of is Measure.SMOOTHED:
        assert np.isnan(found.values[untold]).all()
    if of is Measure.CHANGE:
        before = np.array(column(found, "before")) == disclosure.FEWER_THAN
        for key in ("ratio", "low", "high"):
            assert np.isnan(np.array(column(found, key))[untold | before]).all()


@given(counts(), st.sampled_from(list(Measure)))
@settings(max_examples=EXAMPLES)
def test_counts_and_rates_beside_a_statistic_are_those_of_the_counts_themselves(n, of):
    seen = scene(n, AREAS)
    plain, found = measure(seen, Measure.COUNT), measured(seen, of)
    assert np.array_equal(found.counts, plain.counts)
    assert np.array_equal(found.rates, plain.rates)
    assert sorted(found.order) == list(range(SIZE))
