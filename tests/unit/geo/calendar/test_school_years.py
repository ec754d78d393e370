import numpy as np
import pytest

from geo.calendar.school_calendar import NATIONAL_PATTERN
from tests.unit.geo.calendars import BEGINS, HALF_TERMS, HOLIDAYS, TERMS, calendar


def year(text, begins=2024):
    return calendar(text).school_year(begins)


def school_years(calendar):
    return [calendar.school_year(number) for number in range(2023, 2026)]


def starts(text):
    return [str(day) for day in year(text).begins]


def test_taught_half_terms_are_those_of_the_calendar():
    found = year(HALF_TERMS)
    assert not found.assumed
    assert [str(day) for day in found.begins] == BEGINS
    assert [f"{first} {last}" for first, last in found.taught] == [
        "2024-09-04 2024-10-25",
        "2024-11-04 2024-12-20",
        "2025-01-07 2025-02-14",
        "2025-02-24 2025-04-04",
        "2025-04-22 2025-05-23",
        "2025-06-03 2025-07-21",
    ]


def test_the_order_of_the_entries_does_not_matter():
    assert year("\n".join(reversed(HALF_TERMS.strip().splitlines()))) == year(HALF_TERMS)


def test_terms_are_parted_by_the_holidays_inside_them():
    assert year(TERMS + HOLIDAYS) == year(HALF_TERMS)


def test_holidays_that_are_called_half_terms_part_the_terms_alike():
    assert year(TERMS + HOLIDAYS.replace("|holiday", "|half-term")) == year(HALF_TERMS)


def test_a_holiday_called_half_term_may_last_two_weeks_with_all_its_weekends():
    text = TERMS + HOLIDAYS.replace("|holiday", "|half-term").replace("2024-10-28|2024-11-01", "2024-10-19|2024-11-03")
    assert year(text).taught[0][1].isoformat() == "2024-10-18"
    assert starts(text) == BEGINS


def test_taught_half_terms_may_be_listed_with_the_terms_that_hold_them():
    assert year(HALF_TERMS + TERMS) == year(HALF_TERMS)


def test_half_terms_are_believed_before_terms():
    assert year(HALF_TERMS + (TERMS + HOLIDAYS).replace("2025-04-22", "2025-04-28")) == year(HALF_TERMS)


def test_taught_half_terms_may_be_listed_with_holidays_that_are_called_half_terms():
    text = HALF_TERMS + "October break|2024-10-26|2024-11-10|half-term\nHalf-term|2025-02-17|2025-02-21|half-term\n"
    assert starts(text) == [BEGINS[0], "2024-11-11", *BEGINS[2:]]


def test_six_terms_a_year_are_six_half_terms():
    assert year(HALF_TERMS.replace("|half-term", "|term")) == year(HALF_TERMS)


def test_a_bank_holiday_does_not_part_a_term():
    easter = "Good Friday|2025-04-18|2025-04-18|holiday\nEaster Monday|2025-04-21|2025-04-21|holiday\n"
    text = (TERMS + HOLIDAYS).replace("2025-04-22", "2025-04-14") + easter
    assert starts(text) == [*BEGINS[:4], "2025-04-14", BEGINS[5]]


def test_a_half_term_in_two_parts_is_one():
    text = HALF_TERMS.replace("2024-11-04|2024-12-20", "2024-11-04|2024-11-19").replace("May Day", "May bank holiday")
    assert year(text + "Autumn 2|2024-11-21|2024-12-20|half-term\n").taught == year(HALF_TERMS).taught


def test_the_same_dates_twice_are_the_same_year():
    assert year(HALF_TERMS + HALF_TERMS) == year(HALF_TERMS)


def test_a_year_begins_with_its_first_day_of_pupils_or_staff_in_august():
    assert starts(HALF_TERMS.replace("Autumn 1|2024-09-04", "Autumn 1|2024-08-28"))[0] == "2024-08-28"
    assert starts(HALF_TERMS + "Staff training|2024-08-27|2024-08-27|inset\n")[0] == "2024-08-27"


def test_a_year_that_begins_late_in_september_begins_on_its_first():
    assert starts(HALF_TERMS.replace("Autumn 1|2024-09-04", "Autumn 1|2024-09-16"))[0] == "2024-09-01"


def test_staff_days_of_the_year_before_do_not_begin_a_year():
    assert starts(HALF_TERMS + "Staff training|2024-08-14|2024-08-14|inset\n")[0] == "2024-09-01"
    assert starts(HALF_TERMS + "Staff training|2024-07-22|2024-07-22|inset\n")[0] == "2024-09-01"


NATIONAL = ["2024-09-01", "2024-11-01", "2025-01-01", "2025-02-21", "2025-04-14", "2025-06-01"]
LISTED = HALF_TERMS.strip().splitlines()


@pytest.mark.parametrize(
    "text",
    [
        TERMS,
        HOLIDAYS,
        "\n".join(LISTED[1:]),
        "\n".join([*LISTED, "Half|2025-07-28|2025-08-13|half-term"]),
        HALF_TERMS.replace("2024-09-04|2024-10-25", "2024-08-16|2024-08-28").replace("2024-11-04", "2024-08-29"),
        "\n".join([*LISTED[:6], "Closed|2025-03-10|2025-03-12|holiday"]).replace("|half-term", "|term"),
        HALF_TERMS.replace("2025-", "2035-").replace("2024-", "2034-"),
    ],
    ids=["no holidays", "no terms", "five", "seven", "over in August", "parted once more", "another year"],
)
def test_for_a_year_without_six_half_terms_the_national_pattern_is_assumed(text):
    assert year(text).assumed
    assert starts(text) == NATIONAL


def test_without_term_dates_every_year_is_assumed():
    found = school_years(NATIONAL_PATTERN)
    assert [one.assumed for one in found] == [True] * 3
    assert [one.begins[0].isoformat() for one in found] == ["2023-09-01", "2024-09-01", "2025-09-01"]
    assert found[1] == year(TERMS)
    assert calendar("") == NATIONAL_PATTERN


def test_each_year_is_known_or_assumed_by_itself():
    found = school_years(calendar(HALF_TERMS))
    assert [one.assumed for one in found] == [True, False, True]


def test_days_off_are_holidays_and_staff_days():
    text = "A|2024-10-25|2024-10-27|holiday\nB|2024-10-27|2024-10-28|inset\nC|2024-09-02|2024-10-24|half-term\n"
    assert list(calendar(text).off) == np.arange("2024-10-25", "2024-10-29", dtype="datetime64[D]").tolist()
    assert len(calendar("Half-term break|2024-10-26|2024-11-10|half-term\n").off) == 16
    assert calendar(HALF_TERMS.splitlines()[1]).off == ()
