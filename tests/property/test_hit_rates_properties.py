"""Laws of the test of prediction: only the past counts, order does not, and nobody does better than perfect."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.statistics.hit_rates import METHODS, caught, hit_rates, score

SEASON = 6
SOME = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 40))


@st.composite
def places(draw):
    """Return counts of a harm, and of all harms, with some periods missing."""
    shape = (draw(st.integers(20, 26)), draw(st.integers(SEASON + 7, 20)))
    counts = draw(arrays.arrays(np.int64, shape, elements=SOME)).astype(float) + np.arange(shape[0])[:, None] % 3
    all_harms = counts + draw(arrays.arrays(np.int64, shape, elements=SOME))
    missing = draw(st.sets(st.integers(0, shape[1] - 1), max_size=1))
    counts[:, list(missing)] = all_harms[:, list(missing)] = np.nan
    return counts, all_harms


@given(places())
def test_score_is_a_figure_of_every_area_and_never_negative(drawn):
    found = score(*drawn, SEASON)
    assert np.isfinite(found).all()
    assert (found >= 0).all()


@given(places(), st.randoms(use_true_random=False))
def test_order_of_areas_makes_no_difference(drawn, random):
    counts, all_harms = drawn
    order = random.sample(range(len(counts)), len(counts))
    assert score(counts[order], all_harms[order], SEASON) == pytest.approx(score(counts, all_harms, SEASON)[order])
    as_they_are, other = (hit_rates(*both, SEASON) for both in (drawn, (counts[order], all_harms[order])))
    # Scores that are level up to the last digit may fall apart in another order of adding up, so ours is not compared.
    assert other.table.drop(columns="ours").to_numpy() == pytest.approx(
        as_they_are.table.drop(columns="ours").to_numpy()
    )


@given(places())
def test_shares_are_shares_and_nobody_beats_a_perfect_map(drawn):
    table = hit_rates(*drawn, SEASON).table[list(METHODS)]
    assert ((table >= 0) & (table <= 1)).all(axis=None)
    assert (table.le(table["perfect"] + 1e-9, axis=0)).all(axis=None)


@given(places())
def test_what_comes_later_changes_nothing_of_what_was_tested_before(drawn):
    counts, all_harms = drawn
    whole = hit_rates(counts, all_harms, SEASON).table.set_index("period")
    assume(len(whole) > 6)
    end = int(whole.index[-1])
    cut = hit_rates(counts[:, :end], all_harms[:, :end], SEASON).table.set_index("period")
    assert cut.equals(whole.loc[: end - 1])


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), min_size=2, max_size=5), st.data())
def test_level_areas_share_as_if_each_order_among_them_were_as_likely(drawn, data):
    ranked_by, incidents = np.array(drawn, dtype=float).T
    assume(incidents.any())
    areas = data.draw(st.integers(1, len(drawn)))
    orders = [sorted(order, key=lambda at: -ranked_by[at]) for order in permutations(range(len(drawn)))]
    mean = np.mean([incidents[order[:areas]].sum() for order in orders]) / incidents.sum()
    assert caught(ranked_by, incidents, areas) == pytest.approx(mean)
