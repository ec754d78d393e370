"""Small charts: one for each harm group and area, those with a change first, each with its sentence."""

from typing import Final

import streamlit as st

from geo.trends import framing
from geo.trends.overview import Chart
from pages.components import chrome, control_chart, trend_choice
from pages.components.selection import BOUND, Selection
from pages.components.trend_choice import Asked
from pages.components.trend_view import Gathered

A_PAGE: Final = 12
COLUMNS: Final = 3
_SIDES: Final = {1: "lc-more", -1: "lc-less", 0: "lc-same"}
_WORDS: Final = {1: "▲ Rise", -1: "▼ Fall", 0: "No change"}


def show(chosen: Selection, asked: Asked, gathered: Gathered) -> None:
    """Show a page of small charts in their order."""
    every = gathered.seen.charts
    pages = -(-len(every) // A_PAGE)
    page = min(pages, st.pagination(pages, key="trend_page", bind=BOUND)) if pages > 1 else 1
    listed = every[(page - 1) * A_PAGE : page * A_PAGE]
    for first in range(0, len(listed), COLUMNS):
        for column, one in zip(st.columns(COLUMNS, gap="small"), listed[first : first + COLUMNS], strict=False):
            with column, st.container(border=True, key=f"trend_card_{one.row}"):
                _card(chosen, asked, gathered, one)
    gaps = bool(gathered.found.cube.missing)
    st.html(control_chart.legend(shaded=True, about=chosen.about, gaps=gaps))


def _card(chosen: Selection, asked: Asked, gathered: Gathered, one: Chart) -> None:
    units, of = gathered.units, gathered.found.seen.units
    harms = asked.harms[one.row // (1 if units is None else len(units))]
    unit = None if units is None else units[one.row % len(units)]
    harm = trend_choice.harm_label(harms)
    where = trend_choice.WHOLE if unit is None else of.names[unit]
    side = _WORDS[one.told.side] if one.speaks else "Too few to say"
    st.html(chrome.card(harm, where, side, _SIDES[one.told.side], one.told.sentence))
    control_chart.show(
        framing.frame(one.judged, one.at),
        title=f"{harm}, {where}: {one.told.sentence}",
        unit=framing.unit(one.judged),
        shaded=gathered.shaded,
        about=chosen.about,
        small=True,
    )
    keys = {trend_choice.HARM: trend_choice.picked_label(harms)}
    if unit is not None:
        keys |= {trend_choice.AREA: of.label_of[of.codes[unit]]}
    words = (
        f"Open {harm.lower()}"
        if unit is None
        else f"Open {where}"
        if len(asked.harms) == 1
        else f"Open {where}, {harm.lower()}"
    )
    st.button(chrome.plain(words), key=f"open_{one.row}", on_click=trend_choice.look_at(**keys))
