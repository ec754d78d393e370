"""Term dates: the days of a school's terms, half-terms, holidays and inset days."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.reading import cells, dates
from data.reading.csvfile import header, read_text_table
from data.reading.sources import Source
from geo import columns as c
from geo.errors import InputError

KINDS: Final = ("term", "half-term", "holiday", "inset")
_TELLS: Final[dict[str, tuple[str, ...]]] = {
    c.LABEL: ("label", "name", "period", "title"),
    c.FIRST_DAY: ("first day", "start", "start date", "starts", "from", "begins"),
    c.LAST_DAY: ("last day", "end", "end date", "ends", "to"),
    c.KIND: ("kind", "type"),
}
_KIND_WORDS: Final = {"half term": "half-term", "holidays": "holiday", "inset day": "inset", "inset days": "inset"}


def read_calendar(source: Source) -> pd.DataFrame:
    """Read term dates from CSV, ordered by first day.

    Gives ``c.LABEL`` (text), ``c.FIRST_DAY`` and ``c.LAST_DAY`` (datetime64[s], both included) and ``c.KIND`` (one of
    ``KINDS``). Raises ``InputError`` for missing columns, blank cells, kinds outside the list, a last day before the
    first, and periods of one kind that overlap.
    """
    names = header(source)
    found = cells.choose_each(names, _TELLS)
    missing = [meaning for meaning in _TELLS if meaning not in found]
    if missing:
        raise InputError(
            f"“{source.name}”: term dates need the columns “label”, “first day”, “last day” and “kind”, but "
            f"the file has {cells.say_names(names)}; add or rename {cells.say_names(map(cells.plain, missing))}."
        )
    table = read_text_table(source, columns=list(found.values()))
    filled = cells.filled(table)
    text = {meaning: cells.texts(table.column(name)) for meaning, name in found.items()}
    for meaning, name in found.items():
        _require_filled(source.name, name, filled & cells.mask(pc.is_null(text[meaning])))
    calendar = pd.DataFrame({c.LABEL: pd.Series(text[c.LABEL].to_pylist(), dtype="str")})
    for meaning in (c.FIRST_DAY, c.LAST_DAY):
        moments = dates.parse_moments(text[meaning], where=source.name, column=found[meaning], today=None)
        calendar[meaning] = moments.dt.floor("D")
    calendar[c.KIND] = _kinds(source.name, found[c.KIND], text[c.KIND])
    _require_order(source.name, calendar, found)
    _require_apart(source.name, calendar)
    return calendar[filled].sort_values([c.FIRST_DAY, c.LAST_DAY], kind="stable").reset_index(drop=True)


def _require_filled(where: str, column: str, blank: cells.Mask) -> None:
    if blank.any():
        raise InputError(
            f"“{where}”: every period must have something in “{column}”, but it is blank in {cells.say_rows(blank)}; "
            "fill it."
        )


def _kinds(where: str, column: str, texts: pa.StringArray) -> pd.Series:
    words = [None if text is None else cells.plain(text) for text in texts.to_pylist()]
    kinds = pd.Series([None if word is None else _KIND_WORDS.get(word, word) for word in words], dtype="str")
    unknown = (kinds.notna() & ~kinds.isin(KINDS)).to_numpy()
    if unknown.any():
        raise InputError(
            f"“{where}”: “{column}” must be one of {cells.say_names(KINDS, 'or')}, but it is none of them in "
            f"{cells.say_rows(unknown)}; choose the nearest."
        )
    return kinds


def _require_order(where: str, calendar: pd.DataFrame, found: dict[str, str]) -> None:
    turned = (calendar[c.LAST_DAY] < calendar[c.FIRST_DAY]).to_numpy()
    if turned.any():
        raise InputError(
            f"“{where}”: “{found[c.LAST_DAY]}” must not be before “{found[c.FIRST_DAY]}”, but it is in "
            f"{cells.say_rows(turned)}; correct the dates."
        )


def _require_apart(where: str, calendar: pd.DataFrame) -> None:
    """Refuse a period that begins before another of its kind, listed earlier by first day, has ended."""
    ordered = calendar.sort_values(c.FIRST_DAY, kind="stable")
    reached = ordered.groupby(c.KIND)[c.LAST_DAY].transform(lambda last: last.cummax().shift())
    overlaps = np.zeros(len(calendar), dtype=np.bool_)
    overlaps[ordered.index.to_numpy()] = (ordered[c.FIRST_DAY] <= reached).to_numpy()
    if overlaps.any():
        raise InputError(
            f"“{where}”: periods of one kind must not overlap, but they do in {cells.say_rows(overlaps)}; correct the "
            "dates."
        )
