"""Whatever is brought in is a delivery: listed, known again, and undone so that all is exactly what it was."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from data.formats.sources import from_upload
from data.principal import LOCAL_USER, Principal, Role
from data.services import base_mapping, importing, known_again, setting_up, undoing
from data.services.verifying import verify
from data.store import actions, area_sets, datasets, deliveries
from data.store import tables as t
from data.store.datasets import Access
from data.store.deliveries import Delivery, DeliveryKind
from data.store.store import Store
from geo.errors import InputError
from geo.register.action import Action
from tests.unit.data import osm_files, small_place
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.small_place import upload
from tests.unit.data.store.inside import Held, failing_at, held

SCHOOLS = small_place.ADDRESSED
MORE = SCHOOLS.replace("Hill School", "Hill Academy").replace(",Anytown", ",") + "100002,Dale School,,-1.46,53.38,\n"
REGISTER = (
    small_place.HOTSPOTS.replace("active", "closed").replace("proposed", "closed")
    + "P3,Weir,park or open space,asb,active,-1.46,53.38\n"
)
ACTIONS = "Reference,Action,Due,Done\nP1,Patrol,01/09/2021,02/09/2021\nP2,Lighting,01/10/2021,\n"
LEFT = ("audit", "delivery", "delivery_file", "hotspot_change")
GROWING = {"revision", "seal"}  # of rows that count their changes, an undoing among them


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with schools, hotspots, an open action and police data, on either database."""
    on_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'own.sqlite'}" if on_file else request.getfixturevalue("postgres_url")
    with closing(Store(url)) as opened:
        small_place.settle(opened)
        setting_up.add_schools(opened, LOCAL_USER, upload("schools.csv", SCHOOLS))
        setting_up.add_hotspots(opened, LOCAL_USER, [upload("spots.csv", small_place.HOTSPOTS)])
        actions.record(opened, LOCAL_USER, Action("Patrol", "P1", "2021-09-01"))
        yield opened


def add_map(store: Store) -> None:
    files = base_mapping.request(store, LOCAL_USER, [from_upload("hill.osm", osm_files.xml())])
    base_mapping.keep(store, LOCAL_USER, files, base_mapping.prepare(store, LOCAL_USER, files))


def add_next_version(store: Store) -> None:
    small_place.add(store, small_place.police(replaces=1, sources=small_place.police().sources[:1]))


BRINGING: dict[DeliveryKind, Callable[[Store], object]] = {
    DeliveryKind.AREAS: lambda store: setting_up.add_areas(store, LOCAL_USER, small_place.area_files(title="Again")),
    DeliveryKind.SCHOOLS: lambda store: setting_up.add_schools(store, LOCAL_USER, upload("more.csv", MORE)),
    DeliveryKind.TERM_DATES: lambda store: setting_up.add_calendar(
        store, LOCAL_USER, upload("terms.csv", small_place.CALENDAR), "100001"
    ),
    DeliveryKind.HOTSPOTS: lambda store: setting_up.add_hotspots(store, LOCAL_USER, [upload("new.csv", REGISTER)]),
    DeliveryKind.ACTIONS: lambda store: setting_up.add_actions(store, LOCAL_USER, [upload("done.csv", ACTIONS)]),
    DeliveryKind.BASE_MAP: add_map,
    DeliveryKind.INCIDENTS: lambda store: small_place.add(store, small_place.incidents(access=Access.OPEN)),
}
SAID = {
    DeliveryKind.AREAS: "Undone: the areas “Again” are gone.",
    DeliveryKind.SCHOOLS: "Undone: 1 school is as it was before and 1 that was new is gone.",
    DeliveryKind.TERM_DATES: "Undone: the term dates “terms” are gone.",
    DeliveryKind.HOTSPOTS: "Undone: 2 known hotspots are as they were before and 1 that was new is gone.",
    DeliveryKind.ACTIONS: "Undone: 1 action is as it was before and 1 that was new is gone.",
    DeliveryKind.BASE_MAP: "Undone: the base map “Base map from hill” is gone.",
    DeliveryKind.INCIDENTS: "Undone: nothing of “Incidents from log.csv” is saved.",
}


def newest(store: Store) -> Delivery:
    return deliveries.deliveries(store, LOCAL_USER)[0]


def things(store: Store) -> Held:
    """Return all that is held but what was written down of deliveries and of changes."""
    counted = {"hotspot", "action"}
    return {
        table: [{name: row[name] for name in row if table not in counted or name not in GROWING} for row in rows]
        for table, rows in held(store, *LEFT).items()
    }


@pytest.mark.parametrize("kind", BRINGING)
def test_undoing_puts_back_exactly_what_was(store: Store, kind: DeliveryKind) -> None:
    before = things(store)
    BRINGING[kind](store)
    one = newest(store)
    assert (one.kind, one.undone_at, one.size > 0, bool(one.files)) == (kind, None, True, True)
    assert things(store) != before
    assert undoing.can_undo(store, LOCAL_USER, one) is None
    assert undoing.undo(store, LOCAL_USER, one.id) == SAID[kind]
    assert things(store) == before
    assert verify(store, LOCAL_USER) == []
    undone = deliveries.delivery(store, LOCAL_USER, one.id)
    assert (undone.undone_by, undone.undone_at is not None) == (LOCAL_USER.who, True)
    assert undoing.can_undo(store, LOCAL_USER, undone) == "This is undone already."
    with pytest.raises(InputError, match="undone already"):
        undoing.undo(store, LOCAL_USER, one.id)


