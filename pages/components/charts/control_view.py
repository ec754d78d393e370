"""Control charts on a page, with what their signs mean."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from geo.charts.chart_look import Key
from geo.charts.control_chart import ControlChartSpec, control_chart, key_of
from geo.charts.control_layout import Phase
from pages.components.charts.chart_downloads import ChartFoot
from pages.components.charts.chart_show import key_html, shown


def legend(key: Key, phases: Sequence[Phase] = ()) -> str:
    """Write what the signs mean as HTML, then why a range was rebased. What marks mean, the page says that has them.

    One legend does for a page of small charts.
    """
    rebases = [f"{phase.label}: {phase.reason}" for phase in phases if phase.reason]
    reasons = [f'<li><span class="lc-sign lc-anew" aria-hidden="true"></span>{escape(words)}</li>' for words in rebases]
    noted = f'<ul class="lc-key lc-noted">{"".join(reasons)}</ul>' if reasons else ""
    return key_html(key) + noted


def show(spec: ControlChartSpec, foot: ChartFoot | None = None) -> None:
    """Show a control chart; below it, unless it is small, its downloads and what its signs mean."""
    key = key_of(spec)
    marks = [f"{mark.letter}: {mark.label}" for mark in spec.marks]
    pictures = shown(control_chart(spec), foot, key, marks)
    if not spec.small:
        st.html(legend(key, spec.phases) + pictures)
