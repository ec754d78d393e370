"""Contacts and teaching: those for a harm come first, and what is old says so."""

from datetime import date

import pytest

from geo.register.contact import Contact, contacts_for, is_out_of_date, say_checked
from geo.register.teaching_list import AUDIENCES, PUPILS, STAFF, TeachingRow, audiences_of, teaching_for

TODAY = date(2026, 11, 29)


def test_contacts_for_a_harm_come_before_those_for_all_and_others_are_left_out():
    mace, police, hub = Contact("MACE", ("cse", "cce")), Contact("Police", ("asb",)), Contact("Hub")
    assert contacts_for([hub, police, mace], ("cce",)) == [mace, hub]


@pytest.mark.parametrize(
    ("day", "old", "said"),
    [
        ("2026-11-01", False, "Checked 1 Nov 2026"),
        ("2025-11-29", False, "Checked 29 Nov 2025"),
        ("2025-11-28", True, "Out of date: checked 28 Nov 2025"),
        (None, True, "Out of date: not known when it was checked"),
    ],
)
def test_what_was_checked_more_than_a_year_ago_is_out_of_date(day, old, said):
    assert is_out_of_date(day, TODAY) is old
    assert say_checked(day, TODAY) == said


def row(harm, audience):
    return TeachingRow(harm, audience, "topic", "what", None, "source", None)


def test_rows_for_the_harm_come_first_then_by_audience():
    rows = [row(None, "7-9"), row("cse", "10-11"), row("cse", "7-9"), row("asb", "7-9"), row("cse", "all-staff")]
    assert teaching_for(rows, ("cse",), ("7-9", "10-11")) == [rows[2], rows[1], rows[0]]
    assert teaching_for(rows, ("cse",), STAFF) == [rows[4]]


@pytest.mark.parametrize("phase", ["Secondary", "Primary", "Nursery", "16 plus", "All-through", "", "Not applicable"])
def test_every_phase_has_pupils_who_are_on_the_list(phase):
    assert audiences_of(phase)
    assert set(audiences_of(phase)) <= set(PUPILS) <= set(AUDIENCES)
    assert audiences_of("Primary") == ("r-2", "3-6")
