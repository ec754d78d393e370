"""What we did, and did it help: the actions at places on the map, and what followed each."""

from html import escape
from typing import Final

import streamlit as st

from geo.errors import ThinDataError
from geo.register.markers import say_day
from geo.trends import before_after
from geo.trends.before_after import BeforeAfter
from geo.trends.responses import Response
from pages.components.cached import trend_results
from pages.components.charts import comparison_views
from pages.components.charts.chart_downloads import foot_of
from pages.components.frame import chrome
from pages.components.frame.selection import BOUND, Selection
from pages.components.trends import pickers, trend_view
from pages.components.trends.pickers import ACTION, TrendRequest

NONE_YET: Final = "Nothing is recorded as done at a place here."
CANCELS: Final = (
    "This is set against everywhere else, so a share of rows without a location that moved alike everywhere makes no "
    "difference to it."
)
LEADS_TO: Final = "Record what was done, or say whether it helped"


def show(chosen: Selection, request: TrendRequest, done: list[Response]) -> None:
    """List what was done, and say of one action whether it helped."""
    chrome.subheading("What we did")
    if done:
        st.html(f'<ul class="lc-key lc-told-marks">{"".join(map(_line, done))}</ul>')
        by_letter = {one.letter: one for one in done}
        letter = st.pills("Did it help?", list(by_letter), key=ACTION, bind=BOUND)
        if letter is not None:
            _answer(chosen, request, by_letter[letter])
    else:
        st.html(chrome.quiet(NONE_YET))
    if pickers.may_write():
        st.page_link("did_and_owe.py", label=LEADS_TO)


def _line(one: Response) -> str:
    narrative = f"{say_day(one.day)} · {one.what} · {one.where}"
    return f'<li><b class="lc-letter">{escape(one.letter)}</b>{escape(narrative)}</li>'


def _answer(chosen: Selection, request: TrendRequest, one: Response) -> None:
    try:
        answer = _followed(chosen, request, one)
    except ThinDataError as thin:
        st.html(chrome.notice(str(thin)))
    else:
        st.html(f'<p class="lc-verdict">{escape(answer.sentence)}</p>')
        foot = foot_of(chosen, request.harms[0], chosen.covered)
        title = f"{one.what}: {answer.sentence}"
        caption = chrome.caption(chosen, f"{one.what}: what followed")
        comparison_views.forest(before_after.frame(answer), title=title, caption=caption, foot=foot)
        cancels = chrome.quiet(CANCELS) if trend_view.completeness_html(chosen, request) else ""
        chrome.together(chrome.bullets(answer.more), cancels)


def _followed(chosen: Selection, request: TrendRequest, one: Response) -> BeforeAfter:
    """Return what followed by the areas that are looked at, or by the smallest there are."""
    counts = trend_view.count(chosen, request, request.level or chosen.levels[0])
    return trend_results.what_followed(counts, chosen.covered[-1], request.harms[0], one.id, chosen.asking)
