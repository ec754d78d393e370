"""Briefing: papers for those who decide, teach or help, of released figures and your own words."""

import streamlit as st

from pages.components.briefing import look_view, making, paper_list, paper_view
from pages.components.cached import briefings, loads
from pages.components.frame import chrome, selection


@st.fragment
def show() -> None:
    """Show the paper that the address names, or else make one and list those that were made."""
    asking = loads.asker()
    kept = paper_view.named(asking)
    if kept is not None:
        paper_view.show(kept, asking)
        return
    if not selection.known_datasets(asking):  # papers outlive the data that they were written from
        chrome.nothing_yet()
        if briefings.papers(asking):
            paper_list.show(asking)
        return
    head, listed, rest = st.container(), st.container(), st.container()
    with listed:
        paper_list.show(asking)
    making.show(selection.current(), head, rest)
    if not loads.is_board():
        look_view.offer()


show()
