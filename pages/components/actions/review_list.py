"""Reviews of known hotspots that are overdue or due soon, beside what is owed."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Final

import streamlit as st

from geo.register.markers import say_day
from geo.register.owed import PlannedReview
from pages.components.cached import loads
from pages.components.frame import chrome

_SOON: Final = timedelta(days=31)


def show(reviews: Sequence[PlannedReview]) -> None:
    """List the reviews that are overdue or due within a month, and lead to the register."""
    until = loads.asker().today + _SOON
    shown = [one for one in reviews if date.fromisoformat(one.due_on) <= until]
    if not shown:
        return
    chrome.subheading("Reviews of known hotspots")
    items = "".join(f"<li{' class=lc-more' if one.days_late else ''}>{_line(one)}</li>" for one in shown)
    st.html(f'<ul class="lc-findings">{items}</ul>')
    st.page_link("known_hotspots.py", label="Review them on Known hotspots")


def _line(one: PlannedReview) -> str:
    return (
        f"<p><strong>{escape(one.said)}</strong> · Review of {escape(one.name)} · {escape(one.lead)} · "
        f"{escape(say_day(one.due_on))}</p>"
    )
