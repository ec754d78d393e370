"""Sentences: what the figures on a page say, in words a tired reader can trust and read aloud.

Plain counts only. Whether a difference is more than chance is not judged here, and the sentences do not hint at it.
"""

import math
from collections.abc import Sequence

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
    where = f"{how_many(areas, 'area', 'areas')} around {place.name}"
    if math.isnan(n):
        return f"The data holds no month of {when}, so nothing can be said of the {where}."
    return f"{how_many(n)} in the {where}, {when}{_beside(before)}."


def _beside(before: float | None) -> str:
    if before is None:
        return "; the same months a year before are not in the data"
    return f"; {before:,.0f} in the same months a year before"


def where_most(measured: Measured, period: Sequence[str]) -> str:
    """Say which unit of a level stands highest, by count or by rate."""
    when = months.say_range(period)
    top = measured.table.iloc[0]
    if not measured.ranked:
        return f"No figure can be shown for {when}: {_why_none(measured)}."
    if top["n"] == 0:
        return f"No incident of this kind was recorded in these areas, {when}."
    if measured.measure is Measure.COUNT:
        whole = measured.table["n"].sum()
        return f"{top['name']} holds most: {top['n']:,.0f} of {how_many(whole)}, {when}."
    few = " Few people live there, so its rate runs high." if top["residents"] < FEW_RESIDENTS else ""
    return f"{top['name']} has the highest rate: {shown(top['rate'], 1)} per 1,000 residents, {when}.{few}"


def _why_none(measured: Measured) -> str:
    if measured.measure is Measure.RATE and measured.table["n"].notna().any():
        return "these areas were loaded without their residents"
    return "the data holds none of these months"


def standing(measured: Measured, area: str, period: Sequence[str]) -> str:
    """Say how one area stands: its count, its rate where known, and its rank among the others."""
    row = measured.row(area)
    told = f"{how_many(float(row['n']))}, {months.say_range(period)}"
    rate = float(row["rate"])
    if not math.isnan(rate):
        told += f" · {shown(rate, 1)} per 1,000 of its {float(row['residents']):,.0f} residents"
    rank = row["rank"]
    by = "rate" if measured.measure is Measure.RATE else "count"
    return f"{told} · rank {rank} of {measured.ranked} by {by}" if isinstance(rank, int) else told


def compared(n: float, before: float | None, period: Sequence[str]) -> str:
    """Say a count beside that of the same months a year before."""
    return f"{how_many(n)}, {months.say_range(period)}{_beside(before)}."


def missing_months(absent: Sequence[str]) -> str | None:
    """Say which of the chosen months the data lacks, or None."""
    if not absent:
        return None
    listed = ", ".join(months.say(month) for month in absent)
    return f"The data has no figures for {listed}: a gap, not zero."
