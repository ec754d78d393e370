"""Area map: where incidents are, by one of several measures, and the profile of one area."""

import streamlit as st

from pages.components.area_map import area_profile, area_view, cluster_badges
from pages.components.charts import line_charts
from pages.components.frame import chrome, selection
from pages.components.frame.addresses import LEVEL_WORDS, MEASURE_WORDS
from pages.components.maps.map_panel import map_panel


@st.fragment  # a change of this page's own pickers, or a click on its map, leaves the sidebar and the frame alone
def show() -> None:
    """Show the page for what the sidebar and the page's own pickers hold."""
    chosen = selection.current()
    top = st.container()
    with st.container(horizontal=True, key="map_pickers"):
        asked = area_view.pick(chosen)
    wide = area_view.widen(chosen, asked)
    shown = area_view.measure(chosen, asked, wide)
    with st.container(key="story_map"):
        story, where = st.columns([2, 3], gap="medium")
    with story:
        area = area_view.pick_area(shown)
    found = area_view.gather(chosen, asked, wide, shown, area)

    with top:
        chrome.headline(
            f"Area map · {MEASURE_WORDS[found.measured.measure]} by {LEVEL_WORDS[wide.level]}",
            area_view.headline(found),
            chrome.provenance(chosen, found.absent, wide),
            *map(chrome.notice, found.thin),
        )
    with story:
        profile = area_profile.profile(chosen, asked, found)
        if profile is None:
            st.html(chrome.quiet("Choose an area here or click one on the map to see its profile."))
        else:
            st.html(profile.heading + profile.past)
            line_charts.trend(
                profile.series, profile.shaded, f"Incidents over time in {profile.name}", about=chosen.about
            )
            line_charts.bars(profile.mix, "harm", f"Incidents by harm group in {profile.name}", about=chosen.about)
            st.html(profile.categories + profile.trend)
        chrome.together(cluster_badges.clusters_html(found.clusters, area_view.clusters_where(chosen, asked)))
    with where:
        map_panel(found.view, key="area_map", height=520, on_area=area_view.choose)
        st.html(found.legend)
        area_view.explain(found)

    listed = (area_view.table(chosen, found), area_view.download(chosen, asked, found)) if found.measured.ranked else ()
    chrome.together(*listed, chrome.police_note(chosen))


show()
