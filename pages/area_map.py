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
    wide = area_view.widen(chosen, asked)
    with st.container(key="story_map"):
        story, where = st.columns([2, 3], gap="medium")
    with story:
        area = area_view.pick_area(chosen, wide)
    found = area_view.gather(chosen, asked, wide, area)

    with top:
        chrome.headline(
            f"Area map · {MEASURE_WORDS[asked.measure]} by {LEVEL_WORDS[wide.level]}",
            where_most(found.measured, wide.choice.periods, wide.choice.category),
            chrome.provenance(chosen, found.absent, wide),
        )
    with story:
        profile = area_view.profile(chosen, asked, found)
        if profile is None:
            st.html('<p class="lc-quiet">Choose an area here or click one on the map to see its profile.</p>')
        else:
            st.html(profile.heading)
            charts.trend(profile.series, profile.shaded, f"Incidents over time in {profile.name}", about=chosen.about)
            charts.bars(profile.mix, "harm", f"Incidents by harm group in {profile.name}", about=chosen.about)
            st.html(profile.categories)
    with where:
        map_panel(found.view, key="area_map", height=520, on_area=area_view.choose)
        st.html(found.legend)

    listed = (area_view.table(chosen, found), area_view.download(chosen, asked, found)) if found.measured.ranked else ()
    chrome.together(*listed, chrome.police_note(chosen))


show()
