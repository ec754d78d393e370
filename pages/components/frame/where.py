"""The shared picker of what part of the map is looked at: around the school, in its district, or everywhere."""

from typing import Final

import streamlit as st

from data.store.datasets import Dataset
from geo import wording
from geo.areas.proximity import RINGS, Place
from geo.views.extent import Extent, Where
from pages.components.cached import circles, extents
from pages.components.cached.cache_keys import Asker, eyes_of

KEY: Final = "where"
RADIUS: Final = "radius"
_BOUND: Final = "query-params"


def pick_extent(dataset: Dataset, school: Place | None, asking: Asker) -> tuple[Extent, Extent | None]:
    """Draw the picker and return the extent that it holds, and the school's district, if the map has others."""
    set_id = dataset.area_set_id
    if school is None:
        return extents.everywhere(set_id, asking.principal), None
    district = extents.district(set_id, school, asking.principal)
    offered = [where for where in Where if where is not Where.DISTRICT or district is not None]
    picked = st.radio("Look at", offered, key=KEY, bind=_BOUND)
    if picked is Where.SCHOOL:
        eyes = eyes_of(dataset, asking)
        return extents.around(dataset, school, _pick_radius(circles.has_points(dataset, eyes)), eyes), district
    if picked is Where.DISTRICT and district is not None:
        return district, district
    return extents.everywhere(set_id, asking.principal), district


def _pick_radius(points: bool) -> int:
    label = "Within, in a straight line" if points else "Areas touching"
    return st.segmented_control(
        label, RINGS, default=RINGS[1], format_func=wording.say_metres, key=RADIUS, required=True, bind=_BOUND
    )
