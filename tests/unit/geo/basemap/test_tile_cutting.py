from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.basemap import themes as t
from geo.basemap.tile_cutting import cut_tiles, tiles_across
from geo.basemap.tile_reading import read_tile
from geo.errors import InputError

HERE = (-1.53040, 53.80584)  # within one tile of zoom 14, with some room to the north-east


def features(*rows):
    """Make features of (theme, kind, name, shape) and, of points, a rank."""
    listed = [(*row, 0)[:5] for row in rows]
    columns = {
        "theme": [row[0] for row in listed],
        "kind": [row[1] for row in listed],
        "name": [row[2] for row in listed],
        "rank": [row[4] for row in listed],
    }
    return gpd.GeoDataFrame(columns, geometry=[row[3] for row in listed], crs=4326)


def line(*steps):
    return shapely.LineString([(HERE[0] + east, HERE[1] + north) for east, north in steps])


def square(side, east=0.0, north=0.0):
    return shapely.box(HERE[0] + east, HERE[1] + north, HERE[0] + east + side, HERE[1] + north + side)


def read(made):
    return {tile: read_tile(content) for tile, content in made.items()}


def at_zoom(made, zoom):
    return {tile: layers for tile, layers in read(made).items() if tile[0] == zoom}


def degrees(tile, xy):
    """Return where units of a tile lie, by the formulas of web maps."""
    zoom, column, row = tile
    x, y = (np.asarray(xy, dtype=float) / 4096 + (column, row)).T / 2**zoom
    return np.column_stack((x * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))))


def test_a_road_lies_in_its_tiles_where_it_lies_on_the_ground():
    road = line((0, 0), (0.001, 0.0005), (0.03, 0.01))
    made = at_zoom(cut_tiles(features((t.ROAD, t.LOCAL, "High Street", road))), t.MAX_ZOOM)
    assert len(made) > 1
    for tile, layers in made.items():
        ((kind, properties, parts),) = layers[t.ROAD]
        assert (kind, properties) == (2, {"k": "local", "n": "High Street"})
        for part in parts:
            away = shapely.distance(road, shapely.points(degrees(tile, part)))
            assert away.max() < 1e-5  # some units of 0.35 m


def test_tiles_together_hold_the_whole_road_and_a_little_beyond_each_edge():
    road = line((0, 0), (0.03, 0.0))
    made = at_zoom(cut_tiles(features((t.ROAD, t.MAIN, None, road))), t.MAX_ZOOM)
    spans = sorted((degrees(tile, parts[0])[:, 0].min(), degrees(tile, parts[0])[:, 0].max())
                   for tile, layers in made.items() for _, _, parts in layers[t.ROAD])  # fmt: skip
    assert spans[0][0] == pytest.approx(road.bounds[0], abs=1e-5)
    assert spans[-1][1] == pytest.approx(road.bounds[2], abs=1e-5)
    assert all(later[0] < earlier[1] for earlier, later in pairwise(spans))
    units = [x for layers in made.values() for _, _, parts in layers[t.ROAD] for part in parts for x, _ in part]
    assert min(units) == -64
    assert max(units) == 4096 + 64


def test_classes_of_roads_and_names_appear_with_zoom():
    rows = [(t.ROAD, kind, f"The {kind}", line((0, n / 1000), (0.004, n / 1000)))
            for n, kind in enumerate((t.MOTORWAY, t.MAIN, t.SECONDARY, t.LOCAL, t.SERVICE, t.PATH))]  # fmt: skip
    made = cut_tiles(features(*rows))
    shown = {zoom: {one[1]["k"] for layers in at_zoom(made, zoom).values() for one in layers[t.ROAD]}
             for zoom in range(t.MIN_ZOOM, t.MAX_ZOOM + 1)}  # fmt: skip
    assert shown[8] == {"motorway", "main"}
    assert shown[10] == {"motorway", "main", "secondary"}
    assert shown[12] == {"motorway", "main", "secondary", "local"}
    assert shown[14] == {"motorway", "main", "secondary", "local", "service", "path"}
    for before, after in zip(range(8, 14), range(9, 15), strict=True):
        assert shown[before] <= shown[after]
    unnamed = [one for layers in at_zoom(made, 13).values() for one in layers[t.ROAD] if one[1]["k"] == "local"]
    assert all("n" not in properties for _, properties, _ in unnamed)


