"""What was cut into tiles lies where it lay on the ground once it is read again, however many tiles it was in."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.basemap import themes as t
from geo.basemap.tile_cutting import cut_tiles
from geo.basemap.tile_reading import features_on_ground, read_tile, tiles_within
from tests.unit.geo.basemap.test_tile_cutting import features, line, square

ZOOM = t.MAX_ZOOM


def on_ground(*rows):
    drawn = features(*rows)
    tiles = {tile: content for tile, content in cut_tiles(drawn).items() if tile[0] == ZOOM}
    return drawn.to_crs(27700), features_on_ground(tiles), tiles


def test_a_road_across_tiles_is_one_feature_again():
    drawn, found, tiles = on_ground((t.ROAD, t.LOCAL, "High Street", line((0, 0), (0.03, 0.01), (0.05, 0.0))))
    assert len(tiles) > 1
    assert found[["theme", "kind", "name"]].values.tolist() == [[t.ROAD, t.LOCAL, "High Street"]]
    assert found.geometry[0].length == pytest.approx(drawn.geometry[0].length, rel=0.001)
    assert shapely.hausdorff_distance(found.geometry[0], drawn.geometry[0], densify=0.01) < 2


def test_a_park_across_tiles_is_one_ground_with_its_hole_again():
    ground = square(0.04).difference(square(0.01, 0.015, 0.015))
    drawn, found, tiles = on_ground((t.LAND, t.PARK, "Clifton Park", ground))
    assert len(tiles) > 2
    (park,) = found.geometry
    assert park.area == pytest.approx(drawn.geometry[0].area, rel=0.001)
    assert len(shapely.get_parts(shapely.get_rings(park))) == 2


def test_points_keep_their_names_and_ranks():
    _, found, _ = on_ground(
        (t.POINT, t.PLACE, "Eastwood", square(0.001).centroid, t.SUBURB),
        (t.POINT, t.PLACE, "Clifton", square(0.001, 0.02).centroid, t.SUBURB),
    )
    assert dict(zip(found["name"], found["rank"], strict=True)) == {"Eastwood": t.SUBURB, "Clifton": t.SUBURB}


def test_no_tiles_are_no_features():
    found = features_on_ground({})
    assert len(found) == 0
    assert found.crs.to_epsg() == 27700


def test_the_tiles_within_bounds_are_those_that_hold_what_lies_there():
    drawn, _, tiles = on_ground((t.ROAD, t.LOCAL, None, line((0, 0), (0.03, 0.01))))
    bounds = tuple(gpd.GeoSeries(drawn.geometry).to_crs(4326).total_bounds.tolist())
    assert set(tiles) <= set(tiles_within(bounds, ZOOM))
    assert len(tiles_within(bounds, 8)) == 1


@pytest.mark.parametrize("content", [b"\x1a\x05\x0a\x01a\x78\x01", b"\x1a\x7f\x00", b"\x0a\x00"])
def test_what_is_no_tile_is_refused(content):
    with pytest.raises((ValueError, KeyError)):
        read_tile(content)


def test_lines_of_several_names_stay_apart():
    rows = [(t.ROAD, t.MAIN, name, line((0, north), (0.02, north))) for name, north in (("A", 0), ("B", 0.004))]
    _, found, _ = on_ground(*rows)
    assert sorted(found["name"]) == ["A", "B"]
    assert np.all(found.geometry.length > 1_000)
