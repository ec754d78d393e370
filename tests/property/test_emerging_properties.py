"""Laws of emerging hot spots: nothing depends on the order of areas, on a mirror, or on what is not there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array

from geo.calendar import months
from geo.statistics.emerging import Pattern, classify, hot_and_cold, space_time_gi
from geo.statistics.mann_kendall import mann_kendall
from geo.statistics.time_steps import known_steps, steps

AREAS = 12
states_of_time = arrays(np.int8, st.tuples(st.integers(1, 8), st.integers(1, 40)), elements=st.integers(-1, 1))
series = arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(2, 15)), elements=st.integers(-5, 5).map(float))


@st.composite
def cubes(draw):
    """Counts of twelve areas over some steps, some of them missing, and who neighbours whom."""
    width = draw(st.integers(1, 8))
    counts = draw(arrays(np.float64, (AREAS, width), elements=st.integers(0, 9).map(float)))
    counts[:, draw(arrays(bool, width))] = np.nan
    linked = np.triu(draw(arrays(bool, (AREAS, AREAS))), k=1)
    return counts, csr_array((linked | linked.T).astype(np.int8))


@given(states_of_time, st.data())
def test_every_area_has_one_pattern_and_its_mirror_the_mirrored_one(states, data):
    trends = data.draw(arrays(np.int8, len(states), elements=st.integers(-1, 1)))
    found, mirrored = classify(states, trends), classify(-states, -trends)
    assert {Pattern(value) for value in found.tolist()} <= set(Pattern)
    for row, one, other in zip(states, found, mirrored, strict=True):
        if {1, -1} <= set(row.tolist()):
            assert (one == Pattern.NONE) == (other == Pattern.NONE)
        else:
            assert one == -other


@given(states_of_time)
def test_a_pattern_that_is_hot_now_and_no_other_has_a_hot_last_step(states):
    now = {Pattern.NEW, Pattern.CONSECUTIVE, Pattern.PERSISTENT, Pattern.OSCILLATING}
    found = classify(states, np.zeros(len(states), dtype=np.int8))
    for row, pattern in zip(states, found.tolist(), strict=True):
        if pattern in now:
            assert row[-1] == 1
        if pattern == Pattern.HISTORICAL:
            assert row[-1] != 1
        if row[-1] == 1:
            assert pattern > 0


@given(cubes(), st.permutations(range(AREAS)), st.booleans())
def test_the_order_of_areas_does_not_matter(cube, order, whole_cube):
    counts, graph = cube
    z = space_time_gi(counts, graph, whole_cube)
    moved = space_time_gi(counts[order], csr_array(graph.toarray()[np.ix_(order, order)]), whole_cube)
    assert moved == pytest.approx(z[order], abs=1e-9, nan_ok=True)


@given(cubes(), st.integers(1, 50), st.integers(1, 9))
def test_more_everywhere_and_another_unit_change_no_score(cube, more, times):
    counts, graph = cube
    z = space_time_gi(counts, graph)
    assert space_time_gi(times * counts + more, graph) == pytest.approx(z, abs=1e-9, nan_ok=True)


@given(cubes(), st.booleans())
def test_missing_steps_and_no_others_are_unknown(cube, whole_cube):
    counts, graph = cube
    z = space_time_gi(counts, graph, whole_cube)
    missing = ~known_steps(counts)
    for figures in (z, hot_and_cold(z)):
        assert np.isnan(figures[:, missing]).all()
        assert not np.isnan(figures[:, ~missing]).any()


@given(cubes())
def test_later_steps_change_nothing_that_was_said_of_earlier_ones(cube):
    counts, graph = cube
    early = space_time_gi(counts[:, :-1], graph)
    assert space_time_gi(counts, graph)[:, :-1] == pytest.approx(early, nan_ok=True)


@given(series)
def test_a_trend_backwards_is_the_opposite_trend(values):
    forwards, backwards = mann_kendall(values), mann_kendall(values[:, ::-1])
    assert np.array_equal(forwards.s, -backwards.s)
    assert forwards.p == pytest.approx(backwards.p)


@given(series)
def test_only_the_order_of_values_makes_a_trend(values):
    found, stretched = mann_kendall(values), mann_kendall(np.exp(values) * 3 + 1)
    assert np.array_equal(found.s, stretched.s)
    assert found.z == pytest.approx(stretched.z)
    assert (np.abs(found.tau[~np.isnan(found.tau)]) <= 1 + 1e-12).all()


@given(st.integers(1, 130), st.floats(0, 3), st.data())
def test_joined_steps_hold_what_their_months_hold(number, mean, data):
    counts = np.random.default_rng(data.draw(st.integers(0, 99))).poisson(mean, (20, number)).astype(float)
    counts[:, data.draw(st.lists(st.integers(0, number - 1), max_size=2))] = np.nan
    periods = months.between("2015-01", "2026-12")[:number]
    found = steps(counts, periods, csr_array((20, 20), dtype=np.int8))
    assert [month for step in found.periods for month in step] == periods[number % found.length :]
    assert {len(step) for step in found.periods} == {found.length}
    for step, held in zip(found.periods, found.counts.T, strict=True):
        joined = counts[:, [periods.index(month) for month in step]].sum(axis=1)
        assert np.array_equal(held, joined, equal_nan=True)
