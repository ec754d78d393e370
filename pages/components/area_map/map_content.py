"""What the Area map shows of its measured areas: the map with its legend, and the sentences that go with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from geo.areas import proximity
from geo.areas.proximity import Bounds, Place
from geo.calendar import periods
from geo.counts import filters
from geo.counts.completeness import completeness_note
from geo.findings.finding import Finding, FindingKind
from geo.maps import measures
from geo.maps.extent_sentences import said_of_map, share_of_district
from geo.maps.map_words import DECIMALS, LEVEL_WORDS, MEASURE_WORDS, TOO_FEW, UNITS
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.maps.value_classes import ASIDE, MULTIPLES
from geo.views.extent import Where, units_in
from pages.components.area_map.map_clusters import MapClusters, find_clusters, outline
from pages.components.area_map.measured_areas import MeasuredAreas
from pages.components.cached import loads, map_grounds, walks
from pages.components.cached.completeness import completeness
from pages.components.frame import chrome
from pages.components.frame.selection import MARGIN, Selection
from pages.components.maps.legend import Legend
from pages.components.maps.map_view import MapView, Outline
from pages.components.maps.searching import search_around
from pages.components.maps.value_map import MapSpec, ValueMap, kind_map, value_map


@dataclass(frozen=True)
class MapContent:
    """The map with its legend, its detected clusters, the periods that have no figures, and what to notice."""

    view: MapView
    legend: Legend
    clusters: MapClusters
    absent: list[str]
    notices: tuple[str, ...]


def map_content(chosen: Selection, areas: MeasuredAreas, area: str | None) -> MapContent:
    """Return how the map shows what was measured, with ``area`` (a code) outlined."""
    clusters = find_clusters(chosen, areas)
    drawn = _draw(chosen, areas, clusters.outlines, area)
    absent = filters.not_supplied(areas.view.cube, areas.wide.choice)
    view = _zoomed(areas, drawn.view)
    noticed = (areas.thin, clusters.none, _completeness(chosen, areas))
    return MapContent(view, drawn.legend, clusters, absent, tuple(filter(None, noticed)))


def _completeness(chosen: Selection, areas: MeasuredAreas) -> str:
    """Say what completeness alone would show of a change; nothing of other measures, which compare no two years."""
    if areas.measured.measure is not Measure.CHANGE:
        return ""
    return completeness_note(completeness(chosen.dataset, chosen.asking), areas.wide.choice)


def kicker(areas: MeasuredAreas) -> str:
    """Name what the map shows, and where."""
    what = f"Area map · {MEASURE_WORDS[areas.measured.measure]} by {LEVEL_WORDS[areas.wide.level]}"
    return what if areas.extent.where is Where.EVERYWHERE else f"{what}, those {areas.extent.said}"


def finding_content(chosen: Selection, areas: MeasuredAreas, found: Finding, school: Place) -> MapContent:
    """Return how the map shows a finding and the ``school`` it was found around.

    A cluster is outlined and numbered; areas that stand out side by side stay bright among the others.
    """
    outlines = [outline(chosen, areas, found)] if found.kind is FindingKind.CLUSTER else []
    drawn = _draw(chosen, areas, outlines, areas.view.units.codes[found.units[0]])
    lit = found.units if found.kind is FindingKind.PATTERN else None
    view = replace(
        drawn.view,
        emphasise=lit,
        fit=proximity.bounds_together(
            _around(areas, found.units, min(proximity.RINGS)),
            proximity.bounds_around(school, min(proximity.RINGS)),
        ),
        school=school,
        rings=proximity.RINGS,
    )
    absent = filters.not_supplied(areas.view.cube, areas.wide.choice)
    return MapContent(view, drawn.legend, MapClusters(outlines), absent, ())


def headline(areas: MeasuredAreas) -> str:
    """Say in one sentence what the map answers of the part of it that is looked at."""
    return said_of_map(areas.measured, areas.extent, areas.inside, areas.wide.choice)


def beside(chosen: Selection, areas: MeasuredAreas) -> str:
    """Say how what is around the school compares with its district, and what all areas show (HTML)."""
    result, district = areas.measured.result, chosen.compared
    said = []
    if district is not None:
        units = units_in(areas.view, district)
        said.append(share_of_district(areas.view, areas.wide.choice, areas.inside, units, district.name))
    if result is not None and areas.extent.where is not Where.EVERYWHERE:
        said.append(f"In all areas: {result.headline}")
    return "".join(chrome.quiet(sentence) for sentence in said if sentence)


def explain(areas: MeasuredAreas) -> None:
    """Offer a short plain answer to what the measure means."""
    if areas.measured.result:
        with st.expander("What does this mean?"):
            st.write(areas.measured.result.meaning)


def _draw(chosen: Selection, areas: MeasuredAreas, outlines: Sequence[Outline], selected: str | None) -> ValueMap:
    """Draw the map and its legend, of kinds where the measure has them and else of amounts."""
    measure, outcome = areas.measured.measure, areas.measured.result
    ground = map_grounds.map_ground(areas.key, chosen.asking)
    spec = MapSpec(
        title=f"{MEASURE_WORDS[measure]} by {LEVEL_WORDS[areas.wide.level]}",
        unit=UNITS[measure],
        period=_when(chosen, areas),
        source=chrome.source(chosen),
        geometry=ground.geometry,
        backdrop=ground.backdrop,
        names=ground.names,
        search=search_around(chosen.dataset, chosen.school),
        base_map=ground.base_map,
        markers=ground.markers,
        outlines=outlines,
        selected=selected,
        decimals=DECIMALS.get(measure, 0),
        protected=chosen.about,
        multiples=MULTIPLES[chosen.about and measure is Measure.COUNT],
        aside=TOO_FEW if measure is Measure.CHANGE else ASIDE[chosen.about],
        method=outcome.method if outcome else None,
    )
    if outcome is None or outcome.painted is None:
        return value_map(areas.measured.values, spec)
    return kind_map(outcome.painted, outcome.texts, spec)


def _when(chosen: Selection, areas: MeasuredAreas) -> str:
    """Say which periods the figures on the map are from."""
    choice, measure = areas.wide.choice, areas.measured.measure
    shown = periods.say_range(choice.periods)
    if measure is Measure.CHANGE:
        return f"{shown} beside {periods.say_range(periods.year_before(choice.periods))}"
    if measure is Measure.PATTERN:
        return periods.say_range(measures.covering(MeasureRequest(measure), choice, chosen.covered))
    return shown


def _zoomed(areas: MeasuredAreas, view: MapView) -> MapView:
    """Return the map as it is looked at: all of it, around the school, its district, or around the chosen area."""
    extent = areas.extent
    if areas.request.zoom and view.selected:
        return replace(view, fit=_around(areas, [areas.view.units.position[view.selected]], max(proximity.RINGS)))
    if extent.circle is not None:
        school, reach = extent.circle
        bounds = proximity.bounds_around(school, 2 * reach.metres)
        near = replace(view, school=school, emphasise=areas.inside, fit=bounds)
        if reach.on_foot:
            set_id, principal = areas.key.area_set
            return replace(near, walk=walks.drawing(set_id, school, reach, principal))
        return replace(near, rings=(reach.metres,))
    if extent.where is Where.DISTRICT:
        area_set = loads.area_set(*areas.key.area_set)
        return replace(view, emphasise=areas.inside, fit=proximity.bounds_of(area_set, extent.areas, MARGIN))
    return view


def _around(areas: MeasuredAreas, units: Sequence[int], margin: float) -> Bounds:
    """Return the bounds of some units (positions) with ``margin`` metres around them."""
    wanted = set(units)
    inside = [area for area, unit in enumerate(areas.view.units.member.tolist()) if unit in wanted]
    return proximity.bounds_of(loads.area_set(*areas.key.area_set), inside, margin)
