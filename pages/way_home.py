"""Way home: which stretches of the ways to school ask for an adult’s presence."""

import streamlit as st

from geo.areas.proximity import Place
from geo.errors import InputError
from geo.evidence import way_home_sentences
from geo.evidence.way_home import StretchBasis
from pages.components.cached import way_home as cached
from pages.components.frame import chrome, selection
from pages.components.frame.selection import Selection
from pages.components.maps.map_panel import map_panel
from pages.components.way_home import origin_picker, stretch_list, way_map

KICKER = "Way home"
WITHOUT_WAYS = "Nothing is told of the way home yet."


def show(chosen: Selection, school: Place) -> None:
    """Show the way home of one school."""
    listed = cached.origins(school.urn or "", chosen.asking)
    kicker = f"{KICKER} · {school.name}"
    try:
        made = cached.drawn(chosen.dataset, chosen.choice, school, chosen.asking)
    except InputError as fault:
        chrome.headline(kicker, WITHOUT_WAYS, chrome.notice(str(fault)))
        chrome.lead_to_set_up("Set up a base map")
        return
    if not listed:
        chrome.headline(kicker, WITHOUT_WAYS, chrome.notice(way_home_sentences.NO_ORIGINS))
        origin_picker.show(chosen, school, listed)
        return
    found = made.found
    if found.incidents.basis is StretchBasis.ZONES:  # nothing here is exact, whoever looks
        told = f"{found.incidents.source} · {found.incidents.period} · released counts, by zone"
        chrome.headline(kicker, way_home_sentences.headline(found), chrome.quiet(told))
    else:
        chrome.headline(kicker, way_home_sentences.headline(found), chrome.provenance(chosen, []))
    with st.container(key="story_map"):
        where, beside = st.columns([3, 2], gap="medium")
    with where:
        map_panel(way_map.view(chosen, school, made), key="way_home_map", height=560)
    with beside:
        chrome.together(way_map.key_html(found), stretch_list.list_html(found))
    origin_picker.show(chosen, school, listed)
    chrome.together(stretch_list.table_html(found), stretch_list.ways_html(found))
    chrome.subheading("How this was found")
    chrome.together(chrome.bullets(way_home_sentences.notes(found)))


chosen = selection.current()
if chosen.school is None:
    chrome.headline(KICKER, WITHOUT_WAYS, chrome.notice("Choose a school in the sidebar first: ways lead to its gate."))
else:
    show(chosen, chosen.school)
