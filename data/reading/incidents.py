"""Incidents of any organisation: a table with a date or month, a place and a category in columns of any name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.reading import cells, dates
from data.reading.csvfile import header, read_text_table
from data.reading.mapping import ColumnMapping, guess_mapping, load_mapping
from data.reading.positions import read_positions
from data.reading.rows import REQUIRED_FIELDS, TEXT, TIME_FIELDS, Rows
from data.reading.sources import Source
from geo import columns as c
from geo.errors import InputError

__all__ = ["ColumnMapping", "guess_mapping", "load_mapping", "read_incident_files", "read_incidents"]

NO_DATE = "no date"
NO_CATEGORY = "no category"
_DAY = np.timedelta64(1, "D")
_WHOLE_DAY = np.timedelta64(24 * 60 * 60 - 1, "s")


def read_incidents(source: Source, mapping: ColumnMapping | None = None, *, today: date) -> Rows:
    """Read the incidents of one CSV file by ``mapping``, or by a mapping guessed from its header.

    Gives the columns of ``REQUIRED_FIELDS`` and, unless only months are known, ``TIME_FIELDS``. A day without a time
    of day becomes the interval of that whole day. Rows without a date or a category are not kept, and counted. Only
    mapped columns are read; the names of the others stand in the notes. Months without incidents are no gaps.
    Raises ``InputError`` where a needed column is missing or a value cannot be read.
    """
    names = header(source)
    mapping = mapping or guess_mapping(names)
    _require_columns(source.name, mapping, names)
    used = list(dict.fromkeys(mapping.columns().values()))
    table = read_text_table(source, columns=used)
    kept: dict[str, pa.Array] = _months(table, mapping, source.name, today)
    kept[c.CATEGORY] = cells.texts(table.column(str(mapping.category)))
    kept[c.STATED] = cells.texts(table.column(mapping.area)) if mapping.area else pa.nulls(len(table), pa.string())
    kept[c.LON], kept[c.LAT] = _positions(table, mapping, source.name)
    fields = [*REQUIRED_FIELDS, *(TIME_FIELDS if c.START in kept else ())]
    no_date = pc.is_null(kept[c.MONTH])
    no_category = pc.and_(pc.is_valid(kept[c.MONTH]), pc.is_null(kept[c.CATEGORY]))
    keep = pc.and_(pc.is_valid(kept[c.MONTH]), pc.is_valid(kept[c.CATEGORY]))
    counts = {NO_DATE: pc.sum(no_date).as_py() or 0, NO_CATEGORY: pc.sum(no_category).as_py() or 0}
    arrays = [_typed(kept[field.name].filter(keep), field.type) for field in fields]
    unread = [name for name in names if name not in used]
    return Rows(
        table=pa.table(arrays, schema=pa.schema(fields)),
        read=len(table),
        not_kept=Counter({reason: count for reason, count in counts.items() if count}),
        notes=(f"Not kept: columns {', '.join(unread)}.",) if unread else (),
    )


def read_incident_files(sources: Sequence[Source], mapping: ColumnMapping | None = None, *, today: date) -> Rows:
    """Read several files as ``read_incidents`` does, and give their rows together, in the order of the files.

    Raises ``InputError`` when some files know days and others only months.
    """
    parts = [read_incidents(source, mapping, today=today) for source in sources]
    if not parts:
        raise InputError("Incidents need at least one file, but none was given; name the files to read.")
    if len({part.has_times for part in parts}) > 1:
        by_month = next(source.name for source, part in zip(sources, parts, strict=True) if not part.has_times)
        raise InputError(
            f"“{by_month}”: the files of one dataset must all know days or all only months, but this one knows months "
            "and another knows days; bring them as two datasets."
        )
    return Rows(
        table=pa.concat_tables([part.table for part in parts]).unify_dictionaries(),
        read=sum(part.read for part in parts),
        not_kept=sum((part.not_kept for part in parts), Counter()),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
    )


def _require_columns(where: str, mapping: ColumnMapping, names: Sequence[str]) -> None:
    """Refuse a mapping that names columns the file has not, or lacks what an incident needs."""
    columns = mapping.columns()
    found = f"the file has the columns {cells.say_names(names)}"
    absent = [name for name in columns.values() if name not in names]
    if absent:
        raise InputError(
            f"“{where}”: the mapping names {cells.say_names(absent)}, but {found}; correct the names in the mapping."
        )
    place = "area" in columns or {"longitude", "latitude"} <= set(columns) or {"easting", "northing"} <= set(columns)
    needs = {
        "a date (or from and to, or a month)": bool({"date", "start", "month"} & set(columns)),
        "a place (longitude and latitude, easting and northing, or an area code)": place,
        "a category": "category" in columns,
    }
    missing = [need for need, met in needs.items() if not met]
    if missing:
        raise InputError(
            f"“{where}”: incidents need {cells.say_words(missing)}, but {found}; say which column is which in "
            'a mapping file such as {"date": "…", "area": "…", "category": "…"} given with --map.'
        )
    if "month" in columns and {"date", "start", "end"} & set(columns):
        raise InputError(
            f"“{where}”: incidents need days or months, but the mapping names both; remove “month” to use the days."
        )


def _positions(table: pa.Table, mapping: ColumnMapping, where: str) -> tuple[pa.Array, pa.Array]:
    """Give longitude and latitude of each row, null where the row or the whole file has none."""
    pairs = {
        "lon": mapping.longitude,
        "lat": mapping.latitude,
        "easting": mapping.easting,
        "northing": mapping.northing,
    }
    if not any(pairs.values()):
        nothing = pa.nulls(len(table), pa.float64())
        return nothing, nothing
    lon, lat = read_positions(table, where=where, **pairs)
    return pa.array(lon, from_pandas=True), pa.array(lat, from_pandas=True)


def _months(table: pa.Table, mapping: ColumnMapping, where: str, today: date) -> dict[str, pa.Array]:
    """Give the month of each row and, where days are known, its start and end; null where the row has no date."""
    if mapping.month is not None:
        stated = dates.parse_months(table.column(mapping.month), where=where, column=mapping.month, today=today)
        return {c.MONTH: pa.array(stated, pa.string(), from_pandas=True)}
    start, end = _intervals(table, mapping, where, today)
    months = np.datetime_as_string(start.astype("datetime64[M]"))
    return {
        c.MONTH: pa.array(months, pa.string(), mask=np.isnat(start)),
        c.START: pa.array(start, pa.timestamp("s")),
        c.END: pa.array(end, pa.timestamp("s")),
    }


def _intervals(table: pa.Table, mapping: ColumnMapping, where: str, today: date) -> tuple[dates.Seconds, dates.Seconds]:
    """Give the start of each row, from its own start or else its date, and its end (NaT where none is known).

    A time of day alone belongs to the row's date; an end that is such a time and comes before the start is on the
    next day. Where no time of day is known the interval is the whole day, to its last second.
    """
    nothing = _Moments.none(len(table))
    day = _moments(table, mapping.date, None, where, today) if mapping.date else nothing
    begun = _moments(table, mapping.start, day.at if mapping.date else None, where, today) if mapping.start else day
    own = ~np.isnat(begun.at)
    start, timed = np.where(own, begun.at, day.at), np.where(own, begun.timed, day.timed)
    ended = _moments(table, mapping.end, start, where, today) if mapping.end else nothing
    end = np.where(ended.alone & (ended.at < start), ended.at + _DAY, ended.at)
    end_timed = ended.timed
    if not (_off_midnight(start[timed]) or _off_midnight(end[end_timed])):  # an export of days, midnight throughout
        timed = end_timed = np.zeros(len(table), dtype=np.bool_)
    end = np.where(end_timed, end, end + _WHOLE_DAY)
    backwards = end < start
    if backwards.any():
        raise InputError(
            f"“{where}”: “{mapping.end}” must not be before “{mapping.start or mapping.date}”, but it is in "
            f"{cells.say_rows(backwards)}; correct those rows."
        )
    return start, np.where(np.isnat(end) & ~timed, start + _WHOLE_DAY, end)


@dataclass(frozen=True)
class _Moments:
    """One column of moments: when, whether a time of day is written, and whether it is written without a day."""

    at: dates.Seconds
    timed: cells.Mask
    alone: cells.Mask

    @classmethod
    def none(cls, length: int) -> Self:
        no = np.zeros(length, dtype=np.bool_)
        return cls(np.full(length, np.datetime64("NaT", "s")), no, no)


def _moments(table: pa.Table, column: str, base: dates.Seconds | None, where: str, today: date) -> _Moments:
    """Read a column of moments; a time of day alone is put on the day of ``base``."""
    texts = cells.texts(table.column(column))
    alone = dates.looks_like_time(texts)
    if alone.any() and base is None:
        raise InputError(
            f"“{where}”: column “{column}” must say the day, but it holds only a time of day in "
            f"{cells.say_rows(alone)}; name the column of the date too."
        )
    blank = pa.scalar(None, pa.string())
    full = dates.parse_with_precision(
        pc.if_else(pa.array(alone), blank, texts), where=where, column=column, today=today
    )
    if base is None or not alone.any():
        return _Moments(full.at.to_numpy(), full.timed, alone)
    times = dates.parse_times(pc.if_else(pa.array(alone), texts, blank), where=where, column=column)
    at = np.where(alone, base.astype("datetime64[D]") + times.to_numpy(), full.at.to_numpy())
    return _Moments(at, full.timed | alone, alone)


def _off_midnight(at: dates.Seconds) -> bool:
    known = at[~np.isnat(at)]
    return bool((known != known.astype("datetime64[D]")).any())


def _typed(column: pa.Array, kind: pa.DataType) -> pa.Array:
    return column.dictionary_encode() if kind == TEXT else column
