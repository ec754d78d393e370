"""Old data say that they are old, and of when, so that nobody takes them for the present."""

from datetime import date

import pytest

from geo.calendar.data_age import data_age


@pytest.mark.parametrize(
    ("last", "today", "said"),
    [
        ("2021-09", date(2026, 11, 29), "Latest data: September 2021, five years old."),
        ("2021-09", date(2026, 9, 1), "Latest data: September 2021, five years old."),
        ("2021-09", date(2026, 8, 31), "Latest data: September 2021, four years old."),
        ("2021-09", date(2023, 9, 1), "Latest data: September 2021, two years old."),
        ("2021-09", date(2023, 8, 31), "Latest data: September 2021, 23 months old."),
        ("2026-07", date(2026, 11, 1), "Latest data: July 2026, four months old."),
        ("2025-11", date(2026, 11, 29), "Latest data: November 2025, twelve months old."),
        ("2008-01", date(2026, 11, 29), "Latest data: January 2008, 18 years old."),
        ("2025/26-6", date(2026, 11, 1), "Latest data: Summer 2, 2025/26, four months old."),
        ("2024/25-1", date(2026, 11, 1), "Latest data: Autumn 1, 2024/25, two years old."),
    ],
)
def test_data_that_ended_more_than_three_months_ago_are_said_to_be_old(last: str, today: date, said: str) -> None:
    assert data_age(last, today) == said


@pytest.mark.parametrize(
    ("last", "today"),
    [
        ("2026-08", date(2026, 11, 30)),
        ("2026-11", date(2026, 11, 1)),
        ("2027-02", date(2026, 11, 30)),
        ("2025/26-6", date(2026, 10, 31)),
        ("2026/27-1", date(2026, 11, 1)),
    ],
)
def test_of_younger_data_nothing_is_said(last: str, today: date) -> None:
    assert data_age(last, today) is None
