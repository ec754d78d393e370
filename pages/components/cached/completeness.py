"""Cached completeness: the rows of a dataset by month and category, with and without a location.

They are kept as ``loads`` says.
"""

import streamlit as st

from data.services.completeness import completeness_of
from data.services.opening import open_store
from data.store.datasets import Dataset
from geo.counts.completeness import Completeness
from pages.components.cached.cache_keys import KEYS, SMALL, Asker, eyes_of


def completeness(dataset: Dataset, asking: Asker) -> Completeness | None:
    """Load what the rows of a dataset come to; None where this person may not know, as of protected figures."""
    return _completeness(dataset, eyes_of(dataset, asking))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def _completeness(dataset: Dataset, eyes: Asker) -> Completeness | None:
    return completeness_of(open_store(), eyes.principal, dataset)
