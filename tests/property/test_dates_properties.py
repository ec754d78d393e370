"""Any date written in any accepted form reads back equal."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from data.records.dates import parse_moments, parse_months, parse_times

TODAY = date(2030, 12, 31)
LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

DAY_FORMS: tuple[Callable[[datetime], str], ...] = (
    lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
    lambda d: f"{d.day}/{d.month}/{d.year % 100:02d}",
    lambda d: f"{d.day:02d}-{d.month:02d}-{d.year}",
    lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    lambda d: f"{d.year}-{d.month:02d}-{d.day:02d}",
    lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day:02d}-{MONTHS[d.month - 1][:3].upper()}-{d.year}",
)
CLOCK_FORMS: tuple[Callable[[datetime], str], ...] = (
    lambda d: f" {d:%H:%M:%S}",
    lambda d: f" {d.hour}:{d:%M:%S}",
    lambda d: f"T{d:%H:%M:%S}",
    lambda d: f", {d:%H:%M:%S}",
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2030, 12, 31, 23, 59, 59)).map(lambda d: d.replace(microsecond=0))


def read(texts: list[str | None]) -> list[datetime | None]:
    found = parse_moments(pa.array(texts, pa.string()), where="log.csv", column="Date", today=TODAY)
    return [None if pd.isna(value) else value.to_pydatetime() for value in found]


@given(st.lists(st.tuples(st.none() | moments, st.sampled_from(DAY_FORMS))))
def test_days_read_back_equal_whatever_the_form_of_each_row(rows: list) -> None:
    texts = [None if moment is None else write(moment) for moment, write in rows]
    expected = [None if moment is None else datetime(moment.year, moment.month, moment.day) for moment, _ in rows]
    assert read(texts) == expected


@given(moments, st.sampled_from(DAY_FORMS), st.sampled_from(CLOCK_FORMS))
def test_moments_read_back_equal_in_every_form(moment: datetime, day: Callable, clock: Callable) -> None:
    assert read([day(moment) + clock(moment)]) == [moment]


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_moments_with_an_offset_read_as_local_time(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    local = aware.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None)
    if datetime(1990, 1, 1) <= local <= datetime(2030, 12, 31, 23, 59, 59):
        assert read([aware.isoformat()]) == [local]


@given(moments)
def test_months_and_times_of_day_read_back_equal(moment: datetime) -> None:
    written = [f"{moment:%Y-%m}", f"{moment.month}/{moment.year}", f"{MONTHS[moment.month - 1]} {moment.year}"]
    months = parse_months(pa.array(written), where="log.csv", column="Month", today=TODAY)
    assert months.tolist() == [f"{moment:%Y-%m}"] * 3
    times = parse_times(pa.array([f"{moment:%H:%M:%S}"]), where="log.csv", column="From")
    assert datetime(moment.year, moment.month, moment.day) + times[0].to_pytimedelta() == moment
