"""Known hotspots: the register, and whether the data still support each entry."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from geo.register.concern import Concern
from geo.register.entry_sentences import entry_concern, say_standing
from geo.register.fields import without_free_texts
from geo.register.hotspot import Hotspot
from geo.register.register_list import ListedHotspot, headline, list_register
from pages.components.cached import hotspot_entries, loads, register
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome, my_school
from pages.components.frame.addresses import HOTSPOT
from pages.components.hotspots import (
    add_view,
    conflict_view,
    list_pickers,
    list_view,
    near_view,
    place_view,
    register_files,
    register_map,
    saving,
    task_forms,
)
from pages.components.next_steps import next_steps
from pages.components.partners import on_map

KICKER = "Known hotspots"


def show_register(entries: Sequence[Hotspot], asking: Asker) -> None:
    """Show the list of known hotspots, and what is not on it: first without what data say, then with it."""
    board, school = loads.is_board(), my_school.known(asking)
    top = st.empty()
    saving.show_saved()
    if not board:
        register_files.show_buttons(has_entries=bool(entries))
    if not entries:
        list_view.show_empty(board=board)
        register_files.show_example()
    request = list_pickers.pick(has_school=school is not None) if entries else list_pickers.EVERYTHING
    with st.container(key="register_and_map"):
        beside, where = st.columns([3, 2], gap="medium")
    listing = beside.empty()
    below = st.container()

    def paint(states: Any, clusters: Sequence[Concern] | None) -> list[ListedHotspot]:
        listed = list_register(entries, asking.today, states, school)
        with top.container():
            below_it = list_view.standing(listed, searched=clusters is not None)
            chrome.headline(KICKER, headline(listed, clusters, compared=states is not None), below_it)
        with listing.container():
            list_view.show_list(listed, request, compared=states is not None)
        return listed

    if not hotspot_entries.is_compared(asking):
        listed = paint(None, None)
        with where:
            list_view.show_map(listed, request, (), school, asking)
        paint(register.register_states(asking), None)
        register.unregistered(asking)
        hotspot_entries.note_compared(asking)
        st.rerun()  # with all of it, now that it is known
    clusters = register.unregistered(asking)
    listed = paint(register.register_states(asking), clusters)
    with where:
        list_view.show_map(listed, request, clusters, school, asking)
    with below:
        list_view.show_unregistered(clusters, board=board)
        if entries and not board:
            register_files.show_links()


def show_place(entry: Hotspot, asking: Asker) -> None:
    """Show one known hotspot, and what can be done about it."""
    board, school = loads.is_board(), my_school.known(asking)
    st.html(place_view.back())
    top = st.empty()
    saving.show_saved(entry.reference)
    show_tasks(entry, asking, board=board)
    with st.container(key="place_and_map"):
        told, where = st.columns([3, 2], gap="medium")
    with told:
        standing = st.empty()
        place_view.show_facts(entry)
    with where:
        register_map.show_place(entry, asking, height=380)
    near = st.container()
    place_view.show_actions(entry, asking, board=board)
    place_view.show_history(entry, asking, board=board)
    next_steps.show(entry_concern(entry, asking.today), f"hotspot_{entry.reference}")

    def paint(states: Any) -> None:
        (one,) = list_register([entry], asking.today, states, school)
        with top.container():
            chrome.headline(f"{KICKER} · {entry.reference}", say_standing(one))
        with standing.container():
            place_view.show_standing(one, compared=states is not None)

    if not hotspot_entries.is_compared(asking):
        paint(None)
    with near:
        near_view.show(entry, asking)
    paint(register.register_states(asking))


def show_tasks(entry: Hotspot, asking: Asker, *, board: bool) -> None:
    """Show what can be done to an entry, the form of what is being done, or what somebody else did meanwhile."""
    if board:
        return
    conflict, task = saving.conflict_of(entry.reference), saving.task_of(entry.reference)
    if conflict is not None:
        conflict_view.show(conflict, entry)
    elif task is not None:
        task_forms.show_form(task, asking)
    else:
        task_forms.show_buttons(entry)


def show() -> None:
    """Show the register, one place of it, or the form that adds one."""
    asking = loads.asker()
    entries = hotspot_entries.entries(asking)
    if loads.is_board():
        entries = [without_free_texts(one) for one in entries]
    reference = st.query_params.get(HOTSPOT)
    named = next((one for one in entries if one.reference == reference), None)
    if add_view.is_open() and not loads.is_board():
        add_view.show(asking)
    elif named is not None:
        show_place(named, asking)
    else:
        if reference is not None:
            st.html(chrome.notice(place_view.GONE))
        show_register(entries, asking)


show()
on_map.show_list(loads.asker())
