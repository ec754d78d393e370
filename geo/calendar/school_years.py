"""School years: when the six half-terms of a year are taught, by its term dates or else as is usual in England."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import columns as c
from geo.calendar.periods import HALVES

Days: TypeAlias = npt.NDArray[np.datetime64]

_TURN: Final = (8, 15)  # month and day from which what begins belongs to the next school year: schools are closed then
_SEPTEMBER: Final = (9, 1)  # month and day on which a school year begins, if nobody comes earlier

# Month and day on which each half-term begins, and the first and the last of its days that are taught.
_NATIONAL: Final = (
    ((9, 1), (9, 1), (10, 24)),
    ((11, 1), (11, 1), (12, 19)),
    ((1, 1), (1, 4), (2, 13)),
    ((2, 21), (2, 21), (3, 31)),
    ((4, 14), (4, 14), (5, 24)),
    ((6, 1), (6, 1), (7, 20)),
)

_BREAK: Final = 3  # weekdays off that separate two half-terms: Good Friday with Easter Monday are two
_SURELY_OFF: Final = timedelta(days=12)  # a "half-term" no longer than two weeks is the holiday of that name
_PERHAPS_OFF: Final = timedelta(days=21)  # nor is one of up to three weeks taught, if its label or its place says so
_OFF_WORDS: Final = re.compile(r"\b(holidays?|breaks?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class SchoolYear:
    """Six half-terms: the days on which they begin, the first and last day taught in each, and whether by assumption.

    Each lasts until the next begins, so that a holiday belongs to the half-term before it; the sixth lasts until the
    next school year begins. Weekends between the first and the last day taught are part of the term.
    """

    begins: tuple[date, ...]
    taught: tuple[tuple[date, date], ...]
    assumed: bool

    @property
    def number(self) -> int:
        """The calendar year in which it begins: 2025 for 2025/26."""
        return self.begins[0].year


def national_pattern(number: int) -> SchoolYear:
    """Return the school year that begins in the calendar year ``number`` as is usual in England, by fixed dates."""

    def day(month_and_day: tuple[int, int]) -> date:
        return date(number if month_and_day >= _SEPTEMBER else number + 1, *month_and_day)

    return SchoolYear(
        tuple(day(begins) for begins, _, _ in _NATIONAL),
        tuple((day(first), day(last)) for _, first, last in _NATIONAL),
        assumed=True,
    )


def taught_years(term_dates: pd.DataFrame) -> tuple[SchoolYear, ...]:
    """Return the school years whose six half-terms some term dates say, in order.

    Where exactly six taught half-terms begin between one 15 August and the next, they are that year's; they are looked
    for among the rows of kind "half-term", and then in those of kind "term", split by holidays of at least three
    weekdays. A short "half-term" is understood as the holiday that people call so. The year begins on its first taught
    or inset day, on 1 September at the latest; that day is in its first half-term, and 14 August in its sixth.
    """
    kinds, off = _kinds(term_dates), days_off(term_dates)
    halves, terms = term_dates[kinds == "half-term"], term_dates[kinds == "term"]
    inset = [day.item() for day in _all_days(term_dates[kinds == "inset"])]
    listed = [_taught(_days(first, last), off) for first, last in _spans(halves)]
    found: dict[int, SchoolYear] = {}
    # A half-term that is written in parts, or was cut in two, counts as one in the second way of looking.
    for runs in (listed, _runs(_taught(_all_days(halves), off)), _runs(_taught(_all_days(terms), off))):
        for number, taught in _in_years(runs).items():
            whole = len(taught) == len(HALVES) and taught[1][0] > date(number, *_SEPTEMBER)
            if whole and number not in found:
                found[number] = _year(number, taught, inset)
    return tuple(year for _, year in sorted(found.items()))


def days_off(term_dates: pd.DataFrame) -> Days:
    """List the days of holidays and the inset days of a calendar, in order."""
    kinds = _kinds(term_dates)
    return _all_days(term_dates[(kinds == "holiday") | (kinds == "inset")])


def _year(year: int, taught: Sequence[tuple[date, date]], inset: Sequence[date]) -> SchoolYear:
    starts = [first for first, _ in taught]
    starts[0] = min(date(year, *_SEPTEMBER), starts[0], *(day for day in inset if _year_of(day) == year))
    return SchoolYear(tuple(starts), tuple(taught), assumed=False)


def _in_years(runs: Sequence[Days]) -> dict[int, list[tuple[date, date]]]:
    """Return first and last day of each run that has days, by school year and in order, one for each first day."""
    spans = {run[0].item(): run[-1].item() for run in runs if run.size}
    years: dict[int, list[tuple[date, date]]] = {}
    for first, last in sorted(spans.items()):
        years.setdefault(_year_of(first), []).append((first, last))
    return years


def _year_of(day: date) -> int:
    return day.year if (day.month, day.day) >= _TURN else day.year - 1


def _runs(taught: Days) -> list[Days]:
    """Split taught days wherever several weekdays between two of them are off."""
    between = np.busday_count(taught[:-1], taught[1:]) - 1
    return np.split(taught, np.flatnonzero(between >= _BREAK) + 1)


def _taught(days: Days, off: Days) -> Days:
    return np.setdiff1d(days[np.is_busday(days)], off)


def _kinds(term_dates: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the kind of each row, "holiday" for what is called a half-term and is the holiday in one."""
    spans = list(_spans(term_dates))
    terms = [span for span, kind in zip(spans, term_dates[c.KIND], strict=True) if kind == "term"]

    def is_off(first: date, last: date, label: str) -> bool:
        length = last - first + timedelta(days=1)
        says_off = _OFF_WORDS.search(label) or any(begin <= first and last <= end for begin, end in terms)
        return length <= _SURELY_OFF or (length <= _PERHAPS_OFF and bool(says_off))

    rows = zip(spans, term_dates[c.LABEL], term_dates[c.KIND], strict=True)
    kinds = ["holiday" if kind == "half-term" and is_off(*span, label) else kind for span, label, kind in rows]
    return np.array(kinds, dtype=object)


def _spans(term_dates: pd.DataFrame) -> Iterator[tuple[date, date]]:
    """Return the first and the last day of each row."""
    return zip(term_dates[c.FIRST_DAY].dt.date, term_dates[c.LAST_DAY].dt.date, strict=True)


def _all_days(term_dates: pd.DataFrame) -> Days:
    """List the days of term dates in order, each once."""
    runs = [_days(first, last) for first, last in _spans(term_dates)]
    return np.unique(np.concatenate([*runs, np.array([], dtype="datetime64[D]")]))


def _days(first: date, last: date) -> Days:
    return np.arange(np.datetime64(first), np.datetime64(last) + np.timedelta64(1, "D"))
