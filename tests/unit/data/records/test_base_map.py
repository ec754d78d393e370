import sqlite3
from contextlib import closing

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data.formats.sources import Source
from data.formats.tile_archive import unpack_tiles
from data.records.base_map import BaseMapFiles, read_base_map, summary
from geo.errors import InputError
from tests.unit.data import osm_files
from tests.unit.data.osm_files import NODES, WAYS
from tests.unit.data.records import making_files

STOPS = (
    "ATCOCode,CommonName,StopType,Status,Longitude,Latitude\n"
    "450010,Hill Road,BCT,active,-1.5385,53.8105\n450011,Hill Interchange,BCE,active,-1.5365,53.8105\n"
)
POSTCODES = "pcds,lat,long\nLS7 3PD,53.8101,-1.5381\nLS8 4PG,53.8121,-1.5371\n"
CORNER = (430_000, 435_000)


def read(*files, bounds=None, title=None):
    sources = tuple(Source(name, content=data if isinstance(data, bytes) else data.encode()) for name, data in files)
    return read_base_map(BaseMapFiles(sources, title, bounds), tell_nobody)


def tell_nobody(_share, _what):
    """Take progress and do nothing with it."""


def roads(columns, *lines, crs=27700):
    """Make roads of lines in metres from a corner."""
    moved = [shapely.transform(shapely.LineString(line), lambda xy: np.add(xy, CORNER)) for line in lines]
    frame = gpd.GeoDataFrame(columns, geometry=moved, crs=27700)
    return frame.to_crs(crs)


@pytest.fixture(scope="module")
def made():
    return read(("hill.osm", osm_files.xml()))


def test_an_extract_is_counted_by_what_is_drawn_of_it(made):
    assert made.counts == {
        "roads": 3, "paths": 1, "parks": 1, "stops": 1, "schools": 1, "named places": 1, "parks with a name": 1,
        "street names": 3,
    }  # fmt: skip
    assert made.left_out == {"highways that are none to go along: not built, gone, platforms": 1}
    assert (made.source, made.attribution) == ("OpenStreetMap", "© OpenStreetMap contributors, ODbL")
    assert (made.edition, made.title) == ("2026-03-01", "Base map from hill")
    assert made.bounds == (-1.54, 53.808, -1.533, 53.814)
    assert len(unpack_tiles(made.archive)) == made.tiles


def test_its_names_are_those_of_what_is_drawn(made):
    assert list(zip(made.names["name"], made.names["kind"], strict=True)) == [
        ("Back Lane", "street"), ("High Street", "stop"), ("High Street", "street"), ("Hill Park", "park"),
        ("Hill School", "school"), ("Hillside", "place"), ("M1", "street"),
    ]  # fmt: skip


def test_its_network_joins_ways_on_foot_and_says_which_are_closed(made):
    network = made.network
    assert len(network.lon) == 5
    assert len(network.start) == 4
    assert sum(network.left_out.values()) == 3  # the motorway, the private yard, and what is not there
    assert network.left_out["motorways"] == 1


def test_what_was_read_is_said_in_sentences(made):
    said = summary(made)
    assert said[0].startswith("OpenStreetMap: roads 3, paths 1, parks 1,")
    assert said[1].startswith("Left out: highways")
    assert all(line.endswith(".") for line in said)


def test_lists_of_stops_and_postcodes_alone_make_a_map_of_names():
    made = read(("Stops.csv", STOPS), ("codes.csv", POSTCODES))
    assert made.counts == {"stations": 1, "stops": 1, "postcodes": 2}
    assert set(made.names["kind"]) == {"stop", "station", "postcode"}
    assert len(made.network.start) == 0
    assert made.tiles > 0


def test_stops_of_a_list_stand_in_for_those_of_the_map():
    made = read(("hill.osm", osm_files.xml()), ("Stops.csv", STOPS))
    assert made.counts["stops"] == made.counts["stations"] == 1
    assert set(made.names.loc[made.names["kind"] == "stop", "name"]) == {"Hill Road"}
    assert made.source == "OpenStreetMap and a list of stops"
    assert "ODbL" in made.attribution
    assert "NaPTAN" in made.attribution


def test_a_table_that_is_no_list_of_places_is_refused():
    with pytest.raises(InputError, match=r"must be a list of stops \(NaPTAN\) or of postcodes"):
        read(("log.csv", "date,type\n2024-03-04,Robbery\n"))


def test_open_roads_are_joined_at_their_ends_and_motorways_are_not_walked():
    columns = {"road_function": ["A Road", "Local Road", "Motorway", "Restricted Local Access Road"],
               "name_1": ["High Street", "Back Lane", None, None], "other": [1, 2, 3, 4]}  # fmt: skip
    lines = ([(0, 0), (50, 10), (100, 0)], [(100, 0), (200, 0)], [(0, 0), (0, 900)], [(200, 0), (200, 50)])
    made = read(
        ("oproad.gpkg", making_files.gpkg({"road_link": roads(columns, *lines), "road_node": roads({}, lines[0])}))
    )
    assert made.source == "OS Open Roads"
    assert "Crown copyright" in made.attribution
    assert made.counts == {"roads": 4, "street names": 2}
    assert len(made.network.start) == 4
    assert len(made.network.lon) == 5
    assert made.network.left_out == {"motorways": 1}
    assert made.edition is not None


