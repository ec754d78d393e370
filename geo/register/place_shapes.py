"""Shapes of places on the register, made from what people give: coordinates as text, corners on a map, a street.

All shapes are in degrees (EPSG:4326); distances are metres on the British National Grid (EPSG:27700).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.areas.area_set import DEGREES, METRES
from geo.areas.proximity import Bounds
from geo.errors import InputError
from geo.register.place_types import AREA_ONLY

AROUND: Final = 75.0  # metres around a point that is kept as an area only
FEWEST_OF_AREA: Final = 3
MOST_CORNERS: Final = 60
_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")
_WEST, _SOUTH, _EAST, _NORTH = -9.0, 49.0, 2.5, 61.5  # degrees around Great Britain and Northern Ireland
_FIRST_EASTING, _EASTINGS, _NORTHINGS = 50_000, 700_000, 1_300_000  # metres

Corner = tuple[float, float]  # longitude, latitude


def read_point(text: str) -> Corner:
    """Read a point: easting and northing in metres, or longitude and latitude in degrees, in either order.

    Raises InputError for anything else.
    """
    found = [float(number) for number in _NUMBERS.findall(re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))]
    if len(found) != 2:
        raise InputError(
            "A point needs two numbers, easting and northing or longitude and latitude; write for example "
            "“442800 392900” or “-1.36 53.43”."
        )
    one, other = found
    if _is_degrees(one, other):
        return one, other
    if _is_degrees(other, one):
        return other, one
    if _FIRST_EASTING < one < _EASTINGS and 0 < other < _NORTHINGS:
        at = gpd.GeoSeries([shapely.Point(one, other)], crs=METRES).to_crs(DEGREES).iloc[0]
        if _is_degrees(at.x, at.y):
            return float(at.x), float(at.y)
    raise InputError(
        "A point must lie in the United Kingdom, and this one does not; check that easting or longitude is not "
        "mistaken for the other number."
    )


def point_at(lon: float, lat: float) -> BaseGeometry:
    """Return a point."""
    return shapely.Point(lon, lat)


def circle_around(shape: BaseGeometry, metres: float = AROUND) -> BaseGeometry:
    """Return the area within some metres of a shape."""
    grown = gpd.GeoSeries([shape], crs=DEGREES).to_crs(METRES).buffer(metres, quad_segs=6)
    return grown.to_crs(DEGREES).iloc[0]


def line_through(corners: Sequence[Corner]) -> BaseGeometry:
    """Return the line through two corners or more. Raises InputError for fewer, and where all are one place."""
    if len(set(corners)) < 2:
        raise InputError("A line needs two corners or more; put another one on the map.")
    return shapely.LineString(corners)


def area_within(corners: Sequence[Corner]) -> BaseGeometry:
    """Return the area within three corners or more, in turn. Raises InputError for fewer, or lines that cross."""
    if len(set(corners)) < FEWEST_OF_AREA:
        raise InputError("An area needs three corners or more; put another one on the map.")
    area = shapely.Polygon(corners)
    if not area.is_valid or area.area == 0:
        raise InputError("The outline of an area must not cross itself, and this one does; undo the last corner.")
    return area


def as_kept(shape: BaseGeometry, place_type: str) -> BaseGeometry:
    """Return a shape as the register keeps it of a type of place: of a home only an area, never a point or a line."""
    if place_type in AREA_ONLY and "Polygon" not in shape.geom_type:
        return circle_around(shape)
    return shape


def in_metres(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return shapes in metres (EPSG:27700)."""
    return list(gpd.GeoSeries(list(shapes), crs=DEGREES).to_crs(METRES))


def join_streets(lines: Iterable[BaseGeometry], at: Corner, reach: float = 1500.0) -> BaseGeometry | None:
    """Return the pieces of a street within ``reach`` metres of a point of it as one shape; None where there is none."""
    listed = list(lines)
    if not listed:
        return None
    here = in_metres([point_at(*at)])[0]
    near = [line for line, metres in zip(listed, in_metres(listed), strict=True) if metres.distance(here) <= reach]
    if not near:
        return None
    merged = shapely.line_merge(shapely.union_all(near))
    return max(merged.geoms, key=lambda part: part.length) if merged.geom_type == "MultiLineString" else merged


def bounds_of_shapes(shapes: Sequence[BaseGeometry], margin: float) -> Bounds:
    """Return the ((south, west), (north, east)), in degrees, of shapes with ``margin`` metres around them."""
    west, south, east, north = gpd.GeoSeries(list(shapes), crs=DEGREES).to_crs(METRES).total_bounds
    around = shapely.box(west - margin, south - margin, east + margin, north + margin)
    west, south, east, north = gpd.GeoSeries([around], crs=METRES).to_crs(DEGREES).total_bounds
    return (float(south), float(west)), (float(north), float(east))


def _is_degrees(lon: float, lat: float) -> bool:
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH
