"""What kind of period a term date is, its label and its days say."""

from datetime import date

import pytest

from data.records.period_kinds import is_about_terms, kind_of_period

PERIODS = [
    ("Autumn term", "2025-09-02", "2025-12-19", "term"),
    ("Autumn term", "2025-09-02", "2025-10-24", "half-term"),  # as many councils list both halves
    ("Autumn term 1", "2025-09-02", "2025-10-24", "half-term"),
    ("Spring half-term 2", "2026-02-23", "2026-03-27", "half-term"),
    ("Term 3", "2026-01-05", "2026-02-13", "half-term"),
    ("Half term", "2025-10-27", "2025-10-31", "holiday"),
    ("October", "2025-10-20", "2025-10-31", "holiday"),
    ("Christmas holidays", "2025-12-22", "2026-01-02", "holiday"),
    ("Summer holidays", "2026-07-21", "2026-08-31", "holiday"),
    ("Summer", "2026-07-21", "2026-08-31", "holiday"),
    ("Summer term", "2026-04-13", "2026-07-20", "term"),
    ("Early May bank holiday", "2026-05-04", "2026-05-04", "holiday"),
    ("INSET day", "2025-09-01", "2025-09-01", "inset"),
    ("Staff training (school closed)", "2025-09-01", "2025-09-01", "inset"),
    ("Occasional day", "2026-06-29", "2026-06-29", "inset"),
]


@pytest.mark.parametrize(("label", "first", "last", "kind"), PERIODS)
def test_the_label_and_the_length_say_the_kind(label: str, first: str, last: str, kind: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert kind_of_period(label, *days) == kind
    assert is_about_terms(label, *days)


@pytest.mark.parametrize("label", ["Parents' evening", "Summer concert", "Year 6 residential", "Term photo"])
def test_other_events_of_a_school_are_no_periods(label: str) -> None:
    assert not is_about_terms(label, date(2025, 9, 11), date(2025, 9, 12))
