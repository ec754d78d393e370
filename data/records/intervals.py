"""When incidents happened: their time columns, the month of each row and, where days are known, its start and end."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from data.formats import cells
from data.records import dates
from geo import columns as c
from geo.arrays import Bools

# Names by which a column is known, as ``cells.normalised`` writes them, the most specific first.
TIME_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "date": ("incident date", "date of incident", "date", "date time", "datetime", "date occurred", "occurred on",
             "occurred", "event date", "date/time", "date and time", "date & time", "incident date/time",
             "incident date and time", "incident date time", "date/time of incident", "date and time of incident",
             "concern date", "date of concern", "concern date/time", "behaviour date", "event date/time", "timestamp",
             "when", "when did it happen"),
    "start": ("from", "start", "date from", "from date", "start date", "time from", "from time", "start time"),
    "end": ("to", "end", "date to", "to date", "end date", "time to", "to time", "end time"),
    "month": ("month", "incident month"),
    "time": ("incident time", "time of incident", "time", "concern time", "event time", "behaviour time",
             "time of concern", "time occurred", "time of day", "time raised", "time logged"),
}  # fmt: skip
# When it was written down: only where a file does not say when it happened.
_WRITTEN_DOWN: Final = (
    "raised on", "date raised", "reported on", "date reported", "logged on", "date logged", "recorded on",
    "date recorded", "created on", "date created", "created", "date/time created", "date/time raised",
)  # fmt: skip
_DAY: Final = np.timedelta64(1, "D")
_WHOLE_DAY: Final = np.timedelta64(24 * 60 * 60 - 1, "s")


class TimeColumns(BaseModel):
    """The columns that say when an incident happened; None for those that a file lacks.

    ``date`` holds days (with or without a time of day), ``time`` the time of day beside it; ``start`` and ``end`` (in
    JSON "from" and "to") hold moments, or times of day that belong to ``date``; ``month`` stands in their place where
    only months are known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    date: str | None = None
    start: str | None = Field(default=None, validation_alias=AliasChoices("start", "from"))
    end: str | None = Field(default=None, validation_alias=AliasChoices("end", "to"))
    month: str | None = None
    time: str | None = None

    @property
    def begin(self) -> str | None:
        """The column of the moment, or the time of day, at which an incident began."""
        return self.start or self.time


def guess_times(header: Sequence[str]) -> TimeColumns:
    """Return the time columns that ``header`` seems to have; a month is left out where days are known."""
    found = cells.find_columns(header, TIME_SYNONYMS)
    written = cells.find_column(header, _WRITTEN_DOWN)
    if written is not None and not {"date", "start", "month"} & found.keys():
        found["date"] = written
    if "start" in found:
        found.pop("time", None)
    elif "date" not in found and "time" in found:
        found["start"] = found.pop("time")
    if "date" in found or "start" in found:
        found.pop("month", None)
    return TimeColumns(**found)


def read_months(table: pa.Table, mapping: TimeColumns, today: date) -> tuple[dict[str, pa.Array], list[cells.Fault]]:
    """Return ``c.MONTH`` of each row and, where days are known, ``c.START`` and ``c.END``; and what is wrong.

    They are null where the row has no date, or one that is faulty. A day without a time of day is the interval of
    that whole day.
    """
    if mapping.month is not None:
        stated, faults = dates.read_months(table.column(mapping.month), mapping.month, today)
        return {c.MONTH: pa.array(stated, pa.string(), from_pandas=True)}, faults
    start, end, faults = _intervals(table, mapping, today)
    return {
        c.MONTH: _month_names(start),
        c.START: pa.array(start, pa.timestamp("s")),
        c.END: pa.array(end, pa.timestamp("s")),
    }, faults


def _month_names(start: dates.Seconds) -> pa.StringArray:
    """Return the month of each moment as text, null where there is none; each is written once and then looked up."""
    months = start.astype("datetime64[M]")
    known = ~np.isnat(months)
    if not known.any():
        return pa.nulls(len(start), pa.string())
    first, last = months[known].min(), months[known].max()
    names = pa.array(np.datetime_as_string(np.arange(first, last + np.timedelta64(1, "M"))), pa.string())
    return names.take(pa.array((months - first).astype(np.int64), mask=~known))


