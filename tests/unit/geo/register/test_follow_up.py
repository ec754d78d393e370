"""Follow-up: an action is late the day after its day, and asked about from three months after it, for a year."""

from datetime import date

import pytest

from geo.harms import HARM_GROUPS
from geo.register.action import Action
from geo.register.action_kinds import ACTION_KINDS, suggested_kinds
from geo.register.follow_up import ActionState, ask_from, stand_of, where_of

TODAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("action", "state", "late"),
    [
        (Action("a", due_on="2026-09-29"), ActionState.LATE, 1),
        (Action("a", due_on="2026-09-30"), ActionState.OWED, 0),
        (Action("a"), ActionState.OWED, 0),
        (Action("a", done_on="2026-07-01"), ActionState.DONE, 0),
        (Action("a", done_on="2026-06-30"), ActionState.ASKED, 0),
        (Action("a", done_on="2025-06-30"), ActionState.ASKED, 0),
        (Action("a", done_on="2025-06-29"), ActionState.DONE, 0),
        (Action("a", done_on="2026-06-30", helped="cannot-say"), ActionState.ANSWERED, 0),
    ],
)
def test_an_action_stands_in_one_way_each_day(action, state, late):
    stand = stand_of(action, TODAY)
    assert (stand.state, stand.days_late) == (state, late)


@pytest.mark.parametrize(
    ("done", "asked"),
    [
        ("2026-11-30", "2027-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2026-01-31", "2026-04-30"),
        ("2026-12-15", "2027-03-15"),
    ],
)
def test_it_is_asked_on_the_same_day_three_months_later_or_the_months_last(done, asked):
    assert ask_from(date.fromisoformat(done)) == date.fromisoformat(asked)


def test_where_is_a_hotspot_a_place_or_the_whole_school():
    names = {"P1": "The Bandstand"}
    said = [
        where_of(one, names) for one in (Action("a", "P1"), Action("a", "P9"), Action("a", place="Weir"), Action("a"))
    ]
    assert said == ["The Bandstand", "P9", "Weir", "Whole school"]


@pytest.mark.parametrize("harm", [*HARM_GROUPS, None])
def test_every_kind_is_offered_for_every_harm_once(harm):
    assert sorted(suggested_kinds(harm)) == sorted(ACTION_KINDS)
