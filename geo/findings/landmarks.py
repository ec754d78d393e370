"""Landmarks: where a finding is, in names that people use, and how far from a school."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.areas.area_set import DEGREES, METRES, AreaSet, Units
from geo.areas.proximity import Place
from geo.arrays import Floats
from geo.wording import how_many

POINTS_OF_COMPASS: Final = (
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
)  # fmt: skip
CLOSE: Final = 800.0  # metres: a landmark further off does not say where a place is
NAMED: Final = 2  # neighbourhoods, above which they are not listed


@dataclass(frozen=True)
class Landmarks:
    """What people know a place by: the neighbourhood of each area ("" where unknown), and named points in metres."""

    neighbourhoods: tuple[str, ...]
    names: tuple[str, ...]
    points: Floats


def landmarks(areas: AreaSet, schools: Mapping[str, Place]) -> Landmarks:
    """Return the landmarks of an area set: its neighbourhoods where it knows them, and the schools."""
    return Landmarks(areas.neighbourhoods, tuple(schools), in_metres(list(schools.values())))


def in_metres(places: Sequence[Place]) -> Floats:
    """Return places as points east and north, in metres (EPSG:27700): one row each."""
    degrees = gpd.GeoSeries([shapely.Point(place.lon, place.lat) for place in places], crs=DEGREES)
    metres = degrees.to_crs(METRES)
    return np.column_stack([metres.x.to_numpy(), metres.y.to_numpy()]).reshape(-1, 2)


def say_where(units: Sequence[int], of: Units, middle: Floats, known: Landmarks) -> str:
    """Name some of the units ``of`` a level, which never says a neighbourhood twice.

    One is called by its own name. Several are the neighbourhoods that they lie in, with the first one and how many lie
    near it: "Castle; Park (Rotherham 017B and 2 areas near it)". Where no neighbourhood is known, a school close to
    their ``middle`` (metres) helps to find them.
    """
    alone, first = of.plain_names[units[0]], of.names[units[0]]
    near = f" and {how_many(len(units) - 1, 'area', 'areas')} near it" if len(units) > 1 else ""
    if people := _neighbourhoods(units, of.member, known):
        return f"{people} ({alone}{near})" if near and first != alone else f"{first}{near}"
    landmark = _landmark(middle, known)
    return f"{first}{near} ({landmark})" if landmark else f"{first}{near}"


def say_distance(middle: Floats, school: Floats, name: str = "") -> str:
    """Say how far and in which direction a place lies from a school, as the crow flies: "1.2 km north-east of …".

    Without a ``name`` only that: "1.2 km north-east".
    """
    away = float(np.hypot(*(middle - school)))
    if away < 150:
        return f"at {name or 'the school'}"
    return f"{say_far(away)} {compass(middle, school)}{f' of {name}' if name else ''}"


def say_far(metres: float) -> str:
    """Say a distance as people do, rounded: "80 m", "1.2 km"."""
    return f"{metres / 1000:.1f} km" if metres >= 995 else f"{round(metres, -1):.0f} m"


def compass(middle: Floats, school: Floats) -> str:
    """Say in which direction a place lies from a school: "north-east"."""
    east, north = middle - school
    at = round(float(np.degrees(np.arctan2(east, north))) / 45) % len(POINTS_OF_COMPASS)
    return POINTS_OF_COMPASS[at]


def _neighbourhoods(units: Sequence[int], member: npt.NDArray[np.int64], known: Landmarks) -> str:
    inside = np.flatnonzero(np.isin(member, list(units)))
    there = sorted({known.neighbourhoods[at] for at in inside} - {""})
    if len(there) <= NAMED:
        return "; ".join(there)
    return f"{known.neighbourhoods[int(np.flatnonzero(member == units[0])[0])]} and around"


def _landmark(middle: Floats, known: Landmarks) -> str:
    if not len(known.points):
        return ""
    away = np.hypot(*(known.points - middle).T)
    nearest = int(np.argmin(away))
    return f"near {known.names[nearest]}" if away[nearest] <= CLOSE else ""
