"""Cached grounds of maps: what a map has but for its values, offered to the app's own routes by digest.

They are kept as ``loads`` says.
"""

import gzip
from collections.abc import Sequence
from typing import Any, NamedTuple

import streamlit as st

from data.principal import Principal
from data.services import open_points
from data.services.opening import open_store
from data.store import area_sets
from data.store.datasets import Dataset
from geo.areas import proximity
from geo.areas.area_set import AreaSet
from geo.areas.drawing import BACKDROP, backdrop_drawing, drawing, pack_drawing, renamed
from geo.areas.name_labels import name_labels
from geo.basemap.tile_source import TileSource
from geo.register.markers import Marker
from geo.release import zoning
from pages.components.cached.base_maps import tile_source
from pages.components.cached.cache_keys import KEYS, SMALL, Asker, ViewKey
from pages.components.cached.loads import area_set, hotspot_markers, units, view, who
from pages.routes.transient_files import offer


class MapGround(NamedTuple):
    """What a map has but for its values: digests of its drawings, the known hotspots on it, and its base map.

    ``names`` label it where the base map has none.
    """

    geometry: str
    backdrop: str | None
    markers: Sequence[Marker]
    base_map: TileSource | None = None
    names: str | None = None


def ground(set_id: int, level: str, principal: Principal) -> MapGround:
    """Load what every map of a level of an area set has, without hotspots; the app's own route serves the drawings."""
    stored, spoken = _drawings(set_id, principal), _renamed(set_id, level, principal)
    return MapGround(offer(spoken[1], spoken[0]) if spoken else stored[level], stored.get(BACKDROP), ())


def map_ground(key: ViewKey, asking: Asker) -> MapGround:
    """Load what every map of a view's units has; the app's own route serves the drawings."""
    number, principal = key.area_set
    if key.years:
        drawn = MapGround(_offered(key), _drawings(number, principal).get(BACKDROP), ())
    else:
        drawn = ground(number, key.level, principal)
    return drawn._replace(
        markers=hotspot_markers(number, asking),
        base_map=tile_source(number, asking),
        names=map_names(key.dataset, asking.principal),
    )


def set_around(hotspots: Any) -> tuple[AreaSet, MapGround] | None:
    """Return the newest area set that any of some hotspots lies in or near, and its ground; None without one."""
    for one in reversed(area_sets.area_sets(open_store(), who())):
        areas = area_set(one.id, who())
        if len(proximity.hotspots_inside(areas, hotspots)):
            return areas, ground(one.id, areas.level, who())
    return None


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def _drawings(set_id: int, principal: Principal) -> dict[str, str]:
    """Load the digests of an area set's drawings by level."""
    return area_sets.drawing_digests(open_store(), principal, set_id)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def _renamed(set_id: int, level: str, principal: Principal) -> tuple[str, bytes] | None:
    """Draw a level with its areas' names as people speak of them; None where the stored drawing has those.

    Drawings are stored with an area set for good, and how its areas are spoken of can change.
    """
    named = units(set_id, level, principal)
    packed = area_sets.packed_drawing(open_store(), principal, _drawings(set_id, principal)[level])
    if packed is None or named.names == named.plain_names:
        return None
    stored = gzip.decompress(packed)
    spoken = renamed(stored, named.names)
    return None if spoken is stored else pack_drawing(spoken)


def _offered(key: ViewKey) -> str:
    name, packed = _drawn(key)
    return offer(packed, name)


@st.cache_resource(max_entries=SMALL, show_spinner="Drawing zones", hash_funcs=KEYS)
def _drawn(key: ViewKey) -> tuple[str, bytes]:
    """Draw the units of a release, which no area set has: the name and the bytes that the route serves."""
    return pack_drawing(drawing(zoning.shapes(area_set(*key.area_set), view(key).units)))


def map_names(dataset: Dataset, principal: Principal) -> str | None:
    """Return the digest of the names that label a map of a dataset; None where there are none.

    They are those of larger areas and, for an open dataset of the person's organisation, of its published points.
    """
    published = dataset if open_points.may_be_counted(principal, dataset) else None
    drawn = _named(dataset.area_set_id, principal, published)
    return None if drawn is None else offer(drawn[1], drawn[0])


def area_names(set_id: int, principal: Principal) -> str | None:
    """Return the digest of the names of an area set's larger areas; None where there are none."""
    drawn = _named(set_id, principal, None)
    return None if drawn is None else offer(drawn[1], drawn[0])


@st.cache_resource(max_entries=SMALL, show_spinner="Gathering names", hash_funcs=KEYS)
def _named(set_id: int, principal: Principal, published: Dataset | None) -> tuple[str, bytes] | None:
    """Draw the names of larger areas and of the points of a ``published`` dataset."""
    places = None if published is None else open_points.named_places(open_store(), principal, published)
    named = name_labels(area_set(set_id, principal), places)
    return pack_drawing(backdrop_drawing(named)) if len(named) else None
