"""Chips: what is shown, in a row above the headline; what is not as usual can be taken off, or all of it reset."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from geo.areas.reach import USUAL
from geo.calendar import periods
from geo.calendar.usual_periods import usual
from geo.harms import HARM_GROUPS, usual_harms
from geo.views.extent import Where
from geo.views.recorded_elsewhere import COUNTED_IN
from geo.wording import capital
from pages.components.cached import loads
from pages.components.cached.cache_keys import eyes_of
from pages.components.frame import elsewhere, my_school, selection, where
from pages.components.frame.selection import Selection

_BOARD: Final = "As a board would see it"
_REMOVE: Final = ":material/close:"


def show(chosen: Selection, page: str) -> None:
    """Show the chips of a page, with a link that resets all its pickers and keeps the school.

    What is as usual is text in one part of the page, which costs next to nothing at a click; only what is not has a
    button of its own, which takes it off without loading the page anew.
    """
    as_usual, removable = _chips(chosen)
    with st.container(key="chips", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_list(as_usual) + ("" if removable else _reset(chosen, page)), width="content")
        for key, (text, take_off) in removable.items():
            st.button(text, key=f"_chip_{key}", icon=_REMOVE, help=f"Take off: {text}", on_click=take_off)
        if removable:
            st.html(_reset(chosen, page), width="content")


def _chips(chosen: Selection) -> tuple[list[str], dict[str, tuple[str, Callable[[], None]]]]:
    """Return the chips that are only said, and those that can be taken off, by the pickers they belong to."""
    said = [] if chosen.school is None else [chosen.school.name]
    if len(selection.known_datasets(chosen.asking)) > 1:
        said.append(chosen.dataset.title)
    removable: dict[str, tuple[str, Callable[[], None]]] = {}
    if chosen.school is not None and chosen.extent.where is not Where.SCHOOL:
        removable[where.KEY] = (capital(chosen.extent.name), _set({where.KEY: Where.SCHOOL}))
    if chosen.extent.circle is not None and chosen.extent.circle[1] != USUAL:
        removable[where.RADIUS] = (f"Within {chosen.extent.circle[1].words}", _set({where.RADIUS: USUAL.label}))
    if chosen.extent.elsewhere:
        removable[elsewhere.KEY] = (capital(COUNTED_IN), _set({elsewhere.KEY: False}))
    shown = usual(chosen.covered, chosen.dataset.gaps)
    if tuple(shown) == chosen.choice.periods:
        said.append(capital(chosen.period))
    else:
        ends = {"from": periods.say(shown[0]), "to": periods.say(shown[-1])}
        removable["from"] = (capital(chosen.period), _set(ends))
    harms = usual_harms(loads.scope(chosen.dataset, eyes_of(chosen.dataset, chosen.asking)).harms)
    if chosen.choice.harms != harms:
        text = ", ".join(HARM_GROUPS[code] for code in chosen.choice.harms)
        removable["harm"] = (text, _set({"harm": [HARM_GROUPS[code] for code in harms]}))
    if st.session_state.get(loads.AS_BOARD):
        removable[loads.AS_BOARD] = (_BOARD, _set({loads.AS_BOARD: False}))
    return said, removable


def _set(pickers: Mapping[str, str | list[str] | bool]) -> Callable[[], None]:
    def act() -> None:
        for key, value in pickers.items():
            st.session_state[key] = value

    return act


def _list(texts: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul class="lc-chips" aria-label="What is shown">{items}</ul>'


def _reset(chosen: Selection, page: str) -> str:
    """Write the link that opens the page as it opens by itself, for the same school (HTML)."""
    school = my_school.asked_for()
    held = {} if school is None else {my_school.KEY: my_school.label(school, chosen.asking)}
    address = f"{page}?{urlencode(held)}" if held else page
    return f'<a class="lc-reset" href="{escape(address)}" target="_self">Reset</a>'
