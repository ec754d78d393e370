"""Filters of the list of actions: who leads, what kind, and how they stand; they are kept in the address."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from geo.register.follow_up import ActionState
from geo.register.owed import OwedAction
from pages.components.frame.selection import BOUND

ALL: Final = "All"
STATES: Final = {
    "Late": ActionState.LATE,
    "Owed": ActionState.OWED,
    "Did it help?": ActionState.ASKED,
    "Done": ActionState.DONE,
    "Answered": ActionState.ANSWERED,
}


def pick(listed: Sequence[OwedAction]) -> list[OwedAction]:
    """Draw the filters, and return the actions that fit them, in their order."""
    leads = sorted({one.lead for one in listed})
    kinds = sorted({one.kind for one in listed if one.kind})
    with st.container(horizontal=True):
        lead = st.selectbox("Who leads", [ALL, *leads], key="led", bind=BOUND)
        kind = st.selectbox("Kind of action", [ALL, *kinds], key="action_kind", bind=BOUND)
        state = st.selectbox("How it stands", [ALL, *STATES], key="action_state", bind=BOUND)
    return [
        one
        for one in listed
        if lead in (ALL, one.lead) and kind in (ALL, one.kind) and state in (ALL, _said(one.stand.state))
    ]


def _said(state: ActionState) -> str:
    return next(words for words, each in STATES.items() if each is state)
