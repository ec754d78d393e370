"""Local context: what is around this school, and how it compares with the same months a year before."""

import streamlit as st

from geo.near import RINGS
from geo.sentences import around
from pages.components import charts, chrome, context, selection, tables
from pages.components.map_panel import map_panel

chosen = selection.current()
if chosen.school is None:
    chrome.no_school()
    st.stop()
radius = st.session_state.get("radius") or RINGS[1]
found = context.around_school(chosen, radius)

chrome.headline(
    f"Local context · {chosen.school.name}",
    around(chosen.school, len(found.areas), found.two.now, found.two.before, chosen.choice.months),
)
chrome.provenance(chosen, found.absent)

with st.container(key="story_map"):
    story, where = st.columns([2, 3], gap="medium")
    with story:
        st.segmented_control(
            "Areas within", RINGS, default=RINGS[1], format_func=context.say_metres, key="radius",
            required=True, bind=selection.BOUND,
        )  # fmt: skip
        st.html(context.known_hotspots_html(found))
        st.html('<div class="lc-block"><h2>What kind</h2></div>')
        charts.bars(found.by_harm, "harm", f"Incidents by harm group in the areas around {chosen.school.name}")
        charts.trend(found.series, found.shaded, f"Incidents a month in the areas around {chosen.school.name}")
        chrome.police_note(chosen)
    with where:
        map_panel(found.view, key="context_map", height=560)
        st.html(found.legend)

tables.show_table(f"The areas within {context.say_metres(radius)}, most incidents first", context.COLUMNS, found.rows)
