"""Proximity: the areas that a circle round a place touches, and the known hotspots inside it.

Distances are in metres on the British National Grid (EPSG:27700), as the crow flies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet, distinct_labels

RINGS: Final = (400, 800, 1600)  # metres; about 5, 10 and 20 minutes on foot
DISTANCE: Final = "metres"
Bounds = tuple[tuple[float, float], tuple[float, float]]  # ((south, west), (north, east)), degrees


@dataclass(frozen=True)
class Place:
    """A named point: degrees, EPSG:4326; of a school, ``urn`` is its number in the national register."""

    name: str
    lon: float
    lat: float
    urn: str | None = None


def areas_within(areas: AreaSet, place: Place, radius: float) -> list[int]:
    """Return the positions of the areas that a circle of ``radius`` metres round a place touches."""
    distance = areas.metres.distance(point_of(place)).to_numpy()
    return [int(index) for index in np.flatnonzero(distance <= radius)]


def areas_touching(areas: AreaSet, shape: shapely.Geometry) -> list[int]:
    """Return the positions of the areas that a shape, in metres (EPSG:27700), touches."""
    return [int(index) for index in np.flatnonzero(areas.metres.intersects(shape).to_numpy())]


def nearest_area(areas: AreaSet, place: Place) -> int:
    """Return the position of the area that a place lies in or, outside all of them, of the nearest."""
    return int(areas.metres.distance(point_of(place)).to_numpy().argmin())


def bounds_around(place: Place, radius: float) -> Bounds:
    """Return the ((south, west), (north, east)) of a circle of ``radius`` metres round a place, in degrees."""
    circle = gpd.GeoSeries([point_of(place).buffer(radius)], crs=METRES).to_crs(DEGREES)
    west, south, east, north = circle.total_bounds
    return (float(south), float(west)), (float(north), float(east))


def bounds_together(one: Bounds, other: Bounds) -> Bounds:
    """Return the bounds that hold two others."""
    (south, west), (north, east) = one
    (souther, wester), (norther, easter) = other
    return (min(south, souther), min(west, wester)), (max(north, norther), max(east, easter))


def bounds_of(areas: AreaSet, positions: Sequence[int], margin: float) -> Bounds:
    """Return the ((south, west), (north, east)), in degrees, of some areas with ``margin`` metres around them."""
    west, south, east, north = areas.metres.iloc[list(positions)].total_bounds
    around = shapely.box(west - margin, south - margin, east + margin, north + margin)
    west, south, east, north = gpd.GeoSeries([around], crs=METRES).to_crs(DEGREES).total_bounds
    return (float(south), float(west)), (float(north), float(east))


def inside(areas: AreaSet, places: pd.DataFrame, margin: float = 2000.0) -> pd.DataFrame:
    """Return the places (``lon``, ``lat``) that lie in the area set or at most ``margin`` metres outside it."""
    points = gpd.points_from_xy(places[c.LON], places[c.LAT], crs=DEGREES).to_crs(METRES)
    near, _ = shapely.STRtree(areas.metres.to_numpy()).query(np.asarray(points), predicate="dwithin", distance=margin)
    return places.iloc[np.unique(near)].reset_index(drop=True)


def hotspots_inside(areas: AreaSet, hotspots: gpd.GeoDataFrame, margin: float = 2000.0) -> gpd.GeoDataFrame:
    """Return the known hotspots that lie in the area set or at most ``margin`` metres outside it."""
    shapes = hotspots.geometry.to_crs(METRES).to_numpy()
    near, _ = shapely.STRtree(areas.metres.to_numpy()).query(shapes, predicate="dwithin", distance=margin)
    return hotspots.iloc[np.unique(near)].reset_index(drop=True)


def labelled(schools: pd.DataFrame) -> dict[str, Place]:
    """Return schools (``urn``, ``name``, ``lon``, ``lat``) by a label no two share: a name, with the URN if shared."""
    places = {row.urn: Place(row.name, row.lon, row.lat, row.urn) for row in schools.itertuples(index=False)}
    labels = distinct_labels(list(schools[c.NAME]), list(schools[c.URN]))
    return {label: places[urn] for label, urn in labels.items()}


def hotspots_within(hotspots: gpd.GeoDataFrame, place: Place, radius: float) -> pd.DataFrame:
    """List the known hotspots within ``radius`` metres of a place, nearest first, with their distance in ``metres``."""
    distance = hotspots.geometry.to_crs(METRES).distance(point_of(place))
    listed = pd.DataFrame(hotspots.drop(columns="geometry")).assign(**{DISTANCE: distance})
    return listed[listed[DISTANCE] <= radius].sort_values(DISTANCE, ignore_index=True)


def point_of(place: Place) -> shapely.Point:
    """Return where a place is, in metres (EPSG:27700)."""
    return gpd.GeoSeries([shapely.Point(place.lon, place.lat)], crs=DEGREES).to_crs(METRES).iloc[0]
