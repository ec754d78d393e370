"""What followed, one row for each: a change as a ratio with the range of what it may be, around "no change"."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from geo.charts import chart_look as look
from geo.charts.chart_look import Plane, inline, known

ROW: Final = 46  # px: a line of words and the range below it
AXIS: Final = 40
NARROWEST: Final = 2.0  # the axis goes at least from a half to double …
WIDEST: Final = 8.0  # … and at most from an eighth to 8 times
# Labels by how far the axis goes; a narrow chart leaves every other one out, and never the one in the middle.
LABELS: Final = {
    2: {0.5: "half", 1.0: "no change", 2.0: "double"},
    4: {0.25: "a quarter", 0.5: "half", 1.0: "no change", 2.0: "double", 4.0: "4 times"},
    8: {0.125: "an eighth", 0.5: "half", 1.0: "no change", 2.0: "double", 8.0: "8 times"},
}

KEY: Final[look.Key] = (
    ("dot", "may be no change at all"),
    ("up", "a rise that chance alone would rarely make"),
    ("down", "a fall that chance alone would rarely make"),
    ("range", "how large the change may be (95 % interval)"),
)

Row = dict[str, Any]


def forest_chart(frame: pd.DataFrame, *, title: str) -> alt.LayerChart:
    """Draw changes below each other, each with its words above and its figures at the right.

    The axis is on the scale of logarithms: half lies as far from no change as double. A range that goes on beyond the
    chart ends in an arrow.

    Parameters
    ----------
    frame
        One row per change in order: ``label``, ``ratio`` (1 is no change), ``low`` and ``high`` (the ends of what it
        may be; NaN in all three: too few to say) and ``told`` (all three in words).
    title
        What the chart says, for those who do not see it.
    """
    records = frame.to_dict("records")
    widest = _widest(records)
    rows = [_drawn(number, row, widest) for number, row in enumerate(records)]
    plane = _plane(len(rows), widest)
    layers = [_no_change(plane, rows), *_ranges(plane, rows), *_words(plane, rows)]
    return look.finished(layers, title, ROW * len(rows) + AXIS)


def _widest(rows: Sequence[Mapping[str, Any]]) -> float:
    """Return how many times the axis reaches to either side: as far as the ends do, within reason."""
    ends = [end for row in rows for field in ("ratio", "low", "high") if (end := known(row[field])) is not None]
    reached = [max(end, 1 / end) for end in ends if 0 < end < math.inf]
    return min(WIDEST, max([NARROWEST, *reached])) * 1.05


def _plane(rows: int, widest: float) -> Plane:
    labels = LABELS[max(reach for reach in LABELS if reach <= widest)]
    says = " : ".join(f"datum.value == {value:g} ? '{words}'" for value, words in labels.items())
    along = alt.Axis(
        values=list(labels), labelExpr=f"{says} : ''", grid=False, labelOverlap="parity", labelSeparation=8
    )
    return Plane(
        x={"scale": alt.Scale(type="log", domain=[1 / widest, widest], nice=False), "title": None, "axis": along},
        y={"scale": alt.Scale(domain=[rows, 0], nice=False, zero=False), "title": None, "axis": None},
    )


def _drawn(number: int, row: Mapping[str, Any], widest: float) -> Row:
    """Return a row as it is drawn: its ends no further than the axis goes, its sign by which side of 1 it lies on."""
    ratio, low, high = known(row["ratio"]), known(row["low"]), known(row["high"])
    course = "up" if low is not None and low > 1 else "down" if high is not None and high < 1 else ""

    def within(end: float | None) -> float | None:
        return None if end is None else min(max(end, 1 / widest), widest)

    return {
        "label": str(row["label"]),
        "told": str(row["told"]),
        "words": number + 0.3,
        "middle": number + 0.7,
        "ratio": within(ratio),
        "low": within(low),
        "high": within(high),
        "before": low is not None and low < 1 / widest,
        "after": high is not None and high > widest,
        "shape": look.SHAPES[course],
        "colour": look.COLOURS[course],
    }


def _no_change(plane: Plane, rows: Sequence[Row]) -> alt.Chart:
    """Draw the line of no change at each range, clear of the words above it."""
    pieces = inline([{"one": 1, "top": row["middle"] - 0.22, "foot": row["middle"] + 0.3} for row in rows])
    rule = pieces.mark_rule(color=look.INK, strokeWidth=1.25)
    return rule.encode(x=plane.across("one"), y=plane.up("top"), y2=alt.Y2("foot:Q"))


def _ranges(plane: Plane, rows: Sequence[Row]) -> Iterator[alt.Chart]:
    colour = alt.Color("colour:N", scale=None)
    known_rows = [row for row in rows if row["ratio"] is not None]
    base = inline(known_rows).encode(y=plane.up("middle"), color=colour)
    yield base.mark_rule(strokeWidth=2).encode(x=plane.across("low"), x2=alt.X2("high:Q"))
    for off, end, shape in (("before", "low", "triangle-left"), ("after", "high", "triangle-right")):
        some = [row for row in known_rows if row[off]]
        if some:
            beyond = inline(some).encode(x=plane.across(end), y=plane.up("middle"), color=colour)
            yield beyond.mark_point(shape=shape, filled=True, opacity=1, size=60)
    yield base.mark_point(filled=True, opacity=1, size=110).encode(
        x=plane.across("ratio"),
        shape=alt.Shape("shape:N", scale=None),
        tooltip=[alt.Tooltip("label:N", title="What"), alt.Tooltip("told:N", title="Change")],
    )


def _words(plane: Plane, rows: Sequence[Row]) -> Iterator[alt.Chart]:
    """Write what each row is at the left and its figures at the right; what does not fit is whole in the table."""
    base = inline(rows).encode(y=plane.up("words"))
    room = alt.ExprRef(expr="max(width - 230, 110)")
    yield base.mark_text(align="left", baseline="middle", limit=room).encode(x=alt.value(0), text="label:N")
    figures = base.mark_text(align="right", baseline="middle", fontWeight="bold")
    yield figures.encode(x=alt.value("width"), text="told:N")
