from datetime import date

import numpy as np
import pytest

from geo.calendar.half_terms import (
    assumed_years,
    half_terms,
    is_holiday,
    of_years,
    position_of_month,
    positions_of_days,
    sentence,
)
from tests.unit.geo.calendars import BEGINS, HALF_TERMS, calendar

TERM_DATES = calendar(HALF_TERMS)  # 2024/25; the years beside it have none
WHOLE = half_terms(TERM_DATES, date(2024, 9, 1), date(2025, 8, 14))
ASSUMED = half_terms(None, date(2024, 9, 1), date(2025, 8, 14))


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def holidays(first, last, entries):
    """Return the days that are holidays, of all from first to last."""
    every = np.arange(np.datetime64(first), np.datetime64(last) + 1)
    return [str(day) for day in every[is_holiday(every, entries)]]


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
    assert half_terms(TERM_DATES, date(2024, 11, 3), date(2025, 1, 7)) == WHOLE[:3]
    assert half_terms(TERM_DATES, date(2024, 11, 4), date(2025, 1, 6)) == WHOLE[1:2]
    assert half_terms(TERM_DATES, date(2025, 3, 1), date(2025, 3, 1)) == WHOLE[3:4]


def test_a_span_that_ends_before_it_begins_has_no_half_terms():
    assert half_terms(TERM_DATES, date(2025, 3, 1), date(2025, 2, 28)) == ()
    assert of_years(TERM_DATES, date(2025, 3, 1), date(2025, 2, 28)) == ()


def test_school_years_that_a_span_touches_are_given_whole():
    assert of_years(TERM_DATES, date(2025, 3, 1), date(2025, 3, 1)) == WHOLE
    assert of_years(TERM_DATES, date(2024, 9, 1), date(2025, 8, 31)) == WHOLE
    both = of_years(TERM_DATES, date(2025, 8, 31), date(2025, 9, 1))
    assert both[:6] == WHOLE
    assert [one.key for one in both[6:]] == [f"2025/26-{number}" for number in range(1, 7)]


@pytest.mark.parametrize("first_taught", ["2024-08-28", "2024-09-01", "2024-09-10"])
def test_the_summer_lasts_until_the_next_year_begins_whether_known_or_assumed(first_taught):
    entries = calendar(
        HALF_TERMS.replace("2024-09-04", first_taught).replace("2024-09-02|2024-09-03", "2024-11-20|2024-11-20")
    )
    found = half_terms(entries, date(2023, 9, 1), date(2026, 8, 14))
    assert len(found) == 18
    assert [one.assumed for one in found] == [True] * 6 + [False] * 6 + [True] * 6
    assert found[6].first == min(date.fromisoformat(first_taught), date(2024, 9, 1))
    assert (found[6].first - found[5].last).days == 1
    assert (found[12].first, found[11].last) == (date(2025, 9, 1), date(2025, 8, 31))


def test_every_day_has_its_half_term():
    asked = days("2024-08-31", "2024-09-01", "2024-11-03", "2024-11-04", "2025-08-31", "2025-09-01", "NaT")
    assert positions_of_days(asked, WHOLE).tolist() == [-1, 0, 0, 1, 5, -1, -1]
    assert positions_of_days(asked, WHOLE[1:]).tolist() == [-1, -1, -1, 0, 4, -1, -1]


def test_hours_do_not_change_the_half_term_of_a_day():
    asked = np.array(["2024-11-03T23:59:59", "2025-08-31T12:00:00"], dtype="datetime64[s]")
    assert positions_of_days(asked, WHOLE).tolist() == [0, 5]


def test_without_half_terms_no_day_has_one():
    assert positions_of_days(days("2024-09-01", "2024-09-02"), ()).tolist() == [-1, -1]
    assert positions_of_days(days(), WHOLE).tolist() == []


def test_between_half_terms_that_lie_apart_no_day_has_one():
    assert positions_of_days(days("2024-11-03", "2024-12-01", "2025-01-07"), (WHOLE[0], WHOLE[2])).tolist() == [
        0,
        -1,
        1,
    ]


def test_a_month_belongs_to_the_half_term_that_holds_most_of_its_days():
    names = ["2024-09", "2024-10", "2024-11", "2024-12", *(f"2025-{number:02d}" for number in range(1, 9))]
    assert [position_of_month(name, WHOLE) for name in names] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 5]
    assert [position_of_month(name, ASSUMED) for name in names] == [0, 0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 5]


def test_a_month_in_equal_halves_belongs_to_the_earlier():
    entries = calendar(HALF_TERMS.replace("2024-11-04", "2024-11-16"))
    assert position_of_month("2024-11", half_terms(entries, date(2024, 9, 1), date(2025, 8, 14))) == 0


def test_a_month_outside_belongs_to_none():
    assert position_of_month("2025-09", WHOLE) == -1
    assert position_of_month("2024-08", WHOLE) == -1


def test_holidays_are_what_lies_outside_the_days_taught():
    first_weeks = [str(day) for day in np.arange("2024-09-01", "2024-09-04", dtype="datetime64[D]")]
    october = [str(day) for day in np.arange("2024-10-26", "2024-11-04", dtype="datetime64[D]")]
    assert holidays("2024-09-01", "2024-12-20", TERM_DATES) == first_weeks + october


def test_staff_days_and_bank_holidays_are_holidays_and_weekends_of_term_are_not():
    entries = calendar(HALF_TERMS + "Staff training|2025-03-14|2025-03-14|inset\n")
    assert holidays("2025-02-24", "2025-04-04", entries) == ["2025-03-14"]
    assert holidays("2025-04-28", "2025-05-11", entries) == ["2025-05-05"]


def test_years_without_term_dates_have_the_holidays_of_the_national_pattern():
    found = holidays("2025-09-01", "2026-08-31", TERM_DATES)
    assert found == holidays("2025-09-01", "2026-08-31", None)
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
    entries = calendar("Snow|2026-03-02|2026-03-03|holiday\nStaff training|2026-06-01|2026-06-01|inset\n")
    assert holidays("2026-02-21", "2026-03-31", entries) == ["2026-03-02", "2026-03-03"]
    assert holidays("2026-06-01", "2026-07-20", entries) == ["2026-06-01"]


def test_what_is_no_day_is_no_holiday():
    assert is_holiday(days("NaT", "2025-08-01"), None).tolist() == [False, True]
    assert is_holiday(days("NaT"), TERM_DATES).tolist() == [False]
    assert is_holiday(days(), TERM_DATES).tolist() == []


def test_the_sentence_names_the_years_that_are_assumed():
    known = half_terms(TERM_DATES, date(2023, 9, 1), date(2027, 8, 14))
    assert assumed_years(known) == ["2023/24", "2025/26", "2026/27"]
    told = "No term dates of six half-terms are loaded for {}, so the national pattern is assumed."
    assert sentence(known) == told.format("2023/24, 2025/26 and 2026/27")
    assert sentence(known[:14]) == told.format("2023/24 and 2025/26")
    assert sentence(ASSUMED) == told.format("2024/25")


def test_nothing_is_said_when_nothing_is_assumed():
    assert sentence(WHOLE) is None
    assert sentence(()) is None
