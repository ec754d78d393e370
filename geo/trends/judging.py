"""Judging: what a control chart says of each of several courses: usual limits, and which points are signals.

Counts by month are judged as individual values (XmR), whose limits are never narrower than chance alone makes counts;
figures set against days by the u-chart, widened by their usual scatter. A harm that is rarer than two a period is
judged by the waits between incidents (``geo.trends.rare``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.release import display
from geo.statistics.control.baselines import LEAST, baseline, spans
from geo.statistics.control.limits import Limits, of_counts, of_rates
from geo.statistics.control.rules import Signals, signals
from geo.statistics.control.waits import RARE
from geo.trends.courses import Courses

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FEWEST: Final = 6  # points of a phase that set its limits; with fewer none are drawn


class State(StrEnum):
    """What can be said of a course: judged by its limits, judged by waits, or nothing."""

    CHARTED = "charted"
    RARE = "rare"
    TOO_FEW = "too few"
    TOO_SHORT = "too short"


@dataclass(frozen=True)
class Judged:
    """Courses with the limits and the signals of each; ``starts`` are the positions where limits begin anew.

    Limits are NaN, and signals 0, for courses that are not charted.
    """

    courses: Courses
    starts: tuple[int, ...]
    limits: Limits
    signals: Signals
    baseline: Bools
    states: tuple[State, ...]

    @cached_property
    def sides(self) -> npt.NDArray[np.int8]:
        """Give for each point 1 for a signal upwards, −1 for one downwards, 0 for none."""
        return self.signals.any

    @cached_property
    def trial(self) -> Bools:
        """Tell for each course and period whether its limits are trial limits: set by fewer than 12 periods."""
        found = np.zeros(self.baseline.shape, dtype=np.bool_)
        for first, end in self.phases:
            found[:, first:end] = (self.baseline[:, first:end].sum(axis=1) < LEAST)[:, None]
        return found

    @cached_property
    def phases(self) -> tuple[tuple[int, int], ...]:
        """Give the first position of each phase, and the position after its last."""
        return tuple(zip(self.starts, (*self.starts[1:], len(self.courses.periods)), strict=True))


def judged(found: Courses, starts: Sequence[int] = (0,)) -> Judged:
    """Judge courses that all have their limits set anew at the same positions."""
    phases = tuple(starts)
    sets = baseline(found.values, phases)
    states = tuple(map(_state, found.counts, sets, [found.protected] * len(sets)))
    charted = np.array([state is State.CHARTED for state in states])
    values = np.where(charted[:, None], found.values, np.nan)
    if found.exposure is None:
        limits = of_counts(values, phases)
    else:
        limits = of_rates(np.where(np.isnan(values), np.nan, found.counts), found.exposure, phases)
    limits = _of_enough(limits, values, phases)
    return Judged(found, phases, limits, _signals(found, charted, limits, phases), sets, states)


def _signals(found: Courses, charted: Bools, limits: Limits, phases: tuple[int, ...]) -> Signals:
    """Find the signals of the courses that are charted; figures that are not told rise and fall with nobody knowing."""
    seen = np.where(charted[:, None], found.seen, np.nan)
    marked = signals(seen, limits, found.tie, phases)
    if not found.few.any():
        return marked
    return replace(marked, course=signals(np.where(found.few, np.nan, seen), limits, found.tie, phases).course)


def _of_enough(limits: Limits, values: Floats, phases: tuple[int, ...]) -> Limits:
    """Leave out the limits of phases that fewer points would set than any limits need."""
    chosen, enough = baseline(values, phases), np.zeros(values.shape, dtype=np.bool_)
    for phase in spans(values.shape[1], phases):
        enough[:, phase] = (chosen[:, phase].sum(axis=1) >= FEWEST)[:, None]
    return Limits(*(np.where(enough, line, np.nan) for line in (limits.centre, limits.low, limits.high)))


def _state(counts: Floats, sets: Bools, protected: bool) -> State:
    """Tell what can be said of one course, by the periods that set its limits."""
    there = counts[sets]
    if len(there) < FEWEST:
        return State.TOO_SHORT
    usual = float(there.mean())
    if protected:  # a sum under 10 is not told, and limits around it would tell more than there is
        return State.CHARTED if usual >= display.LEAST else State.TOO_FEW
    return State.CHARTED if usual >= RARE else State.RARE
