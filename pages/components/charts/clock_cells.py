"""The school-day clock on a page: the cells of each kind of day, and what their colours mean."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from geo.charts import clock_chart
from pages.components.charts.chart_downloads import ChartFoot
from pages.components.charts.chart_show import shown


def legend(frame: Any, *, unit: str) -> str:
    """Write the colours, each with the highest figure it stands for, as HTML; ``unit`` says what the figures are."""
    items = "".join(
        f'<li><span class="lc-sign lc-swatch" style="background:{fill};border-color:{line}" aria-hidden="true"></span>'
        f"{escape(words)}</li>"
        for fill, line, words in clock_chart.colours(frame)
    )
    return f'<p class="lc-quiet">{escape(unit)}</p><ul class="lc-key">{items}</ul>'


def show(frame: Any, *, title: str, unit: str, foot: ChartFoot | None = None) -> None:
    """Show the clock of each kind of day, bands side by side where the page is wide, and below it the colours."""
    kinds = clock_chart.kinds(frame)
    in_bands = clock_chart.is_in_bands(frame)
    places: Sequence[Any] = st.columns(len(kinds)) if in_bands else [st.container() for _ in kinds]
    for kind, place in zip(kinds, places, strict=True):
        with place:
            st.html(f'<h3 class="lc-kind">{escape(kind)}</h3>')
            chart = clock_chart.clock_chart(frame, kind, title=f"{kind}, {title}")
            pictures = shown(chart, foot, [("", unit.rstrip(":"))])
            if pictures:
                st.html(pictures)
    st.html(legend(frame, unit=unit))
