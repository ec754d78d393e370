"""Extents: what is around a school, in its district or everywhere, and its counts as one unit."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.areas.reach import Reach, on_foot
from geo.release.kinds import Open
from geo.views import extent, view
from geo.views.extent import Where
from tests.unit.geo.release.making import AREAS, YEARS, over, release, usual
from tests.unit.geo.samples import SOUTH, WEST, cube, place, squares

TWO = squares(4, district_code=["D1", "D1", "D2", "D2"], district_name=["West", "West", "East", "East"])
CUBE = cube(np.random.default_rng(1).integers(0, 9, (4, 3, 3)))
SEEN = view.view_counts(Open(CUBE), TWO, "area")
PROTECTED = release(usual(), on=over(8)).released


@pytest.mark.parametrize(("radius", "touched"), [(400, (0,)), (800, (0, 1)), (1600, (0, 1, 2))])
def test_around_a_school_lie_the_areas_that_the_circle_touches(radius, touched):
    around = extent.around(TWO, place(500, 500), Reach(radius), points=False)
    assert around.areas == touched
    assert around.where is Where.SCHOOL
    assert extent.units_in(SEEN, around) == list(touched)


def test_within_a_walk_lie_the_areas_that_it_touches():
    walked = shapely.box(WEST + 900, SOUTH + 100, WEST + 1100, SOUTH + 200)
    around = extent.around(TWO, place(500, 500), on_foot(10), points=True, walked=walked)
    assert around.areas == (0, 1)
    assert around.name == "within 10 minutes’ walk of Hill School"
    assert around.said == "touching 10 minutes’ walk around Hill School"
    assert around.code != extent.around(TWO, place(500, 500), Reach(800), points=True).code


def test_a_name_says_whether_points_or_whole_areas_are_counted():
    by_points, by_areas = (extent.around(TWO, place(500, 500), Reach(800), points=points) for points in (True, False))
    assert by_points.name.startswith("within 800 m of ")
    assert by_areas.name.startswith("areas touching 800 m around ")
    assert by_points.said == by_areas.said == by_areas.name.removeprefix("areas ")


def test_the_district_is_the_one_that_the_school_lies_in_or_next_to():
    assert extent.district_of(TWO, place(2500, 500)).areas == (2, 3)
    assert extent.district_of(TWO, place(-300, 500)).name == "West"


def test_there_is_no_district_where_a_set_knows_none_or_one():
    alone = squares(2, district_code=["D1", "D1"], district_name=["West", "West"])
    assert extent.district_of(alone, place(500, 500)) is None
    assert extent.district_of(squares(2), place(500, 500)) is None


def test_an_extent_counted_as_one_is_the_sum_of_its_areas():
    district = extent.district_of(TWO, place(500, 500))
    one = extent.as_one(SEEN, district)
    assert (one.cube.n == CUBE.n[:2].sum(axis=0)).all()
    assert one.cube.areas == one.units.codes == ("D1",)
    assert one.units.names == ("West",)
    assert one.units.member.tolist() == [0, 0, -1, -1]
    every = extent.as_one(SEEN, extent.everywhere(TWO))
    assert (every.cube.n[0] == CUBE.n.sum(axis=0)).all()


def test_what_a_release_gathers_as_elsewhere_is_not_around_a_school_where_anything_else_is():
    seen = view.view_counts(PROTECTED, AREAS, "zone", YEARS[:1])
    gathered = 0
    zones = replace(seen, elsewhere=np.arange(len(seen.elsewhere)) == gathered)
    every = extent.everywhere(AREAS)
    near = replace(every, where=Where.SCHOOL)
    assert gathered in extent.units_in(zones, every)
    assert gathered not in extent.units_in(zones, near)
    only = replace(near, areas=tuple(np.flatnonzero(zones.units.member == gathered).tolist()))
    assert extent.units_in(zones, only) == [gathered]


def test_a_released_extent_stays_protected():
    zones = view.view_counts(PROTECTED, AREAS, "zone", YEARS[:1])
    one = extent.as_one(zones, extent.everywhere(AREAS))
    assert one.cube.protected
    assert (one.cube.n[0] == zones.cube.n.sum(axis=0)).all()
