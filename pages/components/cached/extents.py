"""Cached extents: what part of a map is around a school or in its district, and its counts as one unit.

They are kept as ``loads`` says.
"""

import streamlit as st

from data.principal import Principal
from data.store.datasets import Dataset
from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.views import extent as extent_of
from geo.views.circle import only_within
from geo.views.extent import Extent
from geo.views.recorded_elsewhere import counted_in
from geo.views.view import View
from pages.components.cached import circles, loads, walks
from pages.components.cached.cache_keys import KEYS, SMALL, Asker, ViewKey


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def everywhere(set_id: int, principal: Principal) -> Extent:
    """Return the extent of all areas of a set."""
    return extent_of.everywhere(loads.area_set(set_id, principal))


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def around(dataset: Dataset, school: Place, reach: Reach, eyes: Asker) -> Extent:
    """Return the extent of what is within reach of a school, with points where a dataset has those that may be counted.

    Raises InputError for a walk where there is no map of ways any more.
    """
    set_id, principal = dataset.area_set_id, eyes.principal
    walked = walks.reached(set_id, school, reach, principal).area if reach.on_foot else None
    points = circles.has_points(dataset, eyes)
    return extent_of.around(loads.area_set(set_id, principal), school, reach, points=points, walked=walked)


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def district(set_id: int, school: Place, principal: Principal) -> Extent | None:
    """Return the extent of a school's district, None where the set has no other."""
    return extent_of.district_of(loads.area_set(set_id, principal), school)


@st.cache_resource(max_entries=SMALL, show_spinner="Counting", hash_funcs=KEYS)
def view(key: ViewKey, extent: Extent) -> View:
    """Load a dataset's counts in an extent as a view of one unit; ``key`` is that of the areas they are summed from."""
    if extent.points and extent.circle is not None:
        within = circles.circle_view(key.dataset, *extent.circle, key.eyes)
        if extent.elsewhere:
            within = only_within(counted_in(circles.circle_and_rest(key.dataset, *extent.circle, key.eyes)))
        return extent_of.of_circle(within, extent, len(loads.area_set(*key.area_set).codes))
    return extent_of.as_one(loads.view(key), extent)
