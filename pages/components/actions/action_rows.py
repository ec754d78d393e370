"""The actions as a list, the most pressing first: each in a line, with what can be done about it folded below."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import Final

import streamlit as st

from data.services.opening import open_store
from data.store import actions
from geo.errors import InputError
from geo.register.action import Action
from geo.register.action_kinds import ANSWERS
from geo.register.follow_up import ActionState
from geo.register.markers import say_day
from geo.register.owed import OwedAction
from pages.components.actions import action_form, recording, what_followed
from pages.components.cached import loads
from pages.components.frame import chrome

_HEADINGS: Final = {
    ActionState.LATE: "Late",
    ActionState.OWED: "Owed",
    ActionState.ASKED: "Did it help?",
    ActionState.DONE: "Done",
    ActionState.ANSWERED: "Done and answered",
}


def show(listed: Sequence[OwedAction], *, writes: bool) -> None:
    """List actions by how they stand; whoever ``writes`` is offered what can be done about each."""
    if not listed:
        st.html(chrome.quiet("No action fits these filters."))
    for state, some in groupby(listed, key=lambda one: one.stand.state):
        chrome.subheading(_HEADINGS[state])
        for one in some:
            _show_one(one, writes=writes)


def _show_one(one: OwedAction, *, writes: bool) -> None:
    look = "lc-more" if one.stand.state is ActionState.LATE else "lc-same"
    facts = " · ".join(filter(None, (one.where, one.kind, one.harm, one.lead, _due(one.action))))
    note = f"<p>{escape(one.action.helped_note)}</p>" if one.action.helped_note and writes else ""
    st.html(
        f'<ul class="lc-findings"><li class="{look}"><p><strong>{escape(one.action.what)}</strong></p>'
        f'<p class="lc-stands">{escape(one.said)}</p>{note}<p class="lc-quiet">{escape(facts)}</p></li></ul>'
    )
    done = one.action.done_on is not None
    if not writes and not done:
        return
    label = _label(one, writes=writes)
    fold = st.expander(label, key=f"open_{one.action.id}", on_change="rerun")
    if fold.open:
        with fold:
            if writes:
                _offer(one.action)
            if done:
                what_followed.show(one.action)


def _label(one: OwedAction, *, writes: bool) -> str:
    if not writes:
        return "What the data say"
    if one.action.done_on is None:
        return "Mark done, edit or remove"
    return "Say whether it helped, edit or remove"


def _offer(action: Action) -> None:
    """Offer to mark an action done or to answer, to edit it, and to remove it."""
    if action.done_on is None:
        _offer_done(action)
    else:
        _offer_answer(action)
    with st.expander("Edit"):
        if action_form.offer(action, f"edit_{action.id}_{action.revision}", "Save the changes"):
            _say("The action is changed.")
    if st.button("Remove this action", key=f"remove_{action.id}"):
        try:
            actions.remove_action(open_store(), loads.who(), action.id)
        except InputError as fault:
            st.error(chrome.plain(str(fault)))
            return
        st.session_state[recording.REMOVED] = action
        st.rerun()


def _offer_done(action: Action) -> None:
    with st.form(f"finish_{action.id}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input("Done on", "today", max_value="today", format="DD/MM/YYYY", key=f"day_{action.id}")
        sent = st.form_submit_button("Mark done", type="primary")
    if sent and action_form.save(replace(action, done_on=day.isoformat())):
        _say("The action is done. In three months it is asked here whether it helped.")


def _offer_answer(action: Action) -> None:
    codes = list(ANSWERS)
    with st.form(f"answer_{action.id}", border=False):
        helped = st.radio(
            "Did it help?",
            codes,
            index=codes.index(action.helped) if action.helped else None,
            format_func=ANSWERS.__getitem__,
            horizontal=True,
            key=f"helped_{action.id}",
        )
        note = st.text_input(
            "What makes you say so, in a few words",
            action.helped_note or "",
            max_chars=action_form.LONGEST,
            key=f"note_{action.id}",
        )
        sent = st.form_submit_button("Save the answer", type="primary")
    if not sent:
        return
    if helped is None:
        st.error("An answer must be one of the four; choose one.")
        return
    today = loads.asker().today.isoformat()
    if action_form.save(replace(action, helped=helped, helped_on=today, helped_note=note.strip() or None)):
        _say("The answer is saved.")


def _due(action: Action) -> str:
    return f"due {say_day(action.due_on)}" if action.due_on and not action.done_on else ""


def _say(sentence: str) -> None:
    st.session_state[recording.SAID] = sentence
    st.session_state.pop(recording.REMOVED, None)
    st.rerun()
