"""The forms that change one known hotspot: review it, edit it, close it, open it again."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import streamlit as st

from geo.register.hotspot import Hotspot
from geo.register.place_shapes import as_kept
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome
from pages.components.hotspots import entry_fields, saving, shape_picker
from pages.components.hotspots.saving import OpenTask

REVIEW: Final = "reviewed"
EDIT: Final = "edited"
CLOSE: Final = "closed"
REOPEN: Final = "reopened"
BUTTONS: Final = {REVIEW: "Review", EDIT: "Edit", CLOSE: "Close", REOPEN: "Reopen"}
_UNTIL_NEXT: Final = timedelta(days=91)  # suggested where the day of the review is past or not set: a term
LONGEST_NOTE: Final = 200


def show_buttons(entry: Hotspot) -> None:
    """Show what can be done to a known hotspot."""
    closed = entry.status == "closed"
    kinds = (REOPEN, EDIT) if closed else (REVIEW, EDIT, CLOSE)
    with st.container(horizontal=True, key="hotspot_buttons"):
        for kind in kinds:
            first = kind == kinds[0]
            if st.button(BUTTONS[kind], key=f"hotspot_{kind}", type="primary" if first else "secondary"):
                saving.begin(entry, kind)
                st.rerun()
        if entry.revision > 1 and st.button("Undo the last change", key="hotspot_undo_last"):
            saving.undo(entry.reference, entry.revision)


def show_form(task: OpenTask, asking: Asker) -> None:
    """Show the form of what is being done to an entry."""
    forms = {REVIEW: _review, EDIT: _edit, CLOSE: _close, REOPEN: _reopen}
    with st.container(border=True, key="hotspot_task"):
        chrome.subheading(f"{BUTTONS[task.kind]}: {task.entry.name}")
        forms[task.kind](task.entry, asking)
        if st.button("Leave it as it is", key="hotspot_leave", type="tertiary"):
            saving.end()
            st.rerun()


def _review(entry: Hotspot, asking: Asker) -> None:
    suggested = entry.next_review
    if suggested is None or suggested <= asking.today.isoformat():
        suggested = (asking.today + _UNTIL_NEXT).isoformat()
    key = _key(entry, REVIEW)
    with st.form(key, border=False):
        with st.container(horizontal=True):
            mine = entry_fields.draw(
                replace(entry, next_review=suggested), ("next_review", "status", "rag", "rag_reason"), key
            )
        note = _note(key)
        if st.form_submit_button("Record the review", type="primary"):
            saving.save_change(entry, mine, REVIEW, note)


def _edit(entry: Hotspot, asking: Asker) -> None:
    key = _key(entry, EDIT)
    picked = shape_picker.pick(entry, asking, f"{key}_shape")
    with st.form(key, border=False):
        mine = entry_fields.draw_all(entry, key)
        note = _note(key)
        if st.form_submit_button("Save", type="primary"):
            if picked is not None:
                mine = replace(mine, shape=as_kept(picked.shape, mine.place_type))
            saving.save_change(entry, saving.without_shape_change(entry, mine), EDIT, note)


def _close(entry: Hotspot, _asking: Asker) -> None:
    key = _key(entry, CLOSE)
    with st.form(key, border=False):
        mine = entry_fields.draw(entry, ("closing_reason",), key)
        note = _note(key)
        if st.form_submit_button("Close this hotspot", type="primary"):
            saving.save_change(entry, replace(mine, status="closed"), CLOSE, note)


def _reopen(entry: Hotspot, asking: Asker) -> None:
    key = _key(entry, REOPEN)
    again = replace(entry, status="active", next_review=(asking.today + _UNTIL_NEXT).isoformat())
    with st.form(key, border=False):
        with st.container(horizontal=True):
            mine = entry_fields.draw(again, ("status", "next_review", "rag", "rag_reason"), key)
        note = _note(key)
        if st.form_submit_button("Open it again", type="primary"):
            saving.save_change(entry, replace(mine, closing_reason=None), REOPEN, note)


def _note(key: str) -> str | None:
    return st.text_input("Note", key=f"{key}_note", max_chars=LONGEST_NOTE, help="Kept with the change. Names nobody.")


def _key(entry: Hotspot, kind: str) -> str:
    return f"hotspot_{kind}_{entry.reference}_{entry.revision}"
