"""Cached evidence: what data say of the register, its states apart from the slower search for clusters.

They are kept as ``loads`` says. What is read of a dataset does not depend on the register, so that a change of an entry
is set beside it at once.
"""

from typing import Any

import streamlit as st

from data.services import open_points
from data.services import register_evidence as evidence
from data.services.opening import open_store
from data.store import hotspots
from data.store.datasets import Dataset
from data.store.db_errors import DamagedError
from geo.evidence.beside import Source
from geo.evidence.register_evidence import RegisterEvidence
from geo.findings.search import Search
from geo.register.concern import Concern
from pages.components.cached import statistics
from pages.components.cached.cache_keys import KEYS, LARGE, SMALL, Asker, eyes_of


def state_of(asking: Asker) -> dict[str, str]:
    """Return the state of each known hotspot that is not closed, by its reference."""
    states = register_states(asking)
    return dict(zip(states["reference"], states["state"], strict=True))


def register_evidence(asking: Asker) -> RegisterEvidence:
    """Return what data say of the register, the clusters that no entry explains with it.

    These take seconds for a county: a page shows ``register_states`` first.
    """
    return RegisterEvidence(register_states(asking), unregistered(asking))


@st.cache_resource(max_entries=SMALL, show_spinner="Setting the register beside the data", hash_funcs=KEYS)
def register_states(asking: Asker) -> Any:
    """Return what data say of each known hotspot that is not closed, as ``RegisterEvidence.states`` has it."""
    known = hotspots.entries(open_store(), asking.principal)
    there = evidence.listed(open_store(), asking.principal) if known else []
    return evidence.states_by(known, (_source(one, eyes_of(one, asking)) for one in there), asking.today)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def unregistered(asking: Asker) -> tuple[Concern, ...]:
    """Return the detected clusters that no known hotspot explains."""
    store, person = open_store(), asking.principal
    known = hotspots.entries(store, person)
    return tuple(
        one
        for dataset in evidence.searched_datasets(store, person)
        for one in evidence.not_explained(store, person, dataset, _search(dataset, eyes_of(dataset, asking)), known)
    )


@st.cache_resource(max_entries=LARGE, show_spinner=False, hash_funcs=KEYS)
def _source(dataset: Dataset, eyes: Asker) -> Source | None:
    may = open_points.may_be_counted(eyes.principal, dataset)
    try:
        points = statistics.published_points(dataset, eyes.principal) if may else None
    except DamagedError:
        return None
    return evidence.source_of(open_store(), eyes.principal, dataset, points)


@st.cache_resource(max_entries=LARGE, show_spinner="Looking for clusters that are not on the register", hash_funcs=KEYS)
def _search(dataset: Dataset, eyes: Asker) -> Search:
    return evidence.search_of(open_store(), eyes.principal, dataset)
