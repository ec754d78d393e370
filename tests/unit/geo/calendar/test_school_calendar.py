from datetime import date

import numpy as np
import pytest

from geo.calendar.school_calendar import NATIONAL_PATTERN
from tests.unit.geo.calendars import BEGINS, HALF_TERMS, calendar

TERM_DATES = calendar(HALF_TERMS)  # 2024/25; the years beside it have none
WHOLE = TERM_DATES.half_terms(date(2024, 9, 1), date(2025, 8, 14))
ASSUMED = NATIONAL_PATTERN.half_terms(date(2024, 9, 1), date(2025, 8, 14))


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def holidays(first, last, school_calendar):
    """Return the days that are holidays, of all from first to last."""
    every = np.arange(np.datetime64(first), np.datetime64(last) + np.timedelta64(1, "D"))
    return [str(day) for day in every[school_calendar.is_holiday(every)]]


def test_half_terms_run_to_the_day_before_the_next():
    assert [one.key for one in WHOLE] == [f"2024/25-{number}" for number in range(1, 7)]
    assert [one.first.isoformat() for one in WHOLE] == BEGINS
    assert [one.last.isoformat() for one in WHOLE] == [
        "2024-11-03",
        "2025-01-06",
        "2025-02-23",
        "2025-04-21",
        "2025-06-02",
        "2025-08-31",
    ]
    assert (WHOLE[3].label, WHOLE[3].year, WHOLE[3].assumed) == ("Spring 2, 2024/25", "2024/25", False)


def test_the_national_pattern_has_six_half_terms():
    assert [f"{one.first:%d %b} {one.last:%d %b}" for one in ASSUMED] == [
        "01 Sep 31 Oct",
        "01 Nov 31 Dec",
        "01 Jan 20 Feb",
        "21 Feb 13 Apr",
        "14 Apr 31 May",
        "01 Jun 31 Aug",
    ]
    assert all(one.assumed for one in ASSUMED)


def test_half_terms_that_a_span_touches_are_given_whole():
    assert TERM_DATES.half_terms(date(2024, 11, 3), date(2025, 1, 7)) == WHOLE[:3]
    assert TERM_DATES.half_terms(date(2024, 11, 4), date(2025, 1, 6)) == WHOLE[1:2]
    assert TERM_DATES.half_terms(date(2025, 3, 1), date(2025, 3, 1)) == WHOLE[3:4]


def test_a_span_that_ends_before_it_begins_has_no_half_terms():
    assert TERM_DATES.half_terms(date(2025, 3, 1), date(2025, 2, 28)) == ()
    assert TERM_DATES.half_terms_of_years(date(2025, 3, 1), date(2025, 2, 28)) == ()


def test_school_years_that_a_span_touches_are_given_whole():
    assert TERM_DATES.half_terms_of_years(date(2025, 3, 1), date(2025, 3, 1)) == WHOLE
    assert TERM_DATES.half_terms_of_years(date(2024, 9, 1), date(2025, 8, 31)) == WHOLE
    both = TERM_DATES.half_terms_of_years(date(2025, 8, 31), date(2025, 9, 1))
    assert both[:6] == WHOLE
    assert [one.key for one in both[6:]] == [f"2025/26-{number}" for number in range(1, 7)]


@pytest.mark.parametrize("first_taught", ["2024-08-28", "2024-09-01", "2024-09-10"])
def test_the_summer_lasts_until_the_next_year_begins_whether_known_or_assumed(first_taught):
    school_calendar = calendar(
        HALF_TERMS.replace("2024-09-04", first_taught).replace("2024-09-02|2024-09-03", "2024-11-20|2024-11-20")
    )
    found = school_calendar.half_terms(date(2023, 9, 1), date(2026, 8, 14))
    assert len(found) == 18
    assert [one.assumed for one in found] == [True] * 6 + [False] * 6 + [True] * 6
    assert found[6].first == min(date.fromisoformat(first_taught), date(2024, 9, 1))
    assert (found[6].first - found[5].last).days == 1
    assert (found[12].first, found[11].last) == (date(2025, 9, 1), date(2025, 8, 31))


def test_holidays_are_what_lies_outside_the_days_taught():
    first_weeks = [str(day) for day in np.arange("2024-09-01", "2024-09-04", dtype="datetime64[D]")]
    october = [str(day) for day in np.arange("2024-10-26", "2024-11-04", dtype="datetime64[D]")]
    assert holidays("2024-09-01", "2024-12-20", TERM_DATES) == first_weeks + october


def test_staff_days_and_bank_holidays_are_holidays_and_weekends_of_term_are_not():
    school_calendar = calendar(HALF_TERMS + "Staff training|2025-03-14|2025-03-14|inset\n")
    assert holidays("2025-02-24", "2025-04-04", school_calendar) == ["2025-03-14"]
    assert holidays("2025-04-28", "2025-05-11", school_calendar) == ["2025-05-05"]


def test_years_without_term_dates_have_the_holidays_of_the_national_pattern():
    found = holidays("2025-09-01", "2026-08-31", TERM_DATES)
    assert found == holidays("2025-09-01", "2026-08-31", NATIONAL_PATTERN)
    per_month = {f"{number:02d}": sum(day[5:7] == f"{number:02d}" for day in found) for number in range(1, 13)}
    assert per_month == {
        "01": 3,
        "02": 7,
        "03": 0,
        "04": 13,
        "05": 7,
        "06": 0,
        "07": 11,
        "08": 31,
        "09": 0,
        "10": 7,
        "11": 0,
        "12": 12,
    }
    ends = {"2026-01-03", "2026-02-14", "2026-04-01", "2026-05-25", "2026-07-21", "2025-10-25", "2025-12-20"}
    assert ends <= set(found)


def test_listed_holidays_count_in_years_whose_half_terms_are_assumed():
    school_calendar = calendar("Snow|2026-03-02|2026-03-03|holiday\nStaff training|2026-06-01|2026-06-01|inset\n")
    assert holidays("2026-02-21", "2026-03-31", school_calendar) == ["2026-03-02", "2026-03-03"]
    assert holidays("2026-06-01", "2026-07-20", school_calendar) == ["2026-06-01"]


def test_what_is_no_day_is_no_holiday():
    assert NATIONAL_PATTERN.is_holiday(days("NaT", "2025-08-01")).tolist() == [False, True]
    assert TERM_DATES.is_holiday(days("NaT")).tolist() == [False]
    assert TERM_DATES.is_holiday(days()).tolist() == []


def test_two_calendars_of_the_same_term_dates_are_one_key():
    assert hash(calendar(HALF_TERMS)) == hash(TERM_DATES)
    assert {calendar(HALF_TERMS), TERM_DATES, NATIONAL_PATTERN} == {TERM_DATES, NATIONAL_PATTERN}


def test_the_sentence_of_some_days_is_about_their_school_years_alone():
    two = days("2023-09-04", "2025-09-01")  # 2024/25, between them, is known
    assert "2023/24 and 2025/26," in TERM_DATES.assumed_sentence(two)
    assert "2023/24 and 2025/26," in NATIONAL_PATTERN.assumed_sentence(two)
    assert TERM_DATES.assumed_sentence(days("2024-09-01", "2025-08-31")) is None
    assert TERM_DATES.assumed_sentence(days()) is None
