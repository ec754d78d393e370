"""Term dates: the days of a school's terms, half-terms, holidays and inset days."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.formats.sheets import Sheet
from data.records import dates
from data.records.period_kinds import HALF_TERM, KINDS, TERM, kind_of_period
from data.records.period_tables import SYNONYMS, bare_days
from data.screening import short_texts
from geo import columns as c
from geo.arrays import Bools
from geo.errors import InputError

_NEEDED: Final = (c.LABEL, c.FIRST_DAY, c.LAST_DAY)
_YEAR: Final = pd.Timedelta(days=366)  # what lasts longer has a year that was written wrongly
_KIND_WORDS: Final = {"half term": "half-term", "holidays": "holiday", "inset day": "inset", "inset days": "inset"}


def read_calendar(sheet: Sheet) -> pd.DataFrame:
    """Return the term dates of a table, ordered by first day.

    The columns are ``c.LABEL`` (text), ``c.FIRST_DAY`` and ``c.LAST_DAY`` (datetime64[s], both included) and ``c.KIND``
    (one of ``KINDS``; without a column of kinds, as each label and its days say). Raises ``InputError`` for missing
    columns, blank cells, labels that are long, cannot all be seen or seem to tell who a person is, kinds outside the
    list, a last day before the first, periods of more than a year, and periods of one kind that overlap; but a bank
    holiday may lie in a holiday where kinds are not written.
    """
    found = _columns(sheet)
    table = sheet.table.select(list(found.values()))
    filled = cells.filled(table)
    text = {meaning: cells.texts(table.column(name)) for meaning, name in found.items()}
    for meaning, name in found.items():
        _require_filled(sheet, name, filled & cells.mask(pc.is_null(text[meaning])))
    calendar = pd.DataFrame({c.LABEL: pd.Series(text[c.LABEL].to_pylist(), dtype="str")})
    short_texts.require_clean_cells(
        sheet, calendar[c.LABEL], "the name of a period", shortest=1, instead="say which period it is"
    )
    for meaning in (c.FIRST_DAY, c.LAST_DAY):
        moments, faults = dates.read_moments(bare_days(text[meaning]), found[meaning], today=None)
        cells.refuse(faults, where=sheet.where, say=sheet.say)
        calendar[meaning] = moments.at.dt.floor("D")
    _require_order(sheet, calendar, found)
    calendar[c.KIND] = _kinds(sheet, found[c.KIND], text[c.KIND]) if c.KIND in found else _told(calendar, filled)
    _require_short(sheet, calendar)
    _require_separate(sheet, calendar, KINDS if c.KIND in found else (TERM, HALF_TERM))
    return calendar[filled].sort_values([c.FIRST_DAY, c.LAST_DAY], kind="stable").reset_index(drop=True)


def term_day_columns(sheet: Sheet) -> list[str]:
    """List the columns that hold the first and last days of periods, as far as there are any."""
    found = cells.find_columns(sheet.columns, SYNONYMS)
    return [found[meaning] for meaning in (c.FIRST_DAY, c.LAST_DAY) if meaning in found]


def _columns(sheet: Sheet) -> dict[str, str]:
    found = cells.find_columns(sheet.columns, SYNONYMS)
    missing = [meaning for meaning in _NEEDED if meaning not in found]
    if missing:
        raise InputError(
            f"{sheet.where}: term dates need the columns “label”, “first day” and “last day”, but the file has "
            f"{cells.say_names(sheet.columns)}; add or rename {cells.say_names(map(cells.normalised, missing))}."
        )
    return found


def _require_filled(sheet: Sheet, column: str, blank: Bools) -> None:
    if blank.any():
        raise InputError(
            f"{sheet.where}: every period must have something in “{column}”, but it is blank in {sheet.say(blank)}; "
            "fill it."
        )


def _told(calendar: pd.DataFrame, filled: Bools) -> pd.Series:
    """Return the kind of each period as its label and its days tell it."""
    rows = zip(calendar[c.LABEL], calendar[c.FIRST_DAY].dt.date, calendar[c.LAST_DAY].dt.date, filled, strict=True)
    return pd.Series([kind_of_period(*period) if there else None for *period, there in rows], dtype="str")


def _kinds(sheet: Sheet, column: str, texts: pa.StringArray) -> pd.Series:
    words = [None if text is None else cells.normalised(text) for text in texts.to_pylist()]
    kinds = pd.Series([None if word is None else _KIND_WORDS.get(word, word) for word in words], dtype="str")
    unknown = (kinds.notna() & ~kinds.isin(KINDS)).to_numpy()
    if unknown.any():
        raise InputError(
            f"{sheet.where}: “{column}” must be one of {cells.say_names(KINDS, 'or')}, but it is none of them in "
            f"{sheet.say(unknown)}; choose the nearest."
        )
    return kinds


def _require_order(sheet: Sheet, calendar: pd.DataFrame, found: dict[str, str]) -> None:
    turned = (calendar[c.LAST_DAY] < calendar[c.FIRST_DAY]).to_numpy()
    if turned.any():
        raise InputError(
            f"{sheet.where}: “{found[c.LAST_DAY]}” must not be before “{found[c.FIRST_DAY]}”, but it is in "
            f"{sheet.say(turned)}; correct the dates."
        )


def _require_short(sheet: Sheet, calendar: pd.DataFrame) -> None:
    long = (calendar[c.LAST_DAY] - calendar[c.FIRST_DAY] >= _YEAR).to_numpy()
    if long.any():
        raise InputError(
            f"{sheet.where}: a period must last a year at most, but it lasts longer in {sheet.say(long)}; correct the "
            "dates."
        )


def _require_separate(sheet: Sheet, calendar: pd.DataFrame, kinds: Sequence[str]) -> None:
    """Refuse a period that begins before another of its kind, listed earlier by first day, has ended."""
    ordered = calendar[calendar[c.KIND].isin(kinds)].sort_values(c.FIRST_DAY, kind="stable")
    if ordered.empty:
        return
    reached = ordered.groupby(c.KIND)[c.LAST_DAY].transform(lambda last: last.cummax().shift())
    overlaps = np.zeros(len(calendar), dtype=np.bool_)
    overlaps[ordered.index.to_numpy()] = (ordered[c.FIRST_DAY] <= reached).to_numpy()
    if overlaps.any():
        raise InputError(
            f"{sheet.where}: periods of one kind must not overlap, but they do in {sheet.say(overlaps)}; correct the "
            "dates."
        )
