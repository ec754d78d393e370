"""Laws of density: it depends on incidents and places alone, and never on how they are listed."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.statistics.density import Grid, Kernel, density

GRID = Grid(440_000.0, 390_000.0, 100.0, 8, 10)
kernels = st.sampled_from(Kernel)


@st.composite
def incidents(draw):
    """Return at least 30 incidents at 12 to 40 places of the grid that differ."""
    cells = draw(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 79)), min_size=12, max_size=40, unique=True))
    n = draw(st.lists(st.integers(3, 20), min_size=len(cells), max_size=len(cells)))
    return np.array([GRID.west, GRID.south]) + 10.0 * np.array(cells), np.array(n, dtype=float)


def same(one, other):
    assert (one.bandwidth, one.floored) == (other.bandwidth, other.floored)
    np.testing.assert_allclose(one.values, other.values, rtol=1e-9, atol=1e-9)


@given(incidents(), kernels, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_places_changes_nothing(drawn, kernel, random):
    xy, n = drawn
    order = list(range(len(n)))
    random.shuffle(order)
    same(density(xy, n, GRID, kernel), density(xy[order], n[order], GRID, kernel))


@given(incidents(), kernels)
@settings(max_examples=25)
def test_a_place_listed_twice_is_one_place(drawn, kernel):
    xy, n = drawn
    same(density(xy, n, GRID, kernel), density(np.vstack([xy, xy]), [*(n - 1), *np.ones(len(n))], GRID, kernel))


@given(incidents(), kernels, st.sampled_from((2, 4, 8)))
@settings(max_examples=25)
def test_times_as_many_incidents_are_times_as_dense(drawn, kernel, times):
    xy, n = drawn
    one, more = density(xy, n, GRID, kernel), density(xy, times * n, GRID, kernel)
    assert more.bandwidth == one.bandwidth
    np.testing.assert_allclose(more.values, times * one.values, rtol=1e-9, atol=1e-9)


@given(incidents(), kernels)
@settings(max_examples=25)
def test_density_is_never_negative_and_adds_up_to_the_incidents_at_most(drawn, kernel):
    xy, n = drawn
    found = density(xy, n, GRID, kernel)
    assert (found.values >= 0).all()
    assert found.bandwidth >= GRID.cell
    assert found.values.sum() * GRID.cell**2 / 1e6 <= 1.1 * n.sum()  # 1.1: a square is told by its middle
