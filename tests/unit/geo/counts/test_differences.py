"""Differences between two cubes: months, areas and the whole, each with what it was."""

import math

import pandas as pd
import pytest

from geo.counts.differences import AFTER, BEFORE, between, sentence
from tests.unit.geo.samples import cube


def table(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return the rows of a table, None for an unknown figure."""
    return [
        tuple(None if isinstance(v, float) and math.isnan(v) else v for v in row)
        for row in frame.itertuples(index=False)
    ]


# Three areas, one category; January to March 2021.
OLD = cube([[[1], [2], [3]], [[0], [0], [0]], [[5], [5], [5]]], categories=("Drugs",))


def test_a_cube_beside_itself_has_no_difference():
    found = between(OLD, OLD)
    assert (found.months_added, found.months_dropped, found.incidents) == ((), (), (21, 21))
    assert found.by_month.empty
    assert found.by_area is not None
    assert found.by_area.empty
    assert sentence(found) == "As many incidents; 0 of 3 areas changed in the months that both hold."


def test_months_that_only_one_has_are_named_and_unknown_in_the_other():
    new = cube([[[2], [3], [4]], [[0], [0], [0]], [[5], [5], [5]]], first="2021-02", categories=("Drugs",))
    found = between(OLD, new)
    assert (found.months_added, found.months_dropped) == (("2021-04",), ("2021-01",))
    assert table(found.by_month) == [("2021-01", 6, None), ("2021-04", None, 9)]
    assert table(found.by_area) == []
    assert sentence(found) == (
        "3 incidents more; Apr 2021 added; Jan 2021 no longer there; 0 of 3 areas changed in the months that both hold."
    )


def test_areas_are_compared_in_the_months_that_both_have_largest_change_first():
    new = cube([[[1], [2], [4]], [[9], [0], [0]], [[5], [5], [0]]], categories=("Drugs",))
    found = between(OLD, new)
    assert table(found.by_area) == [("A1", 0, 9), ("A2", 15, 10), ("A0", 6, 7)]
    assert table(found.by_month) == [("2021-01", 6, 15), ("2021-03", 8, 4)]
    assert list(found.by_area.columns) == ["area", BEFORE, AFTER]
    assert sentence(found) == "5 incidents more; 3 of 3 areas changed in the months that both hold."


def test_a_month_that_was_never_supplied_is_neither_nought_nor_compared():
    gap = cube([[[1], [0], [3]], [[0], [0], [0]], [[5], [0], [5]]], categories=("Drugs",), missing=["2021-02"])
    filled = between(gap, OLD)
    assert filled.months_added == ("2021-02",)
    assert table(filled.by_month) == [("2021-02", None, 7)]
    assert table(filled.by_area) == []
    assert between(OLD, gap).months_dropped == ("2021-02",)


def test_categories_that_only_one_has_count_in_the_whole():
    new = cube([[[1, 1], [2, 0], [3, 0]], [[0, 0]] * 3, [[5, 0]] * 3], categories=("Drugs", "Robbery"))
    found = between(OLD, new)
    assert found.incidents == (21, 22)
    assert table(found.by_area) == [("A0", 6, 7)]


def test_cubes_of_other_areas_are_not_compared_area_by_area():
    found = between(OLD, cube([[[1], [2], [3]]], categories=("Drugs",)))
    assert found.by_area is None
    assert table(found.by_month) == [("2021-01", 6, 1), ("2021-02", 7, 2), ("2021-03", 8, 3)]
    assert sentence(found) == "15 incidents fewer; counted in other areas, so that these cannot be compared."


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ((), "Nov 2020 – Feb 2021 added"),
        (["2020-12"], "Nov 2020, Jan–Feb 2021 added"),
        (["2020-12", "2021-01"], "Nov 2020, Feb 2021 added"),
    ],
    ids=["one run", "two runs", "two months"],
)
def test_only_months_that_were_added_are_said_to_be(missing, said):
    old = cube([[[1]]], first="2021-03", categories=("Drugs",))
    new = cube([[[0], [0], [0], [0], [1]]], first="2020-11", categories=("Drugs",), missing=missing)
    assert sentence(between(old, new)) == (
        f"As many incidents; {said}; 0 of 1 area changed in the months that both hold."
    )
