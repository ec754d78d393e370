"""British dates and times written as text, read all at once.

Times are naive local time (Europe/London). A date that cannot be meant, such as 31/02, one with the month first, one
still to come or one before 1990, is refused rather than guessed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from geo.arrays import Bools, Ints

Parts: TypeAlias = dict[str, Ints]
Seconds: TypeAlias = npt.NDArray[np.datetime64]
_Scalar = TypeVar("_Scalar", bound=np.generic)

EARLIEST_YEAR: Final = 1990
_LONDON: Final = "Europe/London"
_MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS: Final = {
    short: number for number, name in enumerate(_MONTH_NAMES, 1) for short in (name, name[:3], name[:4])
}

_YEAR: Final = r"(?P<year>[12]\d{3}|\d{2})"
_NAME: Final = r"(?P<name>[A-Za-z]{3,9})"
_HALF: Final = r"(?P<half>[AaPp])\.?[Mm]\.?"
_CLOCK: Final = rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:\.\d+)?)?(?: ?{_HALF})?"
_HOUR: Final = rf"(?P<hour>\d{{1,2}}) ?{_HALF}"  # 2pm
_OFFSET: Final = r"(?:(?P<zulu>[Zz])|(?P<sign>[+-])(?P<east>0\d|1[0-4]):?(?P<east_minute>[0-5]\d))?"
_THEN: Final = r"(?:[Tt]|,? +(?:at +|- *)?)"
_ON: Final = rf"(?:{_THEN}{_CLOCK})?$"
_WEEKDAY: Final = r"(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +)?"
_DAYS: Final = (
    *(rf"(?P<day>\d{{1,2}}){mark}(?P<month>\d{{1,2}}){mark}{_YEAR}" for mark in ("/", "-", r"\.")),
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_NAME},?[ -]{_YEAR}",
)
_DAY_FORMS: Final = (  # the year first, then the day first
    rf"^(?P<year>[12]\d{{3}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:{_THEN}{_CLOCK}{_OFFSET})?$",
    *(rf"^{_WEEKDAY}{day}{_ON}" for day in _DAYS),
    *(rf"^{_WEEKDAY}{day}{_THEN}{_HOUR}$" for day in _DAYS),
    *(rf"^{_CLOCK},? +(?:on +)?{_WEEKDAY}{day}$" for day in _DAYS),
)
_MONTH_FORMS: Final = (
    r"^(?P<year>[12]\d{3})-(?P<month>\d{1,2})$",
    r"^(?P<month>\d{1,2})/(?P<year>[12]\d{3})$",
    rf"^{_NAME}[ -]{_YEAR}$",
)
_TIME_FORM: Final = rf"^{_CLOCK}$"
_TIME_FORMS: Final = (_TIME_FORM, rf"^{_HOUR}$")
# Days as a spreadsheet numbers them, from 1990 to 2089, where the format of a cell was lost; and parts of a day.
_SERIAL: Final = r"^(?:3[3-9]|[4-6]\d)\d{3}(?:\.\d+)?$"
_PART_OF_DAY: Final = r"^0?\.\d+$"
_SERIAL_ZERO: Final = np.datetime64("1899-12-30", "s")
_SECONDS_A_DAY: Final = 24 * 60 * 60

_UNREADABLE, _MONTH_ONLY, _MONTH_FIRST, _IMPOSSIBLE, _TOO_OLD, _TO_COME = range(1, 7)
_FAULTS: Final = {  # what is found, and the remedy
    _UNREADABLE: ("something else", "correct those cells"),
    _MONTH_ONLY: ("a month without a day", "name the column as month if the file knows months only"),
    _MONTH_FIRST: ("the month before the day", "put the day first or write 2021-09-01"),
    _IMPOSSIBLE: ("a date or time that does not exist", "correct those cells"),
    _TOO_OLD: (f"a date before {EARLIEST_YEAR}", "correct the year"),
    _TO_COME: ("a date still to come", "correct those cells"),
}


@dataclass(frozen=True)
class Moments:
    """Dates of one column: ``at`` (datetime64[s], NaT where blank) and ``timed``, whether a time of day is written."""

    at: pd.Series
    timed: Bools


def parse_moments(
    texts: cells.Column | pd.Series, *, where: str, column: str, today: date | None, say: cells.Say = cells.say_rows
) -> pd.Series:
    """Return dates, with or without a time of day, as datetime64[s] in local time; NaT where blank.

    Reads 01/09/2021, 1/9/21, 01-09-2021, 01.09.2021, 2021-09-01, "1 Sep 2021" and "1 September 2021", each also with
    HH:MM or HH:MM:SS, "2:35pm" or "2pm", a day of the week, and "at"; and days as spreadsheets number them (45903.607
    is 3 September 2025, 14:34). A year that stands first may carry Z or an offset, which is turned into local time.
    ``where`` and ``column`` name the file and the column; ``today`` None lets dates lie ahead, as reviews and terms do;
    ``say`` names rows. Raises ``InputError`` for every other text, with the number of such rows and the first.
    """
    return parse_with_precision(texts, where=where, column=column, today=today, say=say).at


def parse_with_precision(
    texts: cells.Column | pd.Series, *, where: str, column: str, today: date | None, say: cells.Say = cells.say_rows
) -> Moments:
    """Return dates as ``parse_moments`` does, with where a time of day is written."""
    moments, faults = read_moments(texts, column, today)
    cells.refuse(faults, where=f"“{where}”", say=say)
    return moments


def parse_months(
    texts: cells.Column | pd.Series, *, where: str, column: str, today: date | None, say: cells.Say = cells.say_rows
) -> pd.Series:
    """Return months written 2021-09, 09/2021, "Sep 2021" or "September 2021" as text "2021-09"; missing where blank.

    Raises ``InputError`` as ``parse_moments`` does. A month that has begun is not still to come.
    """
    months, faults = read_months(texts, column, today)
    cells.refuse(faults, where=f"“{where}”", say=say)
    return months


def parse_times(
    texts: cells.Column | pd.Series, *, where: str, column: str, say: cells.Say = cells.say_rows
) -> pd.Series:
    """Return times of day written HH:MM or HH:MM:SS as timedelta64[s] after midnight; NaT where blank.

    Raises ``InputError`` for any other text, as ``parse_moments`` does.
    """
    times, faults = read_times(texts, column)
    cells.refuse(faults, where=f"“{where}”", say=say)
    return times


def read_moments(texts: cells.Column | pd.Series, column: str, today: date | None) -> tuple[Moments, list[cells.Fault]]:
    """Return dates as ``parse_moments`` does, NaT where one is blank or faulty, and the faults."""
    distinct, rows = _distinct(texts)
    parts, form = _match(_written_days(distinct), _DAY_FORMS)
    days, faults = _days(parts, day_first=form > 0)
    clock, timed, wrong_clock = _clock(parts)
    at = _local(days.astype("datetime64[s]") + clock.astype("timedelta64[s]"), parts)
    faults = np.where((faults == 0) & wrong_clock, _IMPOSSIBLE, faults)
    faults = np.where(faults == 0, _out_of_range(at, today), faults)
    faults = np.where(form >= 0, faults, np.where(_match(distinct, _MONTH_FORMS)[1] >= 0, _MONTH_ONLY, _UNREADABLE))
    at = np.where(faults == 0, at, np.datetime64("NaT", "s"))
    moments = Moments(
        pd.Series(_spread(at, rows, np.datetime64("NaT", "s"))), _spread(timed & (faults == 0), rows, False)
    )
    return moments, _faults(faults, rows, column, "a date such as 01/09/2021 or 2021-09-01")


def read_months(
    texts: cells.Column | pd.Series, column: str, today: date | None
) -> tuple[pd.Series, list[cells.Fault]]:
    """Return months as ``parse_months`` does, missing where one is blank or faulty, and the faults."""
    distinct, rows = _distinct(texts)
    parts, form = _match(distinct, _MONTH_FORMS)
    parts["day"] = np.ones(len(distinct), dtype=np.int64)
    days, faults = _days(parts, day_first=np.zeros(len(distinct), dtype=np.bool_))
    faults = np.where(faults == 0, _out_of_range(days.astype("datetime64[s]"), today), faults)
    faults = np.where(form >= 0, faults, _UNREADABLE)
    names = np.datetime_as_string(days.astype("datetime64[M]")).astype(object)
    names[faults > 0] = None
    return pd.Series(_spread(names, rows, None), dtype="str"), _faults(faults, rows, column, "a month such as 2021-09")


def read_times(texts: cells.Column | pd.Series, column: str) -> tuple[pd.Series, list[cells.Fault]]:
    """Return times of day as ``parse_times`` does, NaT where one is blank or faulty, and the faults."""
    distinct, rows = _distinct(texts)
    parts, form = _match(_written_times(distinct), _TIME_FORMS)
    clock, _, wrong = _clock(parts)
    faults = np.where(form < 0, _UNREADABLE, np.where(wrong, _IMPOSSIBLE, 0))
    nothing = np.timedelta64("NaT", "s")
    at = np.where(faults == 0, clock.astype("timedelta64[s]"), nothing)
    return pd.Series(_spread(at, rows, nothing)), _faults(faults, rows, column, "a time of day such as 15:10")


def looks_like_time(texts: cells.Column) -> Bools:
    """Return for each row whether it holds a time of day alone, such as 15:10."""
    text = cells.texts(texts)
    alone = [pc.match_substring_regex(text, form) for form in (*_TIME_FORMS, _PART_OF_DAY)]
    return cells.mask(reduce(pc.or_, alone))


def _written_days(distinct: pa.StringArray) -> pa.StringArray:
    """Return texts with the days that a spreadsheet numbers (45903.607) as it would show them."""
    return _unnumbered(distinct, _SERIAL, lambda value: str(_SERIAL_ZERO + value).removesuffix("T00:00:00"))


def _written_times(distinct: pa.StringArray) -> pa.StringArray:
    """Return texts with the parts of a day (0.607) as times of day."""
    return _unnumbered(distinct, _PART_OF_DAY, lambda value: str(_SERIAL_ZERO + value).partition("T")[2])


def _unnumbered(distinct: pa.StringArray, pattern: str, say: Callable[[np.timedelta64], str]) -> pa.StringArray:
    numbered = cells.mask(pc.match_substring_regex(distinct, pattern))
    if not numbered.any():
        return distinct
    texts = distinct.to_pylist()
    for at in np.flatnonzero(numbered).tolist():
        texts[at] = say(np.timedelta64(round(float(texts[at]) * _SECONDS_A_DAY), "s"))
    return pa.array(texts, pa.string())


def _distinct(texts: cells.Column | pd.Series) -> tuple[pa.StringArray, Ints]:
    """Return the distinct texts and, for each row, which of them it holds (-1 where blank)."""
    column = pa.array(texts, pa.string(), from_pandas=True) if isinstance(texts, pd.Series) else texts
    coded = cells.texts(column).dictionary_encode()
    rows = pc.fill_null(coded.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
    return coded.dictionary, np.asarray(rows, dtype=np.int64)


def _spread(distinct: npt.NDArray[_Scalar], rows: Ints, blank: object) -> npt.NDArray[_Scalar]:
    """Return for each row the value of its distinct text, and ``blank`` where the row is blank."""
    return np.concatenate([distinct, np.array([blank], dtype=distinct.dtype)])[rows]


def _match(distinct: pa.StringArray, forms: Sequence[str]) -> tuple[Parts, Ints]:
    """Return the parts of each text by name (-1 where absent), and the first form that it fits (-1 for none)."""
    names = ("year", "month", "day", "hour", "minute", "second", "half", "sign", "east", "east_minute", "zulu")
    parts = {part: np.full(len(distinct), -1, dtype=np.int64) for part in names}
    form = np.full(len(distinct), -1, dtype=np.int64)
    for number, pattern in enumerate(forms):
        left = np.flatnonzero(form < 0)
        if not len(left):
            break
        found = pc.extract_regex(distinct.take(pa.array(left)), pattern)
        fits = cells.mask(pc.is_valid(found))
        if not fits.any():
            continue
        form[left[fits]] = number
        for group in found.type.names:
            values = _whole_numbers(group, pc.struct_field(found.filter(pa.array(fits)), group))
            parts["month" if group == "name" else group][left[fits]] = values
    return parts, form


def _whole_numbers(group: str, column: pa.StringArray) -> Ints:
    """Return the digits, month names and signs that a form found as numbers, -1 where there is nothing."""
    if group == "name":
        keys = pa.array(list(_MONTH_NUMBERS))
        known = pc.index_in(pc.utf8_lower(column), keys)
        numbers = pc.fill_null(pa.array(list(_MONTH_NUMBERS.values())).take(known), 0)
    elif group in ("sign", "zulu"):
        numbers = pc.fill_null(pc.index_in(column, pa.array(["+", "Z", "z"])), -1)
        numbers = pc.if_else(pc.equal(column, "-"), -2, numbers)
    elif group == "half":
        numbers = pc.fill_null(pc.index_in(pc.utf8_lower(column), pa.array(["a", "p"])), -1)
    else:
        numbers = pc.if_else(pc.equal(column, ""), "-1", column).cast(pa.int64())
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.int64)


def _days(parts: Parts, *, day_first: Bools) -> tuple[Seconds, Ints]:
    """Return the day of each text and its fault, 0 when there is none. Years of two digits lie in 1990–2089."""
    year, month, day = parts["year"], parts["month"], parts["day"]
    year = np.where(year < 100, np.where(year < EARLIEST_YEAR % 100, 2000 + year, 1900 + year), year)
    months = ((year - 1970) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")
    first = months.astype("datetime64[D]")
    length = ((months + np.timedelta64(1, "M")).astype("datetime64[D]") - first).astype(np.int64)
    exists = (month >= 1) & (month <= 12) & (day >= 1) & (day <= length)
    turned = day_first & (month > 12) & (month <= 31) & (day >= 1) & (day <= 12)
    faults = np.where(exists, 0, np.where(turned, _MONTH_FIRST, _IMPOSSIBLE))
    return first + (np.where(exists, day, 1) - 1).astype("timedelta64[D]"), faults


def _clock(parts: Parts) -> tuple[Ints, Bools, Bools]:
    """Return seconds after midnight, whether a time is written, and whether that time does not exist."""
    hour, minute, second, half = parts["hour"], parts["minute"], parts["second"], parts["half"]
    wrong = (hour > 23) | (minute > 59) | (second > 59) | ((half == 0) & (hour > 12)) | ((half == 1) & (hour == 0))
    hour = np.where((half == 1) & (hour < 12), hour + 12, np.where((half == 0) & (hour == 12), 0, hour))
    seconds = np.maximum(hour, 0) * 3600 + np.maximum(minute, 0) * 60 + np.maximum(second, 0)
    return seconds, hour >= 0, wrong


def _local(at: Seconds, parts: Parts) -> Seconds:
    """Return moments with an offset in London's local time; moments without one are local already."""
    direction = np.where(parts["sign"] == -1, 0, np.where(parts["sign"] == 0, 1, -1))
    offset = direction * (np.maximum(parts["east"], 0) * 3600 + np.maximum(parts["east_minute"], 0) * 60)
    stated = (direction != 0) | (parts["zulu"] > 0)
    universal = pd.DatetimeIndex(at[stated] - offset[stated].astype("timedelta64[s]"), tz="UTC")
    at[stated] = universal.tz_convert(_LONDON).tz_localize(None).to_numpy()
    return at


def _out_of_range(at: Seconds, today: date | None) -> Ints:
    """Return the fault of each moment that lies before the earliest year or after ``today``, 0 for the others."""
    early = at < np.datetime64(f"{EARLIEST_YEAR}-01-01")
    late = at >= np.datetime64(today, "D") + np.timedelta64(1, "D") if today else np.zeros(len(at), dtype=np.bool_)
    return np.where(early, _TOO_OLD, np.where(late, _TO_COME, 0))


def _faults(faults: Ints, rows: Ints, column: str, wanted: str) -> list[cells.Fault]:
    """Return the faults of distinct texts (0 where there is none) as those of their rows."""
    kinds = np.unique(faults[faults > 0]).tolist()
    if not kinds:
        return []
    must, of_row = f"column “{column}” must hold {wanted}, but it holds", _spread(faults, rows, 0)
    return [cells.Fault(_what(kind, wanted), column, of_row == kind, must, *_FAULTS[kind]) for kind in kinds]


def _what(kind: int, wanted: str) -> str:
    return f"{wanted.partition(' such as ')[0]} that cannot be read" if kind == _UNREADABLE else _FAULTS[kind][0]
