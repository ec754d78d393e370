"""Chart data: one series with its limits and signals as a chart draws it and a table lists it, the same in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo import disclosure
from geo.calendar import periods as p
from geo.statistics.control.g_chart import GChart
from geo.trends import narrative
from geo.trends.control_charts import ControlCharts
from geo.trends.episodes import Rule
from geo.wording import how_many

WHY: Final = {
    Rule.ASTRONOMICAL: ("above what was usual", "below what was usual"),
    Rule.SHIFT: ("seven or more in a row above the usual level", "seven or more in a row below the usual level"),
    Rule.TREND: ("seven or more in a row rising", "seven or more in a row falling"),
    Rule.TWO_OF_THREE: ("two of three near the upper edge", "two of three near the lower edge"),
}
LEFT_OUT: Final = "left out when the limits were set"
SERIES_WORDS: Final = {1: "up", -1: "down", 0: ""}


@dataclass(frozen=True)
class Span:
    """The periods that set limits, by position; ``label`` says so, and ``reason`` why limits were rebased there."""

    first: int
    last: int
    start: int
    label: str
    reason: str


def frame(found: ControlCharts, row: int) -> pd.DataFrame:
    """Return one series for drawing, a row a period.

    Columns: ``order``, ``label`` (words), ``axis`` (short words), ``value`` (NaN: none), ``told`` (its words), ``few``
    (whether it is under what may be shown), ``threshold`` (the figure under which it would be; NaN: each is shown),
    ``centre``, ``low``, ``high``, ``course`` ("up", "down" or ""), ``left_out`` (whether it was too odd to set limits)
    and ``why``.
    """
    series_set = found.series_set
    left_out = np.asarray(found.left_out[:, row].any(axis=0))
    values = series_set.shown[row]
    return pd.DataFrame(
        {
            "order": np.arange(len(series_set.periods)),
            "label": [p.say(period) for period in series_set.periods],
            "axis": _axis(series_set.periods),
            "value": values,
            "told": [_value_words(found, row, at) for at in range(len(values))],
            "few": series_set.few[row],
            "threshold": series_set.threshold,
            "centre": found.limits.centre[row],
            "low": found.limits.low[row],
            "high": found.limits.high[row],
            "course": [SERIES_WORDS[int(side)] for side in found.sides[row]],
            "left_out": left_out,
            "why": [_why(found, row, at, left_out=bool(left_out[at])) for at in range(len(values))],
        }
    )


def rows(found: ControlCharts, row: int, marks: Mapping[int, str]) -> list[dict[str, str]]:
    """List one series for a table, newest first, each cell in words; ``marks`` are words that go with a period."""
    drawn = frame(found, row)
    counts = found.series_set.counts[row]
    return [
        {
            "period": one.label,
            "n": _count(found, float(counts[at])),
            "value": one.told,
            "centre": "–" if np.isnan(one.centre) else narrative.middle(found, one.centre),
            "usual": "–" if np.isnan(one.high) else narrative.span(found, row, at),
            "why": one.why or "–",
            "beside": marks.get(at, "–"),
        }
        for at, one in reversed(list(enumerate(drawn.itertuples(index=False))))
    ]


def latest(found: ControlCharts, row: int) -> dict[str, str]:
    """Return the last known figure of one series with its period, and what was usual then: "value" and "usual"."""
    known = np.flatnonzero(~np.isnan(found.series_set.shown[row]))
    if not known.size:
        return {"value": "no figures", "usual": "–"}
    at = int(known[-1])
    has_limits = not np.isnan(found.limits.high[row, at])
    return {
        "value": f"{narrative.value(found, row, at)}, {p.say(found.series_set.periods[at])}",
        "usual": narrative.span(found, row, at) if has_limits else "–",
    }


def spans(found: ControlCharts, row: int, reasons: Mapping[int, str]) -> list[Span]:
    """List which periods set the limits of each phase; ``reasons`` say by start why limits were rebased.

    They may lie after the next start, since rebased limits change none before them.
    """
    made = []
    for (first, _), chosen, out in zip(found.phases, found.baseline[:, row], found.left_out[:, row], strict=True):
        if np.isnan(found.limits.centre[row, first]):
            continue
        sets = np.flatnonzero(chosen)
        between = p.say_range([found.series_set.periods[at] for at in (sets[0], sets[-1])])
        trial = "Trial limits" if found.trial[row, first] else "Usual range"
        without = f", {int(out.sum())} left out" if out.any() else ""
        label = f"{trial} set by {between}{without}"
        made.append(Span(int(sets[0]), int(sets[-1]), first, label, reasons.get(first, "")))
    return made


def _axis(periods: Sequence[str]) -> list[str]:
    """Write periods shortly, the year on the last line: a chart labels those where it changes."""
    return ["\n".join(filter(None, _short(period))) for period in periods]


def _short(period: str) -> tuple[str, str]:
    kind, said = p.kind_of(period), p.say(period)
    if kind == "month":
        month, year = said.split(" ")
        return month, year
    if kind == "school year":
        return "", period
    name, year = said.split(", ")
    return name.replace(" term", "").replace("Autumn", "Aut").replace("Spring", "Spr").replace("Summer", "Sum"), year


def _value_words(found: ControlCharts, row: int, at: int) -> str:
    if not np.isnan(found.series_set.values[row, at]):
        return narrative.value(found, row, at)
    return "no figures" if np.isnan(found.series_set.counts[row, at]) else "no school days"


def _count(found: ControlCharts, n: float) -> str:
    if np.isnan(n):
        return "no figures"
    return disclosure.say(n) if found.series_set.protected else f"{n:,.0f}"


def _why(found: ControlCharts, row: int, at: int, *, left_out: bool) -> str:
    side = int(found.sides[row, at])
    words = []
    if side:
        rule = next(rule for rule in Rule if getattr(found.signals, rule)[row, at] == side)
        words.append(WHY[rule][0 if side > 0 else 1])
    return ", ".join([*words, *([LEFT_OUT] if left_out else [])])


def unit(found: ControlCharts) -> str:
    """Write what the axis counts: "Incidents a month", "Incidents a school day"."""
    return f"Incidents{narrative.per(found)}"


def list_points(marks: Sequence[tuple[int, str]]) -> dict[int, str]:
    """Return the marks of each period joined, by position."""
    joined: dict[int, str] = {}
    for at, words in marks:
        joined[at] = f"{joined[at]}; {words}" if at in joined else words
    return joined


def g_chart_frame(found: ControlCharts, g_chart: GChart) -> pd.DataFrame:
    """Return the waits of a rare harm for drawing, a row an incident and one for the wait that still goes on.

    The columns are those of ``frame``; values are whole periods.
    """
    periods, unit = found.series_set.periods, found.series_set.unit
    wait, high = np.append(g_chart.wait, g_chart.since), np.append(g_chart.high, g_chart.now.high)
    sides = np.append(g_chart.signal, -1 if g_chart.rarer_now else 0)
    labels = [*(p.say(periods[at]) for at in g_chart.at), "Since then"]
    whys = {0: "", 1: "one of a run of short waits", -1: "longer than chance makes it"}
    return pd.DataFrame(
        {
            "order": np.arange(len(wait)),
            "label": labels,
            "axis": [*_axis([periods[at] for at in g_chart.at]), "now"],
            "value": wait,
            "told": ["not known" if np.isnan(one) else how_many(one, unit, f"{unit}s") for one in wait],
            "few": False,
            "threshold": np.nan,
            "centre": np.append(g_chart.centre, g_chart.now.centre),
            "low": np.where(np.isnan(high), np.nan, 0.0),
            "high": high,
            # A long wait is drawn high, though it means fewer incidents: the words of the sign say which.
            "course": [SERIES_WORDS[int(side)] for side in sides],
            "left_out": False,
            "why": [whys[int(side)] for side in sides],
        }
    )


def g_chart_rows(found: ControlCharts, g_chart: GChart) -> list[dict[str, str]]:
    """List the waits for a table, newest first, each cell in words."""
    drawn = g_chart_frame(found, g_chart)
    unit = found.series_set.unit
    return [
        {
            "period": one.label,
            "value": one.told,
            "usual": "–" if np.isnan(one.high) else f"up to {how_many(np.floor(one.high), unit, f'{unit}s')}",
            "why": one.why or "–",
        }
        for one in reversed(list(drawn.itertuples(index=False)))
    ]
