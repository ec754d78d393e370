"""Base maps as cards: whose each is, how old, what it holds and how large it is; and removing one."""

from html import escape

import streamlit as st

from data.services.opening import open_store
from data.store import base_maps
from data.store.base_maps import BaseMap
from geo.errors import InputError
from geo.register.markers import say_day
from pages.components.cached import loads
from pages.components.cached.base_maps import all_base_maps
from pages.components.datasets.dataset_card import facts
from pages.components.datasets.versions_view import SAID
from pages.components.frame import chrome


def show() -> None:
    """Show each base map, newest first, and let it be removed; nothing where there are none."""
    listed = all_base_maps(loads.asker())
    if listed:
        chrome.subheading("Base maps")
    for one in listed:
        st.html(card(one))
        if loads.is_board():
            continue
        with st.expander(f"Remove “{chrome.plain(one.title)}”"):
            sure = st.checkbox(
                "Maps and walking distances go back to what they were without it.", key=f"_map_sure_{one.id}"
            )
            if st.button("Remove the base map", disabled=not sure, key=f"_map_remove_{one.id}"):
                _remove(one)


def card(one: BaseMap) -> str:
    """Write one base map's card as HTML; every text is escaped."""
    origin = [
        one.source,
        f"edition of {say_day(one.edition)}" if one.edition else "its file tells no date",
        one.attribution,
    ]
    origin += [
        f"{one.size / 1e6:.1f} MB",
        f"added {say_day(one.added_at[:10])} by {one.added_by}",
        f"base map {one.id}",
    ]
    left_out = [f"{why}: {number:,}" for why, number in one.left_out.items()]
    listed = "".join(f"<li>{escape(text)}</li>" for text in (*left_out, *one.notes))
    parts = [
        f"<h3>{escape(one.title)}</h3>",
        f'<p class="lc-quiet">{escape(" · ".join(origin))}</p>',
        facts({what: f"{n:,}" for what, n in sorted(one.counts.items(), key=lambda count: -count[1])}),
        f"<h4>Left out</h4><ul>{listed}</ul>" if listed else "",
    ]
    return f'<section class="lc-block lc-card">{"".join(parts)}</section>'


def _remove(one: BaseMap) -> None:
    try:
        base_maps.remove_base_map(open_store(), loads.who(), one.id)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    st.session_state[SAID] = f"“{one.title}” is removed."
    st.rerun()
