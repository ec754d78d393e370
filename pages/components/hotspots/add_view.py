"""Adding a known hotspot: where it is, in one of four ways, and what is known of it; prefilled from a proposal."""

from dataclasses import replace
from typing import Final

import streamlit as st

from geo.register.concern import Concern
from geo.register.hotspot import Hotspot
from geo.register.place_shapes import as_kept
from geo.register.proposals import proposed_entry, proposed_note
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome
from pages.components.frame.addresses import link
from pages.components.hotspots import entry_fields, saving, shape_picker
from pages.components.hotspots.place_view import PAGE
from pages.components.hotspots.saving import ADDING
from pages.components.hotspots.shape_picker import PickedShape
from pages.components.hotspots.task_forms import LONGEST_NOTE
from pages.components.next_steps.proposal import PROPOSAL

BEGIN: Final = "Add a known hotspot: where it is, and what people know of it."
NO_PLACE: Final = "A known hotspot needs a place, and none is given yet; choose, write or draw it above."
_KEY: Final = "add_hotspot"
_ROUND: Final = "_add_hotspot_round"  # counts the forms of a session, so that the next one begins blank


def is_open() -> bool:
    """Return whether a hotspot is being added: the address says so, or a cluster was proposed."""
    return ADDING in st.query_params or PROPOSAL in st.session_state


def open_form() -> None:
    """Open the form."""
    st.query_params[ADDING] = "true"


def show(asking: Asker) -> None:
    """Show the form that adds a known hotspot."""
    concern: Concern | None = st.session_state.get(PROPOSAL)
    start = None if concern is None else proposed_entry(concern)
    key = f"{_KEY}_{st.session_state.get(_ROUND, 0)}"
    kept = [name for name in st.query_params if name != ADDING]
    st.html(f'<p class="lc-back">{link(PAGE, "Back to all known hotspots", {}, kept)}</p>')
    chrome.headline("Known hotspots · Add", BEGIN)
    if concern is not None:
        st.html(chrome.notice(f"Proposed from what was detected: {concern.sentence or concern.name}"))
    picked = shape_picker.pick(start, asking, f"{key}_shape")
    _suggest(key, picked)
    with st.form(key, border=False):
        blank = Hotspot("", "", "", "", "proposed", None)
        entry = entry_fields.draw_all(start or blank, key)
        note = st.text_input(
            "Note",
            value=proposed_note(concern) if concern else "",
            key=f"{key}_note",
            max_chars=LONGEST_NOTE,
            help="Kept with the history of the entry. Names nobody.",
        )
        if st.form_submit_button("Save", type="primary"):
            _save(entry, picked, note)
    if st.button("Leave it", key="add_hotspot_leave", type="tertiary"):
        forget()
        st.query_params.pop(ADDING, None)
        st.rerun()


def forget() -> None:
    """Let go of what was filled in, and of the proposal that it began with."""
    st.session_state.pop(PROPOSAL, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _save(entry: Hotspot, picked: PickedShape | None, note: str) -> None:
    if picked is None:
        st.error(NO_PLACE)
        return
    saving.save_new(replace(entry, shape=as_kept(picked.shape, entry.place_type)), note, forget)


def _suggest(key: str, picked: PickedShape | None) -> None:
    """Fill in the name and the precision that a place suggests, where nothing is filled in yet."""
    if picked is None:
        return
    for name, value in (("name", picked.name), ("precision", picked.precision)):
        if value is not None and not st.session_state.get(f"{key}_{name}"):
            st.session_state[f"{key}_{name}"] = value
