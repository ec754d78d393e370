"""The form of one action: what, where, about which harm, who leads on it, and by when."""

from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from data.services.opening import open_store
from data.store import actions
from geo import columns as c
from geo.areas.area_set import distinct_labels
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.register.action import WHOLE_SCHOOL, Action
from geo.register.action_kinds import ACTION_KINDS, suggested_kinds
from geo.register.closed_lists import LEADS
from pages.components.cached import loads
from pages.components.frame import chrome

LONGEST: Final = 200  # letters of what is done, and of where
NO_HARM: Final = "No one harm"
NOBODY: Final = "Not decided yet"


def offer(action: Action, key: str, label: str = "Save this action", *, short: bool = False) -> bool:
    """Draw the form of an action as it stands, new where it has no number, and save it; returns whether it was saved.

    ``short`` leaves the place as it is. What was typed stays in the form when it is refused.
    """
    with st.form(f"action_{key}", border=False):
        what = st.text_input(
            "What", action.what, max_chars=LONGEST, placeholder="For example: adults at the bus stop", key=f"what_{key}"
        )
        kind = _choose("Kind", ACTION_KINDS, action.kind, suggested_kinds(action.harm), f"kind_{key}")
        filled = action if short else _pick_where(action, key)
        with st.container(horizontal=True):
            due_on = st.date_input("Due on", _day(action.due_on), format="DD/MM/YYYY", key=f"due_{key}")
            done_on = st.date_input(
                "Done on, if it is", _day(action.done_on), max_value="today", format="DD/MM/YYYY", key=f"done_{key}"
            )
        lead = _choose("Who leads: a role, never a name", LEADS, action.led_by, tuple(LEADS), f"lead_{key}", NOBODY)
        if not st.form_submit_button(label, type="primary"):
            return False
    filled = replace(filled, what=what, kind=kind, due_on=_text(due_on), done_on=_text(done_on), led_by=lead)
    return save(filled)


def save(action: Action) -> bool:
    """Save an action, new where it has no number; a refusal is shown, and nothing is lost."""
    keep = actions.change if action.id else actions.record
    try:
        keep(open_store(), loads.who(), action)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return False
    return True


def _pick_where(action: Action, key: str) -> Action:
    """Draw where an action is and which harm it is about; return it so."""
    register = loads.register(loads.asker())
    by_label = distinct_labels(list(register[c.NAME]), list(register[c.REFERENCE]))
    named = next((label for label, code in by_label.items() if code == action.reference), WHOLE_SCHOOL)
    places = [WHOLE_SCHOOL, *by_label]
    where = st.selectbox(
        "Where: the whole school, or a known hotspot", places, index=places.index(named), key=f"where_{key}"
    )
    place = st.text_input("Or another place, in words", action.place or "", max_chars=LONGEST, key=f"place_{key}")
    harm = _choose("Which harm", HARM_GROUPS, action.harm, tuple(HARM_GROUPS), f"harm_{key}", NO_HARM)
    reference = by_label.get(where)
    return replace(action, reference=reference, place=None if reference else place.strip() or None, harm=harm)


def _choose(
    label: str, words: dict[str, str], code: str | None, order: tuple[str, ...], key: str, nothing: str | None = None
) -> str | None:
    """Draw a picker of a closed list; ``nothing`` is what stands for no choice."""
    codes: list[str | None] = [*([None] if nothing else []), *order]
    at = codes.index(code) if code in codes else 0
    return st.selectbox(label, codes, index=at, format_func=lambda one: words.get(one or "", nothing or ""), key=key)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
