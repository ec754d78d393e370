"""Walking from a school: the map of ways that is loaded, made ready, and what is said where there is none."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from data.principal import Principal
from data.store import base_maps
from data.store.base_maps import Bounds
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.areas.proximity import Place
from geo.arrays import Floats
from geo.errors import InputError
from geo.walking import walk_sentences
from geo.walking.ready_network import ReadyNetwork, in_metres, make_ready
from geo.walking.snapping import snap
from geo.walking.walks import Walks, walks_from
from geo.walking.way_network import WayNetwork

_MARGIN: Final = 0.01  # degrees, at least 600 m in Great Britain: more than a way may be away


@dataclass(frozen=True)
class Ways:
    """The ways of a base map: ready to be walked or, where they cannot be, why."""

    ready: ReadyNetwork | None
    fault: str | None = None


def make_ways(network: WayNetwork) -> Ways:
    """Make the ways of a base map ready."""
    try:
        return Ways(make_ready(network))
    except InputError as fault:
        return Ways(None, str(fault))


def ways_of_areas(store: Store, principal: Principal, areas: AreaSet) -> Ways | None:
    """Load the ways of the base map that lies under an area set, ready to be walked; None without one."""
    west, south, east, north = areas.frame.total_bounds.tolist()
    found = base_maps.base_map_for(store, principal, (west, south, east, north))
    if found is None or not found.stretches:
        return None
    return make_ways(base_maps.load_network(store, principal, found.id))


def ways_at(store: Store, principal: Principal, place: Place) -> tuple[Ways, str]:
    """Load the ways of the newest base map that has any near a place, and to whom that map is owed.

    Raises InputError, and says why, where none has.
    """
    with_ways = [one for one in base_maps.base_maps(store, principal) if one.stretches]
    for one in with_ways:
        if one.meets(bounds_near(place)):
            ways = make_ways(base_maps.load_network(store, principal, one.id))
            if ways.ready is not None and too_far(ways.ready, place) is None:
                return ways, one.attribution
    raise InputError(walk_sentences.too_far(place.name) if with_ways else walk_sentences.NO_NETWORK)


def walks_of(ways: Ways | None, place: Place, metres: float) -> Walks:
    """Find what can be reached from a place on foot. Raises InputError, and says why, where nothing can."""
    if ways is None:
        raise InputError(walk_sentences.NO_NETWORK)
    if ways.ready is None:
        raise InputError(ways.fault or walk_sentences.NO_NETWORK)
    if fault := too_far(ways.ready, place):
        raise InputError(fault)
    found = walks_from(ways.ready, metres_of(place), metres)
    if found.away > metres:
        raise InputError(walk_sentences.too_short(found, place.name))
    return found


def too_far(network: ReadyNetwork, place: Place) -> str | None:
    """Say that a place is too far from any way; None where it is not."""
    near = snap(network, metres_of(place)[None, :]).stretch[0] >= 0
    return None if near else walk_sentences.too_far(place.name)


def bounds_near(place: Place) -> Bounds:
    """Return the bounds of the ground near a place, in degrees: its nearest way lies there if it is near enough."""
    return place.lon - _MARGIN, place.lat - _MARGIN, place.lon + _MARGIN, place.lat + _MARGIN


def metres_of(place: Place) -> Floats:
    """Return where a place is, [2] in metres (EPSG:27700)."""
    return in_metres(np.array([place.lon]), np.array([place.lat]))[0]
