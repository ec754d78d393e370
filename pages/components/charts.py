"""Charts, one definition each for screen and print. A missing month is a gap in the line; text stands beside colour."""

from typing import Any, Final

import altair as alt
import streamlit as st

from geo.months import shift

INK: Final = "#33454c"
LINE: Final = "#2b7ab1"
SHADE: Final = "#e8eef0"

# After Okabe and Ito, in an order of clear contrast on white; each line also has its own dash and its name beside it.
SERIES: Final = ("#0072B2", "#D55E00", "#009E73", "#882255", "#56606B", "#B8860B")
DASHES: Final = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [12, 4])
MOST_SERIES: Final = len(SERIES)


def trend(frame: Any, shaded: tuple[str, str], title: str, height: int = 170) -> None:
    """Draw one monthly line: a frame of ``month`` and ``n``, the chosen months shaded."""
    line = _base(frame).mark_line(color=LINE, strokeWidth=1.75)
    points = _base(frame).mark_point(color=LINE, filled=True, size=14)
    _show(_shade(shaded) + line + points, title, height)


def trends(frame: Any, shaded: tuple[str, str], title: str, height: int = 340) -> None:
    """Draw several monthly lines: a frame of ``month``, ``n`` and ``series``, each named in the legend."""
    names = list(dict.fromkeys(frame["series"]))
    colour = alt.Color(
        "series:N",
        title=None,
        sort=names,
        scale=alt.Scale(domain=names, range=list(SERIES[: len(names)])),
        legend=alt.Legend(
            orient="top", columns=1, labelLimit=320, symbolStrokeWidth=3, symbolType="stroke", symbolSize=400
        ),
    )
    dash = alt.StrokeDash(
        "series:N", legend=None, sort=names, scale=alt.Scale(domain=names, range=list(DASHES[: len(names)]))
    )
    line = _base(frame).mark_line(strokeWidth=2).encode(color=colour, strokeDash=dash, detail="series:N")
    points = _base(frame).mark_point(filled=True, size=16).encode(color=colour)
    _show(_shade(shaded) + line + points, title, height)


def bars(frame: Any, label: str, title: str) -> None:
    """Draw one bar per row: a frame of ``label`` and ``n``, each with its number beside it."""
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{label}:N", sort=None, title=None, axis=alt.Axis(labelLimit=230, domain=False, ticks=False)),
        x=alt.X("n:Q", axis=None, scale=alt.Scale(domainMin=0)),
        tooltip=[alt.Tooltip(f"{label}:N", title="What"), alt.Tooltip("n:Q", title="Incidents", format=",")],
    )
    numbers = base.mark_text(align="left", dx=4, color=INK).encode(text=alt.Text("n:Q", format=","))
    _show(base.mark_bar(color=LINE, height={"band": 0.7}) + numbers, title, max(40, 26 * len(frame)))


def _base(frame: Any) -> alt.Chart:
    return alt.Chart(frame).encode(
        # Months are read as UTC, or a reader west of Greenwich would see each a month early.
        x=alt.X(
            "utcyearmonth(month):T",
            title=None,
            axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=6, labelOverlap=True, labelSeparation=12, grid=False),
        ),
        y=alt.Y(
            "n:Q",
            title="Incidents a month",
            scale=alt.Scale(zero=True, nice=True),
            axis=alt.Axis(tickCount=4, tickMinStep=1, format=",.0f"),
        ),
        tooltip=[
            alt.Tooltip("utcyearmonth(month):T", title="Month", format="%b %Y"),
            alt.Tooltip("n:Q", title="Incidents", format=","),
        ],
    )


def _shade(months: tuple[str, str]) -> Any:
    """Shade the chosen months, from half a month before the first point to half a month after the last."""
    ends = {"first": f"{shift(months[0], -1)}-16", "last": f"{months[1]}-16"}
    return (
        alt.Chart(alt.InlineData(values=[ends]))
        .mark_rect(color=SHADE, opacity=1, clip=True)
        .encode(x=alt.X("utcyearmonthdate(first):T"), x2=alt.X2("utcyearmonthdate(last):T"))
    )


def _show(chart: alt.LayerChart, title: str, height: int) -> None:
    described = chart.properties(height=height, description=title, background="transparent").configure_view(stroke=None)
    st.altair_chart(described, theme=None, width="stretch")
