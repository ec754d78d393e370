"""Map sentences: what the figures of a map and of a school say, in words a tired reader can trust and read aloud.

Plain counts only. Whether a difference is more than chance is not judged here, and the sentences do not hint at it.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from geo import disclosure, wording
from geo.areas import place_names
from geo.areas.proximity import Place
from geo.areas.reach import Reach
from geo.calendar import periods
from geo.harms import category_label
from geo.maps.classes import shown
from geo.maps.measure import FEW_RESIDENTS, Measure, Measured

ENDS = ("low", "high")  # of an interval, among the facts of a measure
UNNAMED: Final = (
    "This dataset was imported before the names of places were kept, so what is recorded at a hospital, a police "
    "station, a prison or a court is counted as well; import the same files again to count it apart."
)
NOT_THE_SAME: Final = (
    "The map and the table count whole small areas that touch this distance and reach beyond it, so their figures are "
    "not those of the distance."
)


def within_distance(place: Place, reach: Reach, n: float, before: float | None, period: Sequence[str]) -> str:
    """Say how many published incidents lie within reach of a place, and how many did a year before."""
    when = periods.say_range(period)
    how = f"({wording.say_metres(reach.metres)} along streets and paths)" if reach.on_foot else "in a straight line"
    within = f"Within {reach.words} of {place.name} {how}"
    if math.isnan(n):
        return f"{within}, nothing can be said: the data holds no {periods.unit_of(period)} of {when}."
    return f"{within}: {wording.how_many(n)}, {when}{_versus(before, period, protected=False)}."


def counted_apart(elsewhere: Sequence[tuple[str, int]]) -> str | None:
    """Say what is recorded for elsewhere and not counted in, from names of places and counts; None where nothing is."""
    if not elsewhere:
        return None
    n, at = _recorded_at(elsewhere)
    return f"A further {n:,}, recorded at {at}, {'is' if n == 1 else 'are'} counted apart."


def counted_in(elsewhere: Sequence[tuple[str, int]]) -> str:
    """Say what is recorded for elsewhere and counted in all the same, from names of places and counts."""
    if not elsewhere:
        return "What is recorded for elsewhere is counted in; there is none here."
    n, at = _recorded_at(elsewhere)
    is_are = "is" if n == 1 else "are"
    return f"{n:,} of these {is_are} recorded at {at}, and counted in as you chose: much of that happened elsewhere."


def _recorded_at(elsewhere: Sequence[tuple[str, int]]) -> tuple[int, str]:
    """Return how many are recorded for elsewhere, and at which kinds of place."""
    kinds: dict[str, int] = {}
    for name, n in elsewhere:
        kind = place_names.elsewhere(name) or name
        kinds[kind] = kinds.get(kind, 0) + n
    listed = [kind if len(kinds) == 1 else f"{kind} ({of_kind:,})" for kind, of_kind in kinds.items()]
    at = " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
    return sum(kinds.values()), at


def around(
    place: Place,
    reach: Reach,
    areas: int,
    n: float,
    before: float | None,
    period: Sequence[str],
    *,
    protected: bool = False,
) -> str:
    """Say what the areas (or zones of a release) that touch a circle hold, and what they held a year before.

    They reach beyond the distance round the place, which the sentence says.
    """
    when = periods.say_range(period)
    if not areas:
        return _nothing_near(place)
    one, many = ("zone", "zones") if protected else ("area", "areas")
    touching = f"that {'touches' if areas == 1 else 'touch'} {reach.words} around {place.name}"
    where = f"{one if areas == 1 else wording.how_many(areas, one, many)} {touching}"
    if math.isnan(n):
        return f"The data holds no {periods.unit_of(period)} of {when}, so nothing can be said of the {where}."
    counted = wording.capital(wording.count(n, protected=protected))
    return f"{counted} in the {where}, {when}{_versus(before, period, protected=protected)}."


def in_part(name: str, n: float, before: float | None, period: Sequence[str], *, protected: bool = False) -> str:
    """Say what a part of the map holds, as a district, and what it held a year before."""
    when = periods.say_range(period)
    if math.isnan(n):
        return f"The data holds no {periods.unit_of(period)} of {when}, so nothing can be said of {name}."
    counted = wording.capital(wording.count(n, protected=protected))
    return f"{counted} in {name}, {when}{_versus(before, period, protected=protected)}."


def _nothing_near(place: Place) -> str:
    """Say that a place lies outside of all areas, so that no incident near by means nothing."""
    return f"No area of the map lies this close to {place.name}, so nothing can be said of what is around it."


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
    opening = f"{wording.how_many(areas, 'area', 'areas')} near by {hold} too few incidents to show separately"
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
    recorded = f" in the category {category_label(category)}" if category else ""
    level = measured.first - 1
    who = f"{name} and {wording.how_many(level, 'other', 'others')}" if level else name
    if measured.measure is Measure.COUNT:
        counted = wording.figure(n, protected=measured.protected)
        if measured.protected:  # a sum of figures that are shown is not the figure of the sum
            return f"Highest: {who}, {counted} incidents{' each' if level else ''}, {when}."
        each = " each," if level else ""
        return f"Highest: {who}, {counted}{each} of {wording.how_many(whole)}{recorded}, {when}."
    lone = not level and measured.units.residents[top] < FEW_RESIDENTS
    few = " Few people live there, so its rate runs high." if lone else ""
    highest = f"{_rate(rate, measured)} per 1,000 residents{recorded}, {when}.{few}"
    return f"Highest rate: {who}, {highest}"


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
