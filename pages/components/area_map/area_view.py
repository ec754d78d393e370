"""What the Area map page shows: every area of a level by one measure, and which detected clusters lie on it."""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import streamlit as st

from geo.areas import proximity
from geo.areas.proximity import Place
from geo.calendar import periods
from geo.counts import filters
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.findings.finding import Finding
from geo.findings.search import FAR
from geo.maps import measures
from geo.maps.map_sentences import where_most
from geo.maps.measure import Measure, Measured, measured
from geo.maps.measures import MeasureRequest as How
from geo.views import widening
from geo.views.view import View
from geo.views.widening import Wide
from pages.components.area_map.cluster_badges import cluster_sentence
from pages.components.cached import loads, statistics
from pages.components.cached.loads import Asker
from pages.components.frame import chrome, html_tables
from pages.components.frame.addresses import ALL, AREA, LEVEL_WORDS, MEASURE_WORDS, SCHOOL
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import BOUND, Figures, Selection
from pages.components.maps.map_panel import MapView, Outline
from pages.components.maps.value_map import Said, ValueMap, kind_map, value_map
from pages.routes import downloads as download_routes

UNITS: Final = {
    Measure.COUNT: "incidents",
    Measure.RATE: "incidents per 1,000 residents",
    Measure.SMOOTHED: "incidents per 1,000 residents, smoothed",
    Measure.CHANGE: "times as many as a year before",
    Measure.HOT: "",
    Measure.PATTERN: "",
}
DECIMALS: Final = {Measure.COUNT: 0, Measure.RATE: 1, Measure.SMOOTHED: 1}
EVERY_CATEGORY: Final = "All of the harm groups"
NO_AREA: Final = "None"
ROWS_A_PAGE: Final = 20
TOO_FEW: Final = "Too few to say"
COLD: Final = frozenset((Measure.HOT, Measure.PATTERN))
CLUSTERS: Final = (
    "Areas side by side that lately, in up to six periods, hold more than their own past leads one to expect, beyond "
    "chance."
)
COLD_HELP: Final = "For analysts: a cold spot can mean that less is reported there."
RESIDENTS: Final = "For areas whose numbers of residents differ much: what stands out beyond its share of residents."


@dataclass(frozen=True)
class MapRequest:
    """What the page's own pickers hold; ``choice`` is the shared choice with the category picked here."""

    how: How
    level: str
    choice: Choice
    zoom: str
    asking: Asker

    def by(self, measure: Measure) -> "MapRequest":
        """Return the same by another measure."""
        return replace(self, how=replace(self.how, measure=measure))


class Shown(NamedTuple):
    """Every area by one measure; ``thin`` says why it is not the one that was asked for, if it is not."""

    result: Measured
    thin: tuple[str, ...]


@dataclass(frozen=True)
class MapContent:
    """Every area of the level, measured, as the map, the legend and the table show them; ``area`` is the chosen one.

    ``wide`` is what is shown, which may be wider than what was asked for. ``thin`` says why the measure that was asked
    for cannot be shown, where counts stand in its place, and ``clusters`` what was detected, as sentences.
    """

    area: str | None
    wide: Wide
    seen: View
    measured: Measured
    absent: list[str]
    view: MapView
    legend: str
    thin: tuple[str, ...]
    clusters: tuple[str, ...]


def pick(chosen: Selection) -> MapRequest:
    """Draw the page's pickers and give what they hold."""
    measure = st.segmented_control(
        "Measure", list(Measure), default=Measure.COUNT, format_func=MEASURE_WORDS.__getitem__,
        key="measure", required=True, bind=BOUND,
    )  # fmt: skip
    level = st.segmented_control(
        "Level", chosen.levels, default=chosen.levels[0], format_func=LEVEL_WORDS.__getitem__,
        key="level", required=True, bind=BOUND,
    )  # fmt: skip
    choice = replace(chosen.choice, category=_pick_category(chosen))
    clusters = st.toggle("Clusters of now", key="clusters", bind=BOUND, help=CLUSTERS)
    cold = measure in COLD and st.toggle("Cold too", key="cold", bind=BOUND, help=COLD_HELP)
    residents = measure is Measure.HOT and st.toggle("Against residents", key="residents", bind=BOUND, help=RESIDENTS)
    zooms = (ALL, SCHOOL, AREA) if chosen.school else (ALL, AREA)
    zoom = st.segmented_control("Look at", zooms, default=ALL, key="zoom", required=True, bind=BOUND)
    how = How(measure, residents=residents, cold=cold, clusters=clusters)
    return MapRequest(how, level, choice, zoom, loads.asker())


