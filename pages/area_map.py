"""Area map: where incidents are, by one of several measures, and the profile of one area."""

import streamlit as st

from pages.components.area_map import area_profile, area_table, map_clusters, map_content, map_pickers
from pages.components.area_map.measured_areas import measure_areas
from pages.components.charts import line_charts
from pages.components.frame import chrome, download_links, selection
from pages.components.maps.map_panel import map_panel


@st.fragment  # a change of this page's own pickers, or a click on its map, leaves the sidebar and the frame alone
def show() -> None:
    """Show the page for what the sidebar and the page's own pickers hold."""
    chosen = selection.current()
    top = st.container()
    with st.container(horizontal=True, key="map_pickers"):
        request = map_pickers.pick(chosen)
    areas = measure_areas(chosen, request)
    with st.container(key="story_map"):
        story, where = st.columns([2, 3], gap="medium")
    with story:
        area = map_pickers.pick_area(areas.measured.units)
    content = map_content.map_content(chosen, areas, area)

    with top:
        chrome.headline(
            map_content.kicker(areas),
            map_content.headline(areas),
            map_content.beside(chosen, areas),
            chrome.provenance(chosen, content.absent, areas.wide),
            *map(chrome.notice, content.notices),
        )
    with story:
        profile = area_profile.profile(chosen, areas, area)
        if profile is None:
            st.html(chrome.quiet("Choose an area here or click one on the map to see its profile."))
        else:
            st.html(profile.heading + profile.past)
            line_charts.trend(
                profile.series, profile.shaded, f"Incidents over time in {profile.name}", about=chosen.about
            )
            line_charts.bars(profile.mix, "harm", f"Incidents by harm group in {profile.name}", about=chosen.about)
            st.html(profile.categories + profile.trend)
        chrome.together(map_clusters.clusters_html(content.clusters, map_clusters.clusters_where(chosen)))
    with where:
        map_panel(content.view, key="area_map", height=520, on_area=map_pickers.choose_area)
        st.html(content.legend)
        map_content.explain(areas)

    listed = ""
    if areas.near.ranked:
        listed = area_table.table(chosen, areas)
        listed += download_links.areas(chosen, areas.wide.level, areas.request.measure, areas.wide.choice)
    chrome.together(listed, chrome.police_note(chosen))


show()
