"""A control chart: figures period by period against what is usual, with what stands out, and what was done when."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd

from geo.charts import chart_look as look
from geo.charts import control_layout as layout
from geo.charts.chart_look import Plane, inline, known
from geo.charts.control_layout import Head, Mark, Phase
from geo.disclosure import FEWER_THAN, THRESHOLD

ROOM: Final = 250  # px, the height of the curve
SMALL: Final = 120  # px, of a small chart with all there is
FOOT: Final = 34  # px below the curve: the labels of the axis, on two lines
SMALL_FOOT: Final = 20

NO_FIGURES: Final = "no figures"
UNDER: Final = f"<{THRESHOLD}"  # in little room
MOST_LABELS: Final = 16  # along a wide chart; a narrow one leaves every other out
MOST_LABELS_SMALL: Final = 4

Row = dict[str, Any]


@dataclass(frozen=True)
class ControlChartSpec:
    """What a control chart shows.

    Attributes
    ----------
    frame
        One row per period in order: ``order`` (0, 1, …), ``label`` (the period in words), ``axis`` (its short label;
        the year is its last line), ``value`` (NaN: no figures), ``told`` (the value in words), ``few`` (under what may
        be told), ``threshold`` (the value under which it would be; NaN: every value may be told), ``centre``, ``low``,
        ``high`` (NaN: none), ``course`` ("", "up" or "down"), ``left_out`` (was too odd to set the usual range: drawn
        hollow) and ``why`` (in words).
    title
        What the chart says, for those who do not see it.
    unit
        What the vertical axis counts, for example "Incidents a month".
    marks, phases
        What was done when, and which periods set the usual range; from the second phase on it was rebased.
    shaded
        First and last period that are chosen.
    about
        The figures are protected: one under 10 is no point, but a part of the band of what is under 10.
    small
        One of many: lower, with few labels and no words in the chart.
    """

    frame: pd.DataFrame
    title: str
    unit: str
    marks: Sequence[Mark] = ()
    phases: Sequence[Phase] = ()
    shaded: tuple[int, int] | None = None
    about: bool = False
    small: bool = False


def control_chart(spec: ControlChartSpec) -> alt.LayerChart:
    """Draw figures in their order with the range that is usual."""
    small = spec.small
    head = Head(spec.marks, spec.phases, len(spec.frame), small)
    room = SMALL - SMALL_FOOT if small else ROOM + head.height
    rows = [_drawn(row, small=small) for row in spec.frame.to_dict("records")]
    few = [*layout.few(rows)]
    band = [*layout.band(rows)] if few else []
    most = _most(rows)
    top = 1.04 * most * room / (room - head.height)
    plane = _plane(rows, most, top, spec.unit, small=small)
    rebased = [phase.first for phase in spec.phases[1:]]

    def level(px: float) -> float:
        """Return the figure at whose height something so many px below the top is."""
        return top * (1 - px / room)

    layers = [
        _surfaces(plane, [*layout.behind(rows, spec.shaded, level(head.height)), *band]),
        *_few(plane, few, spec.unit, small=small),
        *_lines(plane, [*layout.usual(rows, rebased), *layout.placed(head.lines, level)]),
        *_figures(plane, rows, spec.unit, small=small),
        *_badges(plane, [*layout.placed(head.badges, level)]),
        *_words(plane, [*layout.placed(head.words, level)]),
        *(() if small else _named(plane, rows, few, top=top)),
    ]
    return look.finished(layers, spec.title, room + (SMALL_FOOT if small else FOOT))


def key_of(spec: ControlChartSpec) -> look.Key:
    """Return what the signs of a control chart mean; what its marks mean, their letters and labels say."""
    gaps = any(known(value) is None for value in spec.frame["value"])
    hollow = bool(spec.frame["left_out"].any())
    return key(shaded=spec.shaded is not None, about=spec.about, gaps=gaps, hollow=hollow)


def key(*, shaded: bool = False, about: bool = False, gaps: bool = False, hollow: bool = False) -> look.Key:
    """Return what the signs of control charts mean, where some have what is chosen, protected figures, gaps or such."""
    items = [
        ("dot", "in line with what is usual"),
        ("up", "a change to more incidents, worth asking about"),
        ("down", "a change to fewer incidents"),
        ("usual", "usual range, with its middle dashed"),
    ]
    items += [("up-hollow", "hollow: left out when the usual range was set")] if hollow else []
    items += [("few", f"{FEWER_THAN} ({UNDER}): how many is not told")] if about else []
    items += [("missing", NO_FIGURES)] if gaps else []
    return [*items, *([("shade", "the chosen periods")] if shaded else [])]


def _drawn(row: Mapping[str, Any], *, small: bool) -> Row:
    """Return a row as it is drawn: where, and in which shape and colour; what is not told has no point and no line."""
    course, value = str(row["course"]), known(row["value"])
    plain, signal = (9, 42) if small else (22, 80)
    return {
        "order": int(row["order"]),
        "label": str(row["label"]),
        "axis": row["axis"],
        "value": value,
        "drawn": None if row["few"] else value,
        "few": bool(row["few"]) and value is not None,
        "ceiling": known(row["threshold"]),
        "told": str(row["told"]),
        "said": f"{row['told']} ({row['label']})",
        "why": str(row["why"]) or "nothing unusual",
        "limits": (known(row["low"]), known(row["centre"]), known(row["high"])),
        "course": course,
        "left_out": bool(row["left_out"]),
        "shape": look.SHAPES[course],
        "colour": look.COLOURS[course],
        "fill": "#ffffff" if row["left_out"] else look.COLOURS[course],
        "size": signal if course else plain,
    }


def _most(rows: Sequence[Row]) -> float:
    """Return the highest of all that is drawn."""
    few = [row["ceiling"] for row in rows if row["few"]]
    drawn = [value for row in rows for value in (row["drawn"], *row["limits"]) if value]
    return max([*drawn, *few], default=1.0)


def _plane(rows: Sequence[Row], most: float, top: float, unit: str, *, small: bool) -> Plane:
    labels = _labels(rows, small=small)
    along = alt.Axis(
        values=list(labels), labelExpr=f"{json.dumps(labels)}[datum.value]", labelAngle=0, labelOverlap="parity",
        labelSeparation=8, labelAlign="left", labelOffset=-3, grid=False,
    )  # fmt: skip
    up = alt.Axis(values=look.ticks(most, 2 if small else 5), format=",.3~f")
    ends = [-0.5, len(rows) - 0.5]
    return Plane(
        x={"scale": alt.Scale(domain=ends, nice=False, zero=False), "title": None, "axis": along},
        y={"scale": alt.Scale(domain=[0, top], nice=False), "title": None if small else unit, "axis": up},
    )


def _labels(rows: Sequence[Row], *, small: bool) -> dict[int, list[str]]:
    """Choose which periods have their label below: those where a year begins; a small chart has the year alone."""
    lines = [row["axis"].split("\n") for row in rows]
    begins = [at for at, label in enumerate(lines) if at == 0 or label[-1] != lines[at - 1][-1]]
    # The rest of a year that the figures begin in leaves no room for its label before the next one.
    if len(begins) > 2 and begins[1] < (begins[2] - begins[1]) / 2:
        begins = begins[1:]
    step = -(-len(begins) // (MOST_LABELS_SMALL if small else MOST_LABELS))
    return {at: lines[at][-1:] if small else lines[at] for at in begins[:: max(1, step)]}


def _surfaces(plane: Plane, surfaces: Sequence[Row]) -> alt.Chart:
    # A hair of the same colour around each leaves no seam between two that meet within a pixel.
    return (
        inline(surfaces)
        .mark_rect(strokeWidth=0.5)
        .encode(
            x=plane.across("first"),
            x2=alt.X2("last:Q"),
            y=plane.up("low"),
            y2=alt.Y2("high:Q"),
            fill=alt.Fill("colour:N", scale=None),
            stroke=alt.Stroke("colour:N", scale=None),
        )
    )


def _lines(plane: Plane, lines: Sequence[Row]) -> Iterator[alt.Chart]:
    for dashed in (False, True):
        some = [line for line in lines if line["dashed"] == dashed]
        if some:
            rule = inline(some).mark_rule(strokeDash=[5, 4] if dashed else [1, 0])
            yield rule.encode(
                x=plane.across("at"),
                x2=alt.X2("to:Q"),
                y=plane.up("top"),
                y2=alt.Y2("foot:Q"),
                color=alt.Color("colour:N", scale=None),
                strokeWidth=alt.StrokeWidth("width:Q", scale=None),
            )


# What is drawn of a figure, and what it says when pointed at; a small chart, one of many, says it in one line.
_DRAWN: Final = ("order", "drawn", "shape", "colour", "fill", "size")
_SAID: Final = {"label": "When", "told": "", "why": "Noted"}
_IN_ONE: Final = "said"


def _figures(plane: Plane, rows: Sequence[Row], unit: str, *, small: bool) -> Iterator[alt.Chart]:
    said = () if small else tuple(_SAID)
    base = inline([{field: row[field] for field in (*_DRAWN, *said)} for row in rows]).encode(x=plane.across("order"))
    yield base.mark_line(color=look.ORDINARY, strokeWidth=1 if small else 1.5).encode(y=plane.up("drawn"))
    points = base.encode(
        y=plane.up("drawn"),
        shape=alt.Shape("shape:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        size=alt.Size("size:Q", scale=None),
        tooltip=_tooltip(unit, small=small),
    )
    if small:  # as one list, which is half as long as a column would be
        points = points.transform_calculate(
            **{_IN_ONE: f"{json.dumps([row[_IN_ONE] for row in rows], ensure_ascii=False)}[datum.order]"}
        )
    yield points.mark_point(opacity=1, strokeWidth=1.25)


def _tooltip(unit: str, *, small: bool) -> list[alt.Tooltip]:
    said = {_IN_ONE: unit} if small else _SAID | {"told": unit}
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in said.items()]


def _few(plane: Plane, blocks: Sequence[Row], unit: str, *, small: bool) -> Iterator[alt.Chart]:
    """Draw what is fewer than 10 as its part of the band, with the sign of a signal at its foot."""
    if not blocks:
        return
    drawn = ("first", "last", "foot", "ceiling", *([_IN_ONE] if small else _SAID))
    yield (
        inline([{field: row[field] for field in drawn} for row in blocks])
        .mark_rect(fill=look.FEW_HERE)
        .encode(
            x=plane.across("first"),
            x2=alt.X2("last:Q"),
            y=plane.up("foot"),
            y2=alt.Y2("ceiling:Q"),
            tooltip=_tooltip(unit, small=small),
        )
    )
    fields = ("order", "foot", "sign", "colour")
    signs = [{field: row[field] for field in fields} for row in blocks if row["sign"]]
    if signs:
        text = inline(signs).mark_text(baseline="bottom", dy=-3 if small else -18)
        yield text.encode(
            x=plane.across("order"), y=plane.up("foot"), text="sign:N", color=alt.Color("colour:N", scale=None)
        )


def _badges(plane: Plane, badges: Sequence[Row]) -> Iterator[alt.Chart]:
    if badges:
        tooltip = [alt.Tooltip("letter:N", title="Mark"), alt.Tooltip("label:N", title="What was done")]
        base = inline(badges).encode(x=plane.across("at"), y=plane.up("top"), tooltip=tooltip)
        yield base.mark_point(shape="circle", filled=True, opacity=1, color=look.INK, size=200)
        yield base.mark_text(baseline="middle", color="#ffffff", fontWeight="bold").encode(text="letter:N")


def _words(plane: Plane, words: Sequence[Row]) -> Iterator[alt.Chart]:
    """Write what each range says; the whole of what is too long for the chart stands below it."""
    for late in (False, True):
        some = [text for text in words if text["late"] == late]
        if some:
            room = alt.ExprRef(expr="width - 8")
            mark = inline(some).mark_text(
                align="right" if late else "left", dx=-4 if late else 4, baseline="middle", limit=room
            )
            yield mark.encode(x=plane.across("at"), y=plane.up("top"), text="words:N")


def _named(plane: Plane, rows: Sequence[Row], blocks: Sequence[Row], *, top: float) -> Iterator[alt.Chart]:
    """Name what is fewer than 10, in full or by a sign, and the gaps, each where it is wide enough for its words."""
    for words, least, most in ((FEWER_THAN, 7 * look.TEXT, None), (UNDER, 2 * look.TEXT, 7 * look.TEXT)):
        named = [{"order": row["order"], "foot": 0, "words": words, "share": 1 / len(rows)} for row in blocks]
        if named:
            text = inline(named).mark_text(baseline="bottom", dy=-4)
            fits = _fits(least, most)
            yield text.encode(x=plane.across("order"), y=plane.up("foot"), text="words:N", opacity=fits)
    gaps = [
        {
            "at": (first + last) / 2, "height": top / 2.5, "words": NO_FIGURES, "share": (last - first + 1) / len(rows),
        }
        for first, last in layout.gaps(rows)
    ]  # fmt: skip
    if gaps:
        text = inline(gaps).mark_text(angle=270, baseline="middle", color=look.INK)
        yield text.encode(x=plane.across("at"), y=plane.up("height"), text="words:N", opacity=_fits(look.TEXT))


def _fits(least: int, most: int | None = None) -> Any:
    """Show words where their share of the chart's width is so many px or more, and under ``most``."""
    shorter = "" if most is None else f" && width * datum.share < {most}"
    return alt.condition(f"width * datum.share >= {least}{shorter}", alt.value(1), alt.value(0))
