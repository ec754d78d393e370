"""Map files: extracts of OpenStreetMap and layers of lines that are cut, swollen, twisted or lead elsewhere."""

import random
import struct
import zlib

import geopandas as gpd
import numpy as np
import shapely

from tests.hostile.making import Lures, geopackage, hostile
from tests.unit.data import osm_files
from tests.unit.data.osm_files import NODES, WAYS
from tests.unit.data.records import making_files

ROAD = {"highway": "residential"}
SCRIPT = "<script src='{url}/x.js'></script><img src=x onerror=alert(1)>"


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*written, number])


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _blob(kind: bytes, packed: bytes, states: int) -> bytes:
    """Write one block of a PBF whose blob says that it unpacks to ``states`` bytes."""
    blob = _varint(2 << 3) + _varint(states) + _field(3, packed)
    header = _field(1, kind) + _varint(3 << 3) + _varint(len(blob))
    return struct.pack(">I", len(header)) + header + blob


def _after_header(block: bytes) -> bytes:
    head = _field(4, b"OsmSchema-V0.6") + _field(4, b"DenseNodes")
    return _blob(b"OSMHeader", zlib.compress(head), len(head)) + block


@hostile("map.osm.pbf")
def a_pbf_cut_short(_: Lures) -> bytes:
    return osm_files.pbf()[:-60]


@hostile("map.osm.pbf")
def a_pbf_of_its_header_only(_: Lures) -> bytes:
    return _after_header(b"")


@hostile("map.osm.pbf")
def a_blob_of_a_pbf_that_is_a_bomb(_: Lures) -> bytes:
    return _after_header(_blob(b"OSMData", zlib.compress(b"\0" * 200_000_000, 9), 200_000_000))


@hostile("map.osm.pbf")
def a_blob_of_a_pbf_that_lies_small(_: Lures) -> bytes:
    return _after_header(_blob(b"OSMData", zlib.compress(b"\0" * 200_000_000, 9), 1_000))


@hostile("map.osm.pbf")
def a_blob_of_a_pbf_that_lies_large(_: Lures) -> bytes:
    return _after_header(_blob(b"OSMData", zlib.compress(b"\0" * 1_000), 2**31 - 1))


@hostile("map.osm.pbf")
def a_header_of_a_pbf_of_four_gigabytes(_: Lures) -> bytes:
    return b"\xff\xff\xff\xf0\n\tOSMHeader" + b"x" * 1_000


@hostile("map.osm.pbf")
def a_pbf_whose_strings_are_missing(_: Lures) -> bytes:
    # A block without a table of strings, and a node whose tags number them.
    node = _varint(1 << 3) + _varint(2) + _field(2, _varint(90_000)) + _field(3, _varint(90_000))
    block = _field(1, b"") + _field(2, _field(1, node))
    return _after_header(_blob(b"OSMData", zlib.compress(block), len(block)))


@hostile("map.osm.pbf")
def a_pbf_of_noise(_: Lures) -> bytes:
    noise, whole = random.Random(6), bytearray(osm_files.pbf())  # noqa: S311 - noise that repeats
    for _each in range(60):
        whole[noise.randrange(40, len(whole))] = noise.randrange(256)
    return bytes(whole)


@hostile("map.osm")
def an_extract_of_a_billion_laughs(_: Lures) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    before = f'<!DOCTYPE osm [<!ENTITY l0 "laugh">{entities}]>'
    return osm_files.xml(before=before, within="<note>&l9;</note>")


@hostile("map.osm")
def an_extract_that_includes_a_file(lures: Lures) -> bytes:
    before = f'<!DOCTYPE osm [<!ENTITY x SYSTEM "file://{lures.secret}"><!ENTITY y SYSTEM "{lures.url}/y">]>'
    return osm_files.xml(before=before, within="<note>&x;&y;</note>")


@hostile("map.osm")
def an_extract_that_ends_in_a_tag(_: Lures) -> bytes:
    return osm_files.xml()[:-200]


