"""Where a finding is: a direction and a distance people can walk, and the names that they use."""

import numpy as np
import pytest

from geo.areas.area_set import Units
from geo.areas.proximity import Place
from geo.findings.landmarks import CLOSE, Landmarks, in_metres, landmarks, say_distance, say_where
from tests.unit.geo.findings import making
from tests.unit.geo.samples import SOUTH, WEST, place

HERE = np.array([WEST, SOUTH], dtype=float)
NAMES = ("Mill 0", "Mill 1", "Mill 2", "Mill 3")
SPOKEN = ("Castle (Mill 0)", "Castle (Mill 1)", "Eastmoor (Mill 2)", "Park (Mill 3)")


def of(names=NAMES, member=(0, 1, 2, 3), plain=()):
    """Return units of these names, alike when they are called by their plain names alone."""
    nothing = np.full(len(names), np.nan)
    return Units("lsoa", tuple(names), tuple(names), nothing, nothing, np.array(member), tuple(plain))


def away(east, north):
    return HERE + np.array([east, north])


WARDS = Landmarks(("Castle", "Castle", "Eastmoor", "Park"), (), np.empty((0, 2)))
NONE = Landmarks(("",) * 4, (), np.empty((0, 2)))


@pytest.mark.parametrize(
    ("east", "north", "said"),
    [
        (0, 1000, "1.0 km north"),
        (1000, 1000, "1.4 km north-east"),
        (1000, 0, "1.0 km east"),
        (1000, -1000, "1.4 km south-east"),
        (0, -1000, "1.0 km south"),
        (-1000, -1000, "1.4 km south-west"),
        (-1000, 0, "1.0 km west"),
        (-1000, 1000, "1.4 km north-west"),
        (1000, 400, "1.1 km east"),
        (1000, 420, "1.1 km north-east"),
        (0, 154, "150 m north"),
        (0, 996, "1.0 km north"),
        (0, 994, "990 m north"),
        (0, 12_340, "12.3 km north"),
    ],
)
def test_a_distance_has_a_unit_and_one_of_eight_directions(east, north, said):
    there = away(east, north)
    assert say_distance(there, HERE) == said
    assert say_distance(there, HERE, "Hill School") == f"{said} of Hill School"


def test_what_is_close_by_has_no_direction():
    assert say_distance(away(100, 100), HERE, "Hill School") == "at Hill School"
    assert say_distance(HERE, HERE) == "at the school"


def test_places_become_metres_one_row_each():
    points = in_metres([place(0, 0), place(1200, 500)])
    assert np.allclose(points, [(WEST, SOUTH), (WEST + 1200, SOUTH + 500)], atol=0.01)
    assert in_metres([]).shape == (0, 2)


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ((0,), "Castle (Mill 0)"),
        ((0, 1), "Castle (Mill 0 and 1 area near it)"),
        ((2, 0), "Castle; Eastmoor (Mill 2 and 1 area near it)"),
        ((3, 2, 0), "Park and around (Mill 3 and 2 areas near it)"),
    ],
)
def test_neighbourhoods_are_said_once_and_the_first_alone_where_there_are_many(units, said):
    assert say_where(units, of(SPOKEN, plain=NAMES), HERE, WARDS) == said


def test_one_larger_unit_is_called_as_it_is_everywhere_else():
    east = of(("Castle (West)", "Eastmoor (East)"), (0, 1, 1, 1), ("West", "East"))
    assert say_where((1,), east, HERE, WARDS) == "Eastmoor (East)"


@pytest.mark.parametrize(("units", "said"), [((0,), "Castle"), ((0, 1), "Castle and 1 area near it")])
def test_a_ward_is_not_named_twice(units, said):
    assert say_where(units, of(("Castle", "Park"), (0, 0, 1, 1)), HERE, WARDS) == said


def test_a_school_close_by_says_where_neighbourhoods_are_unknown():
    known = Landmarks(("",) * 4, ("Far School", "Hill School"), np.array([away(5000, 0), away(0, CLOSE - 1)]))
    assert say_where((0,), of(), HERE, known) == "Mill 0 (near Hill School)"
    assert say_where((0,), of(), away(0, -10), known) == "Mill 0"
    assert say_where((0, 1), of(), HERE, known) == "Mill 0 and 1 area near it (near Hill School)"
    assert say_where((0,), of(), HERE, NONE) == "Mill 0"


def test_landmarks_are_the_wards_and_schools_of_an_area_set():
    wards = making.grid(2, ward_code=list("abcd"), ward_name=["Castle", "Park", "Park", "Moor"])
    school = Place("Hill School", -1.5, 53.4)
    known = landmarks(wards, {"Hill School": school})
    assert known.neighbourhoods == ("Castle", "Park", "Park", "Moor")
    assert known.names == ("Hill School",)
    assert known.points.shape == (1, 2)
    assert landmarks(making.grid(2), {}).neighbourhoods == ("",) * 4


def test_names_are_given_as_they_are_since_pages_escape_them():
    name = "<b>Mill</b> & “Co”"
    assert say_where((0,), of((name,), (0,)), HERE, Landmarks((name,), (), np.empty((0, 2)))) == name
