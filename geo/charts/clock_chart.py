"""The school-day clock: incidents by weekday and by band of the day or hour, for each kind of day by itself."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import altair as alt
import pandas as pd

from geo.charts import chart_look as look
from geo.charts.chart_look import inline, known
from geo.disclosure import FEWER_THAN, THRESHOLD
from geo.maps.classes import INK as DARK
from geo.maps.classes import NO_DATA_FILL, NO_DATA_LINE, RAMP, TEXT_ON_RAMP, ZERO_FILL, ZERO_LINE

BAND: Final = 30  # px, the height of a row of cells
HOUR: Final = 24
AROUND: Final = 26  # px, the names of the columns
MOST_BANDS: Final = 12  # more slots than this are hours, and stand side by side
ROOM: Final = 30  # px, the width of a cell that has room for its figure

Row = dict[str, Any]


class CellColour(NamedTuple):
    """A colour of a clock: how a cell is filled and edged, and which figures it stands for."""

    fill: str
    line: str
    words: str


def clock_chart(frame: pd.DataFrame, kind: str, *, title: str) -> alt.LayerChart:
    """Draw the cells of one kind of day, in colours that mean the same for all kinds in the frame.

    Bands of the day stand below each other, with a column for each weekday; hours stand side by side, with a row for
    each weekday, and have their figures where a cell is wide enough.

    Parameters
    ----------
    frame
        One row per cell, in the order in which days and slots are read: ``kind`` ("Term", "Holiday"), ``day``,
        ``slot`` (both in words), ``value`` (NaN: there is no such day), ``told`` (the value in words) and ``weak``
        (too few to say).
    kind
        Which of the kinds is drawn.
    title
        What the chart says, for those who do not see it.
    """
    rows = frame.to_dict("records")
    most = _most(rows)
    cells = [_cell(row, most) for row in rows if row["kind"] == kind]
    days, slots = _names(cells, "day"), _names(cells, "slot")
    hours = len(slots) > MOST_BANDS
    across, down = ("slot", "day") if hours else ("day", "slot")
    base = inline(cells).encode(x=_across(across, slots if hours else days), y=_down(down, days if hours else slots))
    room = alt.ExprRef(expr=f"width / {len(slots)} < {ROOM} ? 0 : 1") if hours else alt.Undefined
    figures = base.mark_text(baseline="middle", opacity=room).encode(
        text="figure:N", color=alt.Color("ink:N", scale=None), tooltip=_tooltip()
    )
    height = (HOUR * len(days) if hours else BAND * len(slots)) + AROUND
    return look.finished([_cells(base), figures], title, height)


def colours(frame: pd.DataFrame) -> list[CellColour]:
    """Return the colours of a clock's cells, each with the highest figure it stands for."""
    rows = frame.to_dict("records")
    most, cells = _most(rows), [_cell(row, _most(rows)) for row in rows]
    looks = [CellColour(ZERO_FILL, ZERO_LINE, "none")] if any(cell["fill"] == ZERO_FILL for cell in cells) else []
    steps = [most * (number + 1) / len(RAMP) for number in range(len(RAMP))] if most else []
    looks += [CellColour(fill, fill, f"up to {_say(step)}") for fill, step in zip(RAMP, steps, strict=False)]
    if any(cell["fill"] == NO_DATA_FILL for cell in cells):
        looks.append(CellColour(NO_DATA_FILL, NO_DATA_LINE, "too few to say"))
    return looks


def kinds(frame: pd.DataFrame) -> list[str]:
    """Return the kinds of day that a clock is of, each a chart of its own."""
    return _names(frame.to_dict("records"), "kind")


def is_in_bands(frame: pd.DataFrame) -> bool:
    """Say whether a clock is of bands of the day, which stand side by side where hours do not."""
    return len(_names(frame.to_dict("records"), "slot")) <= MOST_BANDS


def _names(rows: Sequence[Mapping[str, Any]], field: str) -> list[str]:
    return list(dict.fromkeys(row[field] for row in rows))


def _most(rows: Sequence[Mapping[str, Any]]) -> float:
    """Return the highest figure that is strong enough to be told by its colour."""
    return max((value for row in rows if not row["weak"] and (value := known(row["value"]))), default=0.0)


def _cell(row: Mapping[str, Any], most: float) -> Row:
    """Return a cell with its colour, in equal steps up to the highest of all, and its figure in an ink that shows."""
    value = known(row["value"])
    fill, line, ink = NO_DATA_FILL, NO_DATA_LINE, DARK
    if value is None:
        fill = ZERO_FILL
    elif not row["weak"] and value > 0:
        step = min(len(RAMP) - 1, int(len(RAMP) * value / most))
        fill, line, ink = RAMP[step], RAMP[step], TEXT_ON_RAMP[step]
    elif not row["weak"]:
        fill, line = ZERO_FILL, ZERO_LINE
    return {
        "day": row["day"],
        "slot": row["slot"],
        "told": row["told"],
        "figure": "–" if value is None else _short(str(row["told"])),
        "fill": fill,
        "line": line,
        "ink": ink,
    }


def _say(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.2g}"


def _short(words: str) -> str:
    """Shorten a protected figure to the room of a cell; the table has it in full."""
    return words.replace(FEWER_THAN, f"<{THRESHOLD}").removeprefix("about ")


def _across(field: str, names: list[str]) -> alt.X:
    short = "slice(datum.value, 0, 3)" if field == "day" else "slice(datum.value, 0, 5)"
    axis = alt.Axis(
        orient="top", labelAngle=0, labelExpr=short, labelOverlap="parity", labelSeparation=6, ticks=False,
        domain=False, labelPadding=6,
    )  # fmt: skip
    return alt.X(f"{field}:N", sort=names, title=None, axis=axis, scale=alt.Scale(paddingInner=0.06, paddingOuter=0))


def _down(field: str, names: list[str]) -> alt.Y:
    axis = alt.Axis(ticks=False, domain=False, labelPadding=6, labelLimit=140)
    return alt.Y(f"{field}:N", sort=names, title=None, axis=axis, scale=alt.Scale(paddingInner=0.08, paddingOuter=0))


def _cells(base: alt.Chart) -> alt.Chart:
    return base.mark_rect(strokeWidth=1).encode(
        color=alt.Color("fill:N", scale=None),
        stroke=alt.Stroke("line:N", scale=None),
        tooltip=_tooltip(),
    )


def _tooltip() -> list[alt.Tooltip]:
    named = {"day": "Day", "slot": "Time", "told": "Incidents"}
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in named.items()]
