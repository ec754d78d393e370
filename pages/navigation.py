"""The frame of the app: the pages by task, the shared pickers, and the page that is asked for."""

from datetime import date
from pathlib import Path

import streamlit as st

from geo.errors import RefusedError
from pages.components.cached import loads
from pages.components.frame import chrome, exact_views, filter_chips, page_links, school_finder, selection

PAGES = {
    "Understand": [
        st.Page("local_context.py", title="Local context", url_path="local-context", default=True),
        st.Page("area_map.py", title="Area map", url_path="area-map"),
        st.Page("known_hotspots.py", title="Known hotspots", url_path="known-hotspots"),
        st.Page("way_home.py", title="Way home", url_path="way-home"),
        st.Page("safe_places.py", title="Safe and unsafe places", url_path="safe-places"),
        st.Page("trends.py", title="Trends", url_path="trends"),
        st.Page("clock.py", title="School-day clock", url_path="school-day-clock"),
    ],
    "Act": [st.Page("did_and_owe.py", title="What we did and owe", url_path="did-and-owe")],
    "Share": [st.Page("briefing.py", title="Briefing", url_path="briefing")],
    "Data": [
        st.Page("set_up.py", title="Set up", url_path="set-up"),
        st.Page("upload.py", title="Upload", url_path="upload"),
        st.Page("datasets.py", title="Datasets", url_path="datasets"),
    ],
    "Help": [st.Page("guide.py", title="Guide", url_path="guide")],
}
WITH_ROWS = {"set-up", "upload", "datasets"}  # pages that tell rows of datasets, and have no picker of one
WITHOUT_DATA = {*WITH_ROWS, "known-hotspots", "did-and-owe", "guide"}
RELEASED_ONLY = {"briefing"}  # pages of what is made of a selection as a board sees it, and stays without
WITH_EYES = WITHOUT_DATA - {"guide"}  # of them, those that look otherwise to a board

st.logo(Path(__file__).parent / "assets" / "logo.svg", size="large")
chrome.style()
loads.once_a_day(date.today())
page = st.navigation(PAGES, position="hidden")
page_links.show(PAGES)
st.set_page_config(page_title=f"{page.title} · Local Context", layout="wide")
try:
    chosen = None if page.url_path in WITHOUT_DATA else selection.pick()
except RefusedError as refusal:
    chrome.headline(page.title, str(refusal))
else:
    if chosen is not None:
        selection.remember(chosen)
    path = page.url_path or school_finder.NEEDS_A_SCHOOL
    if path in WITH_EYES:
        with st.sidebar:
            selection.pick_eyes(loads.all_datasets(loads.asker()))
    if chosen is not None and school_finder.is_open(chosen, path):
        school_finder.show(chosen, path)
    elif chosen is not None or path in WITHOUT_DATA | RELEASED_ONLY:
        if chosen is not None:
            filter_chips.show(chosen, path)
            if path not in RELEASED_ONLY:
                exact_views.note_figures(chosen)
        page.run()  # no page may call st.stop(): the foot stands on every page
    else:
        chrome.nothing_yet()
chrome.foot()
exact_views.write(page.url_path or school_finder.NEEDS_A_SCHOOL)
