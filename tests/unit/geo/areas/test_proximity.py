import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.areas import proximity
from geo.areas.area_set import DEGREES, METRES
from geo.areas.proximity import Place
from tests.unit.geo.samples import SIDE, degrees, place, squares

AREAS = squares(3)  # from 0 to 3,000 metres east, from 0 to 1,000 metres north
EDGE = 3 * SIDE


def register(**places):
    """Return known hotspots by name, their shapes in metres from the first square's corner."""
    shapes = [shapely.affinity.translate(shape, 430_000, 390_000) for shape in places.values()]
    frame = gpd.GeoDataFrame({"name": list(places)}, geometry=shapes, crs=METRES)
    return frame.to_crs(DEGREES)


def schools(*rows):
    return pd.DataFrame(rows, columns=["urn", "name", "lon", "lat"])


@pytest.mark.parametrize(("east", "north"), [(EDGE + 790, 500), (2500, SIDE + 790), (2500, -790)])
def test_rings_are_measured_in_metres_east_and_north_alike(east, north):
    assert proximity.areas_within(AREAS, place(east, north), 800) == [2]
    assert proximity.areas_within(AREAS, place(east, north), 780) == []


def test_a_ring_touches_every_area_that_it_reaches():
    assert proximity.areas_within(AREAS, place(500, 500), 400) == [0]
    assert proximity.areas_within(AREAS, place(500, 500), 800) == [0, 1]
    assert proximity.areas_within(AREAS, place(500, 500), 1600) == [0, 1, 2]


def test_a_school_on_a_border_belongs_to_both_sides():
    assert proximity.areas_within(AREAS, place(SIDE, 500), 1) == [0, 1]


@pytest.mark.parametrize("radius", proximity.RINGS)
def test_bounds_hold_the_whole_ring_and_little_more(radius):
    (south, west), (north, east) = proximity.bounds_around(place(0, 0), radius)
    box = shapely.box(west, south, east, north)
    ring = [(radius, 0), (-radius, 0), (0, radius), (0, -radius)]
    assert all(box.contains(degrees(0.99 * x, 0.99 * y)) for x, y in ring)
    assert not any(box.intersects(degrees(1.05 * x, 1.05 * y)) for x, y in ring)


def test_schools_up_to_two_kilometres_outside_are_kept_in_their_order():
    points = [degrees(EDGE + 1990, 500), degrees(EDGE + 2010, 500), degrees(1500, 500), degrees(-50_000, 0)]
    listed = schools(*[(str(at), f"School {at}", point.x, point.y) for at, point in enumerate(points)])
    found = proximity.inside(AREAS, listed)
    assert found["urn"].tolist() == ["0", "2"]
    assert found.index.tolist() == [0, 1]
    assert proximity.inside(AREAS, listed, margin=0)["urn"].tolist() == ["2"]


def test_a_school_near_several_areas_is_listed_once():
    point = degrees(SIDE, 500)
    assert len(proximity.inside(AREAS, schools(("1", "Hill", point.x, point.y)))) == 1


def test_hotspots_count_from_their_edge_whatever_their_shape():
    listed = register(
        far=shapely.Point(EDGE + 2010, 500),
        route=shapely.LineString([(EDGE + 1990, 500), (EDGE + 9000, 500)]),
        park=shapely.box(-3000, 0, -1990, 1000),
        stop=shapely.Point(1500, 500),
    )
    assert proximity.hotspots_inside(AREAS, listed)["name"].tolist() == ["route", "park", "stop"]


def test_hotspots_around_a_school_are_listed_nearest_first_with_their_metres():
    listed = register(
        third=shapely.Point(500, 790),
        beyond=shapely.Point(500, 1310),
        first=shapely.box(400, 400, 600, 600),
        second=shapely.LineString([(700, 0), (700, 1000)]),
    )
    found = proximity.hotspots_within(listed, place(500, 500), 800)
    assert found["name"].tolist() == ["first", "second", "third"]
    assert found["metres"].tolist() == pytest.approx([0, 200, 290], abs=1)
    assert "geometry" not in found.columns


def test_distances_go_to_each_hotspots_own_shape_when_the_register_was_filtered():
    listed = register(gone=shapely.Point(0, 0), near=shapely.Point(500, 600), far=shapely.Point(500, 900))
    found = proximity.hotspots_within(listed[listed["name"] != "gone"], place(500, 500), 800)
    assert found["name"].tolist() == ["near", "far"]
    assert found["metres"].tolist() == pytest.approx([100, 400], abs=1)


def test_an_empty_register_has_nothing_near():
    found = proximity.hotspots_within(register(), place(500, 500), 800)
    assert len(found) == 0
    assert list(found.columns) == ["name", "metres"]


def test_schools_that_share_a_name_can_be_told_apart():
    found = proximity.labelled(
        schools(("7", "St Mary", -1.5, 53.4), ("8", "Hill", -1.6, 53.5), ("9", "St Mary", -1.7, 53.6))
    )
    assert found == {
        "St Mary (7)": Place("St Mary", -1.5, 53.4, "7"),
        "Hill": Place("Hill", -1.6, 53.5, "8"),
        "St Mary (9)": Place("St Mary", -1.7, 53.6, "9"),
    }


def test_a_school_whose_name_reads_like_anothers_label_is_not_lost():
    found = proximity.labelled(schools(("7", "St Mary", 1, 51), ("9", "St Mary", 2, 52), ("5", "St Mary (7)", 3, 53)))
    assert sorted(each.lon for each in found.values()) == [1, 2, 3]


def test_no_schools_have_no_labels():
    assert proximity.labelled(schools()) == {}


def test_bounds_together_hold_both():
    one, other = ((53.1, -1.5), (53.2, -1.4)), ((53.0, -1.45), (53.15, -1.2))
    assert proximity.bounds_together(one, other) == ((53.0, -1.5), (53.2, -1.2))
    assert proximity.bounds_together(one, one) == one
