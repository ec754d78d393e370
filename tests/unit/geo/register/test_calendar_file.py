"""A calendar file is what RFC 5545 asks: whole days, one event for each, named alike at every export."""

from datetime import UTC, date, datetime

from geo.register.calendar_file import CalendarDay, calendar_file


def test_a_day_is_a_whole_day_event_that_marks_nobody_as_busy():
    made = calendar_file(
        [CalendarDay("action-7@local-context", date(2026, 12, 31), "Lamps; gate, hedge", "Mill Lane\nDSL")],
        datetime(2026, 11, 29, 9, 30, 15, tzinfo=UTC),
    )
    assert made.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Local Context//What we did and owe//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:action-7@local-context",
        "DTSTAMP:20261129T093015Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Lamps\\; gate\\, hedge",
        "DESCRIPTION:Mill Lane\\nDSL",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
