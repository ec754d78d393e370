"""Small charts: one for each harm group and area, those with a change first, each with its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from geo.charts import control_chart
from geo.charts.control_chart import ControlChartSpec
from geo.harms import spoken
from geo.trends import chart_data
from geo.trends.overview import Chart
from geo.wording import capital
from pages.components.charts import control_view
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import BOUND, Selection
from pages.components.trends import pickers
from pages.components.trends.pickers import TrendRequest
from pages.components.trends.trend_view import TrendContent

A_PAGE: Final = 12
COLUMNS: Final = 3
TOO_FEW: Final = "Too few to say"
_SIDES: Final = {1: "lc-more", -1: "lc-less", 0: "lc-same"}
_WORDS: Final = {1: "▲ Rise", -1: "▼ Fall", 0: "No change"}


@dataclass(frozen=True)
class Card:
    """A small chart: of which harm and where, its verdict in a word, and what its button says and sets.

    ``compared`` says what the school's district did, where the chart is of a school's surroundings.
    """

    chart: Chart
    harm: str
    where: str
    verdict: str
    opens: str
    keys: dict[str, str]
    compared: str = ""


def show(chosen: Selection, request: TrendRequest, content: TrendContent) -> None:
    """Show a page of small charts in their order, and what they say as a table."""
    every = content.overview.charts
    pages = -(-len(every) // A_PAGE)
    page = min(pages, st.pagination(pages, key="trend_page", bind=BOUND)) if pages > 1 else 1
    shown = range(len(every))[(page - 1) * A_PAGE : page * A_PAGE]
    cards = [_card(request, content, at) for at in shown]
    for first in range(0, len(cards), COLUMNS):
        for column, card in zip(st.columns(COLUMNS, gap="small"), cards[first : first + COLUMNS], strict=False):
            with column, st.container(border=True, key=f"trend_card_{card.chart.row}"):
                _show(chosen, content, card)
    gaps = bool(content.counts.cube.missing)
    hollow = any(one.control_charts.left_out[:, one.at].any() for one in (card.chart for card in cards))
    st.html(control_view.legend(control_chart.key(shaded=True, about=chosen.about, gaps=gaps, hollow=hollow)))
    with st.expander("Show as table"):
        _table(chosen, request, content, cards)


def _card(request: TrendRequest, content: TrendContent, at: int) -> Card:
    one, units, of = content.overview.charts[at], content.units, content.counts.view.units
    harms = request.harms[one.row // (1 if units is None else len(units))]
    harm = pickers.harm_label(harms)
    keys = {pickers.HARM: harm}
    verdict = _WORDS[one.narrative.side] if one.speaks else TOO_FEW
    if units is None or request.level is None:
        where = pickers.WHOLE if units is None else capital(of.names[0])
        compared = content.compared[at] if content.compared else ""
        return Card(one, harm, where, verdict, f"Open {spoken(harm)}", keys, compared)
    unit = units[one.row % len(units)]
    where = of.names[unit]
    opens = f"Open {where}" if len(request.harms) == 1 else f"Open {where}, {spoken(harm)}"
    return Card(one, harm, where, verdict, opens, keys | {pickers.AREA: of.label_of[of.codes[unit]]})


def _show(chosen: Selection, content: TrendContent, card: Card) -> None:
    one = card.chart
    st.html(chrome.card(card.harm, card.where, card.verdict, _SIDES[one.narrative.side], one.narrative.sentence))
    spec = ControlChartSpec(
        chart_data.frame(one.control_charts, one.at),
        title=f"{card.harm}, {card.where}: {one.narrative.in_full}",
        unit=chart_data.unit(one.control_charts),
        shaded=content.shaded,
        about=chosen.about,
        small=True,
    )
    control_view.show(spec)
    chrome.together(chrome.quiet(card.compared) if card.compared else "")
    st.button(chrome.plain(card.opens), key=f"open_{one.row}", on_click=pickers.look_at(**card.keys))


def _table(chosen: Selection, request: TrendRequest, content: TrendContent, cards: Sequence[Card]) -> None:
    columns = (
        Column("harm", "Harm"),
        Column("where", "Where"),
        Column("verdict", "Change"),
        Column("sentence", "What the chart says"),
        Column("value", f"Last {request.unit}"),
        Column("usual", "Usual range"),
        *([Column("compared", "Compared with my district")] if content.compared else []),
    )
    rows = [
        {"harm": card.harm, "where": card.where, "verdict": card.verdict, "sentence": card.chart.narrative.sentence}
        | {"compared": card.compared}
        | chart_data.latest(card.chart.control_charts, card.chart.at)
        for card in cards
    ]
    caption = chrome.caption(chosen, "What these charts say")
    html_tables.show_table(caption, columns, rows, order="those with a change first")
