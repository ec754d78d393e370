"""Cached loads: bounded, keyed by what they hold and for whom, and never changed by who gets them.

Lists are keyed by an ``Asker``, whose stamp changes with every write to the store, so that none is ever stale. (An
argument whose name began with an underscore would be left out of the key.)
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import streamlit as st

from data.principal import LOCAL_USER, Principal, as_board
from data.services import harm_grouping, open_points, releasing, visibility
from data.services.harm_grouping import CategorySize
from data.services.opening import open_store
from data.store import area_sets, datasets, places, retention
from data.store import hotspot_actions as actions
from data.store.datasets import Dataset
from geo.areas import proximity
from geo.areas.area_set import AreaSet, Units
from geo.areas.drawing import backdrop_drawing, drawing, pack_drawing
from geo.areas.name_labels import name_labels
from geo.areas.proximity import Place
from geo.basemap.tile_source import TileSource
from geo.errors import InputError
from geo.register.due import HotspotAction
from geo.register.markers import Marker, markers
from geo.release import zoning
from geo.release.kinds import Exact, Protected, Released
from geo.views import view as views
from geo.views.view import View
from pages.components.cached.base_maps import tile_source
from pages.components.cached.cache_keys import KEYS, LARGE, SMALL, Asker, ViewKey, eyes_of
from pages.routes.transient_files import offer

AS_BOARD: Final = "board"  # the switch that shows figures as a board would see them

_lineage: Final[dict[int, int]] = {}  # of each store that this process has open, as it was last seen


class MapGround(NamedTuple):
    """What a map has but for its values: digests of its drawings, the known hotspots on it, and its base map.

    ``names`` label it where the base map has none.
    """

    geometry: str
    backdrop: str | None
    markers: Sequence[Marker]
    base_map: TileSource | None = None
    names: str | None = None


@dataclass(frozen=True)
class Scope:
    """What of a dataset can be chosen: the periods its counts have, the levels they can be seen at, its harm groups.

    ``protected`` and ``exact`` say what kind of counts they are; open ones are neither.
    """

    periods: tuple[str, ...]
    levels: tuple[str, ...]
    harms: tuple[str, ...]
    protected: bool
    exact: bool


def who() -> Principal:
    """Return the person at the screen: until sign-in exists, the local user."""
    return LOCAL_USER


def viewer() -> Principal:
    """Return the person whose eyes the figures are for: the one at the screen, or the board they look for."""
    return as_board(who()) if st.session_state.get(AS_BOARD) else who()


def asker() -> Asker:
    """Return the person who looks, the number of the store's last write, and the day."""
    store = open_store()
    last = store.last_writes(who())
    if _lineage.get(id(store), 0) != last.lineage:
        st.cache_resource.clear()  # a backup took the place of everything: numbers may mean other things
        _lineage[id(store)] = last.lineage
    return Asker(viewer(), last.stamp, date.today())


@st.cache_resource(max_entries=1, show_spinner=False)
def once_a_day(day: date) -> None:
    """Do what is due, the first time that anybody looks on a day.

    What is older than the organisation keeps things is removed, and protected datasets that came in before there were
    releases are released; without the secret they wait, which the Datasets page says.
    """
    retention.let_go(open_store(), who(), day)
    with suppress(InputError):
        releasing.catch_up(open_store(), who())


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def all_datasets(asking: Asker) -> list[Dataset]:
    """List the datasets this person can see, newest first."""
    return datasets.datasets(open_store(), asking.principal)


@st.cache_resource(max_entries=LARGE, show_spinner="Loading areas", hash_funcs=KEYS)
def area_set(set_id: int, principal: Principal) -> AreaSet:
    """Load an area set; sets never change."""
    return area_sets.load_area_set(open_store(), principal, set_id)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def units(set_id: int, level: str, principal: Principal) -> Units:
    """Load the units of one level of an area set."""
    return area_set(set_id, principal).units(level)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def drawings(set_id: int, principal: Principal) -> dict[str, str]:
    """Load the digests of an area set's drawings by level."""
    return area_sets.drawing_digests(open_store(), principal, set_id)


