"""Laws of counting: no incident appears or disappears between rows, cells, cubes and larger areas."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo import columns as c
from geo.areas.area_set import Units
from geo.counts.cube import DIMENSIONS, by_category, cells, count, cube_from_cells, tabulate
from tests.unit.geo.samples import cube

CATEGORIES = ("Burglary", "Drugs", "Robbery", "Theft")
SHAPES = st.tuples(st.integers(1, 5), st.integers(1, 15), st.integers(1, 4))
FEW = st.one_of(st.just(0), st.integers(0, 9))


@st.composite
def cubes(draw):
    n = draw(arrays.arrays(np.int64, draw(SHAPES), elements=FEW))
    return cube(n, first="2020-10", categories=CATEGORIES[: n.shape[2]])


@st.composite
def placed_rows(draw):
    shape = draw(SHAPES)
    row = st.tuples(st.integers(-1, shape[0] - 1), st.integers(0, shape[1] - 1), st.integers(0, shape[2] - 1))
    listed = draw(st.lists(row, max_size=80))
    return shape, pd.DataFrame(listed, columns=["area", "month", "category"], dtype=np.int64)


def larger(member):
    """Return units that the areas belong to as ``member`` says; those in between have no area."""
    number = max(member) + 1
    nothing = np.full(number, np.nan)
    codes = tuple(f"U{at}" for at in range(number))
    return Units("ward", codes, codes, nothing, nothing, np.array(member))


@given(placed_rows())
def test_counts_are_those_of_a_plain_group_by(drawn):
    shape, rows = drawn
    n = count(rows["area"].to_numpy(), rows["month"].to_numpy(), rows["category"].to_numpy(), shape)
    placed = rows[rows["area"] >= 0]
    assert n.shape == shape
    assert n.sum() == len(placed)
    for cell, size in placed.groupby(["area", "month", "category"]).size().items():
        assert n[cell] == size


@given(cubes(), st.data())
def test_total_is_kept_at_every_level_and_parents_are_sums(drawn, data):
    number = len(drawn.areas)
    member = data.draw(st.lists(st.integers(0, 3), min_size=number, max_size=number))
    rolled = drawn.rolled_up(larger(member))
    assert rolled.n.sum() == drawn.n.sum()
    for unit in range(len(rolled.areas)):
        inside = [at for at in range(number) if member[at] == unit]
        assert np.array_equal(rolled.n[unit], drawn.n[inside].sum(axis=0))


@given(cubes(), st.data())
def test_cells_in_any_order_make_the_cube_they_came_from(drawn, data):
    listed = cells(drawn)
    shuffled = listed.iloc[data.draw(st.permutations(range(len(listed))))]
    found = cube_from_cells(shuffled, drawn.areas, drawn.missing, span=(drawn.periods[0], drawn.periods[-1]))
    assert (found.areas, found.periods) == (drawn.areas, drawn.periods)
    occurring = drawn.n.sum(axis=(0, 1)) > 0
    assert found.categories == tuple(np.array(drawn.categories)[occurring])
    assert found.harm == tuple(np.array(drawn.harm)[occurring])
    assert np.array_equal(found.n, drawn.n[:, :, occurring])
    pd.testing.assert_frame_equal(cells(found), listed)


@given(cubes(), st.permutations(list(DIMENSIONS)), st.integers(1, 4))
def test_every_listing_has_the_same_total_and_no_line_twice(drawn, names, width):
    by = names[:width]
    table = tabulate(drawn, by)
    assert table["n"].sum() == drawn.n.sum()
    assert not table.duplicated(by).any()
    assert (table["n"] > 0).all()


@given(cubes())
def test_categories_together_hold_every_incident_most_first(drawn):
    table = by_category(drawn)
    assert table[c.COUNT].sum() == drawn.n.sum()
    assert table[c.COUNT].is_monotonic_decreasing
    assert sorted(table[c.CATEGORY]) == list(drawn.categories)