def _intervals(
    table: pa.Table, mapping: TimeColumns, today: date
) -> tuple[dates.Seconds, dates.Seconds, list[cells.Fault]]:
    """Return the start of each row, from its own start or else its date, and its end (NaT where none is known).

    A time of day alone belongs to the row's date; an end that is such a time and comes before the start is on the
    next day. Where no time of day is known the interval is the whole day, to its last second.
    """
    nothing = _Moments.none(len(table))
    day = _moments(table, mapping.date, None, today) if mapping.date else nothing
    begun = _moments(table, mapping.begin, day.at if mapping.date else None, today) if mapping.begin else day
    if mapping.begin is not None and mapping.begin == mapping.time:
        begun = replace(begun, faults=[_of_time(fault) for fault in begun.faults])
    own = ~np.isnat(begun.at)
    start, timed = np.where(own, begun.at, day.at), np.where(own, begun.timed, day.timed)
    ended = _moments(table, mapping.end, start, today) if mapping.end else nothing
    end = np.where(ended.alone & (ended.at < start), ended.at + _DAY, ended.at)
    end_timed = ended.timed
    if not (_off_midnight(start[timed]) or _off_midnight(end[end_timed])):  # an export of days, midnight throughout
        timed = end_timed = np.zeros(len(table), dtype=np.bool_)
    end = np.where(end_timed, end, end + _WHOLE_DAY)
    faults = [*day.faults, *(begun.faults if mapping.begin else ()), *ended.faults, *_backwards(start, end, mapping)]
    return start, np.where(np.isnat(end) & ~timed, start + _WHOLE_DAY, end), faults


def _of_time(fault: cells.Fault) -> cells.Fault:
    """Return a fault of a moment as one of the time of day that stands beside a date."""
    must = f"column “{fault.column}” must hold a time of day such as 15:10, but it holds"
    what = "a time of day that cannot be read"
    return replace(fault, what=what, must=must, remedy="correct those cells, or match no column as the time of day")


def _backwards(start: dates.Seconds, end: dates.Seconds, mapping: TimeColumns) -> list[cells.Fault]:
    backwards = end < start
    if not backwards.any():
        return []
    must = f"“{mapping.end}” must not be before “{mapping.begin or mapping.date}”, but"
    return [cells.Fault("an end before its start", str(mapping.end), backwards, must, "it is", "correct those rows")]


@dataclass(frozen=True, eq=False)
class _Moments:
    """One column of moments: when, whether a time of day is written, whether it is written without a day; faults."""

    at: dates.Seconds
    timed: Bools
    alone: Bools
    faults: list[cells.Fault] = field(default_factory=list)

    @classmethod
    def none(cls, length: int) -> Self:
        no = np.zeros(length, dtype=np.bool_)
        return cls(np.full(length, np.datetime64("NaT", "s")), no, no)


def _moments(table: pa.Table, column: str, base: dates.Seconds | None, today: date) -> _Moments:
    """Return a column of moments; a time of day alone is put on the day of ``base``."""
    texts = cells.texts(table.column(column))
    alone = dates.looks_like_time(texts)
    blank = pa.scalar(None, pa.string())
    full, faults = dates.read_moments(pc.if_else(pa.array(alone), blank, texts), column, today)
    at = full.at.to_numpy()
    if not alone.any():
        return _Moments(at, full.timed, alone, faults)
    if base is None:
        must, remedy = f"column “{column}” must say the day, but it holds", "name the column of the date too"
        dayless = cells.Fault("a time of day without a day", column, alone, must, "only a time of day", remedy)
        return _Moments(at, full.timed, alone, [dayless, *faults])
    times, wrong = dates.read_times(pc.if_else(pa.array(alone), texts, blank), column)
    at = np.where(alone, base.astype("datetime64[D]") + times.to_numpy(), at)
    return _Moments(at, full.timed | alone, alone, [*faults, *wrong])


def _off_midnight(at: dates.Seconds) -> bool:
    known = at[~np.isnat(at)]
    return bool((known != known.astype("datetime64[D]")).any())