def _pick_category(chosen: Selection) -> str | None:
    if chosen.about:  # a release knows harm groups only
        return None
    known = sorted(chosen.dataset.harm_of)
    category = st.selectbox("Recorded as", [EVERY_CATEGORY, *known], key="category", bind=BOUND)
    return None if category == EVERY_CATEGORY else category


def covering(chosen: Selection, asked: MapRequest, choice: Choice) -> tuple[str, ...]:
    """Return the periods through which the units that are shown stay the same."""
    return measures.covering(asked.how, choice, chosen.covered)


def widen(chosen: Selection, asked: MapRequest) -> Wide:
    """Return what the page shows: what was asked for or, where no area of it could be told, something wider."""
    if not chosen.about:
        return Wide(asked.choice, asked.level)

    def most(choice: Choice, level: str) -> float:
        seen = loads.view(chosen.dataset, level, covering(chosen, asked, choice), asked.asking)
        return float(measured(seen, choice, Measure.COUNT).values.max(initial=0.0, where=~seen.elsewhere))

    return widening.widened(asked.choice, asked.level, chosen.levels, chosen.covered, most)


def gather(chosen: Selection, asked: MapRequest, wide: Wide, shown: Shown, area: str | None) -> MapContent:
    """Say how the map shows what was measured, with ``area`` (a code) outlined."""
    asking, dataset, choice = asked.asking, chosen.dataset, wide.choice
    result, thin = shown
    asked = asked.by(result.measure)
    covered = covering(chosen, asked, choice)
    seen = loads.view(dataset, wide.level, covered, asking)
    clusters, none = _clusters(chosen, asked, wide)
    scene = statistics.scene(dataset, wide.level, covered, choice.periods[-1], asking)
    told = [cluster_sentence(chosen, scene, one) for one in clusters]
    drawn = _map(
        chosen,
        asked,
        result,
        wide,
        loads.geometry(dataset, wide.level, covered, asking),
        [Outline(sentence, one.units) for sentence, one in zip(told, clusters, strict=True)],
    )
    absent = filters.not_supplied(seen.cube, choice)
    view = _looked_at(chosen, asked, seen, replace(drawn.view, selected=area))
    return MapContent(area, wide, seen, result, absent, view, drawn.legend, (*thin, *none), tuple(told))


def measure(chosen: Selection, asked: MapRequest, wide: Wide) -> Shown:
    """Measure every area; by count, and why, where the data are too thin for what was asked."""
    asking = asked.asking
    try:
        found = statistics.measured_by(chosen.dataset, wide.level, wide.choice, asked.how, chosen.covered, asking)
        return Shown(found, ())
    except ThinDataError as thin:
        counted = asked.by(Measure.COUNT)  # its units too: those of a release depend on which periods are looked at
        seen = loads.view(chosen.dataset, wide.level, covering(chosen, counted, wide.choice), asking)
        return Shown(measured(seen, wide.choice, Measure.COUNT), (f"Counts are shown instead. {thin}",))


def _clusters(chosen: Selection, asked: MapRequest, wide: Wide) -> tuple[list[Finding], tuple[str, ...]]:
    """Return the detected clusters to outline, or why there are none."""
    if not asked.how.clusters:
        return [], ()
    try:
        found = statistics.clusters_of(
            chosen.dataset, wide.level, wide.choice, chosen.covered, _around(chosen, asked), asked.asking
        )
    except ThinDataError as thin:
        return [], (f"No cluster is outlined. {thin}",)
    until = periods.say(wide.choice.periods[-1])
    where = clusters_where(chosen, asked)
    return found, () if found else (f"No cluster stands out from chance{where} as of {until}.",)


def clusters_where(chosen: Selection, asked: MapRequest) -> str:
    """Say where clusters are looked for."""
    school = _around(chosen, asked)
    return f" within {FAR / 1000:.0f} km of {school.name}" if school else ""


def _around(chosen: Selection, asked: MapRequest) -> Place | None:
    """Return the school around which clusters are looked for, or None where all areas are looked at."""
    return chosen.school if asked.zoom == SCHOOL else None


def _map(
    chosen: Selection, asked: MapRequest, result: Measured, wide: Wide, geometry: str, outlines: list[Outline]
) -> ValueMap:
    """Say how the map and its legend show what was measured."""
    asking, dataset, outcome = asked.asking, chosen.dataset, result.result
    said = Said(
        title=f"{MEASURE_WORDS[result.measure]} by {LEVEL_WORDS[wide.level]}",
        unit=UNITS[result.measure],
        period=_when(chosen, result, wide.choice),
        source=chrome.source(chosen),
        decimals=DECIMALS.get(result.measure, 0),
        protected=chosen.about,
        multiples=chrome.MULTIPLES[chosen.about and result.measure is Measure.COUNT],
        aside=TOO_FEW if result.measure is Measure.CHANGE else chrome.ASIDE[chosen.about],
        method=outcome.method if outcome else None,
    )
    backdrop = loads.drawings(dataset.area_set_id, asking.principal).get("backdrop")
    markers = loads.hotspot_markers(dataset.area_set_id, asking)
    if outcome is None or outcome.painted is None:
        return value_map(result.values, said, geometry, backdrop, markers, outlines)
    return kind_map(outcome.painted, outcome.texts, said, geometry, backdrop, markers, outlines)


