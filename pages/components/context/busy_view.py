"""Busiest places on the Local context page: the list beside the map, its table, and one of them looked at closely."""

from dataclasses import replace
from html import escape
from typing import Final

import streamlit as st

from geo.areas import proximity
from geo.areas.proximity import Place
from geo.views.busy_places import BusyPlace, BusyPlaces
from pages.components.context import story
from pages.components.context.surroundings import Surroundings
from pages.components.frame import chrome
from pages.components.frame.selection import Selection
from pages.components.maps import busy_list
from pages.components.maps.map_view import MapView

_GO_TO: Final = "Go to one of the busiest places"
_CLOSE: Final = 250  # metres round a place that is looked at closely


def list_html(chosen: Selection, school: Place, around: Surroundings) -> str:
    """List the busiest places by their numbers on the map (HTML); nothing where no place has a name."""
    found = _named(around)
    if found is None:
        return ""
    where, shown = story.where(chosen, around), around.wide.choice.periods
    if found.places:
        listed = busy_list.basis(found, shown) + busy_list.list_html(found, shown, school)
    else:
        listed = chrome.quiet("None: no incident of the chosen kinds is there.")
    heading = f"<h2>Busiest places {escape(where)}</h2>"
    return f'<div class="lc-block lc-list">{heading}{listed}{_elsewhere(around)}</div>'


def pick(around: Surroundings) -> BusyPlace | None:
    """Draw the numbers of the list above the map, and return the place whose number is pressed."""
    found = _named(around)
    with st.container():  # one part of the page whatever it holds, so that the map below stays the same one
        if found is None or not found.places:
            return None
        number_of = {one.at: number for number, one in enumerate(found.places, start=1)}
        # The options are the places: another filter, which gives them other numbers, lets go of the pressed one.
        at = st.pills(_GO_TO, list(number_of), format_func=lambda one: str(number_of[one]), key="busy_place", wrap=True)
    return None if at is None else found.places[number_of[at] - 1]


def looked_at(view: MapView, place: BusyPlace | None) -> MapView:
    """Return the map as it is, or moved to one place."""
    if place is None:
        return view
    return replace(view, fit=proximity.bounds_around(Place(place.title, place.lon, place.lat), _CLOSE))


def table(chosen: Selection, school: Place, around: Surroundings) -> str:
    """Write the same places as a table (HTML); nothing where none is named."""
    found, choice = _named(around), around.wide.choice
    if found is None or not found.places:
        return ""
    where = story.where(chosen, around)
    caption = f"Busiest places {where}, most incidents first, by harm group. {chrome.source(chosen)}"
    return busy_list.table_html(caption, found, choice.periods, choice.harms, school)


def _named(around: Surroundings) -> BusyPlaces | None:
    """Return the busiest places where the names of places are known."""
    return around.busy if around.named else None


def _elsewhere(around: Surroundings) -> str:
    """Say what is recorded for elsewhere, by name, and whether it is counted in (HTML); nothing where nothing is."""
    if not around.elsewhere:
        return ""
    listed = ", ".join(f"{name} {n:,}" for name, n in around.elsewhere)
    which = "counted in" if around.extent.elsewhere else "counted apart"
    said = f"Recorded for elsewhere: {listed} ({which}; the switch in the sidebar changes that)."
    return f'<p class="lc-told">{escape(said)}</p>'
