"""Calendars (.ics): the name and the days of each event, and nothing else that an event says."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pyarrow as pa

from data.formats.headers import no_rows
from data.formats.sheets import Sheet
from data.formats.sources import Source
from geo.errors import InputError

LABEL: Final = "label"
FIRST: Final = "first day"
LAST: Final = "last day"
REPEATS: Final = "repeats"
_BEGINS: Final = b"BEGIN:VCALENDAR"
_BOM: Final = b"\xef\xbb\xbf"


def is_calendar(source: Source, start: bytes) -> bool:
    """Return whether a file is a calendar, by its name or its first bytes."""
    return source.name.lower().endswith(".ics") or start.removeprefix(_BOM).lstrip().upper().startswith(_BEGINS)


def read_events(source: Source) -> Sheet:
    """Return the events of a calendar: ``label``, ``first day``, ``last day`` (both included) and ``repeats``.

    Days are written 2025-09-02. The end of an event of whole days is the day after it, as the format has it; an event
    without an end lasts a day. ``repeats`` is filled where an event comes again by a rule. Rows are events in the order
    of the file. Raises ``InputError`` for a file that is no calendar or damaged, and for one without events.
    """
    import icalendar  # takes long to load, and few files are calendars

    data = source.read().removeprefix(_BOM)
    if not data.lstrip().upper().startswith(_BEGINS):
        raise InputError(
            f"“{source.name}” must be a calendar (.ics), and it is something else; export the calendar again, or save "
            "the dates as CSV."
        )
    try:
        rows = [row for calendar in icalendar.Calendar.from_ical(data, multiple=True) for row in _events(calendar)]
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, RecursionError):
        rows = None
    if rows is None:
        raise InputError(f"“{source.name}” must be a whole calendar, and it is damaged; export the calendar again.")
    if not rows:
        raise no_rows(f"“{source.name}”")
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    return Sheet(source.name, None, pa.table(columns, names=[LABEL, FIRST, LAST, REPEATS]), first=1, word="event")


def _events(calendar: Any) -> Iterator[tuple[str | None, str, str, str | None]]:
    for event in calendar.walk("VEVENT"):
        first, last = _days(event)
        label = " ".join(str(event.get("SUMMARY") or "").split()) or None
        yield label, first.isoformat(), last.isoformat(), "yes" if event.get("RRULE") or event.get("RDATE") else None


def _days(event: Any) -> tuple[date, date]:
    begins = event["DTSTART"].dt
    ends = event["DTEND"].dt if "DTEND" in event else None
    if ends is None:
        ends = begins + event["DURATION"].dt if "DURATION" in event else begins
    first, last = _day(begins), _day(ends)
    whole = not isinstance(ends, datetime) or ends.time() == time()
    # The end is the first moment after the event, so that of whole days is the day after the last.
    return first, max(first, last - timedelta(days=1)) if whole else last


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