def test_zoomstack_is_read_by_its_layers_and_only_what_is_drawn():
    square = shapely.box(*CORNER, CORNER[0] + 400, CORNER[1] + 300)
    place = gpd.GeoDataFrame({"name1": ["Hillside", "Big Hill"], "type": ["Suburban Area", "Landform"]},
                             geometry=[shapely.Point(CORNER)] * 2, crs=27700)  # fmt: skip
    layers = {
        "roads_local": roads({"type": ["Local"], "name": ["High Street"]}, [(0, 0), (100, 0)]),
        "names": place,
        "greenspace": gpd.GeoDataFrame({"type": ["Public Park Or Garden"]}, geometry=[square], crs=27700),
        "contours": roads({"height": [50]}, [(0, 0), (9, 9)]),
    }
    made = read(("OS_Open_Zoomstack.gpkg", making_files.gpkg(layers)))
    assert made.source == "OS Open Zoomstack"
    assert made.counts == {"roads": 1, "parks": 1, "named places": 1, "street names": 1}
    assert set(made.names["name"]) == {"High Street", "Hillside"}


def test_of_a_national_file_only_what_lies_near_the_areas_is_read():
    near, far = [(0, 0), (100, 0)], [(90_000, 0), (90_100, 0)]
    content = making_files.gpkg({"road_link": roads({"road_function": ["A Road"] * 2}, near, far)})
    assert read(("oproad.gpkg", content)).counts["roads"] == 2
    assert read(("oproad.gpkg", content), bounds=(-1.6, 53.7, -1.4, 53.9)).counts["roads"] == 1


@pytest.mark.parametrize(
    "write", [lambda frame: frame.to_json().encode(), lambda frame: making_files.gpkg({"x": frame})]
)
def test_any_lines_are_roads_with_the_names_of_a_likely_column(write):
    frame = roads(
        {"Road_Name": ["High Street", None], "length": [1.5, 2]}, [(0, 0), (9, 0)], [(9, 0), (9, 9)], crs=4326
    )
    made = read((f"lines.{'geojson' if write(frame).startswith(b'{') else 'gpkg'}", write(frame)))
    assert made.counts == {"roads": 2, "street names": 1}
    assert len(made.network.start) == 2
    assert made.attribution == "Source: lines"


def test_features_with_tags_are_classed_by_them():
    square = shapely.box(-1.54, 53.80, -1.53, 53.81)
    columns = {"highway": ["footway", "construction", None, None], "leisure": [None, None, "park", None],
               "place": [None, None, None, "suburb"],
               "name": ["Snicket", "New Road", "Hill Park", "Hillside"]}  # fmt: skip
    shapes = [square.boundary, square.boundary, square, square.centroid]
    made = read(("export.geojson", gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_json()))
    assert made.counts == {"paths": 1, "parks": 1, "named places": 1, "parks with a name": 1, "street names": 1}
    assert "OpenStreetMap" in made.attribution


def test_an_extract_by_geofabrik_is_known_by_its_layers():
    square = shapely.box(-1.54, 53.80, -1.53, 53.81)
    layers = {
        "gis_osm_roads_free": gpd.GeoDataFrame(
            {"fclass": ["residential"], "name": ["A"]}, geometry=[square.boundary], crs=4326
        ),
        "gis_osm_landuse_a_free": gpd.GeoDataFrame({"fclass": ["park"], "name": ["B"]}, geometry=[square], crs=4326),
        "gis_osm_transport_free": gpd.GeoDataFrame(
            {"fclass": ["railway_station"], "name": ["C"]}, geometry=[square.centroid], crs=4326
        ),
    }
    made = read(("leeds.gpkg", making_files.gpkg(layers)))
    assert made.counts == {"roads": 1, "parks": 1, "stations": 1, "parks with a name": 1, "street names": 1}


def test_a_layer_of_points_alone_is_refused():
    frame = gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.Point(-1.5, 53.8)], crs=4326)
    with pytest.raises(InputError, match="a base map needs lines, or features that say what they are"):
        read(("points.geojson", frame.to_json()))


def test_a_file_beyond_what_is_held_is_read_where_it_lies(tmp_path, monkeypatch):
    monkeypatch.setattr("data.records.base_map.MAX_UNPACKED", 1_000)
    file = tmp_path / "oproad.gpkg"
    file.write_bytes(making_files.gpkg({"road_link": roads({"road_function": ["A Road"]}, [(0, 0), (9, 0)])}))
    made = read_base_map(BaseMapFiles((Source(file.name, path=file),)), tell_nobody)
    assert made.counts == {"roads": 1}
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE VIEW v AS SELECT 1 AS fid")
        database.commit()
    with pytest.raises(InputError, match="holds views"):
        read_base_map(BaseMapFiles((Source(file.name, path=file),)), tell_nobody)


def test_what_lies_outside_britain_is_left_out_and_counted():
    away = {20: (2.30, 48.85), 21: (2.35, 48.86)}
    made = read(("hill.osm", osm_files.xml(NODES | away, WAYS | {20: ((20, 21), {"highway": "primary"})})))
    assert made.left_out["features outside Britain"] == 1
    assert made.counts["roads"] == 3
    with pytest.raises(InputError, match="and these files have none"):
        read(("paris.osm", osm_files.xml(away, {20: ((20, 21), {"highway": "primary"})})))


def test_a_map_of_too_many_points_is_refused(monkeypatch):
    monkeypatch.setattr("data.records.base_map._MOST_POINTS", 10)
    with pytest.raises(InputError, match="can have at most 10 points"):
        read(("hill.osm", osm_files.xml()))


def test_arrays_of_a_network_can_leave_the_sandbox(made):
    assert made.network.start.dtype == made.network.end.dtype == np.int64
    assert made.network.lon.dtype == np.float64
