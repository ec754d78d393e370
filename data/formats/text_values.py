"""Values of any file as the text a person would type: 12345 and not 12345.0, 2021-09-03T15:10:00, 15:10, true.

So the same incidents give the same table, whatever kind of file they come in.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formats.cells import Column

_EXACT: Final = 1e15  # below this every whole float is exactly the number that it shows
_HALF_SECOND: Final = 500_000  # microseconds
_MINUTES: Final = 60


def text_of(value: object) -> str | None:
    """Return a value of JSON or of a workbook as text, None where it is blank; what is nested becomes JSON text."""
    make = _MAKERS.get(type(value))
    text = json.dumps(value) if make is None else make(value)
    return text if text and not text.isspace() else None


def texts_of(values: Iterable[object]) -> pa.Array:
    """Return values as a column of text, null where blank."""
    return pa.array([text_of(value) for value in values], pa.string())


def text_column(column: Column) -> pa.Array | None:
    """Return a column of Arrow as text, null where blank; None for bytes and for what is nested.

    Moments with a time zone are written in UTC with Z, others as they stand; fractions of a second are left out.
    """
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    kind = whole.type
    if isinstance(whole, pa.ExtensionArray):
        return text_column(whole.storage)
    if pa.types.is_dictionary(kind):
        values = text_column(whole.dictionary)
        return None if values is None else values.take(whole.indices)
    make = next((make for fits, make in _ARROW if fits(kind)), None)
    return None if make is None else _blank_as_null(make(whole))


def _blank_as_null(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(texts), ""), pa.scalar(None, pa.string()), texts)


def _str(value: str) -> str:
    """Return text that can be kept: JSON can hold halves of characters, which no encoding can write."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _float(value: float) -> str | None:
    if not math.isfinite(value):
        return None
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)


def _datetime(value: datetime) -> str:
    """Round to the second: a workbook counts days in fractions, so that 15:10:00 may come as 15:09:59.999999."""
    return (value + timedelta(microseconds=_HALF_SECOND)).replace(microsecond=0, tzinfo=None).isoformat()


def _time(value: time) -> str:
    return _timedelta(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) + _part(value))


def _part(value: time) -> timedelta:
    return timedelta(microseconds=value.microsecond)


def _timedelta(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), _MINUTES)
    hours, minutes = divmod(minutes, _MINUTES)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _floats(column: pa.Array) -> pa.Array:
    values = column.cast(pa.float64()) if pa.types.is_float16(column.type) else column
    known = pc.is_finite(values)
    whole = pc.and_(pc.equal(values, pc.trunc(values)), pc.less(pc.abs(values), _EXACT))
    if pc.all(pc.or_kleene(whole, pc.invert(known))).as_py():
        return pc.if_else(known, values, None).cast(pa.int64()).cast(pa.string())
    # Arrow writes 1.2e+11 where a person writes 120000000000; a float32 is written by its own digits.
    own = np.float32 if pa.types.is_float32(column.type) else float
    return pa.array([None if v is None else _float(float(str(own(v)))) for v in values.to_pylist()], pa.string())


def _moments(column: pa.Array) -> pa.Array:
    kind = pa.timestamp("s", column.type.tz)
    return pc.replace_substring(column.cast(kind, safe=False).cast(pa.string()), " ", "T")


def _times(column: pa.Array) -> pa.Array:
    texts = column.cast(pa.time32("s"), safe=False).cast(pa.string())
    return pc.replace_substring_regex(texts, r"^(\d\d:\d\d):00$", r"\1")


def _cast(column: pa.Array) -> pa.Array:
    return column.cast(pa.string())


_MAKERS: Final[Mapping[type, Callable[..., str | None]]] = {
    type(None): lambda _: None,
    str: _str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _float,
    datetime: _datetime,
    date: date.isoformat,
    time: _time,
    timedelta: _timedelta,
}


def _is_cast(kind: pa.DataType) -> bool:
    types = pa.types
    fits = (types.is_string, types.is_large_string, types.is_string_view, types.is_integer, types.is_boolean)
    return any(fit(kind) for fit in (*fits, types.is_decimal, types.is_date, types.is_null))


_ARROW: Final[tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...]] = (
    (pa.types.is_floating, _floats),
    (pa.types.is_timestamp, _moments),
    (pa.types.is_time, _times),
    (_is_cast, _cast),
)
