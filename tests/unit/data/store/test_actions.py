"""Actions are at a known hotspot, at another place or nowhere in particular, and no change of one is lost."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services import setting_up
from data.store import actions
from data.store import tables as t
from data.store.actions import ActionChangedError, ActionTally
from data.store.db_errors import DamagedError
from data.store.store import Store
from geo.errors import InputError
from geo.register.action import Action
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.small_place import HOTSPOTS, upload
from tests.unit.data.store.inside import change, held


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
    undated = actions.record(register, DSL, Action("patrol", "P1"))
    due = actions.record(register, DSL, Action("lighting", "P2", "2026-12-01"))
    done = actions.record(register, DSL, Action("a talk", "P1", "2027-01-01", "2026-11-30"))
    assert actions.actions(register, BOARD) == [
        Action("a talk", "P1", "2027-01-01", "2026-11-30", id=done),
        Action("lighting", "P2", "2026-12-01", id=due),
        Action("patrol", "P1", id=undated),
    ]


def test_a_list_of_actions_is_kept_and_not_a_second_time(register: Store) -> None:
    rows = listed(("P1", "patrol", None, "2026-05-01"), ("P2", "lighting", "2026-09-01", None))
    assert actions.put_actions(register, DSL, pd.concat([rows, rows[:1]])) == ActionTally(2, 0, 1)
    assert actions.count_actions(register, BOARD, rows) == ActionTally(0, 0, 2)
    assert actions.put_actions(register, DSL, rows) == ActionTally(0, 0, 2)
    assert [(one.what, one.due_on, one.done_on) for one in actions.actions(register, DSL)] == [
        ("patrol", None, "2026-05-01"),
        ("lighting", "2026-09-01", None),
    ]


def test_an_action_that_was_due_is_done_when_it_comes_again_with_its_day(register: Store) -> None:
    number = actions.record(register, DSL, Action("lighting", "P2", "2026-09-01"))
    done = listed(("P2", "lighting", "2026-09-01", "2026-09-20"))
    assert actions.put_actions(register, DSL, done) == ActionTally(0, 1, 0)
    assert actions.actions(register, DSL) == [
        Action("lighting", "P2", "2026-09-01", "2026-09-20", id=number, revision=2)
    ]
    assert actions.put_actions(register, DSL, done) == ActionTally(0, 0, 1)


def test_of_a_list_with_a_fault_nothing_is_kept(register: Store) -> None:
    before = held(register)
    good = ("P1", "patrol", None, "2026-05-01")
    for bad in (("P9", "patrol", None, "2026-05-01"), ("P1", "Spoke with Jane Smith", None, "2026-05-01")):
        with pytest.raises(InputError):
            actions.put_actions(register, DSL, listed(good, bad))
    assert held(register) == before


@pytest.mark.parametrize("what", ["Spoke with Jane Smith", "no", "Call 07700 900123", "a story " * 30])
def test_words_that_name_somebody_or_are_no_few_words_are_refused(register: Store, what: str) -> None:
    before = held(register)
    with pytest.raises(InputError) as refused:
        actions.record(register, DSL, Action(what, "P1"))
    assert what not in str(refused.value)
    assert held(register) == before


def test_an_action_that_is_taken_back_is_gone(register: Store) -> None:
    number = actions.record(register, DSL, Action("patrol", "P1"))
    with pytest.raises(PermissionError):
        actions.remove_action(register, BOARD, number)
    actions.remove_action(register, DSL, number)
    assert actions.actions(register, DSL) == []
    with pytest.raises(InputError, match="your own organisation"):
        actions.remove_action(register, DSL, number)


def test_an_action_is_done_on_a_day(register: Store) -> None:
    number = actions.record(register, DSL, Action("patrol", "P1"))
    actions.finish_action(register, DSL, number, date(2026, 11, 30))
    assert [one.done_on for one in actions.actions(register, DSL)] == ["2026-11-30"]


def test_actions_stay_when_their_hotspot_is_described_anew(register: Store) -> None:
    actions.record(register, DSL, Action("patrol", "P1"))
    setting_up.add_hotspots(register, LOCAL_USER, [upload("new.csv", HOTSPOTS.replace("active", "closed"))])
    assert [one.what for one in actions.actions(register, DSL)] == ["patrol"]


def test_an_action_needs_a_hotspot_of_its_own_register(register: Store) -> None:
    welcome(register)
    before = held(register)
    for person, reference in ((DSL, "P9"), (STRANGER, "P1")):
        with pytest.raises(InputError, match="needs that hotspot on the register"):
            actions.record(register, person, Action("patrol", reference))
    assert held(register) == before


def test_others_neither_see_nor_finish_an_action(register: Store) -> None:
    welcome(register)
    number = actions.record(register, DSL, Action("patrol", "P1"))
    before = held(register)
    assert actions.actions(register, STRANGER) == []
    for wrong in (number, 99):
        with pytest.raises(InputError, match="your own organisation"):
            actions.finish_action(register, STRANGER, wrong, date(2026, 11, 30))
        with pytest.raises(InputError, match="your own organisation"):
            actions.remove_action(register, STRANGER, wrong)
    assert held(register) == before


ASSEMBLY = Action("Assembly on the way home", kind="assembly", harm="violence", led_by="pastoral", due_on="2026-12-04")
LAMPS = Action("New lamps asked for", kind="repair", place="Path behind the swimming pool", lon=-1.47, lat=53.38)


def test_an_action_may_be_anywhere_or_nowhere_in_particular(register: Store) -> None:
    numbers = [actions.record(register, DSL, one) for one in (ASSEMBLY, LAMPS)]
    assert actions.actions(register, BOARD) == [replace(ASSEMBLY, id=numbers[0]), replace(LAMPS, id=numbers[1])]


def test_a_change_keeps_all_of_an_action_and_gives_it_a_new_revision(register: Store) -> None:
    made = replace(ASSEMBLY, id=actions.record(register, DSL, ASSEMBLY))
    done = replace(
        made, done_on="2026-12-04", helped="partly", helped_on="2027-03-10", helped_note="Calmer at the gate"
    )
    assert actions.change(register, DSL, done) == 2
    assert actions.actions(register, DSL) == [replace(done, revision=2)]


def test_a_change_from_an_old_revision_is_told_so_and_changes_nothing(register: Store) -> None:
    made = replace(ASSEMBLY, id=actions.record(register, DSL, ASSEMBLY))
    actions.change(register, LOCAL_USER, replace(made, due_on="2026-12-11"))
    before = held(register)
    with pytest.raises(ActionChangedError, match="look at what it says now"):
        actions.change(register, DSL, replace(made, what="Assembly put off"))
    assert held(register) == before


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"place": "Home of Jane Smith, 07700 900123"}, "The place of an action must"),
        ({"place": "x" * 300}, "A place must be named"),
        ({"done_on": "2026-11-30", "helped": "yes", "helped_note": "Jane Smith said so"}, "A note must"),
        ({"kind": "magic"}, "must be on the list"),
        ({"harm": "magic"}, "must be on the list"),
        ({"led_by": "Jane"}, "must be on the list"),
        ({"due_on": "someday"}, "must be a day"),
        ({"helped": "yes"}, "mark it done first"),
        ({"lon": 2.0}, "one is missing"),
        ({"lon": 2.0, "lat": 400.0}, "out of their range"),
    ],
)
def test_what_may_not_be_stored_is_refused_and_never_repeated(
    register: Store, changed: dict[str, object], says: str
) -> None:
    made = replace(ASSEMBLY, id=actions.record(register, DSL, ASSEMBLY))
    before = held(register)
    for keep in (actions.record, actions.change):
        with pytest.raises(InputError, match=says) as refused:
            keep(register, DSL, replace(made, **changed))
        assert "Jane" not in str(refused.value)
    assert held(register) == before


def test_an_action_that_changed_on_disk_is_noticed(register: Store) -> None:
    actions.record(register, DSL, ASSEMBLY)
    change(register, t.action.update().values(what="Assembly on nothing"))
    with pytest.raises(DamagedError, match="action 1"):
        actions.actions(register, DSL)


def test_the_same_words_at_two_places_are_two_actions(register: Store) -> None:
    rows = pd.concat([listed(("P1", "patrol", None, "2026-05-01"))] * 3).assign(
        reference=["P1", None, None], place=[None, "Mill Lane", None]
    )
    assert actions.put_actions(register, DSL, rows) == ActionTally(3, 0, 0)
    assert actions.put_actions(register, DSL, rows) == ActionTally(0, 0, 3)
    assert {(one.reference, one.place) for one in actions.actions(register, DSL)} == {
        ("P1", None),
        (None, "Mill Lane"),
        (None, None),
    }
