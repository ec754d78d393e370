"""Next steps: what to do about a finding or a known hotspot, folded under it."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import streamlit as st

from data.services.opening import open_store
from data.store import hotspots
from geo.errors import InputError
from geo.register.action import Action
from geo.register.action_kinds import suggested_kinds
from geo.register.concern import Concern
from pages.components.actions import action_form
from pages.components.cached import loads
from pages.components.frame import chrome
from pages.components.next_steps import proposal, sentence_box, teaching_view, who_to_tell

_SAID: Final = "next_step_said"  # key of a concern → what was just done there, said once
_USUAL_REVIEW: Final = timedelta(days=91)


@st.fragment
def show(concern: Concern, key: str) -> None:
    """Draw what to do next about a concern, folded; ``key`` tells it from others on the page.

    Proposing is for findings, planning a review for hotspots; a board is shown what changes nothing.
    """
    fold = st.expander("What next?", key=f"next_{key}", on_change="rerun")
    said = st.session_state.pop(f"{_SAID}_{key}", None)
    if said:
        st.html(f'<p class="lc-notice" role="status">{said}</p>')
    if not fold.open:
        return
    with fold:
        if not loads.is_board():
            _offer_changes(concern, key)
        sentence_box.show(concern)
        who_to_tell.show(concern)
        teaching_view.show(concern)


def _offer_changes(concern: Concern, key: str) -> None:
    """Offer to propose a hotspot or to plan its review, and to record an action."""
    if concern.reference is None:
        if st.button("Propose as hotspot", key=f"propose_{key}"):
            proposal.propose(concern)
    else:
        with st.expander("Plan a review"):
            _plan_review(concern.reference, key)
    with st.expander("Record an action"):
        if action_form.offer(_prefilled(concern), key, "Record this action", short=True):
            _say(key, "The action is recorded; it stands on What we did and owe.")


def _prefilled(concern: Concern) -> Action:
    """Return an action at the place of a concern, of the kind that suits its harm first."""
    harm = next(iter(concern.harms), None)
    kind = suggested_kinds(harm)[0]
    if concern.reference is not None:
        return Action("", concern.reference, kind=kind, harm=harm)
    at = concern.shape.representative_point()
    return Action("", kind=kind, place=concern.name, harm=harm, lon=at.x, lat=at.y)


def _plan_review(reference: str, key: str) -> None:
    usual = loads.asker().today + _USUAL_REVIEW
    with st.form(f"review_{key}", border=False):
        day = st.date_input("Next review on", usual, min_value="today", format="DD/MM/YYYY", key=f"review_day_{key}")
        sent = st.form_submit_button("Plan this review", type="primary")
    if not sent:
        return
    try:
        entry = hotspots.entry(open_store(), loads.who(), reference)
        hotspots.change(open_store(), loads.who(), replace(entry, next_review=day.isoformat()), "edited")
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    _say(key, "The review is planned.")


def _say(key: str, sentence: str) -> None:
    st.session_state[f"{_SAID}_{key}"] = sentence
    st.rerun()
