"""The cached checklist of the Set up page: what is here of all that a place needs, kept as ``loads`` says."""

import streamlit as st

from data.services import setup_checklist
from data.services.opening import open_store
from data.services.setup_checklist import ChecklistRow, RowFacts
from data.store import area_sets
from pages.components.cached import loads
from pages.components.cached.cache_keys import KEYS, LARGE, Asker


@st.cache_resource(max_entries=LARGE, show_spinner="Looking at what is here", hash_funcs=KEYS)
def checklist(asking: Asker) -> dict[ChecklistRow, RowFacts]:
    """Return each row of the checklist, in its order."""
    store = open_store()
    numbers = [one.id for one in area_sets.area_sets(store, asking.principal)]
    sets = {number: loads.area_set(number, asking.principal) for number in numbers}
    return setup_checklist.checklist(store, asking.principal, asking.today, sets)
