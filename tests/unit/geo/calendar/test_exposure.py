from dataclasses import replace
from datetime import date

import pytest

from geo.calendar import months
from geo.calendar import periods as p
from geo.calendar.exposure import exposure
from geo.calendar.school_calendar import NATIONAL_PATTERN
from tests.unit.geo.calendars import HALF_TERMS, HOLIDAYS, TERMS, calendar

TERM_DATES = calendar(HALF_TERMS)  # 2024/25; the years beside it have none
YEAR = p.between("2024/25-1", "2024/25-6")


def days(periods, school_calendar=TERM_DATES, tiles=()):
    return exposure(periods, school_calendar, tiles).days.tolist()


def school_days(periods, school_calendar=TERM_DATES):
    return exposure(periods, school_calendar).school_days.tolist()


def test_months_have_their_own_days():
    assert days(["2023-12", "2024-01", "2024-02"]) == [31, 31, 29]
    assert days(["2025-02"]) == [28]


def test_half_terms_have_the_days_up_to_the_next_with_the_holiday_between():
    # They begin on 1 September, 4 November, 7 January, 24 February, 22 April and 3 June.
    assert days(YEAR) == [64, 64, 48, 57, 42, 90]


def test_terms_and_school_years_have_the_days_of_their_half_terms():
    assert days(["2024/25-T1", "2024/25-T2", "2024/25-T3"]) == [64 + 64, 48 + 57, 42 + 90]
    assert days(["2023/24", "2024/25"]) == [366, 365]


def test_school_days_are_weekdays_in_term_without_inset_days_and_holidays():
    # 4 September to 25 October: seven weeks and three days. 22 April to 23 May: five weeks less a Monday and May Day.
    assert school_days(["2024/25-1", "2024/25-5"]) == [38, 23]
    assert school_days(["2024-09", "2024-12", "2025-05", "2025-08"]) == [19, 15, 16, 0]


@pytest.mark.parametrize("text", [HALF_TERMS, TERMS + HOLIDAYS])
def test_a_school_year_has_190_school_days_whichever_way_term_dates_are_written(text):
    school_calendar = calendar(text)
    assert school_days(["2024/25"], school_calendar) == [190]
    assert sum(school_days(p.inside("2024/25", "term"), school_calendar)) == 190
    assert sum(school_days(months.between("2024-09", "2025-08"), school_calendar)) == 190


def test_a_bank_holiday_that_term_dates_do_not_list_counts_as_a_school_day():
    unlisted = calendar(HALF_TERMS.replace("May Day|2025-05-05|2025-05-05|holiday\n", ""))
    assert school_days(["2025-05"], unlisted) == [17]


def test_years_without_term_dates_have_the_days_of_the_national_pattern():
    halves = p.between("2023/24-1", "2023/24-6")
    assert days(halves, NATIONAL_PATTERN) == [61, 61, 51, 53, 48, 92]
    assert school_days(halves, NATIONAL_PATTERN) == [38, 35, 29, 28, 30, 35]
    assert school_days(halves) == school_days(halves, NATIONAL_PATTERN)


def test_half_terms_of_a_release_keep_their_days_whatever_the_term_dates_say_by_now():
    released = NATIONAL_PATTERN.half_terms_of_years(date(2024, 9, 1), date(2025, 8, 14))
    assert days(YEAR, TERM_DATES, released) == days(YEAR, NATIONAL_PATTERN)
    assert days(["2024/25-T1"], TERM_DATES, released) == [122]
    moved = replace(released[0], last=date(2024, 11, 10))
    assert days(YEAR, TERM_DATES, [moved]) == [71, 64, 48, 57, 42, 90]


def test_every_period_has_its_figures_in_the_order_asked_for():
    assert days(["2025/26-1", "2024/25-5", "2024/25-6"]) == [61, 42, 90]
    assert days(["2025-02", "2024-02"]) == [28, 29]


def test_no_periods_have_no_days():
    found = exposure([], TERM_DATES)
    assert (found.days.shape, found.school_days.shape) == ((0,), (0,))


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        (["2025/26-7"], "none of these"),
        (["2025-13"], "none of these"),
        (["2025/26-1", "2025-09"], "no fixed number"),
        (["2025-09", "2025/26-1"], "parsing"),
    ],
)
def test_what_is_no_period_and_periods_of_two_kinds_have_no_days(periods, told):
    with pytest.raises(ValueError, match=told):
        exposure(periods, TERM_DATES)
