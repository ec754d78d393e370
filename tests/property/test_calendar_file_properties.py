"""Laws of calendar files: a calendar program reads back every word, no line is too long, and no event is lost."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from geo.register.calendar_file import CalendarDay, calendar_file

MADE_AT = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
# What people type or bring in, ends of lines and odd letters included; other controls are left out of the file.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\n"))
DAYS = st.builds(
    CalendarDay,
    st.integers(1, 9999).map(lambda number: f"action-{number}@local-context"),
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    WORDS.filter(lambda text: text.strip()),
    WORDS,
)


@given(st.lists(DAYS, max_size=4))
def test_a_calendar_program_reads_back_what_was_written(days: list[CalendarDay]) -> None:
    events = Calendar.from_ical(calendar_file(days, MADE_AT)).walk("VEVENT")
    assert [
        (str(one["UID"]), one["DTSTART"].dt, str(one["SUMMARY"]), str(one.get("DESCRIPTION", ""))) for one in events
    ] == [(one.uid, one.day, one.title, one.details) for one in days]


@given(st.lists(DAYS, max_size=4))
def test_no_line_is_longer_than_75_octets_and_all_end_alike(days: list[CalendarDay]) -> None:
    content = calendar_file(days, MADE_AT)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()  # no letter is cut in two


@given(st.text())
def test_no_text_can_add_a_line_of_its_own(text: str) -> None:
    content = calendar_file([CalendarDay("a@b", date(2026, 11, 29), f"x{text}", text)], MADE_AT).decode()
    unfolded = content.replace("\r\n ", "")
    assert unfolded.count("\r\n") <= 16
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1
