"""Links below a map: to it as a picture drawn for print, and to its areas with their shapes; of released figures."""

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.views.widening import Wide
from pages.components.frame.selection import Figures, Selection
from pages.routes import map_downloads
from pages.routes.map_downloads import AREA_MAP, AREAS, CONTEXT_MAP, PICTURES, SHAPES

_WORDS: Final = {"svg": "SVG", "png": "PNG", "geojson": "GeoJSON", "gpkg": "GeoPackage"}


def area_map(chosen: Selection, wide: Wide, request: MeasureRequest) -> str:
    """Write the links to a map of areas by a measure, and to those areas with their shapes (HTML)."""
    asked = _asked(chosen, wide.level, wide.choice, request)
    links = (*_links(AREA_MAP, PICTURES, asked, "this map"), *_links(AREAS, SHAPES, asked, "all of these areas"))
    return _line(chosen, links)


def context_map(chosen: Selection, wide: Wide) -> str:
    """Write the links to the map of what is around the school or, looked at from further, of the areas (HTML)."""
    request = MeasureRequest(Measure.COUNT)
    if chosen.extent.circle is None:
        return _line(chosen, _links(AREA_MAP, PICTURES, _asked(chosen, wide.level, wide.choice, request), "this map"))
    # What is widened is widened again, so that the map says so too.
    asked = _asked(chosen, chosen.levels[0], chosen.choice, request)
    return _line(chosen, _links(CONTEXT_MAP, PICTURES, asked, "this map"))


def _asked(chosen: Selection, level: str, choice: Choice, request: MeasureRequest) -> map_downloads.Parameters:
    return map_downloads.map_of(chosen.dataset.id, level, request, choice, chosen.extent, chosen.school_urn)


def _links(path: str, forms: Sequence[str], asked: map_downloads.Parameters, what: str) -> list[str]:
    return [
        f'<a href="{escape(f"{path}.{form}?{urlencode(asked, doseq=True)}")}" target="_self" download>{_WORDS[form]}'
        f'<span class="lc-unseen"> of {what}.</span></a>'
        for form in forms
    ]


def _line(chosen: Selection, links: Sequence[str]) -> str:
    """Write links side by side; nothing of exact figures, which are not shared."""
    if chosen.figures is Figures.EXACT:
        return ""
    return f'<p class="lc-quiet lc-pictures">Download this map: {" · ".join(links)}</p>'
