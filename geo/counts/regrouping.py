"""Regrouping: the same counts by larger periods, half-terms, terms and school years, and what those hold of days.

A larger period is known only when every part of it is known: a sum with a hole in it would look like a fall.

Counts and days fit when both come from the periods that the counts are kept by: ``regrouped(cube, unit, calendar)``
goes with ``exposure_of(cube.periods, unit, calendar)``, whichever those periods are. The days of a half-term made of
months are those of its months, not those between its first and its last day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from geo.calendar import half_terms, months
from geo.calendar import periods as p
from geo.calendar.exposure import Exposure, exposure, spans
from geo.calendar.half_terms import HalfTerm
from geo.calendar.periods import Unit
from geo.calendar.school_calendar import SchoolCalendar
from geo.calendar.school_years import Days
from geo.counts.cube import Cube

_YEAR = timedelta(days=366)


def regrouped(cube: Cube, unit: Unit, calendar: SchoolCalendar) -> Cube:
    """Return the same counts by larger periods, which run without a break over all that the cube covers.

    A larger period is ``missing`` when a part of it is: one never supplied, or one before the first or after the last
    period of the cube. ``parts`` says which parts it has. Protected counts stay protected. Raises ValueError when
    ``unit`` is smaller than the cube's periods.
    """
    made = parts(cube.periods, unit, calendar)
    there = set(cube.periods) - cube.missing
    missing = frozenset(period for period, held in made.items() if not held or not there.issuperset(held))
    n = np.zeros((cube.n.shape[0], len(made), cube.n.shape[2]), dtype=cube.n.dtype)
    for position, (period, held) in enumerate(made.items()):
        if period not in missing:
            n[:, position] = cube.n[:, cube.period_slice(held)].sum(axis=1)
    return replace(cube, periods=tuple(made), missing=missing, n=n)


def parts(base: Sequence[str], unit: Unit, calendar: SchoolCalendar) -> dict[str, tuple[str, ...]]:
    """Return every larger period that a run of periods touches, in order, with all its parts, in the run or not.

    A month belongs to the half-term that holds most of its days, as in a release, and so to that one's term and school
    year. Where term dates leave a half-term without a month it has no parts. Raises ValueError when ``unit`` is smaller
    than the periods of the run.
    """
    kind = p.unit_of(base)
    if unit not in p.larger(kind):
        raise ValueError(f"Counts by {kind} cannot be shown by {unit}.")
    if not base or unit == kind:
        return {period: (period,) for period in base}
    if kind != "month":
        run = p.between(p.around(base[0], unit), p.around(base[-1], unit))
        return {period: p.inside(period, kind) for period in run}
    holders = _holders(base[0], base[-1], unit, calendar)
    run = p.between(holders[base[0]], holders[base[-1]])
    return {period: tuple(month for month, holder in holders.items() if holder == period) for period in run}


def exposure_of(base: Sequence[str], unit: Unit, calendar: SchoolCalendar, tiles: Sequence[HalfTerm] = ()) -> Exposure:
    """Return the days and the school days of the larger periods that ``regrouped`` makes of a run of periods.

    ``base`` are the periods of the cube that is regrouped, months or half-terms; the days of a larger period are those
    of all its parts, so that one that is missing has the days it would have. ``tiles`` are half-terms that keep their
    own days, as those of a release do (see ``geo.calendar.exposure.exposure``). Raises ValueError as ``parts`` does.
    """
    made = parts(base, unit, calendar)
    of_parts = exposure([part for held in made.values() for part in held], calendar, tiles)
    owner = np.repeat(np.arange(len(made)), [len(held) for held in made.values()])
    days, school_days = (
        np.bincount(owner, weights=lengths, minlength=len(made)).astype(np.float64)
        for lengths in (of_parts.days, of_parts.school_days)
    )
    return Exposure(days, school_days)


def spans_of(
    base: Sequence[str], unit: Unit, calendar: SchoolCalendar, tiles: Sequence[HalfTerm] = ()
) -> tuple[Days, Days]:
    """Return the first and the last day of the larger periods that ``regrouped`` makes of a run of periods.

    They are those of its first and last part; a period without any has no days (NaT). Raises ValueError as ``parts``.
    """
    made = parts(base, unit, calendar)
    ends = [part for held in made.values() if held for part in (held[0], held[-1])]
    firsts, lasts = spans(ends, calendar, tiles)
    first, last = (np.full(len(made), np.datetime64("NaT", "D")) for _ in range(2))
    there = np.array([bool(held) for held in made.values()])
    first[there], last[there] = firsts[::2], lasts[1::2]
    return first, last


def holding(chosen: Sequence[str], unit: Unit, calendar: SchoolCalendar) -> tuple[str, ...]:
    """List the larger periods that hold a part of a run of chosen ones, in order.

    Raises ValueError as ``parts`` does.
    """
    among = set(chosen)
    return tuple(period for period, held in parts(chosen, unit, calendar).items() if not among.isdisjoint(held))


def _holders(first: str, last: str, unit: Unit, calendar: SchoolCalendar) -> dict[str, str]:
    """Return the larger period of each month from a year before ``first`` to a year after ``last``."""
    around = months.between(months.shift(first, -12), months.shift(last, 12))
    days = np.array([around[0], months.shift(around[-1], 1)], dtype="datetime64[M]").astype("datetime64[D]")
    tiles = calendar.half_terms_of_years(days[0].item() - _YEAR, days[1].item() + _YEAR)
    return {month: p.around(tiles[half_terms.position_of_month(month, tiles)].key, unit) for month in around}
