"""Actions belong to a known hotspot and stay with it, whatever becomes of its description."""

from datetime import date

import pytest

from data import setting_up
from data.principal import LOCAL_USER
from data.store import actions
from data.store.actions import Action
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.small_place import HOTSPOTS, upload
from tests.unit.data.store.inside import held


@pytest.fixture
def register(store: Store) -> Store:
    """Give a store with two known hotspots."""
    setting_up.add_hotspots(store, LOCAL_USER, [upload("spots.csv", HOTSPOTS)])
    return store


def test_actions_come_back_in_the_order_in_which_they_were_added(register: Store) -> None:
    first = actions.add_action(register, DSL, "P2", "lighting", date(2026, 12, 1))
    second = actions.add_action(register, DSL, "P1", "patrol")
    assert actions.actions(register, BOARD) == [
        Action(first, "P2", "lighting", "2026-12-01", None),
        Action(second, "P1", "patrol", None, None),
    ]


def test_an_action_is_done_on_a_day(register: Store) -> None:
    number = actions.add_action(register, DSL, "P1", "patrol")
    actions.finish_action(register, DSL, number, date(2026, 11, 30))
    assert [one.done_on for one in actions.actions(register, DSL)] == ["2026-11-30"]


def test_actions_stay_when_their_hotspot_is_described_anew(register: Store) -> None:
    actions.add_action(register, DSL, "P1", "patrol")
    setting_up.add_hotspots(register, LOCAL_USER, [upload("new.csv", HOTSPOTS.replace("active", "closed"))])
    assert [one.what for one in actions.actions(register, DSL)] == ["patrol"]


def test_an_action_needs_a_hotspot_of_its_own_register(register: Store) -> None:
    welcome(register)
    before = held(register)
    for person, reference in ((DSL, "P9"), (STRANGER, "P1")):
        with pytest.raises(InputError, match="must belong to a known hotspot"):
            actions.add_action(register, person, reference, "patrol")
    assert held(register) == before


def test_others_neither_see_nor_finish_an_action(register: Store) -> None:
    welcome(register)
    number = actions.add_action(register, DSL, "P1", "patrol")
    before = held(register)
    assert actions.actions(register, STRANGER) == []
    for wrong in (number, 99):
        with pytest.raises(InputError, match="your own organisation"):
            actions.finish_action(register, STRANGER, wrong, date(2026, 11, 30))
    assert held(register) == before
