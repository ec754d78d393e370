"""Density on the Local context page: squares round a school in place of the areas, of what is published already."""

from dataclasses import replace
from enum import StrEnum
from typing import Final

import streamlit as st

from data.records.rows import DatasetKind
from geo.areas.proximity import Place
from geo.calendar import periods
from geo.errors import ThinDataError
from geo.maps.point_density import SIDE, highest
from geo.statistics.density import Density
from pages.components.cached import loads, statistics
from pages.components.context.surroundings import Surroundings
from pages.components.frame import chrome
from pages.components.frame.selection import BOUND, Figures, Selection
from pages.components.maps.value_map import MapSpec, ValueMap, value_map

_OUTSIDE: Final = "Outside the areas of this map"
_SNAPPED: Final = "Each point is a published snap point: it stands for a catchment of several addresses, not an address"
_AS_PUBLISHED: Final = "Points are as they were published"


class Show(StrEnum):
    """What the map shows: a count for each area, or how thickly incidents lie."""

    AREAS = "Areas"
    DENSITY = "Density"


def pick_map(chosen: Selection, school: Place, around: Surroundings) -> ValueMap:
    """Draw the choice of what the map shows, where there is one, and return that map with what stands below it.

    Where there is too little for a density the map of areas is returned, and why is said above it.
    """
    by_area = ValueMap(around.view, around.legend)
    with st.container():  # one part of the page whatever it holds, so that the map below stays the same one
        if not _is_offered(chosen) or _pick() is Show.AREAS:
            return by_area
        try:
            return _by_square(chosen, school, around)
        except ThinDataError as thin:
            st.html(chrome.notice(f"Areas are shown instead. {thin}"))
            return by_area


def _is_offered(chosen: Selection) -> bool:
    """Return whether points may be looked at: those of open data, by the organisation that keeps them."""
    return chosen.figures is Figures.OPEN and chosen.dataset.owner == loads.viewer().organisation


def _pick() -> Show:
    return st.segmented_control("Show", list(Show), default=Show.AREAS, key="show", required=True, bind=BOUND)


def _by_square(chosen: Selection, school: Place, around: Surroundings) -> ValueMap:
    """Map how thickly incidents lie, with the pin, the rings and the known hotspots of the map of areas."""
    choice, before = around.wide.choice, around.view
    spread = statistics.density(chosen.dataset, choice, school, chosen.asking.principal)
    spec = MapSpec(
        title=f"Density of incidents around {school.name}",
        unit="incidents per km²",
        period=periods.say_range(choice.periods),
        source=chrome.source(chosen),
        geometry=statistics.squares(school),
        backdrop=before.backdrop,
        names=before.names,
        search=before.search,
        base_map=before.base_map,
        markers=before.hotspots,
        aside=_OUTSIDE,
        method=_method(chosen, spread),
        of="square",
    )
    drawn = value_map(spread.values.ravel(), spec)
    view = replace(
        drawn.view, school=before.school, rings=before.rings, walk=before.walk, fit=before.fit, places=before.places
    )
    return ValueMap(view, replace(drawn.legend, lead=highest(spread, school)))


def _method(chosen: Selection, spread: Density) -> str:
    how = f"Kernel density ({spread.kernel}, bandwidth {spread.bandwidth:,.0f} m), at the middle of squares of {SIDE} m"
    points = _SNAPPED if chosen.dataset.kind == DatasetKind.POLICE else _AS_PUBLISHED
    return f"{spread.sentence} {how}. {points}"