def _when(chosen: Selection, result: Measured, choice: Choice) -> str:
    """Say which periods the figures on the map are from."""
    shown = periods.say_range(choice.periods)
    if result.measure is Measure.CHANGE:
        return f"{shown} beside {periods.say_range(periods.year_before(choice.periods))}"
    if result.measure is Measure.PATTERN:
        return periods.say_range(measures.covering(How(Measure.PATTERN), choice, chosen.covered))
    return shown


def _looked_at(chosen: Selection, asked: MapRequest, seen: View, view: MapView) -> MapView:
    """Return the map as it is looked at: all of it, around the school, or around the chosen area."""
    if asked.zoom == SCHOOL and chosen.school:
        bounds = proximity.bounds_around(chosen.school, 2 * max(proximity.RINGS))
        return replace(view, school=chosen.school, rings=proximity.RINGS, fit=bounds)
    if asked.zoom == AREA and view.selected:
        areas = loads.area_set(chosen.dataset.area_set_id, asked.asking.principal)
        at = seen.units.position[view.selected]
        inside = [area for area, unit in enumerate(seen.units.member.tolist()) if unit == at]
        return replace(view, fit=proximity.bounds_of(areas, inside, max(proximity.RINGS)))
    return view


def choose(code: str) -> None:
    """Take a click on the map as the choice of an area; what the browser sends is checked by the picker."""
    st.session_state["_clicked"] = code


def pick_area(shown: Shown) -> str | None:
    """Draw the picker of one area, which a click on the map sets; give the chosen area's code."""
    units = shown.result.units
    clicked = st.session_state.pop("_clicked", None)
    if clicked in units.label_of:
        st.session_state["area"] = units.label_of[clicked]
    label = st.selectbox("Area", [NO_AREA, *units.by_label], key="area", bind=BOUND)
    return units.by_label.get(label)


def headline(found: MapContent) -> str:
    """Say in one sentence what the map answers."""
    result = found.measured.result
    return (
        result.headline if result else where_most(found.measured, found.wide.choice.periods, found.wide.choice.category)
    )


def explain(found: MapContent) -> None:
    """Offer a short plain answer to what the measure means."""
    if found.measured.result:
        with st.expander("What does this mean?"):
            st.write(found.measured.result.meaning)


def _columns(chosen: Selection, shown: Measured) -> tuple[Column, ...]:
    about = chosen.about
    # The code of a zone is the codes of its areas: too long to read, and in the download.
    code = () if about else (Column("area", "Code", wide_only=True),)
    facts = [Column(fact.key, fact.label, fact.decimals) for fact in shown.facts]
    of_rate = shown.measure is Measure.RATE  # its interval stands beside it, and not beside the count
    return (
        Column("rank", "Rank", 0),
        Column("name", "Area"),
        *code,
        Column("n", chrome.counted(chosen), 0, about=about),
        *([] if of_rate else facts),
        Column("residents", "Residents", 0, wide_only=True),
        Column("rate", "About, per 1,000 residents" if about else "Per 1,000 residents", 1),
        *(facts if of_rate else []),
    )


def table(chosen: Selection, found: MapContent) -> str:
    """Draw the picker of a page of rows, and write that page of the same facts as the map as a table (HTML)."""
    listed = found.measured.order
    pages = -(-len(listed) // ROWS_A_PAGE)
    # Another level can have fewer pages than the one that was turned to.
    page = min(pages, st.pagination(pages, key="rows", bind=BOUND)) if pages > 1 else 1
    rows = found.measured.rows(listed[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    caption = chrome.caption(chosen, f"All {len(listed):,} areas, highest first")
    return html_tables.html_table(caption, _columns(chosen, found.measured), rows)


def download(chosen: Selection, asked: MapRequest, found: MapContent) -> str:
    """Write the link to what is shown as CSV, or, where its figures are exact and must stay here, say so (HTML)."""
    if chosen.figures is Figures.EXACT:
        return chrome.quiet(chrome.NO_DOWNLOAD)
    return html_tables.download_link(
        "Download these figures (CSV)",
        download_routes.AREAS,
        download_routes.asked_for(
            chosen.dataset.id, found.wide.level, asked.by(found.measured.measure).how, found.wide.choice
        ),
    )
