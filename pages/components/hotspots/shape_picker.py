"""Where a place is, given in one of four ways: a named place, a street, a point, or drawn on the map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import streamlit as st

from data.services import register_places
from data.services.opening import open_store
from geo.areas.gazetteer import GazetteerEntry
from geo.errors import InputError
from geo.register import place_shapes
from geo.register.fields import say_shape
from geo.register.hotspot import Hotspot
from geo.register.place_shapes import MOST_CORNERS, Corner
from pages.components.cached.cache_keys import Asker
from pages.components.cached.hotspot_entries import register_ground
from pages.components.frame import chrome
from pages.components.hotspots import register_map
from pages.components.maps.map_view import Draft


class PlaceWay(StrEnum):
    """How a place is given."""

    KEPT = "As it is"
    NAMED = "A named place"
    STREET = "A street"
    POINT = "A point"
    DRAWN = "Drawn on the map"


_STREET: Final = "street"  # the precision of a place that is somewhere along one
_HOW_TO_DRAW: Final = (
    "Click on the map, corner after corner. By keyboard: on the map, arrow keys move it below the cross, and Enter "
    "puts a corner there."
)
_HOW_TO_POINT: Final = "Click on the map, or write the coordinates."
_NOTHING: Final = "Nothing of this name is known here; try part of the name, or give a point."


@dataclass(frozen=True)
class PickedShape:
    """A shape that was picked, and the name and the precision that it suggests."""

    shape: Any
    name: str | None = None
    precision: str | None = None


def pick(start: Hotspot | None, asking: Asker, key: str) -> PickedShape | None:
    """Draw the picker of a place's shape, beginning with that of ``start``; return what is picked, None for nothing."""
    ways = [way for way in PlaceWay if way is not PlaceWay.KEPT or start is not None]
    way = st.segmented_control(
        "How do you want to say where it is?", ways, default=ways[0], key=f"{key}_way", required=True
    )
    draft, picked = None, None
    place = st.container()
    with place:
        if way is PlaceWay.KEPT and start is not None:
            picked = PickedShape(start.shape)
        elif way is PlaceWay.NAMED:
            picked = _named(asking, key)
        elif way is PlaceWay.STREET:
            picked = _street(asking, key)
        elif way is PlaceWay.POINT:
            picked = _point(key)
        else:
            draft, picked = _drawn(key)
    if way in (PlaceWay.POINT, PlaceWay.DRAWN):
        draft = draft or Draft((), "area")
    shown = None if picked is None else _as_entry(start, picked)
    register_map.show_drawing(shown, draft, asking, f"{key}_map", lambda lon, lat: put_corner(key, way, (lon, lat)))
    if picked is not None:
        st.html(chrome.quiet(f"{say_shape(picked.shape)}."))
    return picked


def put_corner(key: str, way: PlaceWay, corner: Corner) -> None:
    """Take a click on the map: as the point, or as one more corner of what is drawn."""
    if way is PlaceWay.POINT:
        st.session_state[f"{key}_clicked"] = corner
        st.session_state[f"{key}_coordinates"] = f"{corner[0]:.5f} {corner[1]:.5f}"
        return
    corners: list[Corner] = st.session_state.setdefault(f"{key}_corners", [])
    if len(corners) < MOST_CORNERS:
        corners.append(corner)
    st.session_state.pop(f"{key}_finished", None)


def _named(asking: Asker, key: str) -> PickedShape | None:
    found = _search("Name of the place", asking, f"{key}_named", streets=False)
    if found is None:
        return None
    point = place_shapes.point_at(found.lon, found.lat)
    return PickedShape(point, found.name, "about")


def _street(asking: Asker, key: str) -> PickedShape | None:
    found = _search("Name of the street", asking, f"{key}_street", streets=True)
    ground = register_ground(asking)
    if found is None or ground is None:
        return None
    line = register_places.line_of(open_store(), asking.principal, ground.set_id, found)
    if line is None:
        st.html(chrome.quiet("No map that is loaded has this street’s line, so it is kept as a point on it."))
        return PickedShape(place_shapes.point_at(found.lon, found.lat), found.name, _STREET)
    return PickedShape(line, found.name, _STREET)


