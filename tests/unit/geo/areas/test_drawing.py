import gzip
import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from geo import columns as c
from geo.areas import drawing as drawings
from geo.areas.area_set import DEGREES
from geo.areas.drawing import backdrop_drawing, digest, drawing, largest_areas, renamed
from geo.errors import InputError
from tests.unit.geo.samples import squares


def areas(shapes, crs="EPSG:4326"):
    codes = [f"A{position}" for position in range(len(shapes))]
    return gpd.GeoDataFrame({c.AREA: codes, c.NAME: [f"Name {code}" for code in codes]}, geometry=shapes, crs=crs)


def wiggly_neighbours():
    """Two areas whose common border has a corner every ten metres or so."""
    north = np.linspace(53.4, 53.42, 200)
    border = np.column_stack([-1.4 + 0.00007 * np.sin(np.arange(200) * 1.7), north])
    west = Polygon([*border, (-1.42, 53.42), (-1.42, 53.4)])
    east = Polygon([*border, (-1.38, 53.42), (-1.38, 53.4)])
    return areas([west, east])


def shapes_of(content):
    return [shapely.geometry.shape(feature["geometry"]) for feature in json.loads(content)["features"]]


def test_features_keep_the_frames_order_and_name_their_area():
    content = drawing(areas([box(-1.2, 53, -1.1, 53.1), box(-1.4, 53, -1.3, 53.1)]).iloc[::-1])
    features = json.loads(content)["features"]
    assert [feature["id"] for feature in features] == [0, 1]
    assert [feature["properties"] for feature in features] == [{"c": "A1", "n": "Name A1"}, {"c": "A0", "n": "Name A0"}]
    assert shapely.geometry.shape(features[0]["geometry"]).centroid.x == pytest.approx(-1.35, abs=1e-3)


def test_a_drawing_takes_other_names_and_keeps_its_shapes():
    drawn = drawing(wiggly_neighbours())
    again = renamed(drawn, ["Castle (Name A0)", "Ynys Môn"])
    assert [feature["properties"]["n"] for feature in json.loads(again)["features"]] == ["Castle (Name A0)", "Ynys Môn"]
    assert renamed(again, ["Name A0", "Name A1"]) == drawn
    assert renamed(drawn, ["Name A0", "Name A1"]) is drawn


def test_neighbours_still_meet_when_simplified():
    frame = wiggly_neighbours()
    west, east = shapes_of(drawing(frame))
    assert shapely.get_num_coordinates([west, east]).sum() < shapely.get_num_coordinates(frame.geometry).sum() / 2
    assert west.intersection(east).area == 0
    assert shapely.union(west, east).geom_type == "Polygon"
    assert len(shapely.union(west, east).interiors) == 0


def test_coordinates_have_five_decimals_at_most():
    numbers = shapely.get_coordinates(shapes_of(drawing(wiggly_neighbours()))).ravel()
    assert np.array_equal(numbers, np.round(numbers, 5))


def test_an_area_smaller_than_the_rounding_is_still_drawn():
    speck = box(-1.300001, 53.000001, -1.3, 53.000003)
    drawn = shapes_of(drawing(areas([box(-1.2, 53, -1.1, 53.1), speck, box(-1.4, 53, -1.35, 53.1)])))
    assert [shape.area > 0 for shape in drawn] == [True, True, True]


def test_stray_lines_beside_a_polygon_are_left_out():
    mended = GeometryCollection([box(-1.2, 53, -1.1, 53.1), LineString([(-1.2, 53), (-1.3, 53)])])
    (shape,) = shapes_of(drawing(areas([mended])))
    assert shape.geom_type in ("Polygon", "MultiPolygon")
    assert shape.bounds == pytest.approx((-1.2, 53, -1.1, 53.1))


def test_islands_stay():
    parts = MultiPolygon([box(-1.2, 53, -1.1, 53.1), box(-1.05, 53, -1, 53.1)])
    (shape,) = shapes_of(drawing(areas([parts])))
    assert len(shape.geoms) == 2


@pytest.mark.parametrize("blank", [Polygon(), None, Point(-1, 53)])
def test_an_area_without_a_polygon_is_refused_by_its_position(blank):
    with pytest.raises(InputError, match=r"found 1 without one \(the first is area number 2\)"):
        drawing(areas([box(-1.2, 53, -1.1, 53.1), blank]))


@pytest.mark.parametrize(("crs", "told"), [(None, "found none"), ("EPSG:27700", "found EPSG:27700")])
def test_other_coordinates_than_degrees_are_refused(crs, told):
    with pytest.raises(InputError, match=told):
        drawing(areas([box(0, 0, 1, 1)], crs=crs))


def test_names_are_data_and_never_markup():
    frame = areas([box(-1.2, 53, -1.1, 53.1)])
    frame[c.NAME] = ['</script>"\\ \u2028 é']
    assert json.loads(drawing(frame))["features"][0]["properties"]["n"] == '</script>"\\ \u2028 é'


def test_backdrop_keeps_kinds_names_and_blank_names():
    frame = gpd.GeoDataFrame(
        {c.KIND: ["river", "place"], c.NAME: [None, "Millbank"]},
        geometry=[LineString([(-1.1234567, 53), (-1, 53)]), Point(-1.1, 53.0)],
        crs="EPSG:4326",
    )
    line, place = json.loads(backdrop_drawing(frame))["features"]
    assert line["properties"] == {"k": "river", "n": ""}
    assert line["geometry"]["coordinates"] == [[-1.12346, 53], [-1, 53]]
    assert place["properties"] == {"k": "place", "n": "Millbank"}
    assert place["geometry"] == {"type": "Point", "coordinates": [-1.1, 53]}


def test_nothing_to_draw_is_an_empty_collection():
    assert json.loads(drawing(areas([])))["features"] == []


def test_equal_content_has_one_name_of_32_hexadecimal_digits():
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb924"
    assert digest(b"a") != digest(b"b")


@pytest.mark.acceptance
def test_853_real_areas_are_small_enough_to_send_and_none_is_lost(real_data):
    frame = gpd.read_file(real_data / "south_yorkshire" / "boundaries" / "lsoa11.geojson")
    frame = frame.rename(columns={"LSOA11CD": c.AREA, "LSOA11NM": c.NAME}).set_geometry(frame.geometry.make_valid())
    content = drawing(frame)
    assert len(gzip.compress(content, 9, mtime=0)) <= 190_000
    drawn = shapes_of(content)
    assert len(drawn) == 853
    assert all(shape.area > 0 for shape in drawn)
    assert [feature["properties"]["c"] for feature in json.loads(content)["features"]] == frame[c.AREA].tolist()
    # Simplified by itself, a border would leave slivers to both sides of it.
    assert shapely.coverage_is_valid(drawn)
    assert drawings.TOLERANCE <= 25


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
