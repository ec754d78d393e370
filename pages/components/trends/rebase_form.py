"""Rebasing a chart: a form by which a person lets its usual range start again, with a reason, and undoes that."""

from datetime import date
from html import escape
from typing import Final

import streamlit as st

from data.services.opening import open_store
from data.store import rebases
from data.store.rebases import Rebased
from geo.calendar import periods as p
from geo.errors import InputError
from geo.register.markers import say_day
from geo.trends.rebase import concerning, harm_key
from pages.components.cached import loads, trend_results
from pages.components.frame import chrome
from pages.components.frame.selection import Selection
from pages.components.trends.pickers import TrendRequest
from pages.components.trends.trend_view import TrendContent

LONGEST: Final = 200
WHY: Final = (
    "The usual range stays as its first periods set it, so that a slow change shows. Reset the baseline only when you "
    "know what changed for good, as when the police changed how they record. What lies before stays as it was."
)


def offer(chosen: Selection, request: TrendRequest, content: TrendContent) -> None:
    """Offer to rebase the limits of the chart, and list where that was done."""
    rebased_at = trend_results.rebases_of(chosen.dataset, chosen.asking)
    (level, area), begins = content.place, _begins(content)
    if not begins:
        return  # a single period leaves nothing to rebase from
    with st.expander("Reset the baseline"):
        st.html(chrome.quiet(WHY))
        for one in concerning(rebased_at, request.harms[0], level, area):
            _listed(one)
        with st.form("limits_anew", border=False):
            first = st.selectbox("From", list(begins)[::-1])
            reason = st.text_input("Why", max_chars=LONGEST, placeholder="For example: a new way of recording")
            if st.form_submit_button("Reset it", type="primary"):
                _begin(chosen, request, (level, area), begins[first], reason)


def _begins(content: TrendContent) -> dict[str, date]:
    """Return the first day of every period but the first, by its words; one without any days has none."""
    counts = content.counts
    days = {p.say(one): counts.firsts[at].item() for at, one in enumerate(counts.cube.periods) if at}
    return {words: day for words, day in days.items() if day is not None}


def _listed(one: Rebased) -> None:
    everywhere = "" if one.area else " (all areas)"
    narrative = (
        f"From {say_day(one.first_day)}{everywhere}: {one.reason}. Set by {one.added_by}, {say_day(one.added_at[:10])}."
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"anew_{one.id}"):
        st.html(f'<p class="lc-told">{escape(narrative)}</p>')
        if st.button("Undo this reset", key=f"withdraw_{one.id}"):
            rebases.withdraw(open_store(), loads.who(), one.id)
            st.rerun()


def _begin(chosen: Selection, request: TrendRequest, where: tuple[str, str], first: date, reason: str) -> None:
    harm = harm_key(request.harms[0])
    try:
        rebases.rebase(open_store(), loads.who(), chosen.dataset.id, harm, *where, first, reason)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.rerun()
