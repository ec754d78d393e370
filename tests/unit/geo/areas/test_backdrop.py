import json

import shapely

from geo.areas.area_set import DEGREES
from geo.areas.backdrop import largest_areas
from geo.areas.drawing import backdrop_drawing
from tests.unit.geo.samples import squares

PARENTS = {
    "msoa_code": ["M1", "M1", "M2", "M3"],
    "msoa_name": ["One", "One", "Two", "Three"],
    "ward_code": ["W1", "W1", "W1", "W2"],
    "ward_name": ["North", "North", "North", "South"],
}


def test_a_set_without_larger_areas_has_no_backdrop():
    assert largest_areas(squares(3)) is None


def test_the_largest_areas_are_drawn_each_with_its_border_and_its_name():
    found = largest_areas(squares(4, level="lsoa", **PARENTS))
    assert found.crs == DEGREES
    assert found["kind"].tolist() == ["border", "border", "place", "place"]
    assert found["name"].tolist() == ["", "", "North", "South"]


def test_every_name_stands_inside_its_area():
    areas = squares(4, level="lsoa", **PARENTS)
    found = largest_areas(areas)
    shapes = areas.shapes("ward")
    for name, point in zip(found["name"][2:], found.geometry[2:], strict=True):
        assert shapes.geometry[shapes["name"] == name].iloc[0].contains(point)


def test_borders_are_lines_that_stay_where_the_areas_end():
    areas = squares(4, level="lsoa", **PARENTS)
    for drawn, shape in zip(largest_areas(areas).geometry[:2], areas.shapes("ward").geometry, strict=True):
        assert drawn.geom_type in {"LineString", "MultiLineString"}
        assert shapely.hausdorff_distance(drawn, shape.boundary) < 0.0006


def test_the_backdrop_can_be_drawn():
    drawn = json.loads(backdrop_drawing(largest_areas(squares(4, level="lsoa", **PARENTS))))
    types = [feature["geometry"]["type"] for feature in drawn["features"]]
    assert types == ["LineString", "LineString", "Point", "Point"]
