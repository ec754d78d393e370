"""Cached known hotspots: the entries with all their words, their history, and the areas that they lie among.

They are kept as ``loads`` says.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.services.opening import open_store
from data.store import area_sets, hotspots
from data.store.datasets import Dataset
from geo.areas import proximity
from geo.register.hotspot import Hotspot, HotspotChange
from pages.components.cached import loads, map_grounds
from pages.components.cached.base_maps import tile_source
from pages.components.cached.cache_keys import KEYS, SMALL, Asker
from pages.components.cached.map_grounds import MapGround


@dataclass(frozen=True)
class RegisterGround:
    """The areas that a map of the register shows beneath it: the number of their set, how many, and their drawings."""

    set_id: int
    size: int
    ground: MapGround


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def entries(asking: Asker) -> list[Hotspot]:
    """List the known hotspots of this person's organisation, with all their words."""
    return hotspots.entries(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def history(reference: str, asking: Asker) -> list[HotspotChange]:
    """List every change of one entry, newest first."""
    return hotspots.history(open_store(), asking.principal, reference)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def register_ground(asking: Asker) -> RegisterGround | None:
    """Load the newest areas that any known hotspot lies in or near, or else the newest; None without areas."""
    listed = [one.id for one in reversed(area_sets.area_sets(open_store(), asking.principal))]
    register = loads.register(asking)
    around = (number for number in listed if len(_inside(number, register, asking)))
    number = next(around, listed[0] if listed else None)
    if number is None:
        return None
    areas = loads.area_set(number, asking.principal)
    below = map_grounds.ground(number, areas.level, asking.principal)
    names = map_grounds.area_names(number, asking.principal)
    return RegisterGround(number, len(areas.codes), below._replace(base_map=tile_source(number, asking), names=names))


def datasets_around(entry: Hotspot, asking: Asker) -> list[Dataset]:
    """List the datasets among whose areas a known hotspot lies, newest first."""
    register = loads.register(asking)
    own = register[register["reference"] == entry.reference]
    return [one for one in loads.all_datasets(asking) if len(_inside(one.area_set_id, own, asking))]


@st.cache_resource(max_entries=1)
def _compared() -> set[Asker]:
    return set()


def is_compared(asking: Asker) -> bool:
    """Return whether the register of this person has been compared with the data since the last write."""
    return asking in _compared()


def note_compared(asking: Asker) -> None:
    """Note that it has: only the newest comparison counts."""
    seen = _compared()
    seen.difference_update([one for one in seen if one.principal == asking.principal])
    seen.add(asking)


def _inside(set_id: int, register: Any, asking: Asker) -> Any:
    return proximity.hotspots_inside(loads.area_set(set_id, asking.principal), register)
