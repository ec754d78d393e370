"""Choosing where pupils set out from: places by hand, or postcode sectors from a file; never an address."""

from typing import Final

import streamlit as st

from data.formats.sources import from_upload
from data.services import pupil_origins
from data.services.opening import open_store
from geo.areas.proximity import Place
from geo.errors import InputError
from geo.evidence.way_home_sentences import PRIVACY
from geo.walking.pupil_origin import PLACE, PupilOrigin
from pages.components.cached import loads
from pages.components.cached import way_home as cached
from pages.components.frame import chrome, html_tables
from pages.components.frame.selection import Selection
from pages.routes.templates import template_url

MOST: Final = 30  # places chosen by hand
_PLACES: Final = "Stops, stations, estates, parks and areas within 4 km"
_SAID: Final = "_way_home_said"


def show(chosen: Selection, school: Place, listed: list[PupilOrigin]) -> None:
    """Draw the picker, open where nothing is chosen yet; a board only looks."""
    if said := st.session_state.pop(_SAID, None):
        st.html(f'<p class="lc-told" role="status">{said}</p>')
    if loads.is_board():
        return
    with st.expander("Where pupils set out from", expanded=not listed):
        st.html(chrome.quiet(PRIVACY))
        _by_hand(chosen, school, listed)
        _by_file(school)


def _by_hand(chosen: Selection, school: Place, listed: list[PupilOrigin]) -> None:
    offered = cached.places_near(chosen.dataset.area_set_id, school, chosen.asking)
    by_place = {(one.name, one.lon, one.lat): label for label, one in offered.items()}
    picked = [by_place.get((one.name, one.lon, one.lat)) for one in listed if one.kind == PLACE]
    with st.form("way_home_places", border=False):
        labels = st.multiselect(
            _PLACES,
            list(offered),
            default=[label for label in picked if label is not None],
            max_selections=MOST,
            help="The nearest first. Choose where pupils get off, or the estates they live on.",
        )
        if st.form_submit_button("Show the ways from these places", type="primary"):
            pupil_origins.keep_places(open_store(), loads.who(), school.urn or "", [offered[one] for one in labels])
            st.rerun()


def _by_file(school: Place) -> None:
    file = st.file_uploader(
        "Or a file of postcode sectors with how many pupils live in each", type=["csv", "xlsx"], key="_way_home_file"
    )
    link = html_tables.download_link("Download a template (Excel)", template_url("origins"), {})
    st.html(f'<div class="lc-block">{link}</div>')
    if file is None:
        return
    source = from_upload(file.name, file.getvalue())
    try:
        found = pupil_origins.read_sectors(open_store(), loads.who(), source)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.html(chrome.quiet(found.said))
    if st.button("Save these sectors", type="primary"):
        pupil_origins.keep_sectors(open_store(), loads.who(), source, found, school.urn or "")
        st.session_state[_SAID] = "The sectors are saved; the Datasets page can undo it."
        st.rerun()
