"""Two people at once: what somebody else changed meanwhile, beside what was typed, and what to do about it."""

from typing import Any, Final

import streamlit as st

from geo.register.fields import FIELDS, RegisterField, say, say_shape
from geo.register.hotspot import Hotspot
from geo.register.three_ways import FieldVersions, differences, save_mine_over
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.hotspots import saving
from pages.components.hotspots.saving import Conflict

_COLUMNS: Final = (
    Column("field", "Field"),
    Column("before", "When you began"),
    Column("mine", "Yours"),
    Column("theirs", "As it is now"),
    Column("who", "Changed by"),
)
_WHO: Final = {(True, True): "both of you", (True, False): "you", (False, True): "the other person"}


def show(conflict: Conflict, now: Hotspot) -> None:
    """Show the versions field by field, and offer to save the own changes over the newest entry, or to leave them."""
    fields = differences(conflict.before, conflict.mine, now)
    with st.container(border=True, key="hotspot_conflict"):
        chrome.subheading("Somebody else changed it meanwhile")
        st.html(chrome.notice(conflict.sentence))
        html_tables.show_table("Both versions, field by field", _COLUMNS, map(_row, fields))
        if conflict.note:
            st.html(chrome.quiet(f"Your note: {conflict.note}"))
        with st.container(horizontal=True):
            if st.button("Save mine over it", key="conflict_mine", type="primary"):
                merged = save_mine_over(conflict.before, conflict.mine, now)
                saving.save_change(now, merged, conflict.what, conflict.note)
            if st.button("Take theirs", key="conflict_theirs"):
                saving.end()
                st.rerun()
        st.html(
            chrome.quiet(
                "“Save mine over it” changes only the fields that you changed; all others stay as they are now."
            )
        )


def _row(one: FieldVersions) -> dict[str, str]:
    field = next(each for each in FIELDS if each.attribute == one.name)
    return {
        "field": field.label,
        "before": _say(field, one.before),
        "mine": _say(field, one.mine),
        "theirs": _say(field, one.theirs),
        "who": _WHO[one.mine_changed, one.theirs_changed],
    }


def _say(field: RegisterField, value: Any) -> str:
    if field.attribute == "shape":
        return say_shape(value)
    stored = " ".join(value) if field.several else value
    return say(field.column, stored) or "blank"
