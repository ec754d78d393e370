"""British dates are read as they are meant, and what cannot be meant is refused by row number alone."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from data.records import dates
from tests.unit.data.records.refusals import CELL, FILE, refusal

TODAY = date(2026, 1, 5)


def moments(*texts: str | None, today: date | None = TODAY) -> list[datetime]:
    return list(dates.parse_moments(pa.array(texts, pa.string()), where=FILE, column="Date", today=today))


def refused(*texts: str | None) -> str:
    return refusal(lambda: moments(*texts))


@pytest.mark.parametrize(
    "text",
    ["01/09/2021", "1/9/21", "01-09-2021", "01.09.2021", "2021-09-01", "1 Sep 2021", "1 September 2021", "1-Sep-21",
     "1st September 2021", "1 sep 2021", " 01/09/2021 "],
)  # fmt: skip
def test_every_way_of_writing_a_day_is_read(text: str) -> None:
    assert moments(text) == [datetime(2021, 9, 1)]


@pytest.mark.parametrize("day", ["01/09/2021", "1/9/21", "01.09.2021", "2021-09-01", "1 September 2021"])
@pytest.mark.parametrize(("clock", "second"), [("15:10", 0), ("15:10:42", 42)])
def test_a_time_of_day_may_follow(day: str, clock: str, second: int) -> None:
    assert moments(f"{day} {clock}") == [datetime(2021, 9, 1, 15, 10, second)]


@pytest.mark.parametrize(
    "text",
    ["03/09/2025 14:35", "3 Sep 2025 2:35pm", "3 Sep 2025 2.35 p.m.", "Wed 3 September 2025 at 14:35",
     "45903.6076388889",
     "Wednesday, 3rd September 2025, 14:35", "03/09/2025 - 14:35", "14:35 03/09/2025", "2025-09-03 14:35:00.000",
     "03/09/25 02:35 PM"],
)  # fmt: skip
def test_ways_in_which_systems_write_a_moment_are_read(text: str) -> None:
    assert moments(text) == [datetime(2025, 9, 3, 14, 35)]


@pytest.mark.parametrize(
    ("text", "hour"), [("3/9/2025 2pm", 14), ("3 Sep 2025 12am", 0), ("3/9/25 12:00pm", 12), ("3/9/25 00:30am", 0)]
)
def test_halves_of_the_day_are_told(text: str, hour: int) -> None:
    assert moments(text)[0].hour == hour


def test_a_day_numbered_by_a_spreadsheet_has_no_time_unless_it_says_one() -> None:
    found = dates.parse_with_precision(pa.array(["45903", "45903.25"]), where=FILE, column="Date", today=TODAY)
    assert found.timed.tolist() == [False, True]


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2018-04-01T00:08:42+00:00", datetime(2018, 4, 1, 1, 8, 42)),
        ("2018-04-01T00:08:42Z", datetime(2018, 4, 1, 1, 8, 42)),
        ("2018-01-01T00:08:42+00:00", datetime(2018, 1, 1, 0, 8, 42)),
        ("2018-03-31T23:30:00+00:00", datetime(2018, 4, 1, 0, 30)),
        ("2018-04-01T00:08:42-02:30", datetime(2018, 4, 1, 3, 38, 42)),
        ("2018-04-01T00:08:42", datetime(2018, 4, 1, 0, 8, 42)),
        ("2018-04-01 00:08:42.123", datetime(2018, 4, 1, 0, 8, 42)),
    ],
)
def test_an_offset_is_turned_into_london_time(text: str, local: datetime) -> None:
    assert moments(text) == [local]


def test_blanks_are_missing_and_rows_keep_their_order() -> None:
    found = dates.parse_moments(pa.array(["02/09/2021", None, " ", "01/09/2021"]), where=FILE, column="D", today=TODAY)
    assert str(found.dtype) == "datetime64[s]"
    assert found.isna().tolist() == [False, True, True, False]
    assert found.dropna().tolist() == [datetime(2021, 9, 2), datetime(2021, 9, 1)]


def test_chunked_columns_and_series_and_empty_columns_are_read() -> None:
    chunked = pa.chunked_array([["01/09/2021"], [None, "02/09/2021"]])
    read = dates.parse_moments(chunked, where=FILE, column="D", today=TODAY)
    assert read.equals(dates.parse_moments(pd.Series(chunked.to_pylist()), where=FILE, column="D", today=TODAY))
    assert len(dates.parse_moments(pa.array([], pa.string()), where=FILE, column="D", today=TODAY)) == 0


def test_a_written_time_of_day_is_told_from_a_bare_day() -> None:
    texts = pa.array(["01/09/2021", "01/09/2021 00:00", None])
    found = dates.parse_with_precision(texts, where=FILE, column="D", today=TODAY)
    assert found.timed.tolist() == [False, True, False]


def test_today_is_not_still_to_come_and_years_of_two_digits_start_in_1990() -> None:
    assert moments("5/1/26 23:59", "1/1/90") == [datetime(2026, 1, 5, 23, 59), datetime(1990, 1, 1)]


def test_dates_may_lie_ahead_where_the_column_is_of_plans() -> None:
    assert moments("01/09/2031", today=None) == [datetime(2031, 9, 1)]


@pytest.mark.parametrize(
    ("text", "reason", "remedy"),
    [
        ("31/02/2021", "does not exist", "correct"),
        ("29/02/2021", "does not exist", "correct"),
        ("2021-13-01", "does not exist", "correct"),
        ("01/09/2021 24:00", "does not exist", "correct"),
        ("01/09/2021 10:61", "does not exist", "correct"),
        ("04/25/2021", "the month before the day", "put the day first"),
        ("06/01/2026", "still to come", "correct"),
        ("31/12/1989", "before 1990", "correct the year"),
        ("2021-10", "a month without a day", "name the column as month"),
        ("Sep 2021", "a month without a day", "name the column as month"),
        (f"01/09/2021 {CELL}", "something else", "correct"),
        ("01/09-2021", "something else", "correct"),
        ("99999", "something else", "correct"),
        ("2018-04-01T00:08:42+25:00", "something else", "correct"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_reason_and_row(text: str, reason: str, remedy: str) -> None:
    message = refused("01/09/2021", None, text, "02/09/2021", text)
    assert reason in message
    assert remedy in message
    assert "“Date”" in message
    assert "2 rows (the first is row 4)" in message
    assert text not in message


def test_one_bad_row_is_named_by_its_number_alone() -> None:
    assert refused("01/09/2021", CELL) == (
        "“log.csv”: column “Date” must hold a date such as 01/09/2021 or 2021-09-01, but it holds something else in "
        "row 3; correct those cells."
    )


def test_all_kinds_of_fault_are_told_at_once() -> None:
    message = refused(CELL, "31/12/2030", "31/04/2021", CELL)
    assert "something else (2), a date or time that does not exist (1) and a date still to come (1)" in message
    assert "4 rows (the first is row 2)" in message


@pytest.mark.parametrize("text", ["2021-09", "09/2021", "9/2021", "Sep 2021", "September 2021", "Sep-21"])
def test_every_way_of_writing_a_month_is_read(text: str) -> None:
    found = dates.parse_months(pa.array([text, None]), where=FILE, column="Month", today=TODAY)
    assert found[0] == "2021-09"
    assert found.isna().tolist() == [False, True]


@pytest.mark.parametrize("text", ["2021-13", "2026-02", "01/09/2021", CELL])
def test_what_is_no_month_is_refused(text: str) -> None:
    column = pa.array(["2026-01", text])
    message = refusal(lambda: dates.parse_months(column, where=FILE, column="Month", today=TODAY))
    assert "“Month” must hold a month such as 2021-09" in message
    assert "row 3" in message


def test_times_of_day_are_read_and_told_from_dates() -> None:
    texts = pa.array(["15:10", "9:05", "00:00:30", None])
    assert dates.looks_like_time(texts).tolist() == [True, True, True, False]
    assert not dates.looks_like_time(pa.array(["01/09/2021 15:10", "1510"])).any()
    found = dates.parse_times(texts, where=FILE, column="From")
    assert found.dropna().dt.total_seconds().tolist() == [15 * 3600 + 600, 9 * 3600 + 300, 30]
    assert found.isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize("text", ["24:00", "10:60", CELL])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    column = pa.array([text])
    message = refusal(lambda: dates.parse_times(column, where=FILE, column="From"))
    assert "“From” must hold a time of day" in message
    assert "row 2" in message


def test_faulty_dates_are_missing_and_their_faults_stand_beside_the_others() -> None:
    found, faults = dates.read_moments(pa.array(["01/09/2021 15:10", CELL, None, "31/02/2021 15:10"]), "Date", TODAY)
    assert found.at.isna().tolist() == [False, True, True, True]
    assert found.timed.tolist() == [True, False, False, False]
    assert [(fault.what, np.flatnonzero(fault.bad).tolist()) for fault in faults] == [
        ("a date that cannot be read", [1]),
        ("a date or time that does not exist", [3]),
    ]


def test_faulty_months_and_times_are_missing_too() -> None:
    months, wrong = dates.read_months(pa.array(["Sep 2021", CELL, "2021-13"]), "Month", TODAY)
    assert months.isna().tolist() == [False, True, True]
    assert [fault.what for fault in wrong] == ["a month that cannot be read", "a date or time that does not exist"]
    times, wrong = dates.read_times(pa.array(["15:10", CELL, "25:00"]), "From")
    assert times.isna().tolist() == [False, True, True]
    assert [fault.what for fault in wrong] == [
        "a time of day that cannot be read",
        "a date or time that does not exist",
    ]
