"""The map of the register: known hotspots as signs with their extents, and detected clusters as numbers beside them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.areas.proximity import Place
from geo.register.concern import Concern
from geo.register.hotspot import Hotspot
from geo.register.markers import entry_markers
from geo.register.place_shapes import bounds_of_shapes
from pages.components.cached import loads
from pages.components.cached.cache_keys import Asker
from pages.components.cached.hotspot_entries import RegisterGround, register_ground
from pages.components.frame import chrome
from pages.components.maps.legend import Overlays, overlays_legend
from pages.components.maps.map_panel import map_panel
from pages.components.maps.map_view import Draft, MapView, NumberedPlace
from pages.components.maps.searching import search_around
from pages.components.partners import on_map

NO_AREAS: Final = "No areas are loaded, so no map is drawn; a place can be given by its coordinates."
_NUMBERS: Final = "Numbers in circles are detected clusters that are not on the register."
HEIGHT: Final = 480
_MARGIN: Final = 400  # metres around what is looked at


def show_register(
    listed: Sequence[Hotspot], clusters: Sequence[Concern], school: Place | None, asking: Asker, height: int
) -> None:
    """Show known hotspots and the clusters that are not on the register, with the legend below."""
    ground = register_ground(asking)
    if ground is None:
        st.html(chrome.quiet(NO_AREAS))
        return
    places = [_numbered(number, one) for number, one in enumerate(clusters, start=1)]
    view = _view("Known hotspots", ground, listed, asking, places=places, school=school)
    map_panel(
        _fitted(view, [*(one.shape for one in listed), *(one.shape for one in clusters)]),
        key="known_map",
        height=height,
    )
    _legend(view, numbers=bool(places))


def show_place(entry: Hotspot, asking: Asker, height: int) -> None:
    """Show one known hotspot and what lies around it."""
    ground = register_ground(asking)
    if ground is None:
        st.html(chrome.quiet(NO_AREAS))
        return
    view = _view(entry.name, ground, [entry], asking)
    map_panel(_fitted(view, [entry.shape]), key="known_place_map", height=height)
    _legend(view, numbers=False)


def show_drawing(
    entry: Hotspot | None, draft: Draft | None, asking: Asker, key: str, on_point: Callable[[float, float], None]
) -> None:
    """Show the place of an entry that is being filled in, or the corners of one that is being drawn."""
    ground = register_ground(asking)
    if ground is None:
        st.html(chrome.quiet(NO_AREAS))
        return
    listed = [] if entry is None else [entry]
    view = _view("Where the place is", ground, listed, asking, draft=draft, school=None)
    if entry is not None and draft is None:
        view = _fitted(view, [entry.shape])
    map_panel(view, key=key, height=420, on_point=on_point)


def _view(
    title: str,
    ground: RegisterGround,
    listed: Sequence[Hotspot],
    asking: Asker,
    *,
    places: Sequence[NumberedPlace] = (),
    school: Place | None = None,
    draft: Draft | None = None,
) -> MapView:
    datasets = [one for one in loads.all_datasets(asking) if one.area_set_id == ground.set_id]
    view = MapView(
        title=title,
        geometry=ground.ground.geometry,
        marks="0" * ground.size,
        texts=[""] * ground.size,
        unit="",
        labels=("Area",),
        colours=(),
        hotspots=entry_markers(listed, asking.today),
        school=school,
        backdrop=ground.ground.backdrop,
        base_map=ground.ground.base_map,
        names=ground.ground.names,
        places=places,
        search=search_around(datasets[0], school) if datasets else None,
        draft=draft,
    )
    return on_map.on(view, asking)


def _fitted(view: MapView, shapes: Sequence[object]) -> MapView:
    return replace(view, fit=bounds_of_shapes(shapes, _MARGIN)) if shapes else view


def _numbered(number: int, concern: Concern) -> NumberedPlace:
    at = concern.shape.representative_point()
    return NumberedPlace(number, concern.name, "Detected, not on the register", at.x, at.y)


def _legend(view: MapView, *, numbers: bool) -> None:
    over = Overlays(
        statuses=[one.status for one in view.hotspots],
        partners=[(one.letter, one.said, one.printed) for one in view.partners],
        attribution=view.base_map.attribution if view.base_map else None,
    )
    st.html(overlays_legend(over) + (chrome.quiet(_NUMBERS) if numbers else ""))
