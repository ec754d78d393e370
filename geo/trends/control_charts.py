"""Control charts: the limits of each of several series, and which of its points are signals.

Counts by month are judged as individual values, whose limits are never narrower than chance alone makes counts; figures
per week or school day by the u-chart, widened by their overdispersion. Points too odd to say what is usual are left out
when limits are set. A harm that is rarer than two a period is judged by the waits between incidents
(``geo.trends.rare_harms``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo import disclosure
from geo.arrays import Bools, Floats
from geo.statistics.control.first_phase import left_out
from geo.statistics.control.g_chart import RARE
from geo.statistics.control.limits import ControlLimits, baseline, of_rates, on_trial
from geo.statistics.control.phases import Spans, side_by_side, spans
from geo.statistics.control.rules import Signals, signals
from geo.trends.series import SeriesSet

MIN_PHASE_POINTS: Final = 6  # points of a phase that set its limits; with fewer none are drawn


class ChartState(StrEnum):
    """What can be said of a series: judged by its limits, judged by waits, or nothing."""

    CHARTED = "charted"
    RARE = "rare"
    TOO_FEW = "too few"
    TOO_SHORT = "too short"


@dataclass(frozen=True)
class ControlCharts:
    """Series with the limits and the signals of each; ``starts`` are the positions where limits begin or are rebased.

    Limits are NaN, and signals 0, for series that are not charted, and in phases that have too few points or, of
    protected counts, too few incidents. ``baseline`` is phase × series × period: which periods say what is usual in
    each phase, be they after the next start too, and ``left_out`` those of them that were too odd to set its limits.
    """

    series_set: SeriesSet
    starts: tuple[int, ...]
    limits: ControlLimits
    signals: Signals
    baseline: Bools
    left_out: Bools
    states: tuple[ChartState, ...]

    @cached_property
    def sides(self) -> npt.NDArray[np.int8]:
        """Series × period: 1 for a signal upwards, −1 for one downwards, 0 for none."""
        return self.signals.any

    @cached_property
    def trial(self) -> Bools:
        """Series × period: whether its limits are trial limits, set by fewer than 12 periods."""
        return np.repeat(
            on_trial(self.baseline & ~self.left_out).T, [end - first for first, end in self.phases], axis=1
        )

    @cached_property
    def phases(self) -> Spans:
        """The first position of each phase, and the position after its last."""
        return spans(self.starts, len(self.series_set.periods))


def control_charts(found: SeriesSet, starts: Sequence[int] = (0,)) -> ControlCharts:
    """Return the control charts of series whose limits all begin at the same positions (``starts``).

    Raises ValueError as ``geo.statistics.control.phases.spans``.
    """
    shown = spans(starts, len(found.periods))
    parts = [_since(found, first) for first, _ in shown]
    sets = [baseline(part.values) for part in parts]
    odd = [
        left_out(part.judged, part.against, by, rounded=found.protected) for part, by in zip(parts, sets, strict=True)
    ]
    by_phase = [
        tuple(_state(*one, found.protected) for one in zip(part.counts, by & ~out, strict=True))
        for part, by, out in zip(parts, sets, odd, strict=True)
    ]
    states = tuple(_kind(in_phases) for in_phases in zip(*by_phase, strict=True))
    charted = [_charted(states, in_phase) for in_phase in by_phase]
    charts = [_chart(*one) for one in zip(parts, charted, odd, strict=True)]
    return ControlCharts(
        found,
        tuple(starts),
        side_by_side([limits for limits, _ in charts], shown),
        side_by_side([marked for _, marked in charts], shown),
        _in_full(sets, shown),
        _in_full([out & those[:, None] for out, those in zip(odd, charted, strict=True)], shown),
        states,
    )


def _in_full(parts: Sequence[Bools], shown: Spans) -> Bools:
    """Return marks of phases, each from its start on, as phase × series × period."""
    return np.stack([np.pad(part, ((0, 0), (first, 0))) for part, (first, _) in zip(parts, shown, strict=True)])


def _since(found: SeriesSet, first: int) -> SeriesSet:
    """Return series from one position on."""
    exposure = None if found.exposure is None else found.exposure[first:]
    return replace(found, periods=found.periods[first:], counts=found.counts[:, first:], exposure=exposure)


def _kind(by_phase: Sequence[ChartState]) -> ChartState:
    """Return what can be said of a series, by what can be said of each of its phases.

    The first that can be judged says how: rebased limits make no g-chart out of a chart of counts.
    """
    return next((one for one in by_phase if one in (ChartState.CHARTED, ChartState.RARE)), by_phase[0])


def _charted(states: Sequence[ChartState], in_phase: Sequence[ChartState]) -> Bools:
    """Return which series have limits in a phase, by their states as a whole and in that phase.

    A series judged by counts stays so where it has become rarer; but where protected counts are too few, no limits
    disclose how few.
    """
    judgeable = [state not in (ChartState.TOO_FEW, ChartState.TOO_SHORT) for state in in_phase]
    return np.array([state is ChartState.CHARTED for state in states], dtype=np.bool_) & np.array(
        judgeable, dtype=np.bool_
    )


def _chart(found: SeriesSet, charted: Bools, out: Bools) -> tuple[ControlLimits, Signals]:
    """Return the limits and the signals of the series that are charted, as of one phase, set without some points."""
    counts = np.where(charted[:, None], found.counts, np.nan)
    limits = of_rates(counts, found.against, out, rounded=found.protected)
    return limits, _signals(found, charted, limits)


def _signals(found: SeriesSet, charted: Bools, limits: ControlLimits) -> Signals:
    """Return the signals of the series that are charted; figures that are not shown make no trend."""
    judged = np.where(charted[:, None], found.shown, np.nan)
    marked = signals(judged, limits, found.tie)
    if not found.few.any():
        return marked
    return replace(marked, trend=signals(np.where(found.few, np.nan, judged), limits, found.tie).trend)


def _state(counts: Floats, sets: Bools, protected: bool) -> ChartState:
    """Return what can be said of one series in one phase, by the periods that set its limits (``sets``)."""
    there = counts[sets]
    if len(there) < MIN_PHASE_POINTS:
        return ChartState.TOO_SHORT
    usual = float(there.mean())
    if protected:  # a sum under 10 is not shown, and limits around it would disclose more
        return ChartState.CHARTED if usual >= disclosure.THRESHOLD else ChartState.TOO_FEW
    return ChartState.CHARTED if usual >= RARE else ChartState.RARE
