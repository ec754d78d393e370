"""School-day clock: when in the week incidents happen, in term and in the holidays."""

import streamlit as st

from pages.components.clock import clock_view
from pages.components.frame import chrome, selection
from pages.components.frame.folded_pickers import folded_pickers


@st.fragment
def show() -> None:
    """Show the page for what the sidebar and the page's own pickers hold."""
    chosen = selection.current()
    top = st.container()
    with folded_pickers("clock_pickers"):
        hours = clock_view.pick_hours(chosen)
    content = clock_view.gather(chosen, hours=hours)
    below = (clock_view.district(chosen, hours=hours), *clock_view.below(content))
    with top:
        chrome.headline(f"School-day clock · {content.where}", content.sentence, *below)
    if content.clock is not None:
        clock_view.draw(content, content.clock)
    else:
        clock_view.offer_whole(chosen)
        clock_view.offer_others(chosen)


show()
