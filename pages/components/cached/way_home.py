"""The way home of a school, and where its pupils set out from; kept as ``loads`` says."""

from dataclasses import dataclass

import streamlit as st

from data.services import pupil_origins, way_home
from data.services.opening import open_store
from data.store import pupil_origins as kept
from data.store.datasets import Dataset
from geo.areas.drawing import pack_drawing
from geo.areas.proximity import Place
from geo.counts.filters import Choice
from geo.errors import InputError
from geo.evidence import way_home_drawing, way_home_sentences
from geo.evidence.way_home import WayHome
from geo.walking.pupil_origin import PupilOrigin
from pages.components.cached import walks
from pages.components.cached.cache_keys import KEYS, LARGE, SMALL, Asker
from pages.routes.transient_files import offer


@dataclass(frozen=True)
class DrawnWayHome:
    """A way home, and how a browser draws it."""

    found: WayHome
    packed: tuple[str, bytes]


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def origins(urn: str, asking: Asker) -> list[PupilOrigin]:
    """List where pupils of a school (its URN) set out from, as this person's organisation keeps it."""
    return kept.origins(open_store(), asking.principal, urn)


@st.cache_resource(max_entries=LARGE, show_spinner=False, hash_funcs=KEYS)
def places_near(set_id: int, school: Place, asking: Asker) -> dict[str, PupilOrigin]:
    """List the places around a school that can be chosen, by their labels."""
    return pupil_origins.places_near(open_store(), asking.principal, set_id, school)


@st.cache_resource(max_entries=LARGE, show_spinner="Finding the ways", hash_funcs=KEYS)
def drawn(dataset: Dataset, choice: Choice, school: Place, asking: Asker) -> DrawnWayHome:
    """Return the way home of a school by what a dataset knows of streets.

    Raises InputError, and says why, where no map of ways is loaded or none is near the school.
    """
    ready = walks.ready_network(dataset.area_set_id, school, asking)
    if ready is None:
        raise InputError(way_home_sentences.NO_MAP)
    known = way_home.incidents_of(open_store(), asking.principal, dataset, choice, school)
    listed = origins(school.urn or "", asking)
    found = way_home.find(open_store(), asking.principal, ready, school, listed, known)
    return DrawnWayHome(found, pack_drawing(way_home_drawing.drawing(found)))


def drawing(made: DrawnWayHome) -> str:
    """Return the digest of the drawing of a way home, which the app's own route serves."""
    name, packed = made.packed
    return offer(packed, name)