@st.cache_resource(max_entries=LARGE, show_spinner="Loading counts", hash_funcs=KEYS)
def counts(dataset: Dataset, eyes: Asker) -> Released | Exact:
    """Load a dataset's counts as some eyes may see them (``eyes_of``). Raises RefusedError as ``visibility`` does."""
    return visibility.counts_of(open_store(), eyes.principal, dataset)


@st.cache_resource(max_entries=SMALL, show_spinner="Loading counts", hash_funcs=KEYS)
def scope(dataset: Dataset, eyes: Asker) -> Scope:
    """Load what of a dataset can be chosen by some eyes (``eyes_of``). Raises RefusedError as ``counts`` does."""
    cells, areas = counts(dataset, eyes), area_set(dataset.area_set_id, eyes.principal)
    protected, exact = isinstance(cells, Protected), isinstance(cells, Exact)
    return Scope(views.periods(cells), views.levels(cells, areas), views.harms_in(cells), protected, exact)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def category_sizes(dataset: Dataset, eyes: Asker) -> list[CategorySize]:
    """List the categories of a dataset with their sizes as some eyes (``eyes_of``) may see them."""
    return harm_grouping.sizes(open_store(), eyes.principal, dataset)


def set_around(hotspots: Any) -> tuple[AreaSet, dict[str, str]] | None:
    """Return the newest area set that any of some hotspots lies in or near, with its drawings; None without one."""
    for one in reversed(area_sets.area_sets(open_store(), who())):
        areas = area_set(one.id, who())
        if len(proximity.hotspots_inside(areas, hotspots)):
            return areas, drawings(one.id, who())
    return None


def view_key(dataset: Dataset, level: str, periods: Sequence[str], asking: Asker) -> ViewKey:
    """Return what a view of a level is kept by whose units stay the same through all of some periods.

    Raises RefusedError as ``counts`` does.
    """
    eyes = eyes_of(dataset, asking)
    return ViewKey(dataset, level, views.years_of(counts(dataset, eyes), periods), eyes)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def view(key: ViewKey) -> View:
    """Load a dataset's counts by the units of a level."""
    return views.view_counts(counts(key.dataset, key.eyes), area_set(*key.area_set), key.level, key.years)


def map_ground(key: ViewKey, asking: Asker) -> MapGround:
    """Load what every map of a view's units has; the app's own route serves the drawings."""
    by_level = drawings(*key.area_set)
    geometry = _offered(key) if key.years else by_level[key.level]
    set_id, names = key.dataset.area_set_id, map_names(key.dataset, asking.principal)
    marked, below = hotspot_markers(set_id, asking), tile_source(set_id, asking)
    return MapGround(geometry, by_level.get("backdrop"), marked, below, names)


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


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def schools_in(set_id: int, asking: Asker) -> dict[str, Place]:
    """List the schools in and just around an area set, by a label that no two share, in alphabetical order."""
    listed = proximity.inside(area_set(set_id, asking.principal), places.schools(open_store(), asking.principal))
    return proximity.labelled(listed)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def register(asking: Asker) -> Any:
    """Load the known hotspots of this person's organisation, as ``geo`` takes them."""
    return places.hotspots(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def hotspot_actions(asking: Asker) -> list[HotspotAction]:
    """List the actions at known hotspots of this person's organisation, planned and done."""
    return [
        HotspotAction(one.reference, one.what, _day(one.due_on), _day(one.done_on))
        for one in actions.actions(open_store(), asking.principal)
    ]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def hotspot_markers(set_id: int, asking: Asker) -> list[Marker]:
    """List the markers of the known hotspots in and just around an area set."""
    inside = proximity.hotspots_inside(area_set(set_id, asking.principal), register(asking))
    return markers(inside, asking.today)
