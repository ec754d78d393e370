"""What was decided on a paper: recorded with who leads and by when, ticked off when it is done, or taken out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Final

import streamlit as st

from data.services.opening import open_store
from data.store import papers as stored
from data.store.papers import LONGEST_DECISION, KeptPaper
from geo.briefing.facts import Decision
from geo.briefing.paper import Paper, words_of
from geo.errors import InputError
from geo.register.closed_lists import LEADS
from geo.register.markers import say_day
from pages.components.cached import loads
from pages.components.frame import chrome

ASKED_FOR: Final = "decisions"  # the key of the words that ask for decisions, a paragraph each
_NOBODY: Final = "Not decided yet"
_NONE: Final = "Nothing is recorded yet. What is recorded here stands in the next paper, with how far it is."


def show(kept: KeptPaper, paper: Paper, today: date) -> None:
    """Show what was decided on a paper and, to whoever may, what can be done about it."""
    chrome.subheading("Decided")
    if not kept.decisions:
        st.html(chrome.quiet(_NONE))
    for at, one in enumerate(kept.decisions):
        st.html(f'<ul class="lc-findings"><li class="{_look(one, today)}">{_line(one, today)}</li></ul>')
        if not loads.is_board():
            _offer(kept, at, one)
    if not loads.is_board():
        _offer_new(kept, paper)


def how_far(decisions: Sequence[Decision], today: date) -> str:
    """Say in a few words how far what was decided is."""
    if not decisions:
        return "nothing recorded"
    done = sum(one.done for one in decisions)
    late = sum(_is_late(one, today) for one in decisions)
    parts = [f"{len(decisions)} decided", f"{done} done", f"{len(decisions) - done} owed"]
    return ", ".join([*parts, *([f"{late} late"] if late else [])])


def proposals(kept: KeptPaper, paper: Paper) -> list[str]:
    """List what the paper asks to decide and is not recorded yet."""
    text = next((words.text for words in words_of(paper) if words.key == ASKED_FOR), "")
    recorded = {one.what for one in kept.decisions}
    asked = (" ".join(part.split())[:LONGEST_DECISION] for part in text.split("\n\n"))
    return [one for one in asked if one and one not in recorded]


def _line(one: Decision, today: date) -> str:
    how = "Done" if one.done else "Late" if _is_late(one, today) else "Owed"
    facts = [f"{one.lead} leads" if one.lead else "nobody leads yet"]
    facts += [f"due {say_day(one.due_on)}"] if one.due_on else []
    return f'<p>{escape(one.what)}</p><p class="lc-quiet"><strong>{how}</strong> · {escape(" · ".join(facts))}</p>'


def _offer(kept: KeptPaper, at: int, one: Decision) -> None:
    others = [*kept.decisions[:at], *kept.decisions[at + 1 :]]
    turned = [*kept.decisions[:at], replace(one, done=not one.done), *kept.decisions[at + 1 :]]
    with st.container(horizontal=True):
        if st.button("Not done after all" if one.done else "Mark done", key=f"decision_done_{kept.id}_{at}"):
            _record(kept, turned)
        if st.button("Take out", key=f"decision_out_{kept.id}_{at}"):
            _record(kept, others)


def _offer_new(kept: KeptPaper, paper: Paper) -> None:
    asked = next(iter(proposals(kept, paper)), "")
    number = len(kept.decisions)
    with st.form(f"decision_{kept.id}_{number}"):
        what = st.text_area(
            "What was decided", asked, max_chars=LONGEST_DECISION, height="content", key=f"decided_{kept.id}_{number}"
        )
        leads = [_NOBODY, *LEADS.values()]
        lead = st.selectbox("Who leads: a role, never a name", leads, key=f"decided_lead_{kept.id}_{number}")
        due = st.date_input("Due on", None, format="DD/MM/YYYY", key=f"decided_due_{kept.id}_{number}")
        sent = st.form_submit_button("Record this decision", type="primary")
    if sent:
        led = "" if lead == _NOBODY else lead or ""
        _record(kept, [*kept.decisions, Decision(what or "", led, due.isoformat() if due else "")])


def _record(kept: KeptPaper, decisions: Sequence[Decision]) -> None:
    """Record decisions; a refusal is said, and nothing that was typed is lost."""
    try:
        stored.record_decisions(open_store(), loads.who(), kept.id, kept.decisions, decisions)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.rerun()


def _is_late(one: Decision, today: date) -> bool:
    return not one.done and bool(one.due_on) and one.due_on < today.isoformat()


def _look(one: Decision, today: date) -> str:
    return "lc-more" if _is_late(one, today) else "lc-same"
