"""Charts that compare, on a page, with what their signs mean: what followed actions, and areas in their funnel."""

from typing import Any, Final

import streamlit as st

from geo.charts import forest_chart, funnel_chart
from pages.components.charts.chart_downloads import ChartFoot
from pages.components.charts.chart_show import key_html, shown
from pages.components.frame.html_tables import Column, html_table
from pages.components.frame.long_tables import as_table

_COLUMNS: Final = (Column("label", "What"), Column("told", "Change"))


def forest(frame: Any, *, title: str, caption: str = "", foot: ChartFoot | None = None) -> None:
    """Show changes, as ``forest_chart`` takes them, and below them what the signs mean, and the same as a table.

    ``caption`` is that of the table, where it says more than ``title``.
    """
    pictures = shown(forest_chart.forest_chart(frame, title=title), foot, forest_chart.KEY)
    table = as_table(title, html_table(caption or title, _COLUMNS, frame.to_dict("records")))
    st.html(key_html(forest_chart.KEY) + pictures + table)


def funnel(areas: Any, curves: Any, *, title: str, foot: ChartFoot | None = None) -> None:
    """Show a funnel, as ``funnel_chart`` takes it, and below it what its signs mean."""
    pictures = shown(funnel_chart.funnel_chart(areas, curves, title=title), foot, funnel_chart.KEY)
    st.html(key_html(funnel_chart.KEY) + pictures)
