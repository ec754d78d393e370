"""Cached extents: what part of a map is around a school or in its district, and its counts as one unit.

They are kept as ``loads`` says.
"""

import streamlit as st

from data.principal import Principal
from data.store.datasets import Dataset
from geo.areas.proximity import Place
from geo.views import extent as extent_of
from geo.views.extent import Extent
from geo.views.view import View
from pages.components.cached import circles, loads
from pages.components.cached.cache_keys import KEYS, SMALL, Asker, ViewKey


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def everywhere(set_id: int, principal: Principal) -> Extent:
    """Return the extent of all areas of a set."""
    return extent_of.everywhere(loads.area_set(set_id, principal))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def around(dataset: Dataset, school: Place, radius: int, eyes: Asker) -> Extent:
    """Return the extent of some metres round a school, with points where a dataset has those that may be counted."""
    areas = loads.area_set(dataset.area_set_id, eyes.principal)
    return extent_of.around(areas, school, radius, points=circles.has_points(dataset, eyes))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def district(set_id: int, school: Place, principal: Principal) -> Extent | None:
    """Return the extent of a school's district, None where the set has no other."""
    return extent_of.district_of(loads.area_set(set_id, principal), school)


@st.cache_resource(max_entries=SMALL, show_spinner="Counting", hash_funcs=KEYS)
def view(key: ViewKey, extent: Extent) -> View:
    """Load a dataset's counts in an extent as a view of one unit; ``key`` is that of the areas they are summed from."""
    if extent.points and extent.circle is not None:
        within = circles.circle_view(key.dataset, *extent.circle, key.eyes)
        return extent_of.of_circle(within, extent, len(loads.area_set(*key.area_set).codes))
    return extent_of.as_one(loads.view(key), extent)
