"""Charts, one definition each for screen and print. A missing month is a gap in the line; text goes with colour."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from geo.calendar.months import shift
from geo.calendar.periods import HALVES, between, is_half_term, say, unit_of
from geo.charts.chart_look import FEW, FEW_HERE, INK, SHADE, Key, finished, inline, known
from geo.disclosure import FEWER_THAN, THRESHOLD

LINE: Final = "#2b7ab1"
ABOUT: Final = "Incidents, about"
RATES_KEY: Final[Key] = (("shade", "the chosen periods"),)

# After Okabe and Ito, in an order of clear contrast on white; each line also has its own dash and its name next to it.
SERIES: Final = ("#0072B2", "#D55E00", "#009E73", "#882255", "#56606B", "#B8860B")
DASHES: Final = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [12, 4])

# A long name has its neighbourhood on one line and its statistical name on the next, so that a phone shows both.
_ON_TWO_LINES: Final = "length(datum.label) > 40 ? split(replace(datum.label, ' (', '\\n('), '\\n') : datum.label"
_PERCENT: Final = "format(100 * datum.value, '.0f') + ' %'"
# A missing figure would be compared as 0, and drawn as a few.
_IS_FEW: Final = f"isValid(datum.n) && datum.n < {THRESHOLD}"


def trend(frame: pd.DataFrame, shaded: tuple[str, str], title: str, *, about: bool = False) -> alt.LayerChart:
    """Draw one line over time: a frame of ``period`` and ``n``, the chosen periods shaded.

    Of figures that are ``about``, those under 10 are no points but a band from 0 to 10: where in it is not known.
    """
    base = _base(frame, about=about)
    line = base.mark_line(color=LINE, strokeWidth=1.75)
    points = base.encode(color=alt.value(LINE)).mark_point(filled=True, size=14)
    layers = [_shade(shaded), *_few(frame, base, about=about), line, points]
    return finished(layers, title, 170)


def trend_key(*, about: bool) -> Key:
    """Return what the signs of ``trend`` mean."""
    return [*RATES_KEY, *([("few", FEWER_THAN)] if about else [])]


def rates(frame: pd.DataFrame, shaded: tuple[str, str], title: str, unit: str) -> alt.LayerChart:
    """Draw several lines of rates over time: a frame of ``period``, ``n`` and ``series``, each named in the legend.

    ``unit`` says what the rates are of, for example "Per 1,000 residents".
    """
    names = list(dict.fromkeys(frame["series"]))
    colour = alt.Color(
        "series:N",
        title=None,
        sort=names,
        scale=alt.Scale(domain=names, range=list(SERIES[: len(names)])),
        legend=alt.Legend(
            orient="top",
            columns=1,
            labelLimit=320,
            symbolStrokeWidth=3,
            symbolType="stroke",
            symbolSize=400,
            labelExpr=_ON_TWO_LINES,
        ),
    )
    dash = alt.StrokeDash(
        "series:N", legend=None, sort=names, scale=alt.Scale(domain=names, range=list(DASHES[: len(names)]))
    )
    base = (
        _rows(frame)
        .transform_calculate(told="format(datum.n, '.2f')")
        .encode(
            x=_along(frame),
            y=_up("n:Q", unit),
            tooltip=[_when(frame), alt.Tooltip("series:N", title="Where"), alt.Tooltip("told:N", title=unit)],
        )
    )
    line = base.mark_line(strokeWidth=2).encode(color=colour, strokeDash=dash, detail="series:N")
    layers = [_shade(shaded), line, base.encode(color=colour).mark_point(filled=True, size=16)]
    return finished(layers, title, 340)


def shares(points: Sequence[Mapping[str, str | float | None]], names: list[str], title: str) -> alt.LayerChart:
    """Draw several lines of shares over time, each with its own dash; the first of ``names`` stands out.

    A point has ``period`` (in words), ``series`` (its name) and ``share`` (0 to 1; None is a gap in the line).
    """
    colours, dashes = list(SERIES[: len(names)]), list(DASHES[: len(names)])
    # One legend tells both: without the dash each line would be told by its colour alone.
    legend = alt.Legend(orient="top", columns=1, symbolType="stroke", symbolStrokeWidth=3, symbolSize=700)
    colour = alt.Color("series:N", title=None, sort=names, scale=alt.Scale(domain=names, range=colours), legend=legend)
    dash = alt.StrokeDash(
        "series:N", title=None, sort=names, scale=alt.Scale(domain=names, range=dashes), legend=legend
    )
    # A half-term is written on two lines: "Autumn 1" above "2024/25".
    axis = alt.Axis(
        labelExpr="split(datum.value, ', ')", labelAngle=0, labelOverlap="parity", labelSeparation=12, grid=False
    )
    rows = [{**point, "held": _percent(point["share"])} for point in points]
    base = inline(rows).encode(
        x=alt.X("period:O", title=None, sort=None, axis=axis),
        y=alt.Y("share:Q", title="Held by the top areas", axis=alt.Axis(labelExpr=_PERCENT, tickCount=4)),
        color=colour,
        tooltip=[
            alt.Tooltip("period:O", title="When"),
            alt.Tooltip("series:N", title="By"),
            alt.Tooltip("held:N", title="Held"),
        ],
    )
    width = alt.condition(alt.datum.series == names[0], alt.value(3.5), alt.value(1.75))
    drawn = base.mark_line().encode(strokeDash=dash, strokeWidth=width)
    return finished([drawn], title, 380)


def _percent(share: str | float | None) -> str:
    return f"{100 * share:.0f} %" if isinstance(share, float) else "no figures"


def bars(frame: pd.DataFrame, label: str, title: str, *, about: bool = False) -> alt.LayerChart:
    """Draw one bar per row: a frame of ``label`` and ``n``, each with its number beside it."""
    base = _in_words(_rows(frame), about=about).encode(
        y=alt.Y(f"{label}:N", sort=None, title=None, axis=alt.Axis(labelLimit=230, domain=False, ticks=False)),
        x=alt.X("n:Q", axis=None, scale=alt.Scale(domainMin=0)),
        tooltip=[alt.Tooltip(f"{label}:N", title="What"), alt.Tooltip("told:N", title="Incidents")],
    )
    numbers = base.mark_text(align="left", dx=4, color=INK).encode(text="told:N")
    layers = [base.mark_bar(color=LINE, height={"band": 0.7}), numbers]
    return finished(layers, title, max(40, 26 * len(frame)))


def _rows(frame: pd.DataFrame) -> alt.Chart:
    """Begin layers of the rows of a frame; a missing figure is drawn nowhere."""
    return inline([{**row, "n": known(row["n"])} for row in frame.to_dict("records")])


def _base(frame: pd.DataFrame, *, about: bool) -> alt.Chart:
    title = ABOUT if about else f"Incidents a {unit_of(frame['period'])}"
    return _in_words(_rows(frame), about=about).encode(
        x=_along(frame), y=_up("drawn:Q", title), tooltip=[_when(frame), alt.Tooltip("told:N", title="Incidents")]
    )


def _along(frame: pd.DataFrame) -> alt.X:
    return _time(frame) if unit_of(frame["period"]) == "half-term" else _MONTHS


def _up(field: str, title: str) -> alt.Y:
    axis = alt.Axis(tickCount=4, format=",.3~f")
    return alt.Y(field, title=title, scale=alt.Scale(zero=True, nice=True), axis=axis)


def _when(frame: pd.DataFrame) -> alt.Tooltip:
    if unit_of(frame["period"]) == "half-term":
        return alt.Tooltip("period:N", title="Half-term")
    return alt.Tooltip("utcyearmonth(period):T", title="Month", format="%b %Y")


# Months are read as UTC, or a reader west of Greenwich would see each a month early.
_MONTHS: Final = alt.X(
    "utcyearmonth(period):T",
    title=None,
    axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=6, labelOverlap=True, labelSeparation=12, grid=False),
)


def _time(frame: pd.DataFrame) -> alt.X:
    """Return the axis of half-terms, evenly apart: the first of each school year has the year below it."""
    labels = {period: _short(period) for period in dict.fromkeys(frame["period"])}
    axis = alt.Axis(
        labelExpr=f"{json.dumps(labels)}[datum.value]", labelAngle=0, labelOverlap="parity", labelAlign="left",
        tickBand="center", grid=False,
    )  # fmt: skip
    return alt.X("period:O", title=None, axis=axis)


def _short(period: str) -> list[str]:
    half, year = say(period).split(", ")
    name = half.replace("Autumn", "Aut").replace("Spring", "Spr").replace("Summer", "Sum")
    return [name, year] if half == HALVES[0] else [name]


def _in_words(chart: alt.Chart, *, about: bool) -> alt.Chart:
    """Add each figure in words, and where it is drawn: one under 10 is drawn nowhere, as nobody is told where."""
    if not about:
        return chart.transform_calculate(drawn="datum.n", told="format(datum.n, ',')")
    return chart.transform_calculate(
        drawn=f"{_IS_FEW} ? null : datum.n",
        told=f"{_IS_FEW} ? '{FEWER_THAN}' : 'about ' + format(datum.n, ',')",
    )


def _few(frame: pd.DataFrame, base: alt.Chart, *, about: bool) -> list[alt.Chart]:
    """Draw what is fewer than 10 as what it may be, and name it; nothing where every figure is told."""
    if not about or not (frame["n"] < THRESHOLD).any():
        return []
    blocks = base.transform_filter(_IS_FEW).transform_calculate(foot="0", ceiling=str(THRESHOLD))
    here = blocks.mark_bar(color=FEW_HERE, width={"band": 1}).encode(y=_up("foot:Q", ABOUT), y2=alt.Y2("ceiling:Q"))
    band = alt.Chart(alt.InlineData(values=[{"foot": 0, "ceiling": THRESHOLD, "name": FEWER_THAN}]))
    name = band.mark_text(align="left", baseline="bottom", dx=4, dy=-2, color=INK)
    return [
        band.mark_rect(color=FEW).encode(y=alt.Y("foot:Q"), y2=alt.Y2("ceiling:Q")),
        here,
        name.encode(y=alt.Y("ceiling:Q"), text="name:N", x=alt.value(0)),
    ]


def _shade(shaded: tuple[str, str]) -> Any:
    """Shade the chosen periods, months from half a month before the first point to half a month after the last."""
    first, last = shaded
    if is_half_term(first):
        inside = [{"period": period} for period in between(first, last)]
        return alt.Chart(alt.InlineData(values=inside)).mark_bar(color=SHADE, width={"band": 1}).encode(x="period:O")
    ends = {"first": f"{shift(first, -1)}-16", "last": f"{last}-16"}
    return (
        alt.Chart(alt.InlineData(values=[ends]))
        .mark_rect(color=SHADE, opacity=1, clip=True)
        .encode(x=alt.X("utcyearmonthdate(first):T"), x2=alt.X2("utcyearmonthdate(last):T"))
    )
