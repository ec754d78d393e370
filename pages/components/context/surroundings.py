"""What lies around one school within a radius, as the Local context page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.areas import proximity
from geo.areas.proximity import RINGS, Place
from geo.calendar import periods
from geo.counts import filters
from geo.counts.completeness import Completeness
from geo.counts.filters import Choice
from geo.findings.counted import Counted, of_areas
from geo.findings.nearby import nearby
from geo.maps.measure import Measure, Measured, measured
from geo.maps.value_classes import ASIDE, MULTIPLES
from geo.register.due import WhatIsDue, due
from geo.register.markers import register_table
from geo.views import widening
from geo.views.extent import Extent, Where, units_in
from geo.views.view import View
from geo.views.widening import Wide
from pages.components.cached import loads, map_grounds, walks
from pages.components.cached.cache_keys import ViewKey
from pages.components.cached.completeness import completeness
from pages.components.cached.register import state_of
from pages.components.context import counted
from pages.components.frame import chrome, html_tables
from pages.components.frame.selection import MARGIN, Selection
from pages.components.maps import busy_list
from pages.components.maps.legend import Legend
from pages.components.maps.map_view import MapView, NumberedPlace
from pages.components.maps.searching import search_around
from pages.components.maps.value_map import MapSpec, ValueMap, value_map


@dataclass(frozen=True, kw_only=True)
class Surroundings(Counted):
    """What is around a school: what is counted, the map and the table of areas, and the known hotspots.

    ``wide`` is the filter that they are shown for, which may be wider than what was chosen. ``areas`` are the positions
    of the areas of the ``extent`` that is looked at; ``left_out`` more hold too few incidents to show. Map and table
    are of whole areas, whether or not the counts are. ``compared`` says by harm group what the school's district did,
    where what is around the school is looked at, and ``due`` what is due at known hotspots near by. ``completeness`` is
    None where it may not be told, and ``states`` has what data say of each known hotspot by its reference.
    """

    extent: Extent
    compared: Mapping[str, str]
    due: WhatIsDue
    completeness: Completeness | None
    wide: Wide
    areas: Sequence[int]
    left_out: int
    absent: list[str]
    shaded: tuple[str, str]
    view: MapView
    legend: Legend
    rows: Sequence[Mapping[str, html_tables.Cell]]
    hotspots: Sequence[Mapping[str, Any]]
    states: Mapping[str, str]


def surroundings(chosen: Selection, school: Place) -> Surroundings:
    """Gather what lies in the part of the map that is looked at, and the known hotspots round the school."""
    asking, extent = chosen.asking, chosen.extent
    wide = _widened(chosen, extent)
    choice, key = wide.choice, _view_key(chosen, wide.choice, wide.level)
    view = loads.view(key)
    areas = units_in(view, extent)
    by_area, inside = measured(view, choice, Measure.COUNT), set(areas)
    by_distance = extent.points and bool(extent.areas)
    register = proximity.hotspots_within(loads.register(asking), school, max(RINGS))
    drawn = _draw(chosen, school, choice, key, by_area)
    listed = register_table(register, asking.today).to_dict("records")
    within = counted.within(chosen, extent, choice) if by_distance else None
    return Surroundings(
        **vars(within or of_areas(view.cube, choice, areas)),
        extent=extent,
        compared=_compared(chosen, view, choice),
        due=due(register, loads.actions(asking), asking.today),
        completeness=completeness(chosen.dataset, asking),
        wide=wide,
        areas=areas,
        left_out=_left_out(view, extent.areas, areas),
        absent=filters.not_supplied(view.cube, choice),
        shaded=(choice.periods[0], choice.periods[-1]),
        view=_placed(chosen, replace(drawn.view, school=school, places=_numbered(within)), areas),
        legend=drawn.legend,
        rows=by_area.rows(position for position in by_area.order if position in inside),
        hotspots=listed,
        states=state_of(asking) if listed else {},
    )


def _numbered(within: Counted | None) -> Sequence[NumberedPlace]:
    """Return the busiest places as the map numbers them, where their names are known."""
    if within is None or within.busy is None or not within.named:
        return ()
    return busy_list.numbered(within.busy)


def _compared(chosen: Selection, view: View, choice: Choice) -> Mapping[str, str]:
    """Say by harm group what the school's district did, where its surroundings are looked at."""
    if chosen.compared is None:
        return {}
    units = units_in(view, chosen.compared)
    changes = nearby(view.cube, choice, units)
    return {one.harm: f"{chosen.compared.name}: {one.short}." for one in changes if one.short}


def _placed(chosen: Selection, view: MapView, areas: Sequence[int]) -> MapView:
    """Return the map as it is looked at: around the school, or at its district, or at everything."""
    extent = chosen.extent
    if extent.circle is not None:
        school, reach = extent.circle
        near = replace(view, emphasise=areas, fit=proximity.bounds_around(school, max(RINGS)))
        if reach.on_foot:
            walk = walks.drawing(chosen.dataset.area_set_id, school, reach, chosen.asking.principal)
            return replace(near, walk=walk)
        return replace(near, rings=RINGS)
    if extent.where is Where.DISTRICT:
        area_set = loads.area_set(chosen.dataset.area_set_id, chosen.asking.principal)
        return replace(view, emphasise=areas, fit=proximity.bounds_of(area_set, extent.areas, MARGIN))
    return view


def _widened(chosen: Selection, extent: Extent) -> Wide:
    """Return what is shown of the areas near by: what was chosen or, where that cannot be told, something wider."""
    if not chosen.about or not extent.areas:
        return Wide(chosen.choice, chosen.levels[0])

    def seen(choice: Choice, level: str) -> View:
        return loads.view(_view_key(chosen, choice, level))

    return widening.in_part(extent, chosen.choice, chosen.levels, chosen.covered, seen)


def _view_key(chosen: Selection, choice: Choice, level: str) -> ViewKey:
    """Return what counts are kept by whose units stay the same from a year before the chosen periods on."""
    return chosen.view_key(level, (*periods.year_before(choice.periods), *choice.periods))


def _left_out(view: View, near_by: Sequence[int], shown: Sequence[int]) -> int:
    """Count the areas near by whose counts are not among the shown ones."""
    return sum(int(view.units.member[area]) not in set(shown) for area in near_by)


def _draw(chosen: Selection, school: Place, choice: Choice, key: ViewKey, by_area: Measured) -> ValueMap:
    ground = map_grounds.map_ground(key, chosen.asking)
    spec = MapSpec(
        title=f"Incidents by area around {school.name}",
        unit="incidents",
        period=periods.say_range(choice.periods),
        source=chrome.source(chosen),
        geometry=ground.geometry,
        backdrop=ground.backdrop,
        names=ground.names,
        search=search_around(chosen.dataset, school),
        base_map=ground.base_map,
        markers=ground.markers,
        protected=chosen.about,
        multiples=MULTIPLES[chosen.about],
        aside=ASIDE[chosen.about],
    )
    return value_map(by_area.values, spec)
