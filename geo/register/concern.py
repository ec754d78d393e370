"""A concern: what a known hotspot or a detected finding is about, as far as what to do next needs it."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from geo.calendar.months import is_month


@dataclass(frozen=True)
class Concern:
    """A place that asks for something: a known hotspot (it has a reference), or a finding (it has none).

    ``harms`` are codes of geo.harms, the main one first; ``sentence`` says what is known or was detected, with its
    period and source, and may be shared; ``shape`` is in degrees (EPSG:4326). A finding may say who its data are from
    (codes of ``closed_lists.SOURCES``) and the first and last day that it is of, as text "2021-09-01".
    """

    name: str
    harms: tuple[str, ...]
    sentence: str
    shape: BaseGeometry
    reference: str | None = None
    sources: tuple[str, ...] = ()
    first_day: str | None = None
    last_day: str | None = None


def dated(concern: Concern, periods: Sequence[str], *, of_police: bool = False) -> Concern:
    """Return a finding's concern with the first and last day of its months, and its source where that is the police.

    Of half-terms, whose days differ between schools, no day is said.
    """
    sources = ("police",) if of_police else ()
    if not periods or not all(map(is_month, periods)):
        return replace(concern, sources=sources)
    first, last = min(periods), max(periods)
    days = calendar.monthrange(int(last[:4]), int(last[5:]))[1]
    return replace(concern, sources=sources, first_day=f"{first}-01", last_day=f"{last}-{days:02}")
