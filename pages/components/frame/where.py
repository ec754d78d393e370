"""The shared picker of what part of the map is looked at: around the school, in its district, or everywhere."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.store.datasets import Dataset
from geo.areas.proximity import Place
from geo.areas.reach import CIRCLES, USUAL, WALKS, Reach
from geo.views.extent import Extent, Where
from pages.components.cached import circles, extents, walks
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
        points = circles.has_points(dataset, eyes)
        reach = _pick_reach(set_id, school, asking) if points else _pick(CIRCLES, "Areas touching")
        return extents.around(dataset, school, reach, eyes), district
    if picked is Where.DISTRICT and district is not None:
        return district, district
    return extents.everywhere(set_id, asking.principal), district


def _pick_reach(set_id: int, school: Place, asking: Asker) -> Reach:
    """Draw the picker of a distance in a straight line or on foot; without walks, say why where one was asked for."""
    asked, offered = st.query_params.get(RADIUS), walks.offered(set_id, school, asking)
    if offered.reaches:
        reach = _pick((*CIRCLES, *offered.reaches), "Within, in a straight line (m) or on foot (min)")
        fault = walks.fault(set_id, school, reach, asking.principal) if reach.on_foot else None
        if fault is None:
            return reach
        st.caption(fault)
        return USUAL
    picked = _pick(CIRCLES, "Within, in a straight line", offered.reason)
    if offered.reason and (offered.loaded or asked in {walk.label for walk in WALKS}):
        st.caption(offered.reason)
    return picked


def _pick(reaches: Sequence[Reach], label: str, reason: str | None = None) -> Reach:
    by_label = {reach.label: reach for reach in reaches}
    return by_label[
        st.segmented_control(
            label, list(by_label), default=USUAL.label, key=RADIUS, required=True, bind=_BOUND, help=reason
        )
    ]
