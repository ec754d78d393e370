"""Holding a session, and bringing in what was marked: map and template to download, and the box for the file."""

from html import escape
from typing import Any, Final

import streamlit as st

from data.formats.sources import from_upload
from data.services import importing, safety_marks
from data.services.opening import open_store
from data.store.db_errors import AlreadyThereError
from geo.areas.proximity import Place
from geo.errors import InputError
from geo.safety_marks.session_map import COLUMNS, ROWS, SIDES
from pages.components.cached import loads
from pages.components.frame import chrome, html_tables
from pages.routes import session_sheets

BOX: Final = "The filled-in template"
_TYPES: Final = ["csv", "xlsx", "ods"]
_NUMBER: Final = "_marks_box"
_SAVED: Final = "_marks_saved"
_PREPARED: Final = "_marks_prepared"
_STEPS: Final = (
    "Print the A3 map, one sheet for a small group. Young people put S in squares where they feel safe, U where not.",
    "No names, and no accounts of what happened.",
    "If a child tells you something, follow the school’s procedure the same day. In danger now: 999.",
    "Afterwards a member of staff types the squares into the template: cell, safe or unsafe, and how many.",
    "Drop the file here. Marks are shown by zones, from two weeks after the half-term of their session is over.",
    "A place is shown only with 10 marks or more. Aim for 150 or more in all, in one half-term.",
)


def show(school: Place | None) -> None:
    """Show how a session is held, the links for a school, and the box."""
    chrome.subheading("Hold a session")
    st.html(chrome.bullets(_STEPS))
    st.html(_links(school))
    if loads.is_board():
        st.html(chrome.quiet(chrome.NOTHING_TO_CHANGE))
        return
    if saved := st.session_state.pop(_SAVED, None):
        st.success(saved)
    number = st.session_state.setdefault(_NUMBER, 0)
    file = st.file_uploader(BOX, type=_TYPES, key=f"_marks_file_{number}")
    if file is not None:
        _check(file)


def _links(school: Place | None) -> str:
    """Write the links to maps and templates around a school (HTML)."""
    if school is None or school.urn is None:
        return chrome.notice("Choose your school in the sidebar first: the map is drawn around it.")
    lines = []
    for side in SIDES:
        asked = session_sheets.of_school(school.urn, side)
        size = f"{COLUMNS * side / 1000:.1f} by {ROWS * side / 1000:.1f} km, squares of {side} m"
        sheet = html_tables.download_link(f"A3 map around {school.name} (PDF)", session_sheets.SHEET, asked)
        template = html_tables.download_link("Template for this map (CSV)", session_sheets.TEMPLATE, asked)
        lines.append(f"<li>{escape(size)}: {sheet} · {template}</li>")
    return f'<div class="lc-list"><ul>{"".join(lines)}</ul></div>'


def _check(file: Any) -> None:
    """Say what a file holds, and offer to save it."""
    held = st.session_state.get(_PREPARED)
    if held is None or held[0] != file.file_id:
        try:
            source = from_upload(file.name, file.getvalue())
            with st.spinner("Reading marks"):
                made = safety_marks.prepare_session(open_store(), loads.who(), source, loads.asker().today)
        except (InputError, AlreadyThereError) as fault:
            st.error(chrome.plain(str(fault)))
            return
        held = (file.file_id, made)
        st.session_state[_PREPARED] = held
    prepared = held[1]
    st.html(chrome.bullets(safety_marks.said_of(prepared)))
    if st.button("Save these marks", type="primary", key="_marks_save"):
        try:
            importing.keep(open_store(), loads.who(), prepared)
        except (InputError, AlreadyThereError) as fault:
            st.error(chrome.plain(str(fault)))
            return
        st.session_state.pop(_PREPARED, None)
        st.session_state[_NUMBER] += 1
        st.session_state[_SAVED] = "Saved. These marks are shown when their half-term has been over for two weeks."
        st.rerun()
