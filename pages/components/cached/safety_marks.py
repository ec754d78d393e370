"""Cached marks of young people: which sessions are shown, what is released of them, and the map of their places.

Custodians get no more than everybody else here: what is loaded is released, whoever looks.
"""

from typing import NamedTuple

import streamlit as st

from data.services import safety_marks
from data.services.opening import open_store
from data.store.datasets import Dataset
from geo.areas.drawing import drawing, pack_drawing
from geo.areas.proximity import Bounds, bounds_of
from geo.counts.filters import Choice
from geo.evidence.marked_places import MarkedPlaces
from geo.release import zoning
from pages.components.cached import loads
from pages.components.cached.base_maps import tile_source
from pages.components.cached.cache_keys import KEYS, SMALL, Asker
from pages.components.cached.map_grounds import MapGround, area_names, ground
from pages.routes.transient_files import offer

MARGIN = 200  # metres around the marked places that a map shows too


class MarksKey(NamedTuple):
    """Marks of a school year, and the incidents that are laid beside them; None for none."""

    dataset: Dataset
    year: str
    beside: Dataset | None
    choice: Choice | None


_KEYS = {**KEYS, MarksKey: lambda key: repr((key.dataset.seal, key.year, key.beside and key.beside.seal, key.choice))}


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def sessions(asking: Asker) -> dict[str, tuple[Dataset, tuple[str, ...]]]:
    """List the datasets of marks of which anything is released, by title, each with its school years, newest first."""
    found = safety_marks.shown_datasets(open_store(), asking.principal)
    titles = [one.title for one in found]
    return {
        one.title if titles.count(one.title) == 1 else f"{one.title} (number {one.id})": (
            one,
            safety_marks.years_shown(open_store(), asking.principal, one),
        )
        for one in found
    }


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def waiting(asking: Asker) -> int:
    """Count the datasets of marks of which nothing is released yet."""
    held = safety_marks.datasets_of_marks(open_store(), asking.principal)
    return len(held) - len(sessions(asking))


@st.cache_resource(max_entries=SMALL, show_spinner="Loading marks", hash_funcs=_KEYS)
def places(key: MarksKey, asking: Asker) -> MarkedPlaces:
    """Load released marks by place. Raises RefusedError and InputError as ``data.services.safety_marks.places``."""
    beside = None if key.beside is None or key.choice is None else (key.beside, key.choice)
    return safety_marks.places(open_store(), asking.principal, key.dataset, key.year, beside)


def map_ground(key: MarksKey, asking: Asker) -> MapGround:
    """Load what a map of these places has but for its values."""
    set_id, principal = key.dataset.area_set_id, asking.principal
    name, packed = _drawn(key, asking)
    below = ground(set_id, loads.area_set(set_id, principal).level, principal)
    return MapGround(
        offer(packed, name), below.backdrop, (), tile_source(set_id, asking), area_names(set_id, principal)
    )


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=_KEYS)
def bounds(key: MarksKey, asking: Asker) -> Bounds:
    """Load the bounds of the places that were marked; of all areas where none is told apart."""
    shown = places(key, asking)
    inside = [at for at, unit in enumerate(shown.units.member.tolist()) if not shown.elsewhere[unit]]
    areas = loads.area_set(key.dataset.area_set_id, asking.principal)
    return bounds_of(areas, inside or range(len(areas.codes)), MARGIN)


@st.cache_resource(max_entries=SMALL, show_spinner="Drawing zones", hash_funcs=_KEYS)
def _drawn(key: MarksKey, asking: Asker) -> tuple[str, bytes]:
    areas = loads.area_set(key.dataset.area_set_id, asking.principal)
    return pack_drawing(drawing(zoning.shapes(areas, places(key, asking).units)))
