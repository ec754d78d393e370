"""Cached lists of an organisation's own: who to tell and what to teach, and which year groups a school has."""

from typing import Final

import streamlit as st

from data.services import own_lists
from data.services.opening import open_store
from data.store import places
from geo import columns as c
from geo.register.contact import Contact
from geo.register.teaching_list import TeachingList
from pages.components.cached.cache_keys import KEYS, SMALL, Asker

_NO_PHASE: Final = ""


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def contacts(asking: Asker) -> tuple[Contact, ...]:
    """List the contacts of the person's organisation."""
    return own_lists.contacts(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def teaching(asking: Asker) -> TeachingList:
    """Return what to teach, by the organisation's own list or the usual one."""
    return own_lists.teaching(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def phase_of(urn: str | None, asking: Asker) -> str:
    """Return the phase of a school (its URN) as the list of schools has it, "" where that is not known."""
    if urn is None:
        return _NO_PHASE
    listed = places.schools(open_store(), asking.principal)
    found = listed.loc[listed[c.URN] == urn, c.PHASE].tolist()
    return str(found[0]) if found and isinstance(found[0], str) else _NO_PHASE
