"""The pickers of the list of known hotspots: its filters, its order, and the words that are looked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from geo.harms import HARM_GROUPS
from geo.register.closed_lists import LEADS, RAGS, RELIABILITIES
from geo.register.place_types import STATUSES
from geo.register.register_list import STATE_WORDS, ListedHotspot, ListFilters
from pages.components.frame.folded_pickers import folded_pickers
from pages.components.frame.selection import BOUND

_STATUS_LABELS: Final = {status.capitalize(): status for status in STATUSES}
_RAG_LABELS: Final = {code.capitalize(): code for code in RAGS}
_HARM_LABELS: Final = {words: code for code, words in HARM_GROUPS.items()}
_STATE_LABELS: Final = {words.capitalize(): code for code, words in STATE_WORDS.items()}
_LAST: Final = "\uffff"
PRESSING: Final = "Most pressing first"
_ORDERS: Final[dict[str, Callable[[ListedHotspot], Any] | None]] = {
    PRESSING: None,
    "Name": lambda one: one.entry.name.casefold(),
    "Type": lambda one: one.entry.place_type,
    "Harm": lambda one: list(HARM_GROUPS).index(one.entry.harm),
    "Status": lambda one: STATUSES.index(one.entry.status),
    "RAG": lambda one: list(RAGS).index(one.entry.rag) if one.entry.rag else len(RAGS),
    "Data": lambda one: list(STATE_WORDS).index(one.state) if one.state else len(STATE_WORDS),
    "Reliability": lambda one: (
        list(RELIABILITIES).index(one.entry.reliability) if one.entry.reliability else len(RELIABILITIES)
    ),
    "Led by": lambda one: LEADS.get(one.entry.led_by or "", _LAST),
    "Distance": lambda one: float("inf") if one.metres is None else one.metres,
}
KEYS: Final = ("known_status", "known_rag", "known_harm", "known_state", "overdue", "known_sort")


@dataclass(frozen=True)
class HotspotListRequest:
    """What a reader asks of the list: its filters, and the name of its order."""

    filters: ListFilters
    order: str

    def sorted(self, listed: Sequence[ListedHotspot]) -> list[ListedHotspot]:
        """Return entries in the order that is asked for; those that are alike stay most pressing first."""
        by = _ORDERS[self.order]
        return list(listed) if by is None else sorted(listed, key=by)


EVERYTHING: Final = HotspotListRequest(ListFilters(), PRESSING)


def pick(*, has_school: bool) -> HotspotListRequest:
    """Draw the pickers, which the address holds; what is typed to be looked for stays out of it."""
    with folded_pickers("known_pickers"):
        words = st.text_input("Name or reference", key="known_find", max_chars=80)
        statuses = _several("Status", _STATUS_LABELS, "known_status")
        rags = _several("RAG", _RAG_LABELS, "known_rag")
        harms = _several("Harm", _HARM_LABELS, "known_harm")
        states = _several("Data", _STATE_LABELS, "known_state")
        orders = [name for name in _ORDERS if has_school or name != "Distance"]
        order = st.selectbox("Order", orders, key="known_sort", bind=BOUND)
        overdue = st.toggle("Overdue only", key="overdue", bind=BOUND)
    return HotspotListRequest(ListFilters(statuses, rags, harms, states, overdue, words or ""), order)


def _several(label: str, codes: dict[str, str], key: str) -> tuple[str, ...]:
    chosen = st.multiselect(label, list(codes), key=key, bind=BOUND, placeholder="All")
    return tuple(codes[one] for one in chosen)
