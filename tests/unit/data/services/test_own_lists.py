"""Lists come in, are undone to the one before, and go out so that they come in again; so do actions."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from data.formats.csv_output import frame_csv
from data.principal import LOCAL_USER
from data.recognition.file_role import FileRole
from data.services import action_exports, bringing_in, own_lists, setting_up, undoing
from data.store import actions, deliveries
from data.store.deliveries import DeliveryKind
from data.store.store import Store
from geo.register.action import Action
from tests.unit.data import small_place
from tests.unit.data.small_place import upload
from tests.unit.data.store.inside import held

CONTACTS = "Service,Harm groups,Phone,Date checked\nEarly help hub,,01632 960123,01/09/2026\n"
OTHER = CONTACTS.replace("hub", "desk")


def test_contacts_are_recognised_brought_in_and_undone_to_the_list_before(store: Store) -> None:
    own_lists.add_list(store, LOCAL_USER, upload("first.csv", CONTACTS), DeliveryKind.CONTACTS)
    before = held(store, "delivery", "delivery_file", "audit", "blob")
    made = bringing_in.plan(store, LOCAL_USER, [upload("second.csv", OTHER)])
    assert [one.role for one in made.recognised] == [FileRole.CONTACTS]
    [done] = bringing_in.carry_out(store, LOCAL_USER, made)
    assert done.sentence == "1 contact is on the list of who to tell."
    assert [one.service for one in own_lists.contacts(store, LOCAL_USER)] == ["Early help desk"]
    newest = deliveries.deliveries(store, LOCAL_USER)[0]
    said = undoing.undo(store, LOCAL_USER, newest.id)
    assert said == "Undone: 1 list of contacts is as it was before."
    assert held(store, "delivery", "delivery_file", "audit", "blob") == before


def test_the_usual_list_is_used_until_there_is_an_own_one_and_goes_out_as_it_comes_in(store: Store) -> None:
    usual = own_lists.teaching(store, LOCAL_USER)
    assert not usual.own
    content = frame_csv(own_lists.teaching_table(store, LOCAL_USER))
    made = bringing_in.plan(store, LOCAL_USER, [upload("ours.csv", content)])
    assert [one.role for one in made.recognised] == [FileRole.TEACHING]
    [done] = bringing_in.carry_out(store, LOCAL_USER, made)
    assert done.saved
    ours = own_lists.teaching(store, LOCAL_USER)
    assert ours.own
    assert ours.rows == usual.rows
    undoing.undo(store, LOCAL_USER, deliveries.deliveries(store, LOCAL_USER)[0].id)
    assert own_lists.teaching(store, LOCAL_USER) == usual


@pytest.fixture
def acted(store: Store) -> Store:
    """A store with actions in all states, at a hotspot and elsewhere."""
    setting_up.add_hotspots(store, LOCAL_USER, [upload("spots.csv", small_place.HOTSPOTS)])
    for one in (
        Action("Lamps, then a hedge", "P1", "2026-12-01", kind="repair", led_by="council"),
        Action("Assembly", due_on="2026-12-04", harm="violence"),
        Action("Patrol", place="Mill Lane", done_on="2026-09-01", lon=-1.47, lat=53.38),
        Action("Letter", done_on="2026-01-05", helped="yes", helped_on="2026-05-01", helped_note="Calmer since"),
        Action("Someday"),
    ):
        actions.record(store, LOCAL_USER, one)
    return store


def test_actions_go_out_as_they_come_in(acted: Store) -> None:
    content = frame_csv(action_exports.actions_table(acted, LOCAL_USER))
    there = actions.actions(acted, LOCAL_USER)
    for one in there:
        actions.remove_action(acted, LOCAL_USER, one.id)
    dated = "\n".join(line for line in content.splitlines() if "Someday" not in line)
    setting_up.add_actions(acted, LOCAL_USER, [upload("back.csv", dated)])
    back = actions.actions(acted, LOCAL_USER)
    assert [vars(one) | {"id": 0} for one in back] == [vars(one) | {"id": 0} for one in there if one.what != "Someday"]


def test_the_calendar_holds_what_is_owed_and_asked_each_time_by_the_same_name(acted: Store) -> None:
    made = [
        action_exports.owed_calendar(acted, LOCAL_USER, date(2026, 11, 29), datetime(2026, 11, day, tzinfo=UTC))
        for day in (28, 29)
    ]
    read = [Calendar.from_ical(one).walk("VEVENT") for one in made]
    said = [(one["DTSTART"].dt, str(one["SUMMARY"])) for one in read[0]]
    assert (date(2026, 12, 1), "Did it help? Patrol") in said
    assert (date(2026, 12, 1), "Lamps, then a hedge") in said
    assert (date(2026, 12, 4), "Assembly") in said
    assert not [what for _, what in said if "Letter" in what or "Someday" in what]
    assert [one["UID"] for one in read[0]] == [one["UID"] for one in read[1]]
    assert len({one["UID"] for one in read[0]}) == len(read[0])
