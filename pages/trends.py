"""Trends: is it changing, or is it noise, and did what we did help?"""

import streamlit as st

from pages.components import (
    chrome,
    selection,
    trend_actions,
    trend_cards,
    trend_chart,
    trend_choice,
    trend_compared,
    trend_download,
    trend_limits,
    trend_view,
    trend_where,
)
from pages.components.selection import Selection
from pages.components.trend_choice import COMPARED, Asked
from pages.components.trend_view import Gathered


def show_one(chosen: Selection, asked: Asked, gathered: Gathered, where: str) -> None:
    """Show one large chart, what was done there, and where else to look."""
    done = trend_view.done_there(chosen, gathered)
    trend_chart.show(chosen, asked, gathered, done, where)
    chrome.together(trend_chart.others(gathered))
    if asked.level is None:
        trend_where.show(chosen, asked, gathered)
    trend_actions.show(chosen, asked, done)
    with st.expander("Show as table"):
        trend_chart.table(chosen, asked, gathered, done, where)
        st.html(trend_download.trend(chosen, asked))
    if trend_choice.may_write():
        trend_limits.offer(chosen, asked, gathered)


@st.fragment
def show() -> None:
    """Show the page for what the sidebar and the page's own pickers hold."""
    chosen = selection.current()
    top = st.container()
    with st.container(horizontal=True, key="trend_pickers"):
        asked = trend_choice.pick(chosen)
    gathered = trend_view.gather(chosen, asked)
    compares = asked.side == COMPARED
    where = trend_compared.where(chosen, asked) if compares else trend_view.where(asked, gathered)
    with top:
        sentence = trend_compared.headline(chosen, asked) if compares else trend_view.headline(asked, gathered)
        below = (
            "" if compares else trend_view.notes(asked, gathered),
            chrome.provenance(chosen, []),
            chrome.gaps(chosen),
            chrome.notice(trend_view.incomplete(chosen, gathered, asked.unit)),
        )
        chrome.headline(f"Trends · {trend_view.what(asked)}, {where}", sentence, *below)
    if compares:
        trend_compared.show(chosen, asked)
    elif asked.one:
        show_one(chosen, asked, gathered, where)
    else:
        trend_cards.show(chosen, asked, gathered)
    chrome.together(chrome.police_note(chosen))


show()
