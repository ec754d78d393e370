"""Compared changes: the change here beside that of others, with its interval; like is sought among others alone."""

import numpy as np
import pytest

from geo.areas.area_set import Units
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.trends.compared_changes import ALL, NOT_COMPARED, SomeAreas, compared_changes, most_like
from geo.views.view import View
from tests.unit.geo.findings import making

GRID = making.grid(6)
NOW = tuple(f"2019-{month:02}" for month in range(10, 13))
CHOICE = Choice(NOW, ("violence", "asb"))


def areas(here=(20, 20), there=(20, 20), protected=False, missing=()):
    """Return some areas and others: what each holds a month a year before, and now."""
    n = np.full((36, 24), 20)
    n[:4, :12], n[:4, 12:] = here
    n[4:, :12], n[4:, 12:] = there
    cube = making.cube_of({"violence": n, "asb": np.full((36, 24), 20)}, GRID, missing=missing, protected=protected)
    return SomeAreas(cube, (0, 1, 2, 3), "here"), SomeAreas(cube, tuple(range(4, 36)), "the rest of Rotherham")


def test_a_change_that_others_have_too_is_no_difference():
    here, others = areas((20, 30), (20, 30))
    both = compared_changes(here, others, CHOICE, ["violence"])
    assert [one.real for one in both] == [False, False]
    assert both[0].sentence.startswith(f"{ALL}. Here: ")
    assert both[1].sentence.startswith("Violence and weapons. Here: a real rise, up 50 %")
    assert "about 360 were to be expected here: there were about as many" in both[1].sentence


def test_a_change_that_others_do_not_have_is_told_with_its_interval():
    here, others = areas((20, 40))
    of_all, violence = compared_changes(here, others, CHOICE, ["violence"])
    assert of_all.real
    assert violence.real
    assert "about 240 were to be expected here: there were about twice as many (could be anywhere from" in (
        violence.sentence
    )


def test_the_change_of_the_whole_is_told_where_it_is_given():
    here, others = areas((20, 40))
    whole = SomeAreas(here.cube, tuple(range(36)), "Rotherham")
    (found,) = compared_changes(here, others, CHOICE, [], whole)
    assert "In Rotherham: " in found.sentence
    assert "Had it gone as in the rest of Rotherham, about" in found.sentence


def test_too_few_and_missing_are_said_to_be_so():
    (few,) = compared_changes(*areas((0, 5)), Choice(NOW, ("violence",)), [])
    assert few.real is None
    assert few.sentence.endswith("Too few to set one beside the other.")
    (lacking,) = compared_changes(*areas(missing=("2018-11",)), Choice(NOW, ("violence",)), [])
    assert lacking.real is None
    assert lacking.sentence.count(NOT_COMPARED) == 2


def test_a_protected_count_under_ten_leads_to_no_figure():
    (found,) = compared_changes(*areas((0, 20), protected=True), Choice(NOW, ("violence",)), [])
    assert found.real is None
    assert "expected" not in found.sentence


def view(residents, deprivation=None):
    size = len(GRID.codes)
    cube = making.cube_of({"violence": np.full((size, 24), 5)}, GRID)
    unknown = np.full(size, np.nan) if deprivation is None else deprivation
    units = Units("lsoa", tuple(GRID.codes), tuple(GRID.codes), residents, unknown, np.arange(size))
    return View(units, cube, np.zeros(size, dtype=bool))


def test_those_most_like_some_areas_together_are_sought_among_others():
    residents = np.arange(1000.0, 1000.0 + 10 * 36, 10)
    found = most_like(GRID, view(residents), (10, 12), 4)
    assert {9, 11, 13} < set(found.units)
    assert not {10, 12} & set(found.units)
    assert found.said == "the 4 areas most like these (by how densely people live)"
    both = most_like(GRID, view(residents, np.linspace(0, 1, 36)), (10, 12), 4)
    assert "by deprivation and how densely people live" in both.said


def test_what_lies_all_over_its_district_is_like_no_area():
    residents = np.arange(1000.0, 1000.0 + 10 * 36, 10)
    seen = view(residents)
    seen.elsewhere[11] = True
    assert 11 not in most_like(GRID, seen, (10, 12), 4).units


def test_areas_whose_residents_are_not_known_are_like_none():
    with pytest.raises(ThinDataError, match="Similar areas"):
        most_like(GRID, view(np.full(36, np.nan)), (10, 12))
