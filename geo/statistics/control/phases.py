"""Phases: a chart with rebased limits, put together from charts without any.

The chart from a start on is what it would be if nothing were rebased later: the points that say what is usual, and
those of a pattern, may lie after the next start. Of it the periods before the next start are shown. So rebased limits
change nothing before them, and no pattern looks back across a start.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from geo.statistics.control.g_chart import GChart, g_chart, however_few
from geo.statistics.control.limits import ControlLimits
from geo.statistics.control.rules import Signals

Spans = tuple[tuple[int, int], ...]
Found = TypeVar("Found", ControlLimits, Signals)


def spans(starts: Sequence[int], periods: int) -> Spans:
    """Return the first period of each phase, and the one after its last.

    Raises ValueError where the first phase does not begin with period 0, where starts do not ascend, and where one lies
    after the last period.
    """
    ends = [*starts[1:], periods]
    if not starts or starts[0] != 0 or any(end <= start for start, end in zip(starts, ends, strict=True)):
        raise ValueError("phases begin with period 0, each after the one before, and none after the last period")
    return tuple(zip(starts, ends, strict=True))


def side_by_side(charts: Sequence[Found], shown: Spans) -> Found:
    """Return the charts of all phases as one, each found from its start to the last period (series × period)."""
    lengths = [end - first for first, end in shown]

    def joined(name: str) -> npt.NDArray[Any]:
        lines = (getattr(chart, name) for chart in charts)
        return np.concatenate([line[:, :length] for line, length in zip(lines, lengths, strict=True)], axis=1)

    return type(charts[0])(*(joined(one.name) for one in fields(charts[0])))


def g_charts(counts: npt.NDArray[np.float64], starts: Sequence[int]) -> GChart:
    """Return the waits of each phase of one series by period; the present phase says what is usual now.

    The first wait of a phase is not known, and a phase of too few incidents has no limits. Raises ThinDataError for
    fewer than 5 incidents in all, and ValueError as ``spans``.
    """
    shown = spans(starts, len(counts))
    charts = [g_chart(counts), *(however_few(counts[first:]) for first, _ in shown[1:])]
    kept = [chart.at < end - first for chart, (first, end) in zip(charts, shown, strict=True)]

    def joined(name: str) -> npt.NDArray[np.float64]:
        return np.concatenate([getattr(chart, name)[there] for chart, there in zip(charts, kept, strict=True)])

    at = np.concatenate([first + chart.at[there] for chart, there, (first, _) in zip(charts, kept, shown, strict=True)])
    signal = joined("signal").astype(np.int8)
    return GChart(at, joined("wait"), joined("centre"), joined("high"), signal, charts[-1].since, charts[-1].now)
