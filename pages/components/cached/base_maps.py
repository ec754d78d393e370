"""Base maps as pages use them: which one lies beneath an area set, its tiles, its network of ways and its names."""

from typing import Any, Final

import streamlit as st

from data.principal import Principal
from data.services.opening import open_store
from data.store import area_sets, base_maps
from data.store.base_maps import BaseMap, Bounds
from geo.basemap.tile_source import TileSource
from geo.walking.way_network import WayNetwork
from pages.components.cached.cache_keys import KEYS, SMALL, Asker

_KEPT: Final = 2  # networks and lists of names in memory; those of a county take some 60 MB


def tile_source(set_id: int, asking: Asker) -> TileSource | None:
    """Return the tiles that lie beneath the maps of an area set; None where there are none."""
    found = map_of(set_id, asking)
    if found is None or not found.tiles:
        return None
    return TileSource(found.digest, found.min_zoom, found.max_zoom, found.attribution)


def network(set_id: int, asking: Asker) -> WayNetwork | None:
    """Return the ways that people can walk along around an area set; None without a base map that has any."""
    found = map_of(set_id, asking)
    return _network(found.id, asking.principal) if found is not None and found.stretches else None


def names(set_id: int, asking: Asker) -> Any:
    """Return what has a name around an area set (``name``, ``kind``, ``lon``, ``lat``); None without a base map."""
    found = map_of(set_id, asking)
    return None if found is None else _names(found.id, asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def all_base_maps(asking: Asker) -> list[BaseMap]:
    """List the base maps, newest first."""
    return base_maps.base_maps(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def map_of(set_id: int, asking: Asker) -> BaseMap | None:
    """Load which base map is that of an area set: the newest that lies there, one with ways before one without."""
    return base_maps.base_map_for(open_store(), asking.principal, _bounds(set_id, asking.principal))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def _bounds(set_id: int, principal: Principal) -> Bounds:
    areas = area_sets.load_area_set(open_store(), principal, set_id)
    west, south, east, north = areas.frame.total_bounds.tolist()
    return west, south, east, north


@st.cache_resource(max_entries=_KEPT, show_spinner="Loading ways", hash_funcs=KEYS)
def _network(map_id: int, principal: Principal) -> WayNetwork:
    return base_maps.load_network(open_store(), principal, map_id)


@st.cache_resource(max_entries=_KEPT, show_spinner="Loading names", hash_funcs=KEYS)
def _names(map_id: int, principal: Principal) -> Any:
    return base_maps.load_names(open_store(), principal, map_id)
