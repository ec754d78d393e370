"""Due: what is late at known hotspots, in the words of a list."""

from datetime import date

import pandas as pd
import pytest

from geo.register.due import HotspotAction, due

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


def test_an_action_is_late_until_it_is_done_and_then_waits_for_its_answer():
    planned = HotspotAction("H2", "Lighting", date(2026, 9, 1))
    assert (
        due(near(STATION), [planned], TODAY).said == "1 action not done yet: Lighting at Bus station (due 1 Sep 2026)."
    )
    done = HotspotAction("H2", "Lighting", date(2026, 9, 1), date(2026, 9, 5))
    found = due(near(STATION), [done], TODAY)
    assert found.said == "1 action waits for “did it help?”"
    assert not found.late


def test_actions_elsewhere_or_of_more_than_a_year_ago_are_not_asked_about():
    old = HotspotAction("H2", "Lighting", None, date(2025, 9, 29))
    elsewhere = HotspotAction("H9", "Patrol", None, date(2026, 9, 1))
    assert due(near(STATION), [old, elsewhere], TODAY).sentences == ()


def test_of_many_two_are_named():
    rows = [(f"H{at}", f"Place {at}", "active", "2026-01-01") for at in range(5)]
    assert due(near(*rows), [], TODAY).said == "5 known hotspots overdue for review: Place 0; Place 1; and 3 more."
