"""Sentences: what the figures on a page say, in words a tired reader can trust and read aloud.

Plain counts only. Whether a difference is more than chance is not judged here, and the sentences do not hint at it.
"""

import math
from collections.abc import Sequence

import numpy as np

from geo import months
from geo.classes import shown
from geo.measuring import FEW_RESIDENTS, Measure, Measured
from geo.near import Place


def how_many(n: float, one: str = "incident", many: str = "incidents") -> str:
    """Write a number with its noun: "1 incident", "1,212 incidents"."""
    return f"{n:,.0f} {one if n == 1 else many}"


def around(place: Place, areas: int, n: float, before: float | None, period: Sequence[str]) -> str:
    """Say what the areas around a place hold, beside the same months a year before where those are known."""
    when = months.say_range(period)
    if not areas:
        return f"No area of the map lies this close to {place.name}, so nothing can be said of what is around it."
    where = f"{how_many(areas, 'area', 'areas')} around {place.name}"
    if math.isnan(n):
        return f"The data holds no month of {when}, so nothing can be said of the {where}."
    return f"{how_many(n)} in the {where}, {when}{_beside(before, period)}."


def _beside(before: float | None, period: Sequence[str]) -> str:
    if before is None:
        return "; a year before cannot be set beside it, as months are missing from the data"
    months_alike = "month" if len(period) == 1 else "months"
    return f"; {before:,.0f} in the same {months_alike} a year before"


def where_most(measured: Measured, period: Sequence[str], category: str | None = None) -> str:
    """Say which unit of a level stands highest, by count or by rate, and how many stand level with it.

    ``category`` is named where only one is counted.
    """
    when = months.say_range(period)
    if not measured.ranked:
        return f"No figure can be shown for {when}: {_why_none(measured)}."
    whole = float(np.nansum(measured.counts))
    if whole == 0:
        return f"No incident of this kind was recorded in these areas, {when}."
    top = measured.order[0]
    name, n, rate = measured.units.names[top], measured.counts[top], measured.rates[top]
    recorded = f" recorded as {category}" if category else ""
    level = measured.first - 1
    who = f"{name} and {how_many(level, 'other', 'others')}" if level else name
    if measured.measure is Measure.COUNT:
        most = f"hold most: {n:,.0f} each," if level else f"holds most: {n:,.0f}"
        return f"{who} {most} of {how_many(whole)}{recorded}, {when}."
    lone = not level and measured.units.residents[top] < FEW_RESIDENTS
    few = " Few people live there, so its rate runs high." if lone else ""
    have = "have" if level else "has"
    return f"{who} {have} the highest rate: {shown(rate, 1)} per 1,000 residents{recorded}, {when}.{few}"


def _why_none(measured: Measured) -> str:
    if measured.measure is Measure.RATE and not np.isnan(measured.counts).all():
        return "these areas were loaded without their residents"
    return "the data holds none of these months"


def standing(measured: Measured, area: str, period: Sequence[str]) -> str:
    """Say how one area stands: its count, its rate where known, and its rank among the others."""
    at = measured.units.position[area]
    n, rate, rank = measured.counts[at], measured.rates[at], measured.ranks[at]
    if math.isnan(n):
        return _no_figures(period)
    told = f"{how_many(n)}, {months.say_range(period)}"
    if not math.isnan(rate):
        told += f" · {shown(rate, 1)} per 1,000 of its {measured.units.residents[at]:,.0f} residents"
    if math.isnan(rank):
        return told
    by = "rate" if measured.measure is Measure.RATE else "count"
    return f"{told} · rank {rank:,.0f} of {measured.ranked:,} by {by}"


def compared(n: float, before: float | None, period: Sequence[str]) -> str:
    """Say a count beside that of the same months a year before."""
    if math.isnan(n):
        return f"{_no_figures(period)}."
    return f"{how_many(n)}, {months.say_range(period)}{_beside(before, period)}."


def _no_figures(period: Sequence[str]) -> str:
    return f"No figures for {months.say_range(period)}: a gap, not zero"


def missing_months(absent: Sequence[str]) -> str | None:
    """Say which of the chosen months the data lacks, or None."""
    if not absent:
        return None
    listed = ", ".join(months.say(month) for month in absent)
    return f"The data has no figures for {listed}: a gap, not zero."
