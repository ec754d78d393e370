"""The Area map's own pickers, what they ask for, and the choice of one area, by a picker or a click on the map."""

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from geo.areas.area_set import Units
from geo.counts.filters import Choice
from geo.harms import category_label
from geo.maps.map_words import LEVEL_WORDS, MEASURE_WORDS
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from pages.components.frame import area_picker, chrome
from pages.components.frame.selection import BOUND, Selection

EVERY_CATEGORY: Final = "All of the harm groups"
NO_AREA: Final = "None"
COLD: Final = frozenset((Measure.HOT, Measure.PATTERN))
CLUSTERS: Final = (
    "Areas side by side that lately, in up to six periods, hold more than their own past leads one to expect, beyond "
    "chance."
)
COLD_HELP: Final = "For analysts: a low area (cold spot) can mean that less is reported there."
RESIDENTS: Final = "For areas whose numbers of residents differ much: what stands out beyond its share of residents."
_CLICKED: Final = "_clicked"


@dataclass(frozen=True)
class MapRequest:
    """What the page's own pickers hold; ``choice`` is the shared choice with the category picked here.

    ``zoom`` is whether the map shows the chosen area alone.
    """

    measure: MeasureRequest
    level: str
    choice: Choice
    zoom: bool

    def by(self, measure: Measure) -> "MapRequest":
        """Return the same by another measure."""
        return replace(self, measure=replace(self.measure, measure=measure))


def pick(chosen: Selection) -> MapRequest:
    """Draw the page's pickers and return what they hold."""
    measure = st.segmented_control(
        "Measure", list(Measure), default=Measure.COUNT, format_func=MEASURE_WORDS.__getitem__,
        key="measure", required=True, bind=BOUND,
    )  # fmt: skip
    level = st.segmented_control(
        "Level", chosen.levels, default=chosen.levels[0], format_func=LEVEL_WORDS.__getitem__,
        key="level", required=True, bind=BOUND,
    )  # fmt: skip
    choice = replace(chosen.choice, category=_pick_category(chosen))
    clusters = st.toggle("Current clusters", key="clusters", bind=BOUND, help=CLUSTERS)
    cold = measure in COLD and st.toggle("Show low areas", key="cold", bind=BOUND, help=COLD_HELP)
    residents = measure is Measure.HOT and st.toggle(
        "Adjust for population", key="residents", bind=BOUND, help=RESIDENTS
    )
    zoom = st.toggle("Zoom to the chosen area", key="zoom", bind=BOUND)
    return MapRequest(MeasureRequest(measure, residents=residents, cold=cold, clusters=clusters), level, choice, zoom)


def _pick_category(chosen: Selection) -> str | None:
    if chosen.about:  # a release knows harm groups only
        return None
    categories = sorted(chosen.dataset.harm_of)
    category = st.selectbox(
        chrome.category_label(chosen.dataset.kind),
        [EVERY_CATEGORY, *categories],
        format_func=category_label,
        key="category",
        bind=BOUND,
    )
    return None if category == EVERY_CATEGORY else category


def choose_area(code: str) -> None:
    """Take a click on the map as the choice of an area; what the browser sends is checked by the picker."""
    st.session_state[_CLICKED] = code


def pick_area(units: Units) -> str | None:
    """Draw the picker of one area, which a click on the map sets, and return the chosen area's code."""
    clicked = st.session_state.pop(_CLICKED, None)
    if clicked in units.label_of:
        st.session_state["area"] = units.label_of[clicked]
    return area_picker.pick_area(units, "area", NO_AREA)
