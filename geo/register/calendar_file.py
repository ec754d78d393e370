"""A calendar file (iCalendar, RFC 5545) of days on which something is due, which any calendar program reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

_PRODUCT: Final = "-//Local Context//What we did and owe//EN"
_WIDEST: Final = 75  # octets of a line, its end not counted (RFC 5545, 3.1)
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class CalendarDay:
    """Something due on a day. ``uid`` stays the same whenever it is exported, so that a program updates its entry."""

    uid: str
    day: date
    title: str
    details: str = ""


def calendar_file(days: Sequence[CalendarDay], made_at: datetime) -> bytes:
    """Return a calendar with an event of a whole day for each; ``made_at`` is the moment it is made, in UTC.

    Events and not tasks (VTODO), which most calendars leave out. They do not mark anybody as busy.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for one in days:
        lines += _event(one, made_at)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def _event(one: CalendarDay, made_at: datetime) -> list[str]:
    described = [f"DESCRIPTION:{_text(one.details)}"] if one.details else []
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(one.title)}",
        *described,
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    """Write a text as a value (RFC 5545, 3.3.11): ends of lines as \\n, no other control characters."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_ESCAPED)


def _folded(line: str) -> str:
    """Fold a line by octets; no character is cut in two."""
    parts: list[str] = [""]
    width = 0
    for letter in line:
        size = len(letter.encode())
        if width + size > _WIDEST:
            parts.append(" ")
            width = 1
        parts[-1] += letter
        width += size
    return "\r\n".join(parts)
