"""GeoJSON read with json and Shapely alone, so that a file cannot name other files or addresses to be opened."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from data.reading import cells
from data.reading.headers import column_names, require_columns, require_rows
from data.reading.layers import Layer, Shapes
from data.reading.plain_texts import text_of, texts_of
from data.reading.positions import BRITISH_LAT, BRITISH_LON
from data.reading.sheets import Aside
from data.reading.sources import Source
from geo.errors import InputError

Json: TypeAlias = dict[str, Any]  # what json.loads gives for an object

DEGREES: Final = "EPSG:4326"
_DEEPEST: Final = 30  # a geometry in a collection of collections takes about twelve
_GRID: Final = "EPSG:27700"
_MEMBERS: Final = frozenset(("type", "features", "crs", "bbox"))
MOST_TO_REPAIR: Final = 5_000  # points of one shape; an outline of a whole district has about as many
_WORLD: Final = (-180.0, -90.0, 180.0, 90.0)
_GRID_BOUNDS: Final = (-100_000.0, -100_000.0, 800_000.0, 1_400_000.0)  # the National Grid with its coastal waters


@dataclass(frozen=True)
class Features:
    """The features of a file in its order: properties, and 2-D geometries in EPSG:4326 (None where there is none)."""

    properties: list[Json]
    geometries: Shapes
    asides: tuple[Aside, ...] = field(default=())

    def names(self) -> list[str]:
        """List the names of all properties, in the order in which they first occur."""
        return list(dict.fromkeys(name for properties in self.properties for name in properties))


def read_features(source: Source) -> Features:
    """Read a GeoJSON FeatureCollection in longitude and latitude or in the British National Grid.

    Raises ``InputError`` when it is no such file, has no features, holds coordinates that cannot be read, states
    another coordinate system, or lies outside Britain.
    """
    content = _load(source)
    features = content["features"]
    stated = _stated_crs(source.name, content)
    placed = to_degrees(source.name, _geometries(source.name, features), stated)
    return Features([dict(feature.get("properties") or {}) for feature in features], placed, _asides(content))


def read_layer(source: Source) -> Layer:
    """Read a FeatureCollection as a layer of text columns; what is nested in a property becomes JSON text.

    Raises ``InputError`` as ``read_features`` does, and for too many features or properties.
    """
    found = read_features(source)
    where, names = f"“{source.name}”", found.names()
    require_columns(where, len(names))
    require_rows(where, len(found.properties))
    columns = [texts_of(properties.get(name) for properties in found.properties) for name in names]
    table = pa.table(columns, names=column_names(where, [text_of(name) or "" for name in names]))
    return Layer(source.name, None, table, found.geometries, asides=found.asides)


def from_wkb(where: str, binary: Shapes, say: cells.Say = cells.say_features) -> Shapes:
    """Give the shapes of well-known binary (bytes, None where blank), refusing what cannot be read."""
    found: Shapes = shapely.from_wkb(binary, on_invalid="ignore")
    _require_read(where, found, np.array([shape is not None for shape in binary], dtype=np.bool_), say)
    return found


def require_system(where: str, name: str) -> str:
    """Answer which of the two coordinate systems is meant by ``name``; raises ``InputError`` for any other."""
    if name.endswith((":CRS84", ":4326")):
        return DEGREES
    if name.endswith(":27700"):
        return _GRID
    raise InputError(
        f"“{where}”: coordinates must be in EPSG:4326 or EPSG:27700, but the file states another system; export the "
        "layer in EPSG:4326."
    )


def to_degrees(where: str, geometries: Shapes, stated: str | None = None) -> Shapes:
    """Give 2-D geometries in EPSG:4326, from the coordinate system ``stated`` or else the one their bounds tell.

    Raises ``InputError`` for bounds that the system cannot have, and for geometries that lie wholly outside Britain.
    """
    flat: Shapes = shapely.force_2d(geometries)
    bounds = shapely.total_bounds(flat)
    if np.isnan(bounds).all():
        return flat
    crs = stated or (DEGREES if _inside(bounds, _WORLD) else _GRID)
    if not _inside(bounds, _WORLD if crs == DEGREES else _GRID_BOUNDS) or (crs == _GRID and _inside(bounds, _WORLD)):
        raise InputError(
            f"“{where}”: coordinates must be longitude and latitude, or else the British National Grid and said to be "
            "so, but they are not; export the layer in EPSG:4326."
        )
    placed: Shapes = gpd.GeoSeries(flat, crs=crs).to_crs(DEGREES).to_numpy() if crs == _GRID else flat
    _require_britain(where, placed)
    return placed


def repair(where: str, geometries: Shapes) -> tuple[Shapes, cells.Mask]:
    """Give valid geometries, and which of them had to be repaired; polygons stay polygons, or become empty.

    Raises ``InputError`` for a shape that is invalid and has so many points that repairing it could take minutes.
    """
    invalid: cells.Mask = ~shapely.is_valid(geometries)
    intricate = invalid & (shapely.get_num_coordinates(geometries) > MOST_TO_REPAIR)
    if intricate.any():
        raise InputError(
            f"“{where}”: a shape that crosses itself can have at most {MOST_TO_REPAIR:,} points, and there are "
            f"more in {cells.say_features(intricate)}; repair it in the mapping program."
        )
    repaired = geometries.copy()
    repaired[invalid] = [_covering(shape) for shape in shapely.make_valid(geometries[invalid])]
    return repaired, invalid


def _covering(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep what covers ground of a repaired polygon; repairs can leave points and lines beside it."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)


def _load(source: Source) -> Json:
    try:
        content = json.loads(source.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        content = None
    if content is None:
        raise InputError(f"“{source.name}”: places must be GeoJSON, but this is not JSON text; export it as GeoJSON.")
    if _is_deep(content):
        raise InputError(
            f"“{source.name}”: GeoJSON must nest its values at most {_DEEPEST} deep, but this nests them deeper; "
            "export the layer again without lists of lists in its properties."
        )
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise InputError(
            f"“{source.name}”: GeoJSON must be a FeatureCollection, but this is something else; export the whole layer."
        )
    if not features:
        raise InputError(f"“{source.name}”: GeoJSON must hold features, but it holds none; export the layer again.")
    wrong = np.array([not _is_feature(feature) for feature in features])
    if wrong.any():
        raise InputError(
            f"“{source.name}”: a FeatureCollection must hold features with properties and a geometry, but not so "
            f"{cells.say_features(wrong)}; export the layer again."
        )
    return dict(content)


def _is_deep(content: object) -> bool:
    """Answer whether values are nested so deep that writing or comparing them would not end well."""
    level = [content]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _parts(outer) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _is_feature(feature: object) -> bool:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return False
    return all(isinstance(feature.get(part), dict | None) for part in ("properties", "geometry"))


def _geometries(where: str, features: list[Json]) -> Shapes:
    stated = [feature.get("geometry") for feature in features]
    texts = np.array([None if geometry is None else json.dumps(geometry) for geometry in stated], dtype=object)
    found: Shapes = shapely.from_geojson(texts, on_invalid="ignore")
    _require_read(where, found, np.array([geometry is not None for geometry in stated], dtype=np.bool_))
    return found


def _require_read(where: str, found: Shapes, stated: cells.Mask, say: cells.Say = cells.say_features) -> None:
    unread = shapely.is_missing(found) & stated
    if unread.any():
        raise InputError(
            f"“{where}”: a geometry must be closed rings, lines or points of numbers, but not so {say(unread)}; repair "
            "it in the mapping program."
        )


def _stated_crs(where: str, content: Json) -> str | None:
    member = content.get("crs")
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    return require_system(where, name)


def _asides(content: Json) -> tuple[Aside, ...]:
    """List what the file says of itself beside its features."""
    told = ((key, text_of(value)) for key, value in content.items() if key not in _MEMBERS)
    return tuple(Aside("a note of the file", f"{key} {text}") for key, text in told if text)


def _require_britain(where: str, geometries: Shapes) -> None:
    west, south, east, north = shapely.total_bounds(geometries)
    if np.isnan(west) or (_overlaps(west, east, BRITISH_LON) and _overlaps(south, north, BRITISH_LAT)):
        return
    swapped = _overlaps(west, east, BRITISH_LAT) and _overlaps(south, north, BRITISH_LON)
    found = "latitude stands before longitude" if swapped else "they lie elsewhere"
    raise InputError(f"“{where}”: coordinates must lie in Britain, but {found}; export the layer in EPSG:4326.")


def _overlaps(low: float, high: float, bounds: tuple[float, float]) -> bool:
    return low <= bounds[1] and high >= bounds[0]


def _inside(bounds: npt.NDArray[np.float64], limits: tuple[float, float, float, float]) -> bool:
    return bool((bounds[:2] >= limits[:2]).all() and (bounds[2:] <= limits[2:]).all())
