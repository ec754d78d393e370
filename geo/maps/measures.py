"""Measures by name: what a map, its table and its export show of a view, whichever measure is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geo.calendar import periods as p
from geo.counts.filters import Choice
from geo.maps.change import change_result
from geo.maps.emerging_patterns import emerging_result
from geo.maps.hot_spots import hot_spot_result
from geo.maps.measure import Measure, Measured, measured
from geo.maps.measure_result import Fact, MeasureResult
from geo.maps.smoothed_rate import smoothed_result
from geo.release.balancing import STEP
from geo.statistics.rate_interval import rate_interval
from geo.views.scene import Scene

STATISTICS: Final = frozenset((Measure.SMOOTHED, Measure.CHANGE, Measure.HOT, Measure.PATTERN))
_ENDS: Final = (("low", "At least"), ("high", "At most"))


@dataclass(frozen=True)
class MeasureRequest:
    """A measure, and how it is looked at.

    Hot spots may be adjusted for residents, cold ones shown too, and detected clusters outlined over any measure.
    """

    measure: Measure
    residents: bool = False
    cold: bool = False
    clusters: bool = False


def covering(request: MeasureRequest, choice: Choice, covered: Sequence[str]) -> tuple[str, ...]:
    """Return the periods through which units must stay the same, of all that are ``covered``, to show a choice."""
    if request.clusters or request.measure is Measure.PATTERN:
        return tuple(period for period in covered if period <= choice.periods[-1])
    if request.measure is Measure.CHANGE:
        return (*p.year_before(choice.periods), *choice.periods)
    return choice.periods


def measured_by(scene: Scene, choice: Choice, request: MeasureRequest) -> Measured:
    """Return a measure of every unit of a scene's view. Raises ThinDataError where a statistic has too few data."""
    base = measured(scene.view, choice, request.measure)
    if request.measure not in STATISTICS:
        return replace(base, facts=_interval(base)) if request.measure is Measure.RATE else base
    result = _result_of(base, scene, choice, request)
    return replace(base, result=result, facts=result.facts)


def _result_of(base: Measured, scene: Scene, choice: Choice, request: MeasureRequest) -> MeasureResult:
    when = p.say_range(choice.periods)
    if request.measure is Measure.SMOOTHED:
        return smoothed_result(base, scene, choice, when)
    if request.measure is Measure.CHANGE:
        return change_result(scene, choice)
    if request.measure is Measure.HOT:
        return hot_spot_result(scene, choice, when, residents=request.residents, cold=request.cold)
    return emerging_result(scene, choice, cold=request.cold)


def _interval(base: Measured) -> tuple[Fact, ...]:
    """Return the ends of each rate's 95 % interval; of a protected count, over the true counts it may stand for."""
    off_by = STEP if base.protected else 0
    has_rate = ~np.isnan(base.rates)
    low, _ = rate_interval(np.maximum(base.counts - off_by, 0), base.units.residents)
    _, high = rate_interval(base.counts + off_by, base.units.residents)
    ends = (np.where(has_rate, end, np.nan).tolist() for end in (low, high))
    return tuple(Fact(key, label, end, 1) for (key, label), end in zip(_ENDS, ends, strict=True))
