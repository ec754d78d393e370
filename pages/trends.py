"""Trends: is it changing, or is it noise, and did what we did help?"""

import streamlit as st

from pages.components.briefing import asked
from pages.components.frame import chrome, download_links, selection
from pages.components.frame.folded_pickers import folded_pickers
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
from pages.components.trends.trend_view import TrendContent


def show_one(chosen: Selection, request: TrendRequest, content: TrendContent, where: str) -> None:
    """Show one large chart, what was done there, and where else to look."""
    done = trend_view.done_there(chosen, content)
    large_chart.show(chosen, request, content, done, where)
    chrome.together(large_chart.others(content))
    if request.level is None:
        where_changed.show(chosen, request, content)
    actions.show(chosen, request, done)
    with st.expander("Show as table"):
        large_chart.table(chosen, request, content, done, where)
        st.html(download_links.trend(chosen, request.table))
    if pickers.may_write():
        rebase_form.offer(chosen, request, content)


@st.fragment
def show() -> None:
    """Show the page for what the sidebar and the page's own pickers hold."""
    chosen = selection.current()
    top = st.container()
    with folded_pickers("trend_pickers"):
        request = pickers.pick(chosen)
    content = trend_view.gather(chosen, request)
    compares = request.side == COMPARED
    where = areas_compared.where(chosen, request) if compares else trend_view.where(request, content)
    with top:
        sentence = areas_compared.headline(chosen, request) if compares else trend_view.headline(request, content)
        below = (
            "" if compares else trend_view.notes(chosen, request, content),
            chrome.provenance(chosen, []),
            chrome.gaps(chosen),
            chrome.notice(trend_view.incomplete(chosen, content, request.unit)),
            "" if compares else trend_view.completeness_html(chosen, request),
            asked.link_to(),
        )
        chrome.headline(f"Trends · {trend_view.what(request)}, {where}", sentence, *below)
    if compares:
        areas_compared.show(chosen, request)
    elif request.one:
        show_one(chosen, request, content, where)
    else:
        cards.show(chosen, request, content)
    chrome.together(chrome.police_note(chosen))


show()
