"""Due: what is late at known hotspots, in the words of a list."""

from datetime import date

import pandas as pd
import pytest

from geo.register.action import Action
from geo.register.due import due, overdue_days, say_overdue

TODAY = date(2026, 9, 30)


def near(*rows):
    return pd.DataFrame(rows, columns=["reference", "name", "status", "next_review"])


PARK = ("H1", "Mill Park", "active", "2026-09-01")
STATION = ("H2", "Bus station", "active", "2026-10-01")


def test_a_review_whose_day_is_past_is_overdue_and_named():
    found = due(near(PARK, STATION), [], TODAY)
    assert found.sentences == ("1 known hotspot overdue for review: Mill Park.",)
    assert found.late


@pytest.mark.parametrize(
    "row", [STATION, ("H1", "Mill Park", "closed", "2020-01-01"), ("H1", "Mill Park", "active", None)]
)
def test_what_is_due_later_closed_or_not_planned_is_not_late(row):
    assert due(near(row), [], TODAY).sentences == ()


def test_a_review_is_due_on_its_day_and_late_the_day_after():
    assert not due(near(("H1", "Mill Park", "active", "2026-09-30")), [], TODAY).late
    assert due(near(("H1", "Mill Park", "active", "2026-09-29")), [], TODAY).late


def test_an_action_is_late_until_it_is_done_and_waits_for_its_answer_three_months_later():
    planned = Action("Lighting", "H2", "2026-09-01")
    assert due(near(STATION), [planned], TODAY).said == "1 action not done yet: Lighting, Bus station (due 1 Sep 2026)."
    done = Action("Lighting", "H2", "2026-06-01", "2026-06-30")
    found = due(near(STATION), [done], TODAY)
    assert found.said == "1 action waits for “did it help?”"
    assert not found.late
    assert due(near(STATION), [done], date(2026, 9, 29)).sentences == ()


def test_actions_at_no_hotspot_count_and_those_at_hotspots_elsewhere_do_not():
    assembly = Action("Assembly", due_on="2026-09-01")
    lamps = Action("Lamps", place="Mill Lane", due_on="2026-09-02")
    elsewhere = Action("Patrol", "H9", "2026-09-01")
    found = due(near(STATION), [assembly, lamps, elsewhere], TODAY)
    assert found.said == (
        "2 actions not done yet: Assembly, Whole school (due 1 Sep 2026); Lamps, Mill Lane (due 2 Sep 2026)."
    )


def test_of_many_two_are_named():
    rows = [(f"H{at}", f"Place {at}", "active", "2026-01-01") for at in range(5)]
    assert due(near(*rows), [], TODAY).said == "5 known hotspots overdue for review: Place 0; Place 1; and 3 more."


@pytest.mark.parametrize(
    ("day", "status", "days", "said"),
    [
        ("2026-05-01", "active", 152, "Overdue by 152 days"),
        (date(2026, 9, 29), "proposed", 1, "Overdue by 1 day"),
        (pd.Timestamp(2026, 9, 30), "monitoring", 0, ""),
        ("2027-01-01", "active", 0, ""),
        (None, "active", 0, ""),
        (pd.NaT, "active", 0, ""),
        ("2020-01-01", "closed", None, ""),
    ],
)
def test_the_days_by_which_a_review_is_overdue(day, status, days, said):
    assert overdue_days(day, status, TODAY) == days
    assert say_overdue(days or 0) == said
