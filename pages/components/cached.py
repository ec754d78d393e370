"""Cached loads, all in one place: bounded, keyed by what they hold and for whom, and never changed by who gets them.

Lists are asked for by an ``Asker``, whose stamp changes with every write to the store, so that none is ever stale. (An
argument whose name began with an underscore would be left out of the key.)
"""

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any, Final, NamedTuple

import streamlit as st

from data import lens
from data.opening import open_store
from data.principal import LOCAL_USER, Principal
from data.store import area_sets, datasets, places, retention
from data.store.datasets import Dataset
from geo import near
from geo.areas import AreaSet, Units
from geo.counting import Cube
from geo.markers import Marker, markers
from geo.near import Place
from geo.released import Exact, Released

SMALL: Final = 16
LARGE: Final = 4
# Keys are worked out at every click. A version never changes, so its seal stands for all that it holds.
_KEYS: Final[dict[str | type[Any], Callable[[Any], Any]]] = {Dataset: attrgetter("seal"), Principal: repr}

_lineage: Final[dict[int, int]] = {}  # of each store that this process has open, as it was last seen


class Asker(NamedTuple):
    """Who asks, the number of the store's last write when they did, and the day it was."""

    principal: Principal
    stamp: int
    today: date


def who() -> Principal:
    """Give the person at the screen: until sign-in exists, the local user."""
    return LOCAL_USER


def asker() -> Asker:
    """Give the person at the screen, the number of the store's last write, and the day."""
    store = open_store()
    if _lineage.get(id(store), 0) != (now := store.lineage(who())):
        st.cache_resource.clear()  # a backup took the place of everything: numbers may mean other things
        _lineage[id(store)] = now
    return Asker(who(), store.stamp(who()), date.today())


@st.cache_resource(max_entries=1, show_spinner=False)
def let_go_once_a_day(day: date) -> None:
    """Remove what is older than the organisation keeps things, the first time that anybody looks on a day."""
    retention.let_go(open_store(), who(), day)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=_KEYS)
def all_datasets(asking: Asker) -> list[Dataset]:
    """List the datasets this person can see, newest first."""
    return datasets.datasets(open_store(), asking.principal)


@st.cache_resource(max_entries=LARGE, show_spinner="Loading areas", hash_funcs=_KEYS)
def area_set(set_id: int, principal: Principal) -> AreaSet:
    """Load an area set; sets never change."""
    return area_sets.load_area_set(open_store(), principal, set_id)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=_KEYS)
def units(set_id: int, level: str, principal: Principal) -> Units:
    """Load the units of one level of an area set."""
    return area_set(set_id, principal).units(level)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=_KEYS)
def drawings(set_id: int, principal: Principal) -> dict[str, str]:
    """Load the digests of an area set's drawings by level."""
    return area_sets.drawing_digests(open_store(), principal, set_id)


@st.cache_resource(max_entries=LARGE, show_spinner="Loading counts", hash_funcs=_KEYS)
def counts(dataset: Dataset, principal: Principal) -> Released | Exact:
    """Load a dataset's counts through this person's lens; a dataset never changes."""
    return lens.counts_of(open_store(), principal, dataset)


def set_around(places_found: Any) -> tuple[AreaSet, dict[str, str]] | None:
    """Give the newest area set that any of some places lies in or near, with its drawings; None when there is none."""
    for one in reversed(area_sets.area_sets(open_store(), who())):
        found = area_set(one.id, who())
        if len(near.hotspots_inside(found, places_found)):
            return found, drawings(one.id, who())
    return None


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=_KEYS)
def cube_at(dataset: Dataset, level: str, principal: Principal) -> Cube:
    """Load a dataset's counts summed to the units of a level."""
    cube = counts(dataset, principal).cube
    chosen = units(dataset.area_set_id, level, principal)
    return cube if len(chosen.codes) == len(cube.areas) else cube.rolled_up(chosen)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=_KEYS)
def schools_in(set_id: int, asking: Asker) -> dict[str, Place]:
    """List the schools in and just around an area set, by a label that no two share, in alphabetical order."""
    listed = near.inside(area_set(set_id, asking.principal), places.schools(open_store(), asking.principal))
    return near.labelled(listed)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=_KEYS)
def register(asking: Asker) -> Any:
    """Load the known hotspots of this person's organisation, as ``geo`` takes them."""
    return places.hotspots(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=_KEYS)
def hotspot_markers(set_id: int, asking: Asker) -> list[Marker]:
    """List the markers of the known hotspots in and just around an area set."""
    inside = near.hotspots_inside(area_set(set_id, asking.principal), register(asking))
    return markers(inside, asking.today)
