"""Trends: is it changing, or is it noise, and did what we did help?"""

import streamlit as st

from pages.components.frame import chrome, download_links, selection
from pages.components.frame.selection import Selection
from pages.components.trends import (
    actions,
    areas_compared,
    cards,
    large_chart,
    pickers,
    rebase_form,
    trend_view,
    where_changed,
)
from pages.components.trends.pickers import COMPARED, TrendRequest
from pages.components.trends.trend_view import Gathered


def show_one(chosen: Selection, request: TrendRequest, gathered: Gathered, where: str) -> None:
    """Show one large chart, what was done there, and where else to look."""
    done = trend_view.done_there(chosen, gathered)
    large_chart.show(chosen, request, gathered, done, where)
    chrome.together(large_chart.others(gathered))
    if request.level is None:
        where_changed.show(chosen, request, gathered)
    actions.show(chosen, request, done)
    with st.expander("Show as table"):
        large_chart.table(chosen, request, gathered, done, where)
        st.html(download_links.trend(chosen, request.table))
    if pickers.may_write():
        rebase_form.offer(chosen, request, gathered)


@st.fragment
def show() -> None:
    """Show the page for what the sidebar and the page's own pickers hold."""
    chosen = selection.current()
    top = st.container()
    with st.container(horizontal=True, key="trend_pickers"):
        request = pickers.pick(chosen)
    gathered = trend_view.gather(chosen, request)
    compares = request.side == COMPARED
    where = areas_compared.where(chosen, request) if compares else trend_view.where(request, gathered)
    with top:
        sentence = areas_compared.headline(chosen, request) if compares else trend_view.headline(request, gathered)
        below = (
            "" if compares else trend_view.notes(request, gathered),
            chrome.provenance(chosen, []),
            chrome.gaps(chosen),
            chrome.notice(trend_view.incomplete(chosen, gathered, request.unit)),
        )
        chrome.headline(f"Trends · {trend_view.what(request)}, {where}", sentence, *below)
    if compares:
        areas_compared.show(chosen, request)
    elif request.one:
        show_one(chosen, request, gathered, where)
    else:
        cards.show(chosen, request, gathered)
    chrome.together(chrome.police_note(chosen))


show()
