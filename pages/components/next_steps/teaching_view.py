"""What to teach the pupils of this school, and what its staff should know, about the harm of a concern."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from geo.register.concern import Concern
from geo.register.contact import is_out_of_date, say_checked
from geo.register.teaching_list import AUDIENCES, STAFF, TeachingRow, audiences_of, teaching_for
from pages.components.cached import loads, own_lists
from pages.components.frame import chrome
from pages.components.frame.selection import Selection


def show(concern: Concern) -> None:
    """List what to teach, by the year groups of the school that is looked at, and what staff should know; folded."""
    asking = loads.asker()
    chosen: Selection | None = st.session_state.get("_selection")
    phase = own_lists.phase_of(None if chosen is None else chosen.school_urn, asking)
    rows = own_lists.teaching(asking).rows
    pupils = teaching_for(rows, concern.harms, audiences_of(phase))
    staff = teaching_for(rows, concern.harms, STAFF)
    chrome.together(
        _folded("What to teach", pupils, asking.today), _folded("What staff should know", staff, asking.today)
    )


def _folded(title: str, rows: Sequence[TeachingRow], today: date) -> str:
    listed = "".join(_item(one, today) for one in rows)
    inside = f'<ul class="lc-steps">{listed}</ul>' if listed else chrome.quiet("Nothing is on the list for this yet.")
    return f'<details class="lc-rest"><summary>{escape(title)}</summary>{inside}</details>'


def _item(one: TeachingRow, today: date) -> str:
    how = f" {one.how}" if one.how else ""
    reviewed = say_checked(one.reviewed_on, today, "reviewed")
    look = "lc-notice" if is_out_of_date(one.reviewed_on, today) else "lc-quiet"
    warning = chrome.notice(f"Take care: {one.warning}" if one.warning else None)
    return (
        f"<li><p><strong>{escape(AUDIENCES[one.audience])}: {escape(one.topic)}.</strong> {escape(one.what + how)}</p>"
        f'{warning}<p class="{look}">{escape(f"{one.source}. {reviewed}.")}</p></li>'
    )
