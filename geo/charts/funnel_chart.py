"""A funnel: each area's incidents against what is expected of one its size, and how far chance alone takes it."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any, Final

import altair as alt
import pandas as pd

from geo.charts import chart_look as look
from geo.charts.chart_look import Plane, inline, known

TALL: Final = 380  # px
HIGHEST: Final = 4.0  # times what is expected; what lies above is drawn at the edge
LOWEST_TOP: Final = 2.0
WORDS_WIDE: Final = 32  # letters of a name on a line: a phone has room for no more beside a sign

_ROOM: Final = 0.9  # of the smallest area's place, left of it
INSIDE: Final = "#e3edf3"  # between the inner lines
LINES: Final = {"95": [5, 4], "998": [1, 0]}  # dashes by limit
KEY: Final[look.Key] = (
    ("dot", "no more different than chance makes it"),
    ("up-hollow", "higher: beyond the dashed line, as 1 area in 40 is by chance"),
    ("up", "higher: beyond the solid line, as 1 area in 1,000 is by chance"),
    ("down-hollow", "lower: beyond the dashed line"),
    ("down", "lower: beyond the solid line"),
    ("ring", "chosen"),
)
SIGNS: Final = {-2: "down", -1: "down", 0: "", 1: "up", 2: "up"}


def funnel_chart(areas: pd.DataFrame, curves: pd.DataFrame, *, title: str) -> alt.LayerChart:
    """Draw areas in their funnel; none is ranked.

    The horizontal axis is on the scale of square roots, on which chance moves all counts alike: small areas are not
    crushed at the left, and an area of which nothing is expected has a place.

    Parameters
    ----------
    areas
        One row per area: ``label``, ``expected`` (incidents), ``ratio`` (observed over expected), ``told`` (in words),
        ``beyond`` (−2 … 2: beyond the outer limits, the inner ones, or neither) and ``chosen``. An area without a
        figure is left out.
    curves
        The limits over a grid of expected incidents, ascending: ``expected``, ``low95``, ``high95``, ``low998`` and
        ``high998``.
    title
        What the chart says, for those who do not see it.
    """
    rows = [row for row in areas.to_dict("records") if known(row["ratio"]) is not None]
    grid = curves.to_dict("records")
    top = _top(rows)
    sizes = [float(row["expected"]) for row in (*rows, *grid)]
    widest = max(sizes)
    plane = _plane(min(sizes), widest, top)
    drawn = [_drawn(row, top, widest) for row in rows]
    layers = [*_limits(plane, grid), _as_expected(plane), _areas(plane, drawn), *_names(plane, drawn)]
    return look.finished(layers, title, TALL)


def _top(rows: Sequence[Mapping[str, Any]]) -> float:
    highest = max((float(row["ratio"]) for row in rows), default=LOWEST_TOP)
    return min(HIGHEST, max(LOWEST_TOP, 1.1 * highest))


def _plane(narrowest: float, widest: float, top: float) -> Plane:
    along = alt.Axis(tickCount=6, format=",.3~f", labelOverlap=True, labelSeparation=10, grid=False)
    up = alt.Axis(tickCount=5, format=".2~f")
    return Plane(
        x={
            "scale": alt.Scale(type="sqrt", domain=[_ROOM * narrowest, widest / _ROOM**0.5], nice=False),
            "title": "Incidents expected (wider apart where small)",
            "axis": along,
        },
        y={"scale": alt.Scale(domain=[0, top], nice=False), "title": "Times what is expected", "axis": up},
    )


def _drawn(row: Mapping[str, Any], top: float, widest: float) -> dict[str, Any]:
    """Return an area as it is drawn: hollow between the limits, filled beyond both, at the edge where it is off it."""
    beyond, ratio = int(row["beyond"]), float(row["ratio"])
    course = SIGNS[beyond]
    colour = look.COLOURS[course]
    words = [_in_lines(str(row["label"]))] * bool(row["chosen"]) + [f"{ratio:.1f} times"] * (ratio > top)
    return {
        "label": str(row["label"]),
        "words": ", ".join(words),
        "expected": float(row["expected"]),
        "drawn": min(ratio, 0.98 * top),
        "told": str(row["told"]),
        "chosen": bool(row["chosen"]),
        "left": float(row["expected"]) > widest / 4,  # the middle of a scale of square roots
        "shape": look.SHAPES[course],
        "colour": colour,
        "fill": "#ffffff" if abs(beyond) == 1 else colour,
        "size": 80 if course else 34,
    }


def _in_lines(name: str) -> str:
    """Break a long name over lines, first between its neighbourhood and its statistical name."""
    if len(name) <= WORDS_WIDE:
        return name
    return "\n".join(fill(part, WORDS_WIDE) for part in name.replace(" (", "\n(").split("\n"))


def _limits(plane: Plane, grid: Sequence[Mapping[str, Any]]) -> Iterator[alt.Chart]:
    """Draw both pairs of limits, the inner one dashed, cut off at the top of the chart."""
    rows = [{field: known(value) for field, value in row.items()} for row in grid]
    base = inline(rows).encode(x=plane.across("expected"))
    yield base.mark_area(color=INSIDE, clip=True).encode(y=plane.up("low95"), y2=alt.Y2("high95:Q"))
    for limit, dash in LINES.items():
        for end in ("low", "high"):
            line = base.mark_line(color=look.EDGE, strokeWidth=1.25, strokeDash=dash, clip=True)
            yield line.encode(y=plane.up(f"{end}{limit}"))


def _as_expected(plane: Plane) -> alt.Chart:
    return inline([{"one": 1}]).mark_rule(color=look.INK, strokeWidth=1).encode(y=plane.up("one"))


def _areas(plane: Plane, drawn: Sequence[Mapping[str, Any]]) -> alt.Chart:
    return (
        inline(drawn)
        .mark_point(opacity=0.9, strokeWidth=1.25)
        .encode(
            x=plane.across("expected"),
            y=plane.up("drawn"),
            shape=alt.Shape("shape:N", scale=None),
            stroke=alt.Stroke("colour:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            tooltip=[alt.Tooltip("label:N", title="Area"), alt.Tooltip("told:N", title="Incidents")],
        )
    )


def _names(plane: Plane, drawn: Sequence[Mapping[str, Any]]) -> Iterator[alt.Chart]:
    """Draw a ring around each chosen area; write its name, and how far up an area at the edge is, next to it."""
    chosen = [row for row in drawn if row["chosen"]]
    if chosen:
        ring = inline(chosen).encode(x=plane.across("expected"), y=plane.up("drawn"))
        yield ring.mark_point(shape="circle", filled=False, opacity=1, color=look.INK, strokeWidth=2, size=240)
    for left in (False, True):
        some = [row for row in drawn if row["left"] == left and row["words"]]
        base = inline(some).encode(x=plane.across("expected"), y=plane.up("drawn"), text="words:N")
        place: dict[str, Any] = {"align": "right" if left else "left", "dx": -12 if left else 12}
        place |= {"baseline": "middle", "lineBreak": "\n"}
        if some:
            # White around the letters keeps them clear of the lines and points behind them.
            yield base.mark_text(fontWeight="bold", stroke="#ffffff", strokeWidth=3, **place)
            yield base.mark_text(fontWeight="bold", **place)
