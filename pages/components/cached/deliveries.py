"""What came in and what the place is made of, as pages list it."""

import streamlit as st

from data.services import inventory
from data.services.inventory import PlacePart
from data.services.opening import open_store
from data.store import deliveries
from data.store.deliveries import Delivery
from pages.components.cached.cache_keys import KEYS, SMALL, Asker


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def all_deliveries(asking: Asker) -> list[Delivery]:
    """List what was brought in, the newest first, undone ones too."""
    return deliveries.deliveries(open_store(), asking.principal)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def place_parts(asking: Asker) -> list[PlacePart]:
    """List what the place is made of, but for base maps and incidents."""
    return inventory.of_place(open_store(), asking.principal)
