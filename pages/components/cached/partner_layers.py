"""Cached layers from partners: which a person sees, and what their areas are called; shapes go by their own route."""

import streamlit as st

from data.principal import Role
from data.services import partner_layers
from data.services.opening import open_store
from data.store import partner_layers as stored
from data.store.partner_layers import PartnerLayer
from geo import columns as c
from geo.register.handling import may_see
from pages.components.cached.cache_keys import KEYS, SMALL, Asker


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def all_layers(asking: Asker) -> list[PartnerLayer]:
    """List the layers that a person may see, newest first, those too whose last day is past."""
    return stored.layers(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def shown_layers(asking: Asker) -> list[PartnerLayer]:
    """List the layers that a person sees on maps."""
    return partner_layers.shown(open_store(), asking.principal, asking.today)


def hides_from_board(asking: Asker) -> bool:
    """Return whether a person sees a layer on maps that their board would not."""
    return any(not may_see(one.handling, Role.BOARD) for one in shown_layers(asking))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def area_names(asking: Asker, layer_id: int) -> list[str]:
    """List what the areas of a layer are called, in the order of their numbers."""
    return list(stored.layer_areas(open_store(), asking.principal, layer_id, asking.today)[c.NAME])
