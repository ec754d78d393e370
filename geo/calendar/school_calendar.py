"""School calendar: the term dates that count for a school, and the national pattern for the years they leave out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from geo.arrays import Bools
from geo.calendar import half_terms, periods
from geo.calendar.half_terms import HalfTerm
from geo.calendar.school_years import Days, SchoolYear, days_off, national_pattern, taught_years


@dataclass(frozen=True)
class SchoolCalendar:
    """When schools teach: the school years that term dates know, and the days that they list as off.

    ``known`` are the school years whose six half-terms the term dates say, in order; every other year has the national
    pattern of England and is assumed. ``off`` are the listed holidays and inset days in order, those of assumed years
    too. A calendar never changes, and two of the same dates are equal.
    """

    known: tuple[SchoolYear, ...] = ()
    off: tuple[date, ...] = ()

    @classmethod
    def from_term_dates(cls, term_dates: pd.DataFrame) -> "SchoolCalendar":
        """Return the calendar of some term dates; one without rows is the national pattern.

        They have ``label`` (text), ``first_day`` and ``last_day`` (datetime64, both included) and ``kind`` ("term",
        "half-term", "holiday" or "inset"). How they become six half-terms a year, says
        ``geo.calendar.school_years.taught_years``.
        """
        return cls(taught_years(term_dates), tuple(days_off(term_dates).tolist()))

    @cached_property
    def _by_number(self) -> Mapping[int, SchoolYear]:
        return {year.number: year for year in self.known}

    @cached_property
    def _days_off(self) -> Days:
        return np.array(self.off, dtype="datetime64[D]")

    def school_year(self, number: int) -> SchoolYear:
        """Return the school year that begins in the calendar year ``number``, known or assumed."""
        return self._by_number.get(number) or national_pattern(number)

    def half_terms(self, first: date, last: date) -> tuple[HalfTerm, ...]:
        """Return every half-term that has days from ``first`` to ``last``, whole and in order.

        Each day belongs to one half-term, whichever years are known. None when ``last`` is before ``first``.
        """
        return tuple(one for one in self._around(first, last) if _touches(one, first, last))

    def half_terms_of_years(self, first: date, last: date) -> tuple[HalfTerm, ...]:
        """Return every half-term of the school years that have days from ``first`` to ``last``, in order."""
        around = self._around(first, last)
        years = {one.year for one in around if _touches(one, first, last)}
        return tuple(one for one in around if one.year in years)

    def is_holiday(self, days: Days) -> Bools:
        """Return for each day (datetime64) whether it is outside term time, for the school-day clock.

        Term time runs from the first to the last day taught in a half-term, weekends included; the listed holidays and
        inset days in it, such as a bank holiday, are holidays. What is no day (NaT) is no holiday.
        """
        there = days[~np.isnat(days)].astype("datetime64[D]")
        if not there.size:
            return np.zeros(days.shape, dtype=np.bool_)
        numbers = range(there.min().item().year - 1, there.max().item().year + 1)
        taught = [span for number in numbers for span in self.school_year(number).taught]
        in_term = half_terms.positions_in_spans(days, taught) >= 0
        in_term &= ~np.isin(days.astype("datetime64[D]"), self._days_off)
        return ~in_term & ~np.isnat(days)

    def assumed_sentence(self, days: Days) -> str | None:
        """Say for which school years of some days the national pattern is assumed, or None when it is for none.

        The days (datetime64) are in order; those that are left out between them count for nothing.
        """
        if not days.size:
            return None
        first, last = days[[0, -1]].astype("datetime64[D]").tolist()
        around = self.half_terms(first, last)
        touched = set(half_terms.positions_of_days(days, around).tolist())
        return half_terms.sentence([one for at, one in enumerate(around) if at in touched])

    def _around(self, first: date, last: date) -> list[HalfTerm]:
        """Return the half-terms of all school years that may have days from ``first`` to ``last``."""
        numbers = range(first.year - 1, last.year + 2)  # the last only says when the sixth half-term before it ends
        begun = [
            (periods.half_term(number, half), begins, year.assumed)
            for number, year in ((number, self.school_year(number)) for number in numbers)
            for half, begins in enumerate(year.begins, start=1)
        ]
        return [
            HalfTerm(key, periods.say(key), begins, following - timedelta(days=1), assumed)
            for (key, begins, assumed), (_, following, _) in pairwise(begun)
        ]


NATIONAL_PATTERN: Final = SchoolCalendar()  # no term dates are loaded


def _touches(one: HalfTerm, first: date, last: date) -> bool:
    return first <= last and one.first <= last and one.last >= first
