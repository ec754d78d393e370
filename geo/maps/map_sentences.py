"""Map sentences: what the figures of a map and of a school say, in words a tired reader can trust and read aloud.

Plain counts only. Whether a difference is more than chance is not judged here, and the sentences do not hint at it.
"""

import math
from collections.abc import Sequence

import numpy as np

from geo import disclosure, wording
from geo.areas.proximity import Place
from geo.calendar import periods
from geo.harms import category_label
from geo.maps.classes import shown
from geo.maps.measure import FEW_RESIDENTS, Measure, Measured

ENDS = ("low", "high")  # of an interval, among the facts of a measure


def around(
    place: Place, areas: int, n: float, before: float | None, period: Sequence[str], *, protected: bool = False
) -> str:
    """Say what the areas (or zones of a release) around a place hold, and what they held a year before."""
    when = periods.say_range(period)
    if not areas:
        return f"No area of the map lies this close to {place.name}, so nothing can be said of what is around it."
    one, many = ("zone", "zones") if protected else ("area", "areas")
    where = f"{one if areas == 1 else wording.how_many(areas, one, many)} around {place.name}"
    if math.isnan(n):
        return f"The data holds no {periods.unit_of(period)} of {when}, so nothing can be said of the {where}."
    counted = wording.capital(wording.count(n, protected=protected))
    return f"{counted} in the {where}, {when}{_versus(before, period, protected=protected)}."


def _versus(before: float | None, period: Sequence[str], *, protected: bool) -> str:
    unit = periods.unit_of(period)
    if before is None:
        return f"; a year before cannot be set beside it, as {unit}s are missing from the data"
    periods_said = unit if len(period) == 1 else f"{unit}s"
    return f"; {wording.figure(before, protected=protected)} in the same {periods_said} a year before"


def left_out(areas: int) -> str | None:
    """Say that some areas near by hold too few protected incidents to be counted in, or None."""
    if not areas:
        return None
    hold = "holds" if areas == 1 else "hold"
    opening = f"{wording.how_many(areas, 'area', 'areas')} near by {hold} too few incidents to show apart"
    return f"{opening}, and {'is' if areas == 1 else 'are'} left out."


def where_most(measured: Measured, period: Sequence[str], category: str | None = None) -> str:
    """Say which unit of a level stands highest, by count or by rate, and how many tie with it.

    ``category`` is named, by the name it is shown by, where only one is counted.
    """
    when = periods.say_range(period)
    if measured.protected and measured.counts.max(initial=0.0, where=~measured.elsewhere) < disclosure.THRESHOLD:
        return f"No area can be told apart: each has {disclosure.FEWER_THAN} incidents, {when}."
    if not measured.ranked:
        return f"No figure can be shown for {when}: {_why_none(measured, periods.unit_of(period))}."
    whole = float(np.nansum(measured.counts))
    if whole == 0:
        return f"No incident of this kind was recorded in these areas, {when}."
    top = measured.order[0]
    name, n, rate = measured.units.names[top], measured.counts[top], measured.rates[top]
    recorded = f" recorded as {category_label(category)}" if category else ""
    level = measured.first - 1
    who = f"{name} and {wording.how_many(level, 'other', 'others')}" if level else name
    if measured.measure is Measure.COUNT:
        counted = wording.figure(n, protected=measured.protected)
        if measured.protected:  # a sum of figures that are shown is not the figure of the sum
            return f"Most are in {who}: {counted} incidents{' each' if level else ''}, {when}."
        rest = f"hold most: {counted} each" if level else f"holds most: {counted}"
        return f"{who} {rest}{',' if level else ''} of {wording.how_many(whole)}{recorded}, {when}."
    lone = not level and measured.units.residents[top] < FEW_RESIDENTS
    few = " Few people live there, so its rate runs high." if lone else ""
    highest = f"{_rate(rate, measured)} per 1,000 residents{recorded}, {when}.{few}"
    if measured.protected:  # a zone's name may list several areas
        return f"The rate is highest in {who}: {highest}"
    return f"{who} {'have' if level else 'has'} the highest rate: {highest}"


def _rate(rate: float, measured: Measured) -> str:
    return f"about {shown(rate, 1)}" if measured.protected else shown(rate, 1)


def _why_none(measured: Measured, unit: str) -> str:
    if measured.measure is Measure.RATE and not np.isnan(measured.counts).all():
        return "these areas were loaded without their residents"
    return f"the data holds none of these {unit}s"


def standing(measured: Measured, area: str, period: Sequence[str]) -> str:
    """Say how one area stands: its count, its rate where known, and its rank among the others."""
    at = measured.units.position[area]
    n, rate, rank = measured.counts[at], measured.rates[at], measured.ranks[at]
    if math.isnan(n):
        return _no_figures(period)
    text = wording.capital(f"{wording.count(n, protected=measured.protected)}, {periods.say_range(period)}")
    if not math.isnan(rate):
        between = "".join(f" to {shown(float(fact.values[at]), 1)}" for fact in measured.facts if fact.key in ENDS)
        between = f" ({between.removeprefix(' to ')})" if measured.measure is Measure.RATE and between else ""
        residents = f"{measured.units.residents[at]:,.0f}"
        text += f" · {_rate(rate, measured)}{between} per 1,000 of its {residents} residents"
    if measured.result and measured.result.words[at]:
        text += f" · {measured.result.words[at]}"
        if measured.measure is not Measure.SMOOTHED:
            return text
    if math.isnan(rank):
        return text
    by = {Measure.RATE: "rate", Measure.SMOOTHED: "smoothed rate"}.get(measured.measure, "count")
    return f"{text} · rank {rank:,.0f} of {measured.ranked:,} by {by}"


def compared(n: float, before: float | None, period: Sequence[str], *, protected: bool = False) -> str:
    """Say a count, and that of the same periods a year before."""
    if math.isnan(n):
        return f"{_no_figures(period)}."
    text = f"{wording.count(n, protected=protected)}, {periods.say_range(period)}"
    return f"{text}{_versus(before, period, protected=protected)}."


def _no_figures(period: Sequence[str]) -> str:
    return f"No figures for {periods.say_range(period)}: a gap, not zero"
