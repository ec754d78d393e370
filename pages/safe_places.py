"""Safe and unsafe places: what young people marked, beside what agencies recorded."""

import streamlit as st

from pages.components.cached import safety_marks
from pages.components.frame import chrome, selection
from pages.components.frame.selection import Selection
from pages.components.marks import beside, bring

TITLE = "Safe and unsafe places"
_NOTHING = "Where do young people feel safe, and where not? Ask them: no session’s marks are shown yet."
_WAITING = "Marks are here, and are shown when the half-term of their session has been over for two weeks."


def show(chosen: Selection) -> None:
    """Show the marks of one session beside what is recorded, and how to hold another."""
    sessions = safety_marks.sessions(chosen.asking)
    if not sessions:
        waits = chrome.notice(_WAITING) if safety_marks.waiting(chosen.asking) else ""
        chrome.headline(TITLE, _NOTHING, waits)
        bring.show(chosen.school)
        return
    top = st.container()
    with st.container(horizontal=True):
        title = next(iter(sessions)) if len(sessions) == 1 else st.selectbox("Sessions", list(sessions), key="marks_of")
        dataset, years = sessions[title]
        year = years[0] if len(years) == 1 else st.selectbox("School year of the session", years, key="marks_year")
    shown = beside.gather(chosen, dataset, year)
    with top:
        chrome.headline(TITLE, beside.headline(shown), beside.notes(shown), beside.stand_out(shown))
    beside.maps(chosen, shown)
    st.html(beside.table(shown))
    beside.next_of_each(chosen, shown)
    bring.show(chosen.school)


show(selection.current())