@pytest.mark.parametrize("kind", [DeliveryKind.SCHOOLS, DeliveryKind.INCIDENTS])
def test_an_undo_that_is_killed_in_the_middle_changes_nothing(store: Store, kind: DeliveryKind) -> None:
    BRINGING[kind](store)
    before = held(store)
    with failing_at(t.audit), pytest.raises(RuntimeError):
        undoing.undo(store, LOCAL_USER, newest(store).id)
    assert held(store) == before


def test_an_undone_version_shows_the_one_before_and_only_the_shown_one_is_undone(store: Store) -> None:
    before = things(store)
    add_next_version(store)
    first, second = sorted(
        (one for one in deliveries.deliveries(store, LOCAL_USER) if one.kind is DeliveryKind.INCIDENTS),
        key=lambda one: one.id,
    )
    assert (first.version, second.version) == (1, 2)
    assert "Version 2 of" in str(undoing.can_undo(store, LOCAL_USER, first))
    assert undoing.undo(store, LOCAL_USER, second.id) == f"Undone: version 1 of “{first.title}” is shown again."
    assert things(store) == before
    assert [one.files[0].name for one in (first, second)] == [None, None]


def put_later_schools(store: Store) -> None:
    setting_up.add_schools(
        store, LOCAL_USER, upload("later.csv", MORE.replace("Academy", "College").replace("Dale", "Vale"))
    )


def finish(store: Store) -> None:
    [open_one] = [one for one in actions.actions(store, LOCAL_USER) if one.done_on is None]
    actions.finish_action(store, LOCAL_USER, open_one.id, date(2021, 10, 2))


LATER: list[tuple[DeliveryKind, Callable[[Store], object], str]] = [
    (DeliveryKind.SCHOOLS, put_later_schools, "2 schools of this list were changed since, and a later change would be"),
    (
        DeliveryKind.SCHOOLS,
        lambda store: setting_up.add_calendar(store, LOCAL_USER, upload("t.csv", small_place.CALENDAR), "100002"),
        "1 school of this list has term dates of their own by now; undo those first.",
    ),
    (
        DeliveryKind.HOTSPOTS,
        lambda store: actions.record(store, LOCAL_USER, Action("Patrol", "P3")),
        "1 action was added to hotspots of this list since; undo or remove those first.",
    ),
    (DeliveryKind.ACTIONS, finish, "1 action of this list was changed since, and a later change would be lost"),
]


@pytest.mark.parametrize(("kind", "later", "said"), LATER)
def test_no_later_change_is_lost_by_an_undo(
    store: Store, kind: DeliveryKind, later: Callable[[Store], object], said: str
) -> None:
    BRINGING[kind](store)
    one = newest(store)
    later(store)
    before = held(store)
    assert said in str(undoing.can_undo(store, LOCAL_USER, one))
    with pytest.raises(InputError, match=said.split(";")[0]):
        undoing.undo(store, LOCAL_USER, one.id)
    assert held(store) == before


def test_areas_stay_while_datasets_count_by_them(store: Store) -> None:
    [areas] = [one for one in deliveries.deliveries(store, LOCAL_USER) if one.kind is DeliveryKind.AREAS]
    assert undoing.can_undo(store, LOCAL_USER, areas) == "1 dataset counts by these areas; remove it first."
    importing.undo(store, LOCAL_USER, 1)
    assert undoing.undo(store, LOCAL_USER, areas.id) == "Undone: the areas “Anytown” are gone."
    assert area_sets.area_sets(store, LOCAL_USER) == []
    assert datasets.datasets(store, LOCAL_USER) == []


def test_what_others_brought_is_theirs_and_what_is_everybodys_the_keeper_can_undo(store: Store) -> None:
    welcome(store)
    setting_up.add_hotspots(store, STRANGER, [upload("spots.csv", small_place.HOTSPOTS)])
    theirs = deliveries.deliveries(store, STRANGER)[0]
    with pytest.raises(InputError, match="no delivery"):
        undoing.undo(store, LOCAL_USER, theirs.id)
    [listed] = [one for one in deliveries.deliveries(store, STRANGER) if one.kind is DeliveryKind.SCHOOLS]
    with pytest.raises(InputError, match="Only the organisation that brought this in"):
        undoing.undo(store, STRANGER, listed.id)
    board = Principal("a governor", LOCAL_USER.organisation, Role.BOARD)
    with pytest.raises(PermissionError):
        undoing.undo(store, board, listed.id)


def test_the_same_bytes_are_known_before_they_are_read_also_when_they_were_undone(store: Store) -> None:
    police = small_place.police().sources
    said = str(known_again.said(store, LOCAL_USER, police))
    assert said.startswith("These files are here already: they came in on ")
    assert said.endswith(" as version 1 of “Police street data, Anytown”.")
    other = [*police, upload("other.csv", "something else")]
    assert str(known_again.said(store, LOCAL_USER, other)).startswith("2 of these 3 files are here already: ")
    assert known_again.said(store, LOCAL_USER, other[2:]) is None
    importing.undo(store, LOCAL_USER, 1)
    said = str(known_again.said(store, LOCAL_USER, police))
    assert said.startswith("These files were here before: they came in on ")
    assert said.endswith(
        " as version 1 of “Police street data, Anytown”, and were undone; checking brings them in again."
    )
    assert "as schools, “schools”." in str(known_again.said(store, LOCAL_USER, [upload("x.csv", SCHOOLS)]))
