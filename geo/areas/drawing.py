"""Drawings: areas, and the backdrop that lies under them, as compact GeoJSON for a browser.

A drawing is fetched once and painted from values alone, by position, so its features keep the frame's order.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet
from geo.errors import InputError

# Metres. Coverage simplification drops corners whose triangle is smaller than a square of this side: a pixel or two at
# street zoom, and neighbours still share every border because the whole coverage is simplified at once.
TOLERANCE: Final = 25.0
BACKDROP: Final = "backdrop"  # the level under which a set's streets and place names are drawn

_OUTLINE_TOLERANCE: Final = 0.0003  # degrees, about 30 m: an outline to find one's way by, not one to measure
_DECIMALS: Final = 5  # about one metre in Britain
_POLYGONAL: Final = (3, 6)  # shapely type ids of Polygon and MultiPolygon


def drawing(areas: gpd.GeoDataFrame) -> bytes:
    """Return ``areas`` as compact GeoJSON, borders simplified together so that neighbours still meet.

    Parameters
    ----------
    areas
        Columns ``area`` (code), ``name`` and ``geometry`` (polygons, EPSG:4326).

    Returns
    -------
    bytes
        A UTF-8 FeatureCollection in the order of ``areas``: ``id`` is the position, properties are ``c`` (code) and
        ``n`` (name), coordinates have five decimals.

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326, or an area has no polygon.
    """
    polygons = _polygons(_in_degrees(areas, "areas"))
    metres = gpd.GeoSeries(polygons, crs=DEGREES).to_crs(METRES)
    simple = shapely.coverage_simplify(metres.to_numpy(), TOLERANCE)
    rounded = _rounded(gpd.GeoSeries(simple, crs=METRES).to_crs(DEGREES).to_numpy())
    # A sliver smaller than the rounding would vanish, and every later area would then wear its neighbour's value.
    kept = np.where(shapely.area(rounded) > 0, rounded, polygons)
    properties = ({"c": str(code), "n": str(name)} for code, name in zip(areas[c.AREA], areas[c.NAME], strict=True))
    return _collection(kept, properties)


def renamed(content: bytes, names: Sequence[str]) -> bytes:
    """Return a drawing of areas with other ``names``, in its order; the same bytes where they are the ones it has.

    Shapes are kept for good, and how people speak of areas is not.
    """
    made = json.loads(content)
    properties = [feature["properties"] for feature in made["features"]]
    if [facts["n"] for facts in properties] == list(names):
        return content
    for facts, name in zip(properties, names, strict=True):
        facts["n"] = name
    return _compact(made).encode()


def backdrop_drawing(lines_and_points: gpd.GeoDataFrame) -> bytes:
    """Return what people find their way by as compact GeoJSON: streets, water and rail as lines, place names as points.

    Parameters
    ----------
    lines_and_points
        Columns ``kind`` (for example ``street``, ``river``, ``rail``, ``place``), ``name`` (may be null) and
        ``geometry`` (EPSG:4326).

    Returns
    -------
    bytes
        A UTF-8 FeatureCollection in the frame's order; properties are ``k`` (kind) and ``n`` (name, ``""`` if none).

    Raises
    ------
    InputError
        If the frame is not in EPSG:4326.
    """
    shapes = _rounded(_in_degrees(lines_and_points, "backdrop"))
    names = lines_and_points[c.NAME].astype(object)
    properties = (
        {"k": str(kind), "n": str(name) if has_name else ""}
        for kind, name, has_name in zip(lines_and_points[c.KIND], names, names.notna(), strict=True)
    )
    return _collection(shapes, properties)


def largest_areas(areas: AreaSet) -> gpd.GeoDataFrame | None:
    """Return outlines (``kind`` "border") and name points ("place") of the largest parents; None when there are none.

    The frame has ``kind``, ``name`` and ``geometry`` (EPSG:4326), as ``backdrop_drawing`` takes it.
    """
    if len(areas.levels) == 1:
        return None
    shapes = areas.shapes(areas.levels[-1])
    outlines = shapely.boundary(shapely.coverage_simplify(shapes.geometry.to_numpy(), _OUTLINE_TOLERANCE))
    lines = pd.DataFrame({c.KIND: "border", c.NAME: "", c.GEOMETRY: outlines})
    names = pd.DataFrame(
        {c.KIND: "place", c.NAME: shapes[c.NAME], c.GEOMETRY: shapes.geometry.representative_point().to_numpy()}
    )
    return gpd.GeoDataFrame(pd.concat([lines, names], ignore_index=True), geometry=c.GEOMETRY, crs=DEGREES)


def digest(content: bytes) -> str:
    """Return a name for ``content`` by what it holds: the first 32 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:32]


def pack_drawing(content: bytes) -> tuple[str, bytes]:
    """Return a drawing's digest and its bytes packed with gzip, equal for equal drawings."""
    return digest(content), gzip.compress(content, mtime=0)


def _in_degrees(frame: gpd.GeoDataFrame, what: str) -> NDArray[np.object_]:
    """Return the geometries of ``frame``; raise InputError when they are not longitude and latitude."""
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        found = "none" if frame.crs is None else frame.crs.to_string()
        raise InputError(f"A drawing needs {what} in EPSG:4326, found {found}; convert with to_crs('EPSG:4326').")
    shapes: NDArray[np.object_] = frame.geometry.to_numpy()
    return shapes


def _polygons(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the polygons of each shape; making a shape valid can leave stray lines with them."""
    polygons = np.array(shapes, dtype=object)
    for position in np.flatnonzero(~np.isin(shapely.get_type_id(polygons), _POLYGONAL)):
        parts = shapely.get_parts(polygons[position]) if polygons[position] is not None else np.array([])
        polygons[position] = shapely.union_all([part for part in parts if shapely.get_type_id(part) in _POLYGONAL])
    blank = np.flatnonzero(shapely.is_empty(polygons) | shapely.is_missing(polygons))
    if len(blank):
        raise InputError(
            f"Every area needs a polygon, found {len(blank)} without one (the first is area number {blank[0] + 1}); "
            "correct the boundary file."
        )
    return polygons


def _rounded(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes with rounded coordinates; equal corners stay equal, so borders that met still meet."""
    rounded: NDArray[np.object_] = shapely.transform(shapes, lambda xy: np.round(xy, _DECIMALS))
    return rounded


def _collection(shapes: NDArray[np.object_], properties: Iterable[Mapping[str, str]]) -> bytes:
    """Return a FeatureCollection as JSON without spaces."""
    features = ",".join(
        f'{{"type":"Feature","id":{position},"properties":{_compact(facts)},"geometry":{shape}}}'
        for position, (shape, facts) in enumerate(zip(shapely.to_geojson(shapes), properties, strict=True))
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()


def _compact(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
