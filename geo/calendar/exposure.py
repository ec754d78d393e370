"""Exposure: the calendar days and the school days of each period, by which counts of unequal periods become rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from geo.arrays import Floats
from geo.calendar import periods as p
from geo.calendar.half_terms import HalfTerm
from geo.calendar.school_calendar import SchoolCalendar
from geo.calendar.school_years import Days


@dataclass(frozen=True)
class Exposure:
    """Calendar days and, among them, school days of each period, in the order of the periods."""

    days: Floats
    school_days: Floats


def exposure(periods: Sequence[str], calendar: SchoolCalendar, tiles: Sequence[HalfTerm] = ()) -> Exposure:
    """Return the days and the school days of each period of one kind: months, half-terms, terms or school years.

    A month has its own days; a half-term those from its first to the day before the next begins, the holiday after it
    included; terms and school years those of their half-terms. ``tiles`` are half-terms
    that keep their days whatever the calendar says by now, as those of a release do.

    School days are the weekdays that ``SchoolCalendar.is_holiday`` does not call holidays: holidays and inset
    days of the term dates are none. A bank holiday in term counts as one unless the term dates list it. The national
    pattern, which stands in for years without term dates, knows fixed dates only, so there the bank holiday of early
    May always counts, and Good Friday when it is in March: 194 to 197 school days a year, where schools teach 190.

    Raises ValueError for what is no period and when the periods are of two kinds, months and others.
    """
    if not periods:
        return Exposure(np.zeros(0), np.zeros(0))
    firsts, lasts = spans(periods, calendar, tiles)
    every = np.arange(firsts.min(), lasts.max() + np.timedelta64(1, "D"))
    school = np.is_busday(every) & ~calendar.is_holiday(every)
    before = np.concatenate([[0], np.cumsum(school)])  # school days before each day, and before the day after the last
    of_first, of_next = (firsts - every[0]).astype(np.int64), (lasts - every[0]).astype(np.int64) + 1
    return Exposure((of_next - of_first).astype(np.float64), (before[of_next] - before[of_first]).astype(np.float64))


def spans(periods: Sequence[str], calendar: SchoolCalendar, tiles: Sequence[HalfTerm] = ()) -> tuple[Days, Days]:
    """Return the first and the last day of each period, as ``exposure`` does. Raises ValueError for no period."""
    if p.unit_of(periods) == "month":
        whole = np.array(periods, dtype="datetime64[M]")
        after: Days = (whole + np.timedelta64(1, "M")).astype("datetime64[D]")
        last: Days = after - np.timedelta64(1, "D")
        return whole.astype("datetime64[D]"), last
    ends = [p.inside(period, "half-term") for period in periods]
    years = [int(period[:4]) for period in periods]
    of_years = calendar.half_terms_of_years(date(min(years), 9, 1), date(max(years) + 1, 8, 14))
    by_key = {tile.key: tile for tile in (*of_years, *tiles)}
    firsts = np.array([by_key[halves[0]].first for halves in ends], dtype="datetime64[D]")
    return firsts, np.array([by_key[halves[-1]].last for halves in ends], dtype="datetime64[D]")
