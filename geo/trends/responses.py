"""Responses: what was done about known hotspots, as a chart marks it by a letter, a day and the areas it was in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo import columns as c
from geo.areas.area_set import METRES, AreaSet
from geo.calendar.school_years import Days

_SHARE: Final = 0.25  # of a hotspot's ground: a park that laps over an edge is not in the area beyond


@dataclass(frozen=True)
class ActionTaken:
    """Something that was done: its number on the register, the hotspot's reference, what it was, and the day."""

    id: int
    reference: str
    what: str
    day: date


@dataclass(frozen=True)
class Response:
    """What was done at a known hotspot, with its letter, the hotspot's name, and the positions of its areas."""

    id: int
    letter: str
    what: str
    where: str
    day: date
    areas: tuple[int, ...]


def responses(done: Sequence[ActionTaken], register: gpd.GeoDataFrame, areas: AreaSet) -> list[Response]:
    """List what was done at hotspots that lie in the areas, oldest first.

    A point or a line lies in the areas that its shape (EPSG:4326) touches; a hotspot of some extent in those that hold
    a quarter of its ground or more, or where none does, in the one that holds most.
    """
    places = dict(zip(register[c.REFERENCE], register.geometry.to_crs(METRES), strict=True))
    names = dict(zip(register[c.REFERENCE], register[c.NAME], strict=True))
    tree = shapely.STRtree(areas.metres.to_numpy())
    inside = {reference: _inside(tree, shape) for reference, shape in places.items()}
    listed = sorted((one for one in done if inside.get(one.reference)), key=lambda one: (one.day, one.id))
    return [
        Response(one.id, letter(number), one.what, names[one.reference], one.day, inside[one.reference])
        for number, one in enumerate(listed)
    ]


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
