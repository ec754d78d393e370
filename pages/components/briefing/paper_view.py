"""One paper that was made: its files, its minutes, what was decided on it, and what it says."""

import streamlit as st

from data.services.opening import open_store
from data.store import papers as stored
from data.store.papers import KeptPaper
from geo.errors import InputError
from geo.register.markers import say_day
from pages.components.briefing import decisions_view, files, making, minutes_view, sections_view
from pages.components.briefing.asked import AUDIENCES
from pages.components.cached import briefings, loads
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome
from pages.components.frame.addresses import PAPER


def named(asking: Asker) -> KeptPaper | None:
    """Return the stored paper that the address names, None where it names none that there is."""
    number = st.query_params.get(PAPER)
    return next((one for one in briefings.papers(asking) if str(one.id) == number), None)


def show(kept: KeptPaper, asking: Asker) -> None:
    """Show one paper."""
    paper = briefings.paper(kept.id, asking)
    made = f"Made by {kept.added_by}. It stays as it was made, whatever the data say by now."
    reads = chrome.notice(making.READS_ONLY) if loads.is_board() else ""
    of = f"{kept.place}: {AUDIENCES[kept.audience].lower()} of {say_day(kept.made_on)}."
    below = (reads, chrome.quiet(made), chrome.quiet(paper.source), files.links(kept))
    chrome.headline(f"Briefing · {kept.title}", of, *below)
    if st.button("All papers, and a new one", key="all_papers"):
        del st.query_params[PAPER]
        st.rerun()
    told, decided = st.columns([3, 2], gap="large")
    with decided:
        decisions_view.show(kept, paper, asking.today)
    with told:
        minutes_view.show(paper)
    st.html(f'<details class="lc-rest"><summary>What it says</summary>{sections_view.whole(paper)}</details>')
    if not loads.is_board():
        _offer_to_remove(kept)


def _offer_to_remove(kept: KeptPaper) -> None:
    with st.expander("Remove this paper"):
        sure = st.checkbox("It goes for good, with what was decided on it.", key=f"paper_sure_{kept.id}")
        if not st.button("Remove the paper", disabled=not sure, key=f"paper_remove_{kept.id}"):
            return
        try:
            stored.remove_paper(open_store(), loads.who(), kept.id)
        except InputError as fault:
            st.error(chrome.plain(str(fault)))
            return
        del st.query_params[PAPER]
        st.rerun()
