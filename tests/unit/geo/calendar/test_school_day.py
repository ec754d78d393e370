"""The school day: which band of its hours an incident belongs to, and which it cannot be said to."""

import numpy as np
import pytest

from geo.calendar.school_day import BAND_NAMES, BANDS, WEEKDAYS, band_of, weekday_of

NO_END = "NaT"


def band(start, end=NO_END):
    start, end = (np.array([moment], dtype="datetime64[s]") for moment in (start, end))
    return BAND_NAMES[int(band_of(start, end)[0])]


@pytest.mark.parametrize(
    ("time", "name"),
    [
        ("06:59:59", "night"),
        ("07:00", "before school"),
        ("08:44", "before school"),
        ("08:45", "lessons, morning"),
        ("11:59:59", "lessons, morning"),
        ("12:00", "lunch"),
        ("13:30", "lessons, afternoon"),
        ("14:44", "lessons, afternoon"),
        ("14:45", "home time"),
        ("17:59", "home time"),
        ("18:00", "evening"),
        ("21:59:59", "evening"),
        ("22:00", "night"),
        ("00:00", "night"),
    ],
)
def test_a_band_begins_on_its_minute(time, name):
    assert band(f"2025-09-15T{time}") == name


def test_the_night_goes_on_past_midnight():
    assert band("2025-09-15T23:59:59") == band("2025-09-16T03:00") == "night"


def test_an_interval_inside_one_band_is_of_it():
    assert band("2025-09-15T12:00", "2025-09-15T13:29") == "lunch"
    assert band("2025-09-15T12:00", "2025-09-15T12:00") == "lunch"


@pytest.mark.parametrize(
    "end",
    ["2025-09-15T13:30", "2025-09-16T12:10", "2025-09-22T12:10", "2025-09-16T00:30"],
    ids=["the next band", "the same band of the next day", "the same band of the next week", "the next night"],
)
def test_an_interval_that_reaches_further_is_not_known(end):
    assert band("2025-09-15T12:05", end) == "time not known"


@pytest.mark.parametrize(
    ("start", "end"),
    [("00:00", "23:59:59"), ("03:00", "23:00"), ("06:59", "22:00"), ("00:00", "07:00"), ("21:59", "22:00")],
)
def test_an_interval_from_the_early_into_the_late_night_is_not_known(start, end):
    assert band(f"2025-09-15T{start}", f"2025-09-15T{end}") == "time not known"


@pytest.mark.parametrize(("start", "end"), [("00:00", "06:59:59"), ("22:00", "23:59:59")])
def test_each_part_of_the_night_is_night(start, end):
    assert band(f"2025-09-15T{start}", f"2025-09-15T{end}") == "night"


def test_a_night_over_midnight_is_not_known_since_it_has_two_days():
    assert band("2025-09-15T23:00", "2025-09-16T01:00") == "time not known"


def test_not_known_is_the_last_band_and_has_no_hours():
    assert [name for name, _ in BANDS] == list(BAND_NAMES[:-1])
    assert BAND_NAMES[-1] == "time not known"
    assert [start for _, start in BANDS] == sorted(start for _, start in BANDS)


def test_every_weekday_is_told_before_and_after_1970():
    monday = np.datetime64("2025-09-15")
    for week in (0, -52 * 60, 52 * 20):
        days = monday + (np.arange(7) + 7 * week).astype("timedelta64[D]")
        assert [WEEKDAYS[at] for at in weekday_of(days)] == list(WEEKDAYS)


def test_many_rows_are_told_one_by_one():
    start = np.array(["2025-09-15T12:05", "2025-09-15T09:00"], dtype="datetime64[s]")
    end = np.array(["2025-09-15T20:00", "NaT"], dtype="datetime64[s]")
    assert [BAND_NAMES[at] for at in band_of(start, end)] == ["time not known", "lessons, morning"]
