"""The register as a list: what is most pressing stands first, and the headline counts what is open."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
import shapely

from geo.areas.proximity import Place
from geo.register.hotspot import Hotspot
from geo.register.register_list import ListFilters, filter_list, headline, list_register

TODAY = date(2026, 11, 29)


def entry(reference: str, next_review: str | None = None, **more: Any) -> Hotspot:
    said = {"name": f"Place {reference}", "place_type": "other", "harm": "asb", "status": "active"} | more
    return Hotspot(reference, shape=shapely.Point(-1.4, 53.4), next_review=next_review, **said)


ENTRIES = [
    entry("A", "2027-01-04"),
    entry("B", status="closed"),
    entry("C"),
    entry("D", "2026-06-30"),
    entry("E", "2026-11-29"),
    entry("F", "2026-11-28", rag="red"),
]
STATES = pd.DataFrame(
    {"reference": ["A", "D"], "state": ["supported", "quiet"], "sentence": ["More than usual.", "No more than usual."]}
)


def test_what_is_longest_overdue_stands_first_and_what_is_closed_last() -> None:
    assert [one.entry.reference for one in list_register(ENTRIES, TODAY)] == ["D", "F", "E", "A", "C", "B"]


@pytest.mark.parametrize(
    ("next_review", "status", "said"),
    [
        ("2026-06-30", "active", "Overdue by 152 days"),
        ("2026-11-28", "active", "Overdue by 1 day"),
        ("2026-11-29", "active", "Due today"),
        ("2026-12-29", "active", "Due in 30 days"),
        ("2026-12-30", "active", "30 Dec 2026"),
        (None, "active", "Not planned"),
        ("2026-06-30", "closed", "Not needed"),
    ],
)
def test_a_review_is_said_in_words(next_review: str | None, status: str, said: str) -> None:
    (one,) = list_register([entry("A", next_review, status=status)], TODAY)
    assert one.review == said


def test_the_headline_counts_open_entries_states_and_clusters() -> None:
    listed = list_register(ENTRIES, TODAY, STATES)
    assert headline(listed, [1], compared=True) == (
        "2 of 5 known hotspots are overdue for review; 1 is supported by recent data; 1 detected cluster is not on the "
        "register."
    )
    assert headline(list_register(ENTRIES, TODAY), None, compared=False) == (
        "2 of 5 known hotspots are overdue for review."
    )


def test_an_empty_register_says_so() -> None:
    assert headline([], (), compared=True) == "No hotspot is on the register yet."


def test_a_register_of_closed_hotspots_says_so() -> None:
    closed = [one for one in list_register(ENTRIES, TODAY) if one.entry.status == "closed"]
    assert closed
    assert headline(closed, (), compared=True) == "Every known hotspot is closed."


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (ListFilters(statuses=("closed",)), ["B"]),
        (ListFilters(overdue_only=True), ["D", "F"]),
        (ListFilters(rags=("red",)), ["F"]),
        (ListFilters(states=("supported",)), ["A"]),
        (ListFilters(harms=("cse",)), []),
        (ListFilters(words="pla d"), ["D"]),
        (ListFilters(words="lace"), []),
    ],
)
def test_filters_keep_what_passes_all_of_them(filters: ListFilters, kept: list[str]) -> None:
    assert [one.entry.reference for one in filter_list(list_register(ENTRIES, TODAY, STATES), filters)] == kept


def test_distances_are_in_metres_from_the_school() -> None:
    (one,) = list_register([entry("A")], TODAY, school=Place("School", -1.4, 53.409))
    assert one.metres == pytest.approx(1001, abs=3)
