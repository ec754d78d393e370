"""Busiest places of areas on the Area map: those of the chosen area or of a finding, numbered on the map and listed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from geo.counts.filters import Choice
from geo.findings import place_sentences
from geo.views.busy_places import BusyPlaces
from pages.components.area_map.map_content import MapContent
from pages.components.area_map.measured_areas import MeasuredAreas
from pages.components.cached import busy, circles
from pages.components.frame import chrome
from pages.components.maps import busy_list

_WHOLE: Final = (
    "Of a place on a border only what counts in this area is listed. Places that record for elsewhere are among them, "
    "as in the area’s own figure."
)


@dataclass(frozen=True)
class AreaPlaces:
    """The busiest places of some areas and their list (HTML); no places and no words where none may be named."""

    found: BusyPlaces | None = None
    listed: str = ""

    def on(self, content: MapContent) -> MapContent:
        """Return a map with the places numbered on it."""
        if self.found is None:
            return content
        return replace(content, view=replace(content.view, places=busy_list.numbered(self.found)))


def in_area(areas: MeasuredAreas, area: str | None) -> AreaPlaces:
    """Return the busiest places of an area (its code), of what the map is of; none where no area is chosen."""
    if area is None:
        return AreaPlaces()
    at = areas.view.units.position[area]
    return _places(areas, (at,), areas.wide.choice, f"Busiest places in {areas.view.units.names[at]}")


def in_finding(areas: MeasuredAreas, units: Sequence[int], choice: Choice) -> AreaPlaces:
    """Return the busiest places in the areas of a finding (positions), of what it was found in."""
    return _places(areas, tuple(units), choice, "Busiest places of this finding")


def _places(areas: MeasuredAreas, units: tuple[int, ...], choice: Choice, title: str) -> AreaPlaces:
    found = busy.busiest_in(areas.key, units, choice)
    if found is None:
        return AreaPlaces(listed=_unnamed(areas))
    if not found.places:
        return AreaPlaces()
    listed = busy_list.list_html(found, choice.periods)
    basis = busy_list.basis(found, choice.periods)
    html = f'<div class="lc-block lc-list"><h2>{escape(title)}</h2>{basis}{listed}{chrome.quiet(_WHOLE)}</div>'
    return AreaPlaces(found, html)


def _unnamed(areas: MeasuredAreas) -> str:
    """Say of police data that came in without names of places how to get them (HTML); nothing for other data."""
    dataset, eyes = areas.key.dataset, areas.key.eyes
    lacks = dataset.kind == "police" and circles.has_points(dataset, eyes)
    return chrome.quiet(place_sentences.NO_NAMES) if lacks else ""
