"""Area map: where incidents are, by count or by rate, and the profile of one area."""

import streamlit as st

from geo.sentences import where_most
from pages.components import area_view, charts, chrome, selection
from pages.components.area_view import LEVEL_WORDS, MEASURE_WORDS
from pages.components.map_panel import map_panel


@st.fragment  # a change of this page's own pickers, or a click on its map, leaves the sidebar and the frame alone
def show() -> None:
    """Show the page for what the sidebar and the page's own pickers hold."""
    chosen = selection.current()
    top = st.container()
    with st.container(horizontal=True, key="map_pickers"):
        asked = area_view.pick(chosen)
    with st.container(key="story_map"):
        story, where = st.columns([2, 3], gap="medium")
    with story:
        area = area_view.pick_area(asked)
    found = area_view.gather(chosen, asked, area)

    with top:
        chrome.headline(
            f"Area map · {MEASURE_WORDS[asked.measure]} by {LEVEL_WORDS[asked.level]}",
            where_most(found.measured, chosen.choice.months, asked.choice.category),
            chrome.provenance(chosen, found.absent),
        )
    with story:
        profile = area_view.profile(chosen, asked, found)
        if profile is None:
            st.html('<p class="lc-quiet">Choose an area here or click one on the map to see its profile.</p>')
        else:
            st.html(profile.heading)
            charts.trend(profile.series, found.shaded, f"Incidents a month in {profile.name}")
            charts.bars(profile.mix, "harm", f"Incidents by harm group in {profile.name}")
            st.html(profile.categories)
    with where:
        map_panel(found.view, key="area_map", height=520, on_area=area_view.choose)
        st.html(found.legend)

    listed = (area_view.table(found), area_view.download(chosen, asked)) if found.measured.ranked else ()
    chrome.together(*listed, chrome.police_note(chosen))


show()
