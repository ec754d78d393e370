"""Cached walks: how far people get on foot from a school, along the ways of the base map under its areas.

They are kept as ``loads`` says. A reach names the map that it is along, so that what is kept of one map is never taken
for that of another.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import streamlit as st

from data.principal import Principal
from data.services import walking
from data.services.opening import open_store
from data.services.walking import Ways
from geo.areas.drawing import pack_drawing
from geo.areas.proximity import Place
from geo.areas.reach import WALKS, Reach
from geo.arrays import Floats
from geo.errors import InputError
from geo.walking import walk_sentences, walking_area, walks
from geo.walking.ready_network import ReadyNetwork
from geo.walking.walks import Walks
from pages.components.cached import base_maps
from pages.components.cached.cache_keys import KEYS, SMALL, Asker
from pages.routes.transient_files import offer

_MAPS: Final = 2  # of a county each has a million points


@dataclass(frozen=True)
class OfferedWalks:
    """The walks that can be looked at from a school, or why there are none; ``loaded`` is whether a map of ways is."""

    reaches: tuple[Reach, ...]
    reason: str | None = None
    loaded: bool = True


@dataclass(frozen=True)
class ReachedOnFoot:
    """What a walk reaches: the walks, their area in metres and as it is drawn, and what must be known of them.

    ``warnings`` say what makes its figures less than certain, and ``method`` how it is measured.
    """

    walks: Walks
    area: Any
    drawing: tuple[str, bytes]
    warnings: tuple[str, ...]
    method: tuple[str, ...]


def offered(set_id: int, school: Place, asking: Asker) -> OfferedWalks:
    """Return the walks that can be looked at from a school: those along the base map that it lies on.

    The map is not read for that; whether a way is near enough is told by ``fault``, once a walk is chosen.
    """
    found = base_maps.map_of(set_id, asking)
    if found is None or not found.stretches:
        return OfferedWalks((), walk_sentences.NO_NETWORK, loaded=False)
    if not found.meets(walking.bounds_near(school)):
        return OfferedWalks((), walk_sentences.too_far(school.name))
    return OfferedWalks(tuple(walk.along(f"{found.id} {found.digest}") for walk in WALKS))


def fault(set_id: int, school: Place, reach: Reach, principal: Principal) -> str | None:
    """Say why a walk from a school cannot be looked at after all; None where it can."""
    try:
        reached(set_id, school, reach, principal)
    except InputError as why:
        return str(why)
    return None


@st.cache_resource(max_entries=SMALL, show_spinner="Walking", hash_funcs=KEYS)
def reached(set_id: int, school: Place, reach: Reach, principal: Principal) -> ReachedOnFoot:
    """Return what a walk from a school reaches. Raises InputError, and says why, where there are no ways near it."""
    found = walking.walks_of(_ways(reach.ways, set_id, principal), school, reach.metres)
    area = walking_area.walking_area(found)
    drawn = pack_drawing(walking_area.area_drawing(walking_area.in_degrees(area)))
    return ReachedOnFoot(found, area, drawn, walk_sentences.warnings(found, school.name), walk_sentences.method(found))


def metres_to(set_id: int, school: Place, reach: Reach, principal: Principal, places: Floats) -> Floats:
    """Return how far places ([places, 2], metres) are on foot, infinite beyond reach. Raises as ``reached`` does."""
    return walks.metres_to(reached(set_id, school, reach, principal).walks, places)


def ready_network(set_id: int, school: Place, asking: Asker) -> ReadyNetwork | None:
    """Return the ways under an area set, ready to be walked; None without a map of ways.

    Raises InputError where the map cannot be walked, or has no way near the school.
    """
    found = base_maps.map_of(set_id, asking)
    ways = None if found is None else _ways(f"{found.id} {found.digest}", set_id, asking.principal)
    if ways is None:
        return None
    if ways.ready is None:
        raise InputError(ways.fault or walk_sentences.NO_NETWORK)
    if why := walking.too_far(ways.ready, school):
        raise InputError(why)
    return ways.ready


def drawing(set_id: int, school: Place, reach: Reach, principal: Principal) -> str:
    """Return the digest of the drawing of what a walk reaches, which the app's own route serves."""
    name, packed = reached(set_id, school, reach, principal).drawing
    return offer(packed, name)


@st.cache_resource(max_entries=_MAPS, show_spinner="Reading streets", hash_funcs=KEYS)
def _ways(ways: str, set_id: int, principal: Principal) -> Ways | None:  # noqa: ARG001
    """Load the ways under an area set, ready to be walked; they are kept by the name of their map."""
    network = base_maps.network(set_id, Asker(principal, open_store().last_writes(principal).stamp, date.today()))
    return None if network is None else walking.make_ways(network)
