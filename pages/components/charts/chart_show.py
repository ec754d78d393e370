"""Charts on a page: each as wide as its place, with the line of its downloads and the key of its signs."""

from collections.abc import Sequence
from html import escape
from typing import Final

import altair as alt
import streamlit as st

from geo.charts.chart_look import Key, key_in_words
from pages.components.charts.chart_downloads import ChartFoot, links

_SIGN: Final = '<span class="lc-sign lc-{}" aria-hidden="true"></span>'  # a class of the style sheet for each sign


def shown(chart: alt.LayerChart, foot: ChartFoot | None = None, key: Key = (), notes: Sequence[str] = ()) -> str:
    """Put a finished chart, whose rows are ``inline``, on the page, as wide as its place is.

    Returns the line of its downloads (HTML), or nothing without a ``foot``; a picture says what the signs of ``key``
    mean in words, and then each of its ``notes``.
    """
    spec = chart.to_dict(validate=False)
    told = [key_in_words(key)] if key else []
    line = "" if foot is None else links(spec, str(chart.description), foot, [*told, *notes])
    st.vega_lite_chart(spec=spec, theme=None, width="stretch")
    return line


def key_html(key: Key) -> str:
    """Write the key of a chart as HTML: each sign and its words, which are escaped."""
    rows = (f"<li>{_SIGN.format(sign)}{escape(words)}</li>" for sign, words in key)
    return f'<ul class="lc-key">{"".join(rows)}</ul>'
