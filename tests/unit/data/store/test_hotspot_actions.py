"""Actions belong to a known hotspot and stay with it, whatever becomes of its description."""

from datetime import date

import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services import setting_up
from data.store import hotspot_actions
from data.store.hotspot_actions import Action, ActionTally
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.small_place import HOTSPOTS, upload
from tests.unit.data.store.inside import held


@pytest.fixture
def register(store: Store) -> Store:
    """A store with two known hotspots."""
    setting_up.add_hotspots(store, LOCAL_USER, [upload("spots.csv", HOTSPOTS)])
    return store


def listed(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    """Return actions as a reader does."""
    frame = pd.DataFrame(rows, columns=["reference", "what", "due_on", "done_on"])
    return frame.assign(**{name: pd.to_datetime(frame[name]).astype("datetime64[s]") for name in ("due_on", "done_on")})


def test_actions_come_back_by_the_day_they_were_done_or_are_due(register: Store) -> None:
    undated = hotspot_actions.add_action(register, DSL, "P1", "patrol")
    due = hotspot_actions.add_action(register, DSL, "P2", "lighting", date(2026, 12, 1))
    done = hotspot_actions.add_action(register, DSL, "P1", "a talk", date(2027, 1, 1), date(2026, 11, 30))
    assert hotspot_actions.actions(register, BOARD) == [
        Action(done, "P1", "a talk", "2027-01-01", "2026-11-30"),
        Action(due, "P2", "lighting", "2026-12-01", None),
        Action(undated, "P1", "patrol", None, None),
    ]


def test_a_list_of_actions_is_kept_and_not_a_second_time(register: Store) -> None:
    rows = listed(("P1", "patrol", None, "2026-05-01"), ("P2", "lighting", "2026-09-01", None))
    assert hotspot_actions.put_actions(register, DSL, pd.concat([rows, rows[:1]])) == ActionTally(2, 0, 1)
    assert hotspot_actions.count_actions(register, BOARD, rows) == ActionTally(0, 0, 2)
    assert hotspot_actions.put_actions(register, DSL, rows) == ActionTally(0, 0, 2)
    assert [(one.what, one.due_on, one.done_on) for one in hotspot_actions.actions(register, DSL)] == [
        ("patrol", None, "2026-05-01"),
        ("lighting", "2026-09-01", None),
    ]


def test_an_action_that_was_due_is_done_when_it_comes_again_with_its_day(register: Store) -> None:
    number = hotspot_actions.add_action(register, DSL, "P2", "lighting", date(2026, 9, 1))
    done = listed(("P2", "lighting", "2026-09-01", "2026-09-20"))
    assert hotspot_actions.put_actions(register, DSL, done) == ActionTally(0, 1, 0)
    assert hotspot_actions.actions(register, DSL) == [Action(number, "P2", "lighting", "2026-09-01", "2026-09-20")]
    assert hotspot_actions.put_actions(register, DSL, done) == ActionTally(0, 0, 1)


def test_of_a_list_with_a_fault_nothing_is_kept(register: Store) -> None:
    before = held(register)
    good = ("P1", "patrol", None, "2026-05-01")
    for bad in (("P9", "patrol", None, "2026-05-01"), ("P1", "Spoke with Jane Smith", None, "2026-05-01")):
        with pytest.raises(InputError):
            hotspot_actions.put_actions(register, DSL, listed(good, bad))
    assert held(register) == before


@pytest.mark.parametrize("what", ["Spoke with Jane Smith", "no", "Call 07700 900123", "a story " * 30])
def test_words_that_name_somebody_or_are_no_few_words_are_refused(register: Store, what: str) -> None:
    before = held(register)
    with pytest.raises(InputError) as refused:
        hotspot_actions.add_action(register, DSL, "P1", what)
    assert what not in str(refused.value)
    assert held(register) == before


def test_an_action_that_is_taken_back_is_gone(register: Store) -> None:
    number = hotspot_actions.add_action(register, DSL, "P1", "patrol")
    with pytest.raises(PermissionError):
        hotspot_actions.remove_action(register, BOARD, number)
    hotspot_actions.remove_action(register, DSL, number)
    assert hotspot_actions.actions(register, DSL) == []
    with pytest.raises(InputError, match="your own organisation"):
        hotspot_actions.remove_action(register, DSL, number)


def test_an_action_is_done_on_a_day(register: Store) -> None:
    number = hotspot_actions.add_action(register, DSL, "P1", "patrol")
    hotspot_actions.finish_action(register, DSL, number, date(2026, 11, 30))
    assert [one.done_on for one in hotspot_actions.actions(register, DSL)] == ["2026-11-30"]


def test_actions_stay_when_their_hotspot_is_described_anew(register: Store) -> None:
    hotspot_actions.add_action(register, DSL, "P1", "patrol")
    setting_up.add_hotspots(register, LOCAL_USER, [upload("new.csv", HOTSPOTS.replace("active", "closed"))])
    assert [one.what for one in hotspot_actions.actions(register, DSL)] == ["patrol"]


def test_an_action_needs_a_hotspot_of_its_own_register(register: Store) -> None:
    welcome(register)
    before = held(register)
    for person, reference in ((DSL, "P9"), (STRANGER, "P1")):
        with pytest.raises(InputError, match="must belong to a known hotspot"):
            hotspot_actions.add_action(register, person, reference, "patrol")
    assert held(register) == before


def test_others_neither_see_nor_finish_an_action(register: Store) -> None:
    welcome(register)
    number = hotspot_actions.add_action(register, DSL, "P1", "patrol")
    before = held(register)
    assert hotspot_actions.actions(register, STRANGER) == []
    for wrong in (number, 99):
        with pytest.raises(InputError, match="your own organisation"):
            hotspot_actions.finish_action(register, STRANGER, wrong, date(2026, 11, 30))
        with pytest.raises(InputError, match="your own organisation"):
            hotspot_actions.remove_action(register, STRANGER, wrong)
    assert held(register) == before
