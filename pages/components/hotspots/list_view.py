"""The list of known hotspots with its map, and the detected clusters that are not on the register."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from geo.areas.proximity import Place
from geo.register.concern import Concern
from geo.register.register_list import ListedHotspot, Pressing, filter_list
from geo.wording import how_many
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome
from pages.components.hotspots import list_pickers, register_map, register_table
from pages.components.hotspots.list_pickers import HotspotListRequest
from pages.components.next_steps import proposal

COMPARING: Final = "Comparing with the data…"
_KEPT: Final = ("school", "board", *list_pickers.KEYS)
_UNFOLDED: Final = 5  # clusters that are not folded
_EMPTY: Final = (
    "A register is the list of places where professionals know that children come to harm: what each place is, what "
    "concerns people there, who leads on it, and when it is looked at again. It holds places, never people. Begin with "
    "one that everybody in the staff room would name."
)
_OF_REGISTER: Final = "From your organisation’s own register"
_OF_DATA: Final = "compared with what may be shared of the data: published points, and released counts of zones"
_NONE_FITS: Final = "No known hotspot fits these filters."


def standing(listed: Sequence[ListedHotspot], *, searched: bool) -> str:
    """Say what the list is of, and that it is being compared until clusters are ``searched`` for (HTML)."""
    if not searched:
        return f'<p class="lc-quiet" role="status">{COMPARING}</p>'
    closed = sum(one.pressing is Pressing.CLOSED for one in listed)
    parts = [_OF_REGISTER, *([f"{closed} closed"] if closed else []), _OF_DATA]
    return chrome.quiet(" · ".join(parts)) if listed else ""


def show_list(listed: Sequence[ListedHotspot], request: HotspotListRequest, *, compared: bool) -> None:
    """Show the entries that are asked for, with their states once they are ``compared`` with data."""
    if not listed:
        return
    shown = request.sorted(filter_list(listed, request.filters))
    if not shown:
        st.html(chrome.notice(_NONE_FITS))
        return
    below = chrome.quiet(f"{len(shown)} of {len(listed)} known hotspots.") if len(shown) < len(listed) else ""
    st.html(register_table.table_html(shown, _KEPT, compared=compared) + below)


def show_map(
    listed: Sequence[ListedHotspot],
    request: HotspotListRequest,
    clusters: Sequence[Concern],
    school: Place | None,
    asking: Asker,
) -> None:
    """Show the entries that are asked for on the map, and the clusters that are not on the register."""
    shown = [one.entry for one in filter_list(listed, request.filters)]
    register_map.show_register(shown, clusters, school, asking, height=register_map.HEIGHT)


def show_unregistered(clusters: Sequence[Concern], *, board: bool) -> None:
    """List the detected clusters that no entry explains, each with the button that proposes it."""
    if not clusters:
        return
    chrome.subheading("Not on the register")
    said = how_many(len(clusters), "detected cluster has", "detected clusters have")
    st.html(
        chrome.quiet(f"{said} no entry near by for that kind of harm. Detected is not known: check it with people.")
    )
    for number, one in enumerate(clusters[:_UNFOLDED], start=1):
        _cluster(number, one, board=board)
    if len(clusters) > _UNFOLDED:
        with st.expander(how_many(len(clusters) - _UNFOLDED, "more cluster", "more clusters")):
            for number, one in enumerate(clusters[_UNFOLDED:], start=_UNFOLDED + 1):
                _cluster(number, one, board=board)


def show_empty(*, board: bool) -> None:
    """Say what a register is, and how to begin one."""
    st.html(f"<p>{escape(_EMPTY)}</p>")
    if board:
        st.html(chrome.quiet(chrome.NOTHING_TO_CHANGE))


def _cluster(number: int, concern: Concern, *, board: bool) -> None:
    with st.container(key=f"unregistered_{number}"):
        st.html(
            f'<div class="lc-told"><span class="lc-letter">{number}</span> <strong>{escape(concern.name)}</strong>'
            f'<span class="lc-there">{escape(concern.sentence)}</span></div>'
        )
        if not board and st.button("Propose as hotspot", key=f"propose_cluster_{number}", help=concern.name):
            proposal.propose(concern)