def _search(label: str, asking: Asker, key: str, *, streets: bool) -> GazetteerEntry | None:
    """Draw a box to search in and the places that fit; return the chosen one."""
    ground = register_ground(asking)
    if ground is None:
        st.html(chrome.quiet(register_map.NO_AREAS))
        return None
    typed = st.text_input(label, key=key, max_chars=80)
    if not typed:
        return None
    fitting = register_places.find(open_store(), asking.principal, ground.set_id, typed, streets=streets)
    if not fitting:
        st.html(chrome.notice(_NOTHING))
        return None
    return st.radio("Which one?", fitting, format_func=_said, key=f"{key}_which")


def _said(one: GazetteerEntry) -> str:
    return chrome.plain(", ".join(part for part in (one.name, one.where, one.kind) if part))


def _point(key: str) -> PickedShape | None:
    st.html(chrome.quiet(_HOW_TO_POINT))
    typed = st.text_input(
        "Easting and northing, or longitude and latitude", key=f"{key}_coordinates", placeholder="442800 392900"
    )
    if not typed:
        return None
    try:
        return PickedShape(place_shapes.point_at(*place_shapes.read_point(typed)), precision="exact")
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return None


def _drawn(key: str) -> tuple[Draft | None, PickedShape | None]:
    """Draw the buttons of drawing; return what is drawn so far, or the shape once it is finished."""
    st.html(chrome.quiet(_HOW_TO_DRAW))
    corners: Sequence[Corner] = st.session_state.get(f"{key}_corners", [])
    _offer_corner(key)
    with st.container(horizontal=True, key=f"{key}_drawing"):
        if st.button("Undo last corner", key=f"{key}_undo", disabled=not corners):
            st.session_state[f"{key}_corners"] = list(corners[:-1])
            st.session_state.pop(f"{key}_finished", None)
            st.rerun()
        if st.button("Finish as a line", key=f"{key}_line", disabled=len(corners) < 2):
            st.session_state[f"{key}_finished"] = "line"
        if st.button("Finish as an area", key=f"{key}_area", disabled=len(corners) < 3):
            st.session_state[f"{key}_finished"] = "area"
    finished = st.session_state.get(f"{key}_finished")
    st.html(f'<p class="lc-quiet" role="status">{_corners_said(len(corners), finished)}</p>')
    if finished is None:
        return Draft(tuple(corners), "area"), None
    try:
        if finished == "line":
            return Draft(tuple(corners), "line"), PickedShape(place_shapes.line_through(corners), precision="exact")
        return Draft(tuple(corners), "area"), PickedShape(place_shapes.area_within(corners), precision="area")
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return Draft(tuple(corners), "area"), None


def _offer_corner(key: str) -> None:
    """Offer to write a corner by its coordinates, for those who cannot use the map."""
    with (
        st.form(f"{key}_corner", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        typed = st.text_input("A corner by its coordinates", placeholder="442800 392900")
        if st.form_submit_button("Add corner") and typed:
            try:
                put_corner(key, PlaceWay.DRAWN, place_shapes.read_point(typed))
            except InputError as fault:
                st.error(chrome.plain(str(fault)))


def _corners_said(number: int, finished: str | None) -> str:
    if finished is not None:
        return f"Finished as {'a line' if finished == 'line' else 'an area'} of {number} corners."
    return "No corner yet." if not number else f"{number} {'corner' if number == 1 else 'corners'} so far."


def _as_entry(start: Hotspot | None, picked: PickedShape) -> Hotspot:
    if start is not None:
        return replace(start, shape=picked.shape)
    return Hotspot("", picked.name or "The new place", "other", "other", "proposed", picked.shape)
