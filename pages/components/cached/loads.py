"""Cached loads: bounded, keyed by what they hold and for whom, and never changed by who gets them.

Lists are keyed by an ``Asker``, whose stamp changes with every write to the store, so that none is ever stale. (An
argument whose name began with an underscore would be left out of the key.)
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import streamlit as st

from data.principal import LOCAL_USER, Principal, Role, as_board
from data.services import harm_grouping, letting_go, releasing, visibility
from data.services.harm_grouping import CategorySize
from data.services.opening import open_store
from data.store import actions as stored_actions
from data.store import area_sets, datasets, hotspots, places
from data.store.datasets import Dataset
from geo.areas import proximity
from geo.areas.area_set import AreaSet, Units
from geo.areas.proximity import Place
from geo.errors import InputError
from geo.register.action import Action
from geo.register.markers import Marker, markers
from geo.release.kinds import Exact, Protected, Released
from geo.views import view as views
from geo.views.view import View
from pages.components.cached.cache_keys import KEYS, LARGE, SMALL, Asker, ViewKey, eyes_of

AS_BOARD: Final = "board"  # the switch that shows figures as a board would see them
AS_BOARD_KEPT: Final = "_board_kept"  # how it stood when a page last drew it: not every page does

_lineage: Final[dict[int, int]] = {}  # of each store that this process has open, as it was last seen


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
    """Return the person at the screen, who acts: until sign-in exists, the local user."""
    return LOCAL_USER


def viewer() -> Principal:
    """Return the person whose eyes the figures are for: the one at the screen, or the board they look for."""
    kept = st.session_state.get(AS_BOARD_KEPT, False)
    return as_board(who()) if st.session_state.get(AS_BOARD, kept) else who()


def is_board() -> bool:
    """Return whether figures are for the eyes of a board, which sees no exact ones and changes nothing."""
    return viewer().role is Role.BOARD


def exact_datasets(asking: Asker) -> frozenset[int]:
    """Return the numbers of the datasets that this person may be told as they are: open ones, or in their care."""
    return frozenset(one.id for one in all_datasets(asking) if visibility.sees_exact(asking.principal, one))


def asker() -> Asker:
    """Return the person who looks, the number of the store's last write, and the day."""
    store = open_store()
    last = store.last_writes(who())
    if _lineage.get(id(store), 0) != last.lineage:
        st.cache_resource.clear()  # a backup took the place of everything, or areas are called otherwise
        _lineage[id(store)] = last.lineage
    return Asker(viewer(), last.stamp, date.today())


@st.cache_resource(max_entries=1, show_spinner=False)
def once_a_day(day: date) -> None:
    """Do what is due, the first time that anybody looks on a day.

    What is older than the organisation keeps things is removed, damaged files and old logs too, and protected datasets
    that came in before there were releases are released, sessions of marks too whose half-term is over; without the
    secret they wait, which the Datasets page says.
    """
    letting_go.tidy(open_store(), who(), day)
    with suppress(InputError):
        releasing.catch_up(open_store(), who())
        releasing.release_sessions(open_store(), who(), day)


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


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def schools_in(set_id: int, asking: Asker) -> dict[str, Place]:
    """List the schools in and just around an area set, by a label that no two share, in alphabetical order."""
    listed = proximity.inside(area_set(set_id, asking.principal), places.schools(open_store(), asking.principal))
    return proximity.labelled(listed)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def register(asking: Asker) -> Any:
    """Load the known hotspots of this person's organisation, as ``geo`` takes them."""
    return hotspots.hotspots(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def actions(asking: Asker) -> list[Action]:
    """List the actions of this person's organisation, at known hotspots and anywhere else, planned and done."""
    return stored_actions.actions(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def hotspot_markers(set_id: int, asking: Asker) -> list[Marker]:
    """List the markers of the known hotspots in and just around an area set."""
    inside = proximity.hotspots_inside(area_set(set_id, asking.principal), register(asking))
    return markers(inside, asking.today)
