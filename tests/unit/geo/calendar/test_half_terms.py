from datetime import date

import numpy as np

from geo.calendar.half_terms import assumed_years, position_of_month, positions_of_days, sentence
from geo.calendar.school_calendar import NATIONAL_PATTERN
from tests.unit.geo.calendars import HALF_TERMS, calendar

TERM_DATES = calendar(HALF_TERMS)  # 2024/25; the years beside it have none
WHOLE = TERM_DATES.half_terms(date(2024, 9, 1), date(2025, 8, 14))
ASSUMED = NATIONAL_PATTERN.half_terms(date(2024, 9, 1), date(2025, 8, 14))


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


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
    school_calendar = calendar(HALF_TERMS.replace("2024-11-04", "2024-11-16"))
    assert position_of_month("2024-11", school_calendar.half_terms(date(2024, 9, 1), date(2025, 8, 14))) == 0


def test_a_month_outside_belongs_to_none():
    assert position_of_month("2025-09", WHOLE) == -1
    assert position_of_month("2024-08", WHOLE) == -1


def test_the_sentence_names_the_years_that_are_assumed():
    known = TERM_DATES.half_terms(date(2023, 9, 1), date(2027, 8, 14))
    assert assumed_years(known) == ["2023/24", "2025/26", "2026/27"]
    told = "No term dates of six half-terms are loaded for {}, so the national pattern is assumed."
    assert sentence(known) == told.format("2023/24, 2025/26 and 2026/27")
    assert sentence(known[:14]) == told.format("2023/24 and 2025/26")
    assert sentence(ASSUMED) == told.format("2024/25")


def test_nothing_is_said_when_nothing_is_assumed():
    assert sentence(WHOLE) is None
    assert sentence(()) is None
