import pytest

from data.formats import openstreetmap
from data.formats.cells import day_of
from data.formats.map_kinds import OPENSTREETMAP, map_kind
from data.formats.openstreetmap import Multipolygon, OsmArea, OsmNode, OsmWay, read_objects
from data.formats.sources import Source
from geo.basemap.osm_features import KEYS
from geo.errors import InputError
from tests.unit.data import osm_files
from tests.unit.data.osm_files import NODES, WAYS


def objects(data, name="map.osm"):
    return list(read_objects(Source(name), data, KEYS))


@pytest.mark.parametrize(("write", "name"), [(osm_files.xml, "map.osm"), (osm_files.pbf, "map.osm.pbf")])
def test_both_formats_bring_the_same_objects(write, name):
    found = objects(write(), name)
    assert [one.tags.get("name") for one in found if isinstance(one, OsmNode)] == [
        "High Street",
        "Hill School",
        "Hillside",
    ]
    ways = [one for one in found if isinstance(one, OsmWay)]
    assert [one.tags for one in ways] == [dict(tags) for _, tags in WAYS.values()]
    assert ways[0].pieces == [[(1, -1.54, 53.81), (2, -1.538, 53.81), (3, -1.536, 53.81)]]
    assert [one.tags["name"] for one in found if isinstance(one, OsmArea)] == ["Hill Park"]


def test_a_way_that_lacks_a_node_comes_in_pieces_and_is_not_whole():
    lost = {1: ((1, 2, 99, 3, 4), {"highway": "path"}), 2: ((98, 1), {"highway": "path"})}
    first, second = [one for one in objects(osm_files.xml(ways=lost)) if isinstance(one, OsmWay)]
    assert [[point[0] for point in piece] for piece in first.pieces] == [[1, 2], [3, 4]]
    assert not first.whole
    assert second.pieces == []


def test_a_park_of_several_ways_with_a_hole_is_one_area():
    inner = {20: (-1.5345, 53.8134), 21: (-1.5340, 53.8134), 22: (-1.5340, 53.8137)}
    parts = {1: ((6, 7, 8), {}), 2: ((8, 9, 6), {}), 3: ((20, 21, 22, 20), {})}
    park = {1: (((1, "outer"), (2, "outer"), (3, "inner")), {"type": "multipolygon", "leisure": "park"})}
    found = objects(osm_files.xml(NODES | inner, parts, park))
    (area,) = [one for one in found if isinstance(one, OsmArea)]
    assert not area.from_way
    assert len(area.shape) > 200


def test_what_should_be_an_area_and_cannot_be_one_is_told():
    crossed = {1: ((6, 8, 7, 9, 6), {"leisure": "park"}), 2: ((6, 7, 8), {})}
    half = {1: (((2, "outer"), (99, "outer")), {"type": "multipolygon", "leisure": "park"})}
    found = objects(osm_files.xml(ways=crossed, relations=half))
    assert [one.tags["leisure"] for one in found if isinstance(one, Multipolygon)] == ["park", "park"]
    assert [one for one in found if isinstance(one, OsmArea)] == []


def test_a_file_tells_its_bounds_and_the_day_of_its_newest_way():
    data = osm_files.xml(within='<bounds minlon="-1.6" minlat="53.7" maxlon="-1.5" maxlat="53.9"/>')
    assert openstreetmap.read_header(Source("map.osm"), data).bounds == (-1.6, 53.7, -1.5, 53.9)
    assert openstreetmap.newest(Source("map.osm"), data) == "2026-03-01"
    assert openstreetmap.newest(Source("map.osm.pbf"), osm_files.pbf()) is None


@pytest.mark.parametrize(
    ("moment", "day"), [("2026-04-01T20:21:02Z", "2026-04-01"), ("<script>", None), ("2026-13-01", None), (None, None)]
)
def test_a_day_that_a_file_states_is_a_day_or_nothing(moment, day):
    assert day_of(moment) == day


@pytest.mark.parametrize("name", ["map.pbf", "leeds.osm.pbf", "LEEDS.OSM.PBF"])
def test_an_extract_is_known_by_its_bytes_and_its_name_together(name):
    assert map_kind(Source(name), osm_files.pbf()) == OPENSTREETMAP


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("map.osm", osm_files.pbf(), "give it the ending .pbf"),
        ("map.geojson", osm_files.xml(), "give it the ending .osm"),
        ("map.osm.pbf", b"id,name\n1,a\n", "an extract of OpenStreetMap, and it is damaged or of another kind"),
        ("map.xlsx", b"PK\x03\x04", "damaged"),
        ("map.parquet", b"PAR1", "must be an extract of OpenStreetMap (.osm.pbf, .osm), GeoPackage, GeoJSON or a list"),
    ],
)
def test_other_files_and_wrong_names_are_refused_in_a_sentence(name, data, said):
    with pytest.raises(InputError) as refused:
        map_kind(Source(name), data)
    assert said in str(refused.value)


@pytest.mark.parametrize("data", [osm_files.xml()[:-100], osm_files.pbf()[:-40]])
def test_an_extract_cut_short_is_refused_in_a_sentence(data):
    with pytest.raises(InputError, match="must be a whole extract of OpenStreetMap, and it is damaged or cut short"):
        objects(data)
