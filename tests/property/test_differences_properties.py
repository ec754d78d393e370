"""Laws of differences: what was there, with what came and without what went, is what is there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.counts.differences import AFTER, BEFORE, between, sentence
from tests.unit.geo.samples import cube

CATEGORIES = ("Burglary", "Drugs", "Robbery")


@st.composite
def cubes(draw, areas=3):
    """Return cubes of one set of areas; a month that was never supplied holds nothing."""
    shape = (areas, draw(st.integers(1, 8)), draw(st.integers(1, 3)))
    n = draw(arrays.arrays(np.int64, shape, elements=st.integers(0, 5)))
    first = draw(st.sampled_from(["2020-10", "2020-12", "2021-03"]))
    made = cube(n, first=first, categories=CATEGORIES[: shape[2]])
    missing = [month for month in made.periods[1:-1] if draw(st.booleans())]
    n[:, made.period_slice(missing)] = 0
    return cube(n, first=first, categories=made.categories, missing=missing)


def total(made, months):
    return int(made.n[:, made.period_slice(months)].sum())


@given(cubes(), cubes())
def test_what_was_there_with_what_came_and_without_what_went_is_what_is_there(older, newer):
    found = between(older, newer)
    both = [month for month in older.periods if month in newer.periods and month not in older.missing | newer.missing]
    added, dropped = total(newer, found.months_added), total(older, found.months_dropped)
    changed = int((found.by_area[AFTER] - found.by_area[BEFORE]).sum())
    assert found.incidents == (total(older, both) + dropped, total(newer, both) + added)
    assert found.incidents[0] + added - dropped + changed == found.incidents[1]


@given(cubes(), cubes())
def test_the_changes_of_all_months_come_to_the_change_of_the_whole(older, newer):
    found = between(older, newer)
    change = (found.by_month[AFTER].fillna(0) - found.by_month[BEFORE].fillna(0)).sum()
    assert change == found.incidents[1] - found.incidents[0]


@given(cubes(), cubes())
def test_the_other_way_round_everything_is_the_other_way_round(older, newer):
    there, back = between(older, newer), between(newer, older)
    assert (there.months_added, there.months_dropped) == (back.months_dropped, back.months_added)
    assert there.incidents == back.incidents[::-1]
    one, other = (each.by_area.sort_values("area", ignore_index=True) for each in (there, back))
    assert one["area"].tolist() == other["area"].tolist()
    assert one[BEFORE].tolist() == other[AFTER].tolist()


@given(cubes())
def test_a_cube_beside_itself_has_no_difference(one):
    found = between(one, one)
    assert (found.months_added, found.months_dropped) == ((), ())
    assert found.by_month.empty
    assert found.by_area.empty
    assert sentence(found).startswith("As many incidents; 0 of 3 areas changed")


@given(cubes(), cubes(areas=2))
def test_a_difference_is_said_in_one_sentence(older, newer):
    for found in (between(older, newer), between(newer, older), between(older, older)):
        said = sentence(found)
        assert said.endswith(".")
        assert ". " not in said
        assert said[0].isupper() or said[0].isdigit()
