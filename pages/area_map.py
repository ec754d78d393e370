"""Area map: where incidents are, by one of several measures, and the profile of one area."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.area_map import (
    area_places,
    area_profile,
    area_table,
    finding_view,
    map_clusters,
    map_content,
    map_pickers,
)
from pages.components.area_map.finding_view import ShownFinding
from pages.components.area_map.map_content import MapContent
from pages.components.area_map.measured_areas import MeasuredAreas, measure_areas
from pages.components.cached import loads
from pages.components.charts import chart_tables, line_views
from pages.components.charts.chart_downloads import foot_of
from pages.components.frame import chrome, download_links, selection
from pages.components.frame.folded_pickers import folded_pickers
from pages.components.frame.selection import Selection
from pages.components.maps import map_links
from pages.components.maps.map_panel import map_panel
from pages.components.maps.value_map import legend_of
from pages.components.partners import on_map


@st.fragment  # a change of this page's own pickers, or a click on its map, leaves the sidebar and the frame alone
def show() -> None:
    """Show the finding that the address names or, without one, what the sidebar and the page's own pickers hold."""
    chosen, named = selection.current(), finding_view.is_named()
    shown = finding_view.find(chosen) if named else None
    if shown is None:
        show_areas(chosen, finding_view.lost() if named else ())
    else:
        show_finding(shown)


def show_areas(chosen: Selection, notes: Sequence[str]) -> None:
    """Show every area by the measure that is picked, with ``notes`` (HTML) below the headline."""
    top = st.container()
    with folded_pickers("map_pickers"):
        request = map_pickers.pick(chosen)
    areas = measure_areas(chosen, request)
    where, story = columns()
    with story:
        key = st.container()  # filled once the map is made; on a phone it stands below the map
        area = map_pickers.pick_area(areas.measured.units)
    places = area_places.in_area(areas, area)
    content = _with_partners(chosen, places.on(map_content.map_content(chosen, areas, area)))
    with top:
        chrome.headline(
            map_content.kicker(areas),
            map_content.headline(areas),
            map_content.beside(chosen, areas),
            chrome.provenance(chosen, content.absent, areas.wide),
            *notes,
            *map(chrome.notice, content.notices),
        )
    clusters = map_clusters.clusters_html(content.clusters, map_clusters.clusters_where(chosen))
    with where:
        show_map(content, map_pickers.choose_area)
    with key:
        show_legend(areas, content)
    with story:
        show_profile(chosen, areas, area, places.listed + clusters)
    show_table(chosen, areas)


def show_finding(shown: ShownFinding) -> None:
    """Show one finding under its own headline, with its own filter, and the way back."""
    chosen, areas, found = shown.chosen, shown.areas, shown.entry.finding
    places = area_places.in_finding(areas, found.units, chosen.choice)
    content = _with_partners(chosen, places.on(map_content.finding_content(chosen, areas, found, shown.school)))
    st.html(finding_view.back())
    chrome.headline(
        f"Area map · Detected around {shown.school.name}",
        shown.entry.sentences.sentence,
        *finding_view.below(shown),
        chrome.provenance(chosen, content.absent),
    )
    finding_view.next_steps_for(shown)
    where, story = columns()
    with where:
        show_map(content)
    with story:
        show_legend(areas, content)
        show_profile(chosen, areas, shown.entry.area, places.listed)
    show_table(chosen, areas)


def _with_partners(chosen: Selection, content: MapContent) -> MapContent:
    return replace(content, view=on_map.on(content.view, chosen.asking))


def columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the places of the map and of what is told beside it, its legend first; on a phone, below it."""
    with st.container(key="story_map"):
        where, story = st.columns([3, 2], gap="medium")
    return where, story


def show_map(content: MapContent, on_area: Callable[[str], None] | None = None) -> None:
    """Show the map; ``on_area`` takes the code of an area that is clicked."""
    map_panel(content.view, key="area_map", height=520, on_area=on_area)


def show_legend(areas: MeasuredAreas, content: MapContent) -> None:
    """Show the map's legend and what its measure means."""
    st.html(legend_of(content.view, content.legend))
    map_content.explain(areas)


def show_table(chosen: Selection, areas: MeasuredAreas) -> None:
    """Show the areas as a table, with their download."""
    listed = ""
    if areas.near.ranked:
        listed = area_table.table(chosen, areas)
        wide, measure = areas.wide, areas.request.measure
        pictures = map_links.area_map(chosen, wide, measure)
        listed += download_links.areas(chosen, wide.level, measure, wide.choice, pictures)
    chrome.together(listed, chrome.police_note(chosen))


def show_profile(chosen: Selection, areas: MeasuredAreas, area: str | None, below: str = "") -> None:
    """Show what is known of one area, and ``below`` it its busiest places and the list of clusters (HTML)."""
    profile = area_profile.profile(chosen, areas, area)
    if profile is None:
        chrome.together(chrome.quiet("Choose an area here or click one on the map to see its profile."), below)
        return
    st.html(profile.heading + profile.past)
    over_time, by_harm = f"Incidents over time in {profile.name}", f"Incidents by harm group in {profile.name}"
    foot = foot_of(chosen, profile.harms, list(profile.series["period"]))
    pictures = line_views.trend(profile.series, profile.shaded, over_time, about=chosen.about, foot=foot)
    st.html(chart_tables.by_period(chosen, over_time, profile.series, pictures))
    foot = foot_of(chosen, profile.harms, profile.shown)
    pictures = line_views.bars(profile.mix, "harm", by_harm, about=chosen.about, foot=foot)
    st.html(chart_tables.by_harm(chosen, by_harm, profile.mix, pictures) + profile.categories + profile.trend + below)


show()
on_map.show_list(loads.asker())
