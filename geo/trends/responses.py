"""Responses: what was done at known hotspots and other places, as a chart marks it by a letter, a day and its areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet
from geo.calendar.school_years import Days
from geo.register.action import Action

_SHARE: Final = 0.25  # of a hotspot's ground: a park that laps over an edge is not in the area beyond


@dataclass(frozen=True)
class ActionTaken:
    """Something that was done: its number, the hotspot's reference, what it was, and the day.

    Without a reference, ``place`` names where it was, and ``lon`` and ``lat`` say it in degrees (EPSG:4326).
    """

    id: int
    reference: str | None
    what: str
    day: date
    place: str | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Response:
    """What was done at a place, with its letter, the name of the place, and the positions of its areas."""

    id: int
    letter: str
    what: str
    where: str
    day: date
    areas: tuple[int, ...]


def taken(actions: Sequence[Action]) -> list[ActionTaken]:
    """Return those of some actions that are done."""
    return [
        ActionTaken(one.id, one.reference, one.what, date.fromisoformat(one.done_on), one.place, one.lon, one.lat)
        for one in actions
        if one.done_on
    ]


def responses(done: Sequence[ActionTaken], register: gpd.GeoDataFrame, areas: AreaSet) -> list[Response]:
    """List what was done at hotspots and other places that lie in the areas, oldest first.

    What was done nowhere in particular, or at a place that is not on the map, is left out.

    A point or a line lies in the areas that its shape (EPSG:4326) touches; a hotspot of some extent in those that hold
    a quarter of its ground or more, or where none does, in the one that holds most.
    """
    shapes = dict(zip(register[c.REFERENCE], register.geometry.to_crs(METRES), strict=True))
    names = dict(zip(register[c.REFERENCE], register[c.NAME], strict=True))
    tree = shapely.STRtree(areas.metres.to_numpy())
    at_hotspots = {reference: _inside(tree, shape) for reference, shape in shapes.items()}
    inside = {one.id: at_hotspots.get(one.reference, ()) if one.reference else _at_point(tree, one) for one in done}
    listed = sorted((one for one in done if inside[one.id]), key=lambda one: (one.day, one.id))
    return [
        Response(one.id, letter(number), one.what, _where(one, names), one.day, inside[one.id])
        for number, one in enumerate(listed)
    ]


def _at_point(tree: shapely.STRtree, one: ActionTaken) -> tuple[int, ...]:
    if one.lon is None or one.lat is None:
        return ()
    return _inside(tree, gpd.GeoSeries(gpd.points_from_xy([one.lon], [one.lat], crs=DEGREES)).to_crs(METRES).iloc[0])


def _where(one: ActionTaken, names: Mapping[str, str]) -> str:
    return names[one.reference] if one.reference else one.place or "A place on the map"


def letter(number: int) -> str:
    """Return the letters of the nth: A to Z, then AA, AB …"""
    more, last = divmod(number, len(ascii_uppercase))
    return (letter(more - 1) if more else "") + ascii_uppercase[last]


def position(day: date, firsts: Days, lasts: Days) -> float | None:
    """Return where a day lies among periods by their first and last days: 2.5 is the middle of the third; None outside.

    The middle of a period is at its whole number, so that a mark stands within the period that holds its day.
    """
    on = np.datetime64(day)
    holding = np.flatnonzero((firsts <= on) & (on <= lasts))  # a period without days, NaT, holds none
    if not holding.size:
        return None
    at = int(holding[0])
    length = (lasts[at] - firsts[at]).astype(np.int64) + 1
    return float(at + ((on - firsts[at]).astype(np.int64) + 0.5) / length - 0.5)


def _inside(tree: shapely.STRtree, shape: shapely.Geometry) -> tuple[int, ...]:
    touched: npt.NDArray[np.int64] = tree.query(shape, predicate="intersects")
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        shared = shapely.area(shapely.intersection(tree.geometries[touched], shape)) / shape.area
        touched = touched[(shared > 0) & (shared >= min(_SHARE, float(shared.max(initial=0.0))))]
    return tuple(sorted(int(at) for at in touched))
