"""Local context: what is around this school, and how it compares with the same months a year before."""

import streamlit as st

from geo.near import Place
from geo.sentences import around
from pages.components import charts, chrome, context, selection, tables
from pages.components.map_panel import map_panel
from pages.components.selection import Selection


def show(chosen: Selection, school: Place) -> None:
    """Show what the areas around one school hold."""
    top = st.container()
    with st.container(key="story_map"):
        story, where = st.columns([2, 3], gap="medium")
    with story:
        radius = context.pick_radius()
    found = context.around_school(chosen, school, radius)

    with top:
        sentence = around(school, len(found.areas), found.two.now, found.two.before, chosen.choice.months)
        chrome.headline(f"Local context · {school.name}", sentence, chrome.provenance(chosen, found.absent))
    with story:
        st.html(context.known_hotspots_html(found))
        chrome.subheading("What kind")
        charts.bars(found.by_harm, "harm", f"Incidents by harm group in the areas around {school.name}")
        chrome.subheading("Month by month")
        charts.trend(found.series, found.shaded, f"Incidents a month in the areas around {school.name}")
    with where:
        map_panel(found.view, key="context_map", height=560)
        st.html(found.legend)
    within = context.say_metres(radius)
    listed = tables.html_table(f"The areas within {within}, most incidents first", context.COLUMNS, found.rows)
    chrome.together(listed, chrome.police_note(chosen))


chosen = selection.current()
if chosen.school is None:
    chrome.no_school()
else:
    show(chosen, chosen.school)
