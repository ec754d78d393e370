"""The planted stretch of the way home: most of what happens in one small area does so at one point that pupils pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from shapely import Point

from data.demo.crime import TYPES, Snap, attraction
from data.demo.grid import to_degrees, to_grid
from data.demo.terms import SCHOOLS
from data.demo.town_areas import Area
from data.demo.town_map import origins_called
from geo.evidence.stretches import nearest_stretch
from geo.walking.corridors import corridors
from geo.walking.named_stretches import cut_into_stretches
from geo.walking.ready_network import in_metres, make_ready
from geo.walking.way_network import WayNetwork

SCHOOL: Final = "Market Square Primary School"
# Where its pupils set out from, as the base map of the town calls them.
ORIGINS: Final = (
    "Bus interchange", "Castlebrook Station", "Ringway north", "Market Square stop", "Quayside steps",
    "Castlebrook Hospital main entrance",
)  # fmt: skip
VIOLENCE: Final = "Violence and sexual offences"
_SHARE: Final = 0.97  # of what happens in the area
_SHARED: Final = 2  # places at least whose ways lead past it


@dataclass(frozen=True)
class PlantedStretch:
    """Which area has the planted point, and which of its snap points it is."""

    area: int
    spot: int


def plant_stretch(areas: Sequence[Area], snaps: Sequence[Sequence[Snap]], streets: WayNetwork) -> PlantedStretch:
    """Choose the snap point: one that pupils from several places pass, in the area where most violence happens."""
    origins = origins_called(ORIGINS)
    places = in_metres(np.array([one.lon for one in origins]), np.array([one.lat for one in origins]))
    gate = _grid(SCHOOLS[SCHOOL][1])
    parts = cut_into_stretches(corridors(make_ready(streets), gate, places), [None] * len(origins))
    shared = [one.line for one in parts if len(one.origins) >= _SHARED]
    each = [(area, spot) for area, spots in enumerate(snaps) for spot in range(len(spots))]
    near = nearest_stretch(shared, np.array([_grid(snaps[area][spot].point) for area, spot in each])) >= 0
    passed = [pair for pair, close in zip(each, near.tolist(), strict=True) if close]
    most = attraction(areas)[list(TYPES).index(VIOLENCE)]
    return PlantedStretch(*max(passed, key=lambda pair: (most[pair[0]], -pair[1])))


def with_planted(snaps: Sequence[Sequence[Snap]], planted: PlantedStretch) -> list[list[Snap]]:
    """Return the snap points with the planted one as busy as it is to be. What happens in each area stays as it is."""
    made = [list(spots) for spots in snaps]
    spots = made[planted.area]
    others = sum(one.weight for at, one in enumerate(spots) if at != planted.spot)
    spots[planted.spot] = replace(spots[planted.spot], weight=others * _SHARE / (1 - _SHARE))
    return made


def truth(areas: Sequence[Area], snaps: Sequence[Sequence[Snap]], planted: PlantedStretch) -> Mapping[str, object]:
    """Describe the planted stretch for the truth file."""
    snap = snaps[planted.area][planted.spot]
    lon, lat = to_degrees(np.array([[snap.point.x, snap.point.y]]))[0].tolist()
    place = {"location": snap.location, "area": areas[planted.area].code, "lon": lon, "lat": lat}
    return {"school": SCHOOL, **place, "origins": list(ORIGINS)}


def _grid(point: Point) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.asarray(to_grid(np.array([[point.x, point.y]]))[0])
