"""Trends: is it changing, or is it noise, and did what we did help?"""

import streamlit as st

from pages.components.frame import chrome, selection
from pages.components.frame.selection import Selection
from pages.components.trends import (
    actions,
    areas_compared,
    cards,
    download_links,
    large_chart,
    pickers,
    rebase_form,
    trend_view,
    where_changed,
)
from pages.components.trends.pickers import COMPARED, TrendRequest
from pages.components.trends.trend_view import Gathered


def show_one(chosen: Selection, asked: TrendRequest, gathered: Gathered, where: str) -> None:
    """Show one large chart, what was done there, and where else to look."""
    done = trend_view.done_there(chosen, gathered)
    large_chart.show(chosen, asked, gathered, done, where)
    chrome.together(large_chart.others(gathered))
    if asked.level is None:
        where_changed.show(chosen, asked, gathered)
    actions.show(chosen, asked, done)
    with st.expander("Show as table"):
        large_chart.table(chosen, asked, gathered, done, where)
        st.html(download_links.trend(chosen, asked))
    if pickers.may_write():
        rebase_form.offer(chosen, asked, gathered)


@st.fragment
def show() -> None:
    """Show the page for what the sidebar and the page's own pickers hold."""
    chosen = selection.current()
    top = st.container()
    with st.container(horizontal=True, key="trend_pickers"):
        asked = pickers.pick(chosen)
    gathered = trend_view.gather(chosen, asked)
    compares = asked.side == COMPARED
    where = areas_compared.where(chosen, asked) if compares else trend_view.where(asked, gathered)
    with top:
        sentence = areas_compared.headline(chosen, asked) if compares else trend_view.headline(asked, gathered)
        below = (
            "" if compares else trend_view.notes(asked, gathered),
            chrome.provenance(chosen, []),
            chrome.gaps(chosen),
            chrome.notice(trend_view.incomplete(chosen, gathered, asked.unit)),
        )
        chrome.headline(f"Trends · {trend_view.what(asked)}, {where}", sentence, *below)
    if compares:
        areas_compared.show(chosen, asked)
    elif asked.one:
        show_one(chosen, asked, gathered, where)
    else:
        cards.show(chosen, asked, gathered)
    chrome.together(chrome.police_note(chosen))


show()
