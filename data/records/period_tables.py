"""Tables of periods in the shapes that councils and schools publish them in, brought into one: label, days and kind."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pyarrow as pa

from data.formats import calendars, cells
from data.formats.byte_streams import start_of
from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sheets import Sheet
from data.formats.sources import Source
from data.records.period_kinds import is_about_terms
from geo import columns as c
from geo.errors import InputError

SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    c.LABEL: (
        "label", "name", "period", "title", "term", "term name", "school term", "term or holiday", "term/holiday",
        "event", "summary", "description", "holiday",
    ),
    c.FIRST_DAY: (
        "first day", "start", "start date", "starts", "from", "begins", "begin", "starting", "opens", "open",
        "term starts", "term start", "term begins", "start of term", "first day of term", "starts on", "begins on",
        "date from", "from date", "first date",
    ),
    c.LAST_DAY: (
        "last day", "end", "end date", "ends", "to", "finish", "finishes", "finish date", "ending", "closes", "close",
        "term ends", "term end", "end of term", "last day of term", "ends on", "finishes on", "date to", "to date",
        "last date", "until",
    ),
    c.KIND: ("kind", "type"),
}  # fmt: skip
_DATES: Final = ("dates", "date", "term dates", "days", "when", "date range")
_FIRST, _LAST, _LABEL = "first day", "last day", "label"
_WEEKDAY: Final = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b\.?,?\s*(?:the\s+)?(?=\d)", re.IGNORECASE
)
_DAY: Final = (
    r"\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?[A-Za-z]{3,9}(?:[ -,]+\d{4})?|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d"
)
_BARE_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"  # "27" of "27 to 31 October 2025"
_RANGE: Final = re.compile(
    rf"^({_DAY}|{_BARE_DAY}(?=\s*\D))(?:\s*(?:to|until|till|through|-|–|—)\s*({_DAY}))?$", re.IGNORECASE
)
_LINE: Final = re.compile(
    rf"^(.{{2,60}}?)\s*[:,–—-]?\s*(?:from\s+)?(({_DAY}|{_BARE_DAY})(?:\s*(?:to|until|till|-|–|—)\s*(?:{_DAY}))?)$",
    re.IGNORECASE,
)
_DAY_AND_MONTH: Final = 2  # words of a day without its year


def read_period_table(source: Source) -> tuple[Sheet, list[Sheet]]:
    """Return the table of periods of a file, and every sheet of it that is to be screened.

    Of a calendar (.ics) it is the events that are about terms, holidays and inset days. Where the first and the last
    day stand in one cell ("2 September 2025 - 24 October 2025"), or all in one line ("Autumn term: Tuesday 2 September
    2025 to Friday 24 October 2025"), they are taken apart. Raises ``InputError`` as the reader of the kind of file
    does, and for a calendar without such events, or one in which they repeat by a rule.
    """
    if calendars.is_calendar(source, start_of(source, 64)):
        sheet = _about_terms(calendars.read_events(source))
        return sheet, [sheet]
    sheets = read_sheets(source)
    return _apart(choose_sheet(sheets)), sheets


def bare_days(column: pa.ChunkedArray) -> pa.Array:
    """Return days without the day of the week before them: "2 September 2025" of "Tuesday 2 September 2025"."""
    return pa.array([None if text is None else _bare(text) for text in cells.texts(column).to_pylist()], pa.string())


def _about_terms(events: Sheet) -> Sheet:
    rows = events.table.to_pylist()
    first_of = {tuple(row.values()): at for at, row in reversed(list(enumerate(rows)))}  # a calendar may repeat itself
    keep = [_is_about_terms(row) and first_of[tuple(row.values())] == at for at, row in enumerate(rows)]
    if not any(keep):
        raise InputError(
            f"{events.where}: some event must be a term, a holiday or an inset day, but none of its "
            f"{len(rows):,} is called so; name them as “Autumn term” or “Half term”."
        )
    table = events.table.filter(pa.array(keep))
    if table.column(calendars.REPEATS).null_count < len(table):
        raise InputError(
            f"{events.where}: terms, holidays and inset days must have their own days, but some repeat by a rule; make "
            "an event of each."
        )
    return replace(events, table=table.drop_columns([calendars.REPEATS]))


def _is_about_terms(event: Mapping[str, str | None]) -> bool:
    label, first, last = (event[name] or "" for name in (calendars.LABEL, calendars.FIRST, calendars.LAST))
    return bool(label) and is_about_terms(label, date.fromisoformat(first), date.fromisoformat(last))


def _apart(sheet: Sheet) -> Sheet:
    """Return a sheet with first and last days in columns of their own, where it has them in one."""
    found = cells.find_columns(sheet.columns, SYNONYMS)
    if {c.FIRST_DAY, c.LAST_DAY} <= set(found):
        return sheet
    dates = cells.find_column(sheet.columns, _DATES)
    if dates is not None and c.LABEL in found:
        spans = [_span(text) for text in cells.texts(sheet.table.column(dates)).to_pylist()]
        if all(spans):
            table = sheet.table.drop_columns([dates])
            for at, name in enumerate((_FIRST, _LAST)):
                table = table.append_column(name, pa.array([span[at] if span else None for span in spans], pa.string()))
            return replace(sheet, table=table)
    return _lines_apart(sheet)


def _lines_apart(sheet: Sheet) -> Sheet:
    """Return periods that are written in one cell each; the first may stand where names of columns are expected."""
    if len(sheet.columns) != 1:
        return sheet
    texts = [*sheet.columns, *cells.texts(sheet.table.column(0)).to_pylist()]
    lines = [None if text is None else _LINE.match(_bare(text)) for text in texts]
    first = 0 if lines[0] else 1
    rows = [
        (line[1].rstrip(" :,-–—"), *span)
        for line in lines[first:] if line and (span := _span(line[2])) is not None
    ]  # fmt: skip
    if not rows or len(rows) < len([text for text in texts[first:] if text]):
        return sheet
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    return replace(sheet, table=pa.table(columns, names=[_LABEL, _FIRST, _LAST]), first=sheet.first - 1 + first)


def _span(text: str | None) -> tuple[str | None, str | None] | None:
    """Return the first and the last day that a cell says, the same for a single day; None for anything else."""
    if text is None:
        return None, None
    found = _RANGE.match(_bare(text))
    if found is None:
        return None
    first, last = _plain(found[1]), _plain(found[2] or found[1])
    whole = last.split()  # the first day may leave out the year, or the month and the year, that the last one says
    if len(whole) > _DAY_AND_MONTH and "/" not in first and "-" not in first:
        first = " ".join([*first.split(), *whole[len(first.split()) :]])
    return first, last


def _bare(text: str) -> str:
    return _WEEKDAY.sub("", " ".join(text.split()))


def _plain(day: str) -> str:
    return re.sub(r"\s+of\s+", " ", day.replace(",", " ")).strip()
