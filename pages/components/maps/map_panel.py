"""The map panel: the one place where a map is shown. It sends values; shapes come from the app's own routes.

The base map's script never changes, so the browser keeps the map, the reader's view of it and the shapes on it;
a new view only repaints. All that comes back from the browser is which area was clicked or, where a place is drawn,
where a click was.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Final

import folium
import streamlit as st
from streamlit_folium import st_folium

from geo.basemap.tile_source import TileSource
from geo.maps.hotspot_signs import SIGNS
from geo.register.markers import Marker
from pages.components.maps.area_layer import AreaLayer, Json, script_json
from pages.components.maps.map_view import BETWEEN_TEXTS, Draft, MapView, NumberedPlace, SearchSource
from pages.routes.assets import geometry_url, leaflet_url, tiles_url

# By default folium asks four other hosts for scripts and styles, most of which a map of areas has no use for.
folium.Map.default_js = [("leaflet", leaflet_url("leaflet.js"))]
folium.Map.default_css = [("leaflet_css", leaflet_url("leaflet.css"))]

_LONGEST_CODE: Final = 512  # a zone is named by the codes of its areas


def map_panel(
    view: MapView,
    *,
    key: str,
    height: int,
    on_area: Callable[[str], None] | None = None,
    on_point: Callable[[float, float], None] | None = None,
) -> None:
    """Show ``view``, or repaint the map that already stands under ``key``.

    Parameters
    ----------
    key
        Name of the map on its page; keep it the same for the life of the page.
    height
        Pixels.
    on_area
        Called with the code of an area that was clicked, before the page runs again, so it may set the state of a
        widget that has not been drawn yet. The code comes from the browser: check it against the areas you know.
    on_point
        Called in the same way with longitude and latitude of each click on a map with a ``draft``.
    """
    group = folium.FeatureGroup(show=False)  # st_folium itself adds it to the map
    AreaLayer(payload(view, chooses=on_area is not None)).add_to(group)

    def clicked() -> None:
        code, point = clicked_area(st.session_state.get(key)), clicked_point(st.session_state.get(key))
        if code is not None and on_area is not None:
            on_area(code)
        if point is not None and on_point is not None:
            on_point(*point)

    st_folium(
        base_map(),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],  # otherwise every pan and zoom would run the page again
        feature_group_to_add=group,
        render=False,  # st_folium renders the map once more in any case
        on_change=clicked,
    )


def base_map() -> folium.Map:
    """Make an empty map whose script is always the same; st_folium alters what it is given, so each call makes one."""
    return folium.Map(
        location=(53.0, -1.5),
        zoom_start=6,
        tiles=None,
        min_zoom=5,
        max_zoom=18,
        zoom_snap=0.25,
        zoom_delta=0.5,
        attribution_control=False,  # the map has its own, and the source stands in the legend
        zoom_control=False,  # it has its own toolbar
    )


def payload(view: MapView, *, chooses: bool = False) -> dict[str, Json]:
    """Return what ``localContext.paint`` takes for ``view``; ``token`` names it, and the painted page carries it.

    ``chooses`` tells that the page runs again when an area is clicked; else the map only shows its card.
    """
    content: dict[str, Json] = {
        "title": view.title,
        "geometry": geometry_url(view.geometry),
        "backdrop": geometry_url(view.backdrop) if view.backdrop else None,
        "marks": view.marks,
        "texts": BETWEEN_TEXTS.join(_own_texts(view)),
        "unit": view.unit,
        "labels": list(view.labels),
        "aside": view.aside,
        "colours": list(view.colours),
        "letters": list(view.letters),
        "outlines": [{"label": outline.label, "members": list(outline.members)} for outline in view.outlines],
        "selected": view.selected,
        "hotspots": [_hotspot(hotspot) for hotspot in view.hotspots],
        "signs": {status: _sign(status) for status in sorted({spot.status for spot in view.hotspots})},
        "school": {"lon": view.school.lon, "lat": view.school.lat, "name": view.school.name} if view.school else None,
        "rings": list(view.rings) if view.rings else None,
        "emphasise": list(view.emphasise) if view.emphasise is not None else None,
        "baseMap": _base_map(view.base_map) if view.base_map else None,
        "names": geometry_url(view.names) if view.names else None,
        "places": [_numbered(place) for place in view.places],
        "walk": geometry_url(view.walk) if view.walk else None,
        "corridors": geometry_url(view.corridors) if view.corridors else None,
        "search": _search(view.search) if view.search else None,
        "classes": list(view.classes),
        "partners": [{"address": one.address, "letter": one.letter, "printed": one.printed} for one in view.partners],
        "chooses": chooses,
        **({"draft": _draft(view.draft)} if view.draft else {}),
        "fit": view.fit if view.fit == "areas" else [list(corner) for corner in view.fit],
    }
    token = hashlib.sha256(script_json(content).encode()).hexdigest()[:12]
    return content | {"token": token}


def clicked_area(value: object) -> str | None:
    """Return the area code in what the browser sent, or None when it holds none."""
    code = value.get("area") if isinstance(value, dict) else None
    return code if isinstance(code, str) and 0 < len(code) <= _LONGEST_CODE else None


def clicked_point(value: object) -> tuple[float, float] | None:
    """Return longitude and latitude in what the browser sent, or None when it holds no place on Earth."""
    at = value.get("at") if isinstance(value, dict) else None
    if not isinstance(at, list) or len(at) != 2 or not all(type(one) in (int, float) for one in at):
        return None
    lon, lat = float(at[0]), float(at[1])
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _own_texts(view: MapView) -> Iterator[str]:
    """Return the text of each area, empty where it is its class's label: hundreds of those would be sent once more."""
    of_class = {str(number): label for number, label in enumerate(view.labels)}
    return ("" if text == of_class.get(mark) else text for mark, text in zip(view.marks, view.texts, strict=True))


def _hotspot(hotspot: Marker) -> dict[str, Json]:
    facts = {
        "Type": hotspot.place_type,
        "Harm": hotspot.harm,
        "Status": SIGNS[hotspot.status]["label"],
        "Last reported": hotspot.last_reported,
        "Review": hotspot.review,
    }
    return {
        "lon": hotspot.lon,
        "lat": hotspot.lat,
        "name": hotspot.name,
        "status": hotspot.status,
        "facts": [[name, text] for name, text in facts.items()],
        "extent": hotspot.extent,
    }


def _draft(draft: Draft) -> dict[str, Json]:
    return {"corners": [list(corner) for corner in draft.corners], "kind": draft.kind}


def _base_map(source: TileSource) -> dict[str, Json]:
    return {
        "tiles": tiles_url(source.digest),
        "minZoom": source.min_zoom,
        "maxZoom": source.max_zoom,
        "attribution": source.attribution,
    }


def _search(source: SearchSource) -> dict[str, Json]:
    around = list(source.around) if source.around else None
    return {"address": source.address, "dataset": source.dataset, "around": around}


def _numbered(place: NumberedPlace) -> dict[str, Json]:
    return {"number": place.number, "name": place.name, "text": place.text, "lon": place.lon, "lat": place.lat}


def _sign(status: str) -> dict[str, Json]:
    """How a status looks, as the map's script reads it."""
    look = SIGNS[status]
    return {
        "letter": look["letter"],
        "path": look["path"],
        "fill": look["fill"],
        "line": look["line"],
        "ink": look["ink"],
        "dash": look["dash"],
    }