@hostile("map.osm")
def ways_whose_nodes_are_nowhere(_: Lures) -> bytes:
    lost = {n: (tuple(range(10_000 + n, 10_040 + n)), ROAD) for n in range(100, 400)}
    return osm_files.xml(ways=WAYS | lost, relations={1: (((5, "outer"), (99, "outer")), {"type": "multipolygon"})})


@hostile("map.osm")
def nodes_beyond_the_globe(_: Lures) -> bytes:
    out = {20: (1e9, 53.8), 21: (-1.5, -400.0), 22: (float("nan"), float("inf"))}
    return osm_files.xml(NODES | out, WAYS | {20: ((1, 20, 21, 22, 2), ROAD)})


@hostile("map.osm")
def a_road_around_the_world(_: Lures) -> bytes:
    far = {20 + n: (-180.0 + n, 53.8) for n in range(360)}
    return osm_files.xml(NODES | far, WAYS | {20: (tuple(far), ROAD)})


@hostile("map.osm")
def a_road_all_over_britain(_: Lures) -> bytes:
    far = {20: (-6.0, 50.0), 21: (1.5, 58.0)}
    return osm_files.xml(NODES | far, WAYS | {20 + n: ((20, 21), ROAD | {"name": f"{n}"}) for n in range(2_000)})


@hostile("map.osm")
def names_of_a_map_without_end(_: Lures) -> bytes:
    named = {20 + n: ((1, 2), ROAD | {"name": f"{n} " + "endless " * 2_000}) for n in range(500)}
    return osm_files.xml(ways=WAYS | named)


@hostile("map.osm")
def names_of_a_map_that_are_scripts(lures: Lures) -> bytes:
    texts = (SCRIPT.format(url=lures.url), "${alert(1)}", "\u202eteertS hgiH", "a\u0000b", "=cmd|'/c calc'!A0")
    named = {20 + n: ((1, 2), ROAD | {"name": text.replace("\0", "")}) for n, text in enumerate(texts)}
    return osm_files.xml(ways=WAYS | named)


@hostile("map.osm")
def a_park_that_crosses_itself_everywhere(_: Lures) -> bytes:
    chance = random.Random(3)  # noqa: S311 - noise that repeats
    points = {100 + n: (-1.54 + chance.random() / 100, 53.81 + chance.random() / 100) for n in range(1_500)}
    return osm_files.xml(NODES | points, WAYS | {50: ((*points, 100), {"leisure": "park"})})


@hostile("map.osm.pbf", "map.osm", "map.gpkg")
def a_map_that_is_something_else(_: Lures) -> bytes:
    return b"GIF89a\1\0\1\0\0\0\0;"


@hostile("map.gpkg")
def a_map_of_roads_with_a_view(lures: Lures) -> bytes:
    return geopackage(
        lures.folder,
        "CREATE VIEW road_link AS SELECT fid, geom, name AS name_1, 'A Road' AS road_function FROM areas",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        "VALUES ('road_link', 'features', 'v', 4326)",
    )


@hostile("map.gpkg")
def a_million_points_in_one_road(_: Lures) -> bytes:
    steps = np.random.default_rng(1).normal(0, 1e-4, (400_000, 2)).cumsum(axis=0) * 0.01 + (-1.5, 53.8)
    frame = gpd.GeoDataFrame({"name": ["Long Road"]}, geometry=[shapely.linestrings(steps)], crs=4326)
    return making_files.gpkg({"roads": frame})


@hostile("map.geojson")
def roads_that_are_mixtures(_: Lures) -> bytes:
    return (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"highway":"primary","name":["a"]},'
        b'"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-1.5,53.8]},'
        b'{"type":"LineString","coordinates":[[-1.5,53.8],[-1.4,53.8]]}]}},{"type":"Feature","properties":{"highway":7},'
        b'"geometry":{"type":"LineString","coordinates":[[-1.5,53.8],[-1.5,53.8]]}}]}'
    )
