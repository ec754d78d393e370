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

_BREAK: Final = 3  # weekdays off that part two half-terms: Good Friday with Easter Monday are two
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


def school_years(entries: pd.DataFrame | None, years: range) -> list[SchoolYear]:
    """Return the school years that begin in ``years``, in their order.

    ``entries`` are term dates as ``data.records.term_dates`` gives them. Where exactly six taught half-terms begin
    between one 15 August and the next, they are that year's; they are looked for among the entries of kind "half-term",
    and then in those of kind "term", parted by holidays of at least three weekdays. A short "half-term" is understood
    as the holiday that people call so. The year begins on its first taught or inset day, on 1 September at the latest;
    that day is in its first half-term, and 14 August in its sixth. For other years the national pattern is assumed.
    """
    known = {} if entries is None else _by_calendar(entries)
    return [known.get(year) or _national(year) for year in years]


def days_off(entries: pd.DataFrame) -> Days:
    """List the days of holidays and the inset days of a calendar, in order."""
    kinds = _kinds(entries)
    return _all_days(entries[(kinds == "holiday") | (kinds == "inset")])


def _national(year: int) -> SchoolYear:
    def day(month_and_day: tuple[int, int]) -> date:
        return date(year if month_and_day >= _SEPTEMBER else year + 1, *month_and_day)

    return SchoolYear(
        tuple(day(begins) for begins, _, _ in _NATIONAL),
        tuple((day(first), day(last)) for _, first, last in _NATIONAL),
        assumed=True,
    )


def _by_calendar(entries: pd.DataFrame) -> dict[int, SchoolYear]:
    kinds, off = _kinds(entries), days_off(entries)
    halves, terms = entries[kinds == "half-term"], entries[kinds == "term"]
    inset = [day.item() for day in _all_days(entries[kinds == "inset"])]
    listed = [_taught(_days(first, last), off) for first, last in _spans(halves)]
    found: dict[int, SchoolYear] = {}
    # A half-term that is written in parts, or was cut in two, counts as one in the second way of looking.
    for runs in (listed, _runs(_taught(_all_days(halves), off)), _runs(_taught(_all_days(terms), off))):
        for year, taught in _in_years(runs).items():
            whole = len(taught) == len(HALVES) and taught[1][0] > date(year, *_SEPTEMBER)
            if whole and year not in found:
                found[year] = _year(year, taught, inset)
    return found


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
    """Part taught days wherever several weekdays between two of them are off."""
    between = np.busday_count(taught[:-1], taught[1:]) - 1
    return np.split(taught, np.flatnonzero(between >= _BREAK) + 1)


def _taught(days: Days, off: Days) -> Days:
    return np.setdiff1d(days[np.is_busday(days)], off)


def _kinds(entries: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the kind of each entry, "holiday" for what is called a half-term and is the holiday in one."""
    spans = list(_spans(entries))
    terms = [span for span, kind in zip(spans, entries[c.KIND], strict=True) if kind == "term"]

    def is_off(first: date, last: date, label: str) -> bool:
        length = last - first + timedelta(days=1)
        told = _OFF_WORDS.search(label) or any(begin <= first and last <= end for begin, end in terms)
        return length <= _SURELY_OFF or (length <= _PERHAPS_OFF and bool(told))

    rows = zip(spans, entries[c.LABEL], entries[c.KIND], strict=True)
    kinds = ["holiday" if kind == "half-term" and is_off(*span, label) else kind for span, label, kind in rows]
    return np.array(kinds, dtype=object)


def _spans(entries: pd.DataFrame) -> Iterator[tuple[date, date]]:
    """Return the first and the last day of each entry."""
    return zip(entries[c.FIRST_DAY].dt.date, entries[c.LAST_DAY].dt.date, strict=True)


def _all_days(entries: pd.DataFrame) -> Days:
    """List the days of entries in order, each once."""
    runs = [_days(first, last) for first, last in _spans(entries)]
    return np.unique(np.concatenate([*runs, np.array([], dtype="datetime64[D]")]))


def _days(first: date, last: date) -> Days:
    return np.arange(np.datetime64(first), np.datetime64(last) + 1)
