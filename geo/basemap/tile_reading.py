"""Tile reading: what ``tile_cutting`` cut and ``tile_encoding`` wrote, read again and put back on the ground.

Mapbox Vector Tiles, version 2.1, by the letter of their specification.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES
from geo.arrays import Floats
from geo.basemap import themes as t
from geo.basemap.tile_cutting import Tile
from geo.basemap.tile_encoding import EXTENT, LINES, POINTS, POLYGONS

Feature = tuple[int, dict[str, Any], list[list[tuple[int, int]]]]  # kind of shape, properties, parts

_LAYER, _NAME, _FEATURE, _KEY, _VALUE, _EXTENT, _VERSION = 3, 1, 2, 3, 4, 5, 15
_TAGS, _KIND, _GEOMETRY = 2, 3, 4
_MOVE_TO, _LINE_TO, _CLOSE = 1, 2, 7
_BYTES: Final = 2  # the wire type of what has a length
_COLUMNS: Final = (t.THEME, c.KIND, c.NAME, t.RANK)


def read_tile(content: bytes) -> dict[str, list[Feature]]:
    """Return the features of each layer of a tile. Raises ValueError for what is none, and a layer that comes twice."""
    layers: dict[str, list[Feature]] = {}
    for number, layer in _fields(content):
        parts = list(_fields(layer))
        (name,) = (value.decode() for field, value in parts if field == _NAME)
        stated = dict(parts)
        if number != _LAYER or name in layers or (stated[_VERSION], stated[_EXTENT]) != (2, EXTENT):
            raise ValueError("A tile must hold layers of version 2, each once.")
        keys = [value.decode() for field, value in parts if field == _KEY]
        values = [_value(value) for field, value in parts if field == _VALUE]
        layers[name] = [_feature(value, keys, values) for field, value in parts if field == _FEATURE]
    return layers


def features_on_ground(tiles: Mapping[Tile, bytes]) -> gpd.GeoDataFrame:
    """Return the features of tiles of one zoom (EPSG:27700): ``theme``, ``kind``, ``name`` (or None), ``rank``.

    What has the same theme, kind, name and rank is one feature, in however many tiles it lies.
    """
    gathered: dict[tuple[Any, ...], list[shapely.Geometry]] = defaultdict(list)
    for (_, column, row), content in tiles.items():
        for theme, features in read_tile(content).items():
            for kind, own, parts in features:
                shape = _shape(kind, parts, column, row)
                if not shape.is_empty:
                    gathered[theme, own["k"], own.get("n"), own.get("r", 0), kind].append(shape)
    joined = [_joined(key[-1], shapes) for key, shapes in gathered.items()]
    zoom = next((tile[0] for tile in tiles), 0)
    ground = shapely.transform(np.array(joined, dtype=object), lambda xy: _degrees(xy, zoom))
    columns = {name: [key[at] for key in gathered] for at, name in enumerate(_COLUMNS)}
    return gpd.GeoDataFrame(columns, geometry=list(ground), crs=DEGREES).to_crs(METRES)


def tiles_within(bounds: tuple[float, float, float, float], zoom: int) -> list[Tile]:
    """List the tiles of a zoom that bounds (west, south, east, north, in degrees) touch."""
    west, south, east, north = bounds
    lon, lat = np.radians([west, east]), np.radians([north, south])
    x = (lon / (2 * np.pi) + 0.5) * 2**zoom
    y = (0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)) * 2**zoom
    columns, rows = (range(int(low), int(high) + 1) for low, high in (x, y))
    return [(zoom, column, row) for column in columns for row in rows]


def _shape(kind: int, parts: Sequence[Sequence[tuple[int, int]]], column: int, row: int) -> shapely.Geometry:
    """Return a feature in units of its zoom, cut to its own tile: what lies beyond the edge is the next tile's too."""
    corner = np.array([column, row]) * EXTENT
    placed = [np.asarray(part) + corner for part in parts]
    if kind == POINTS:
        shape: shapely.Geometry = shapely.MultiPoint([tuple(point) for part in placed for point in part])
    elif kind == LINES:
        shape = shapely.MultiLineString(placed)
    else:
        shape = _polygons(placed)
    (west, north), (east, south) = corner, corner + EXTENT
    return shapely.intersection(shape, shapely.box(west, north, east, south))


def _polygons(rings: Sequence[Floats]) -> shapely.Geometry:
    """Return the polygons of rings: an outer one, then those that are holes in it, and so on."""
    found: list[tuple[Floats, list[Floats]]] = []
    for ring in rings:
        x, y = ring.T
        if np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)) > 0 or not found:
            found.append((ring, []))
        else:
            found[-1][1].append(ring)
    return shapely.make_valid(shapely.MultiPolygon(found))


def _joined(kind: int, shapes: Sequence[shapely.Geometry]) -> shapely.Geometry:
    if kind == POINTS:
        return shapely.union_all(shapes)
    parts = shapely.get_parts(shapely.get_parts(np.array(shapes, dtype=object)))
    parts = parts[shapely.get_dimensions(parts) + 1 == kind]
    if kind == POLYGONS:
        return shapely.union_all(parts)
    return shapely.line_merge(shapely.MultiLineString(list(parts)))


def _degrees(xy: Floats, zoom: int) -> Floats:
    x, y = xy.T / (EXTENT * 2**zoom)
    return np.column_stack((x * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))))


def _feature(content: bytes, keys: list[str], values: list[Any]) -> Feature:
    parts = dict(_fields(content))
    tags = list(_numbers(parts.get(_TAGS, b"")))
    properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    return parts[_KIND], properties, _parts(list(_numbers(parts[_GEOMETRY])), parts[_KIND])


def _parts(numbers: list[int], kind: int) -> list[list[tuple[int, int]]]:
    found: list[list[tuple[int, int]]] = []
    x = y = at = 0
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == _CLOSE and kind == POLYGONS and count == 1:
            continue
        if command not in (_MOVE_TO, _LINE_TO):
            raise ValueError("A shape of a tile is drawn by moves and lines, and a polygon is closed.")
        for _ in range(count):
            x, y = x + _zigzag(numbers[at]), y + _zigzag(numbers[at + 1])
            at += 2
            if command == _MOVE_TO:
                found.append([])
            found[-1].append((x, y))
    return found


def _zigzag(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _value(content: bytes) -> Any:
    ((field, value),) = _fields(content)
    return value.decode() if field == 1 else value


def _fields(content: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(content):
        tag, at = _varint(content, at)
        value, at = _varint(content, at)
        if tag & 7 != _BYTES:
            yield tag >> 3, value
        elif at + value <= len(content):
            yield tag >> 3, content[at : at + value]
            at += value
        else:
            raise ValueError("A tile must be whole.")


def _numbers(content: bytes) -> Iterator[int]:
    at = 0
    while at < len(content):
        value, at = _varint(content, at)
        yield value


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while content[at] & 0x80:
        value |= (content[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
    return value | content[at] << shift, at + 1
