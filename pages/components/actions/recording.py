"""Recording an action from the page of actions, and undoing what was just removed."""

from dataclasses import replace
from typing import Final

import streamlit as st

from geo.register.action import Action
from pages.components.actions import action_form
from pages.components.actions.owed_list import Owed
from pages.components.frame import chrome

SAID: Final = "action_said"  # what to say at the next run, once
REMOVED: Final = "action_removed"  # the action that was just removed
_NUMBER: Final = "action_number"  # counts the forms, so that each is empty


def offer(owed: Owed) -> None:
    """Offer the form of a new action; say what was just done, and offer to undo a removal."""
    _say()
    number = st.session_state.get(_NUMBER, 0)
    with st.expander("Record an action", expanded=not owed.actions):
        if action_form.offer(Action(""), f"new_{number}"):
            st.session_state[_NUMBER] = number + 1
            st.session_state[SAID] = "The action is recorded."
            st.rerun()


def _say() -> None:
    said = st.session_state.pop(SAID, None)
    removed: Action | None = st.session_state.get(REMOVED)
    if removed is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(chrome.notice(f"Removed: {removed.what}."))
            if st.button("Undo", key="undo_remove"):
                _put_back(removed)
    if said:
        st.html(f'<p class="lc-notice" role="status">{said}</p>')


def _put_back(removed: Action) -> None:
    if action_form.save(replace(removed, id=0, revision=1)):
        del st.session_state[REMOVED]
        st.session_state[SAID] = "The action is back."
        st.rerun()
