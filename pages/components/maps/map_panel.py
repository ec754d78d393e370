"""The map panel: the one place where a map is shown. It sends values; shapes come from the app's own routes.

The base map's script never changes, so the browser keeps the map, the reader's view of it and the shapes on it;
a new view only repaints. The only thing that comes back from the browser is a click on an area.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import folium
import streamlit as st
from streamlit_folium import st_folium

from geo.areas.proximity import Place
from geo.basemap.tile_source import TileSource
from geo.maps.classes import RAMP
from geo.register.markers import Marker
from pages.components.maps.area_layer import AreaLayer, Json, script_json
from pages.components.maps.legend import SIGNS
from pages.routes.assets import geometry_url, leaflet_url, tiles_url

# By default folium asks four other hosts for scripts and styles, most of which a map of areas has no use for.
folium.Map.default_js = [("leaflet", leaflet_url("leaflet.js"))]
folium.Map.default_css = [("leaflet_css", leaflet_url("leaflet.css"))]

_BETWEEN_TEXTS: Final = "|"
_LONGEST_CODE: Final = 512  # a zone is named by the codes of its areas


@dataclass(frozen=True)
class Outline:
    """A detected cluster as the map outlines it; its badge bears its place in the view's list, from 1 up.

    ``label`` says what was found, as a tooltip; ``members`` are the positions of its areas in the drawing's order.
    """

    label: str
    members: Sequence[int]


@dataclass(frozen=True)
class NumberedPlace:
    """A place that a list beside the map names by a number: ``name`` ("Bus Station") and ``text`` ("31 incidents")."""

    number: int
    name: str
    text: str
    lon: float
    lat: float


@dataclass(frozen=True)
class SearchSource:
    """Where the map's search box asks: the ``address`` of the app's own route, and in which ``dataset`` (its number).

    ``around`` is (longitude, latitude) of the place that found places are sorted by; None where there is none.
    """

    address: str
    dataset: int
    around: tuple[float, float] | None = None


@dataclass(frozen=True)
class MapView:
    """All that a page says about its map, in plain values.

    Attributes
    ----------
    title
        What the map shows, for people who hear the page.
    geometry
        Digest of the areas' drawing.
    marks
        One character per area in the drawing's order: ``-`` no data, ``0`` zero, ``1`` to ``9`` classes
        (``Classes.marks``).
    texts
        Value per area as people read it, in the same order; empty where there is none, or where the words of the
        area's class say all. No ``|``.
    unit
        Follows the value in a tooltip, for example "incidents"; may be empty.
    labels
        What the areas of each class are, from 0 upwards, as a tooltip without a value says it; empty where classes
        have no words of their own.
    aside
        What the areas without a value are.
    colours
        One ``#rrggbb`` per class from 1 upwards.
    letters
        One short sign per class from 1 upwards, shown on the areas that have room for it; empty where there is none.
    outlines
        Detected clusters, each drawn as one thick border with a number over whatever the areas show.
    selected
        Code of the area with the thick outline.
    emphasise
        Positions of the areas that stay bright while the others fade; None leaves all bright.
    fit
        ``areas``, or ((south, west), (north, east)) in degrees. The view moves only when this or ``geometry`` changes.
    backdrop
        Digest of a backdrop drawing (streets, water, place names).
    hotspots
        Known hotspots; the status of each is a key of ``legend.SIGNS``.
    school
        Where the pin stands.
    rings
        Radii around the school, metres.
    base_map
        Tiles of streets, parks, water and names, which lie beneath the areas and over them.
    names
        Digest of a drawing of names (points with ``k``, "district", "ward" or "street", and ``n``), which label the map
        where there is no base map.
    places
        Places with numbers, as the list beside the map has them.
    walk
        Digest of a drawing of the area that can be reached on foot.
    search
        Where the search box asks; without it the map has none.
    classes
        What the areas of each class are, from 0 upwards, where classes are ranges of amounts; a card says it.
    """

    title: str
    geometry: str
    marks: str
    texts: Sequence[str]
    unit: str
    colours: Sequence[str] = RAMP
    selected: str | None = None
    hotspots: Sequence[Marker] = field(default=())
    school: Place | None = None
    rings: Sequence[int] | None = None
    emphasise: Sequence[int] | None = None
    fit: Literal["areas"] | tuple[tuple[float, float], tuple[float, float]] = "areas"
    backdrop: str | None = None
    letters: Sequence[str] = ()
    outlines: Sequence[Outline] = ()
    labels: Sequence[str] = ()
    aside: str = "No data"
    base_map: TileSource | None = None
    names: str | None = None
    places: Sequence[NumberedPlace] = ()
    walk: str | None = None
    search: SearchSource | None = None
    classes: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse what the map would show wrongly rather than not at all."""
        if len(self.marks) != len(self.texts):
            raise ValueError(f"`marks` and `texts` must match, found {len(self.marks)} and {len(self.texts)}.")
        if any(_BETWEEN_TEXTS in text for text in self.texts):
            raise ValueError(f"`texts` must not hold {_BETWEEN_TEXTS!r}.")
        if self.letters and len(self.letters) != len(self.colours):
            raise ValueError(f"`letters` and `colours` must match, found {len(self.letters)} and {len(self.colours)}.")
        if self.labels and len(self.labels) != len(self.colours) + 1:
            raise ValueError(
                f"`labels` must hold one text more than `colours`, found {len(self.labels)} and {len(self.colours)}."
            )
        for outline in self.outlines:
            if not outline.members or not all(0 <= member < len(self.marks) for member in outline.members):
                raise ValueError(f"The members of an outline must be one or more of the {len(self.marks)} areas.")


def map_panel(view: MapView, *, key: str, height: int, on_area: Callable[[str], None] | None = None) -> None:
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
    """
    group = folium.FeatureGroup(show=False)  # st_folium itself adds it to the map
    AreaLayer(payload(view, chooses=on_area is not None)).add_to(group)

    def clicked() -> None:
        code = clicked_area(st.session_state.get(key))
        if code is not None and on_area is not None:
            on_area(code)

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
        "texts": _BETWEEN_TEXTS.join(_own_texts(view)),
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
        "search": _search(view.search) if view.search else None,
        "classes": list(view.classes),
        "chooses": chooses,
        "fit": view.fit if view.fit == "areas" else [list(corner) for corner in view.fit],
    }
    token = hashlib.sha256(script_json(content).encode()).hexdigest()[:12]
    return content | {"token": token}


def clicked_area(value: object) -> str | None:
    """Return the area code in what the browser sent, or None when it holds none."""
    code = value.get("area") if isinstance(value, dict) else None
    return code if isinstance(code, str) and 0 < len(code) <= _LONGEST_CODE else None


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