def test_roads_of_one_name_are_one_feature_of_a_tile():
    rows = [(t.ROAD, t.LOCAL, "High Street", line((n / 1e4, 0), ((n + 1) / 1e4, 0))) for n in range(5)]
    rows.append((t.ROAD, t.LOCAL, "Back Lane", line((0, 1e-4), (1e-4, 1e-4))))
    named = [one for layers in at_zoom(cut_tiles(features(*rows)), 14).values() for one in layers[t.ROAD]]
    assert sorted((one[1]["n"], len(one[2])) for one in named) == [("Back Lane", 1), ("High Street", 5)]


def test_grounds_are_closed_turn_rightly_and_keep_their_holes():
    yard = shapely.difference(square(0.004), square(0.001, 0.001, 0.001))
    (layers,) = at_zoom(cut_tiles(features((t.LAND, t.PARK, "Hill Park", yard))), 13).values()
    ((kind, properties, (outer, inner)),) = layers[t.LAND]
    assert (kind, properties) == (3, {"k": "park", "n": "Hill Park"})
    assert shapely.LinearRing(outer).is_ccw  # as mathematicians see it, with y upwards; on the screen it is clockwise
    assert not shapely.LinearRing(inner).is_ccw


def test_grounds_that_overlap_stay_features_of_their_own():
    made = cut_tiles(features((t.LAND, t.BUILT, None, square(0.004)), (t.LAND, t.BUILT, None, square(0.003))))
    assert [len(layers[t.LAND]) for layers in at_zoom(made, 13).values()] == [2]


def test_specks_are_not_drawn_from_afar():
    made = cut_tiles(features((t.LAND, t.BUILT, None, square(0.0001))))
    assert {zoom for zoom, _, _ in made} == {14}


def test_points_have_their_rank_and_stand_in_one_tile():
    rows = [(t.POINT, t.STOP, "High Street", shapely.Point(HERE), t.STOPS)]
    rows.append((t.POINT, t.PLACE, "Leeds", shapely.Point(HERE), t.CITY))
    made = cut_tiles(features(*rows))
    assert {zoom for zoom, _, _ in made} == set(range(8, 15))
    (layers,) = at_zoom(made, 14).values()
    assert [one[:2] for one in layers[t.POINT]] == [
        (1, {"k": "stop", "n": "High Street", "r": t.STOPS}),
        (1, {"k": "place", "n": "Leeds", "r": t.CITY}),
    ]


def test_water_is_lines_and_areas_in_one_layer():
    rows = [(t.WATER, t.LAKE, "The Lake", square(0.004)), (t.WATER, t.RIVER, "The Beck", line((0, 0), (0.001, 0)))]
    (layers,) = at_zoom(cut_tiles(features(*rows)), 14).values()
    assert sorted(one[0] for one in layers[t.WATER]) == [2, 3]


@pytest.mark.parametrize("seed", range(4))
def test_shapes_of_any_form_are_cut_without_an_error(seed):
    chance = np.random.default_rng(seed)
    rings = [shapely.Polygon(HERE + chance.normal(0, 0.01, (chance.integers(3, 40), 2))) for _ in range(30)]
    lines = [shapely.LineString(HERE + chance.normal(0, 0.02, (chance.integers(2, 40), 2))) for _ in range(30)]
    flat = [shapely.LineString([HERE, HERE]), shapely.Polygon([HERE, HERE, HERE, HERE])]
    rows = [(t.LAND, t.PARK, None, ring) for ring in (*rings, flat[1])]
    rows += [(t.ROAD, t.LOCAL, f"{n}", one) for n, one in enumerate((*lines, flat[0]))]
    for tile, layers in read(cut_tiles(features(*rows))).items():
        for listed in layers.values():
            for kind, _, parts in listed:
                assert all(len(part) >= kind for part in parts), tile


def test_a_map_larger_than_a_region_is_refused_in_a_sentence():
    far = shapely.LineString([(-6.0, 50.0), (1.5, 58.0)])
    with pytest.raises(InputError, match="must cover a county or a region, at most some 300 by 300 km"):
        cut_tiles(features((t.ROAD, t.MAIN, None, far)))
    assert tiles_across(np.array([-1.82, 53.3, -0.86, 53.7]), t.MAX_ZOOM) < 2_000  # South Yorkshire


def test_nothing_makes_no_tiles():
    assert cut_tiles(features()[["theme", "kind", "name", "rank", "geometry"]]) == {}
