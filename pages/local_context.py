"""Local context: what is around this school, and how it compares with the same months a year before."""

import streamlit as st

from geo.areas.proximity import Place
from geo.calendar import periods
from geo.maps.map_sentences import NOT_THE_SAME
from pages.components.briefing import asked
from pages.components.charts import chart_tables, line_views
from pages.components.charts.chart_downloads import foot_of
from pages.components.clock import clock_view
from pages.components.context import busy_view, density_view, findings_view, story, surroundings
from pages.components.context.three_lines import three_lines
from pages.components.frame import chrome, html_tables, selection
from pages.components.frame.selection import Selection
from pages.components.maps import map_links
from pages.components.maps.map_panel import map_panel
from pages.components.maps.value_map import legend_of
from pages.components.partners import on_map


def show(chosen: Selection, school: Place) -> None:
    """Show what is around one school."""
    top = st.container()
    with st.container(key="story_map"):
        where, beside = st.columns([3, 2], gap="medium")
    charts, told = st.columns([3, 2], gap="medium")
    near = surroundings.surroundings(chosen, school)
    choice, counted = near.wide.choice, story.where(chosen, near)
    here = counted if near.extent.circle is None else f"{counted}, around {school.name}"
    with top:
        sentence = story.sentence(chosen, near)
        notes = (chrome.provenance(chosen, near.absent, near.wide), story.notes(chosen, near), asked.link_to())
        chrome.headline(f"Local context · {school.name}", sentence, three_lines(chosen, near), *notes)
    with where:
        spot = busy_view.pick(near)
        drawn = density_view.pick_map(chosen, school, near)
        view = on_map.on(drawn.view, chosen.asking)
        map_panel(busy_view.looked_at(view, spot), key="context_map", height=560)
    with beside:
        legend = legend_of(view, drawn.legend)
        said = chrome.quiet(NOT_THE_SAME) if near.by_distance else ""
        chrome.together(legend, said, map_links.context_map(chosen, near.wide))
        chrome.together(busy_view.list_html(chosen, school, near))
    with told:
        chrome.subheading("What changed")
        st.html(story.changes_html(near))
        detected = st.container()  # filled last: all else stands while it is looked for
        chrome.together(story.known_hotspots_html(near))
        when = st.container()  # filled at the end too
    with charts:
        chrome.subheading(f"What kind, {counted}")
        title, foot = f"Incidents by harm group {here}", foot_of(chosen, choice.harms, choice.periods)
        pictures = line_views.bars(near.by_harm, "harm", title, about=chosen.about, foot=foot)
        st.html(chart_tables.by_harm(chosen, title, near.by_harm, pictures))
        unit = periods.unit_of(choice.periods).capitalize()
        chrome.subheading(f"{unit} by {unit.lower()}, {counted}")
        title = f"Incidents a {unit.lower()} {here}"
        foot = foot_of(chosen, choice.harms, list(near.series["period"]))
        pictures = line_views.trend(near.series, near.shaded, title, about=chosen.about, foot=foot)
        st.html(chart_tables.by_period(chosen, title, near.series, pictures))
    caption = chrome.caption(chosen, story.of_whole_areas(chosen, near))
    listed = html_tables.html_table(caption, story.columns(chosen), near.rows)
    chrome.together(busy_view.table(chosen, school, near), listed, chrome.police_note(chosen))
    on_map.show_list(chosen.asking)
    with when:
        chrome.together(clock_view.when_html(chosen))
    with detected:
        findings_view.show(chosen, school)


chosen = selection.current()
if chosen.school is not None:  # without one, the frame lets people find theirs first
    show(chosen, chosen.school)
