"""What is owed: late first, in words, with one headline that counts rightly."""

from datetime import date

import pandas as pd
import pytest

from geo.register.action import Action
from geo.register.owed import headline, owed_actions, planned_reviews

TODAY = date(2026, 9, 30)
LATE = Action("Lamps", due_on="2026-09-18", led_by="council", kind="repair", id=1)
LATER = Action("Hedge", due_on="2026-09-29", id=2)
OWED = Action("Assembly", due_on="2026-10-01", id=3)
UNDATED = Action("Letter", id=4)
ASKED = Action("Patrol", done_on="2026-05-01", id=5)
EARLY = Action("Talk", done_on="2026-09-01", id=6)
ANSWERED = Action("Wardens", done_on="2026-01-01", helped="partly", id=7)
ALL = (ANSWERED, EARLY, ASKED, UNDATED, OWED, LATER, LATE)


def register(*rows):
    return pd.DataFrame(rows, columns=["reference", "name", "status", "next_review", "led_by"])


PARK = ("H1", "Mill Park", "active", "2026-05-01", "dsl")
STATION = ("H2", "Bus station", "active", "2026-10-10", None)


def test_what_is_late_comes_first_and_says_by_how_much():
    listed = owed_actions(ALL, {}, TODAY)
    assert [one.action.id for one in listed] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.said for one in listed] == [
        "Late by 12 days",
        "Late by 1 day",
        "Due in 1 day",
        "No day set",
        "Done 1 May 2026: did it help?",
        "Done 1 Sep 2026; asked from 1 Dec 2026 on",
        "Done 1 Jan 2026. Did it help? Partly",
    ]
    assert (listed[0].lead, listed[0].kind, listed[1].lead) == (
        "Council community safety team",
        "Lighting or repair",
        "Nobody named yet",
    )


def test_the_headline_counts_what_is_owed_late_asked_and_overdue():
    said = headline(owed_actions(ALL, {}, TODAY), planned_reviews(register(PARK, STATION), TODAY))
    assert said == "4 actions are owed, 2 are late; 1 waits for “did it help?”; 1 review is overdue."


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        ([], "Nothing is recorded yet."),
        ([ANSWERED, EARLY], "Nothing is owed."),
        ([OWED], "1 action is owed, none is late."),
        ([LATE], "1 action is owed, 1 is late."),
        ([ASKED, ASKED], "2 wait for “did it help?”."),
    ],
)
def test_the_headline_of_little(actions, said):
    assert headline(owed_actions(actions, {}, TODAY), []) == said


def test_reviews_are_those_of_entries_that_are_not_closed_and_have_a_day():
    closed = ("H3", "Weir", "closed", "2020-01-01", None)
    unplanned = ("H4", "Alley", "active", None, None)
    listed = planned_reviews(register(STATION, PARK, closed, unplanned), TODAY)
    assert [(one.name, one.lead, one.days_late, one.said) for one in listed] == [
        ("Mill Park", "DSL", 152, "Overdue by 152 days"),
        ("Bus station", "Nobody named yet", 0, "Due in 10 days"),
    ]
