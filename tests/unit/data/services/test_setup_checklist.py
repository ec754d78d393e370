"""The checklist of a place says what of each row is here, from the tables and from what was written down."""

from datetime import date
from typing import Final

from data.formats.sources import from_upload
from data.principal import LOCAL_USER, Principal, Role
from data.services import setting_up, setup_checklist, undoing
from data.services.setup_checklist import ChecklistRow as Row
from data.services.setup_checklist import RowFacts, RowState
from data.store import area_sets
from data.store.store import Store
from tests.unit.data import small_place

TODAY: Final = date(2021, 11, 15)
BOARD_ELSEWHERE: Final = Principal("someone", "another", Role.BOARD)


def look(store: Store, person: Principal = LOCAL_USER) -> dict[Row, RowFacts]:
    sets = {one.id: area_sets.load_area_set(store, person, one.id) for one in area_sets.area_sets(store, person)}
    return setup_checklist.checklist(store, person, TODAY, sets)


def test_of_an_empty_store_every_row_is_missing(store: Store) -> None:
    rows = look(store)
    assert list(rows) == list(Row)
    assert {(one.state, one.short, one.holdings) for one in rows.values()} == {(RowState.MISSING, "", ())}


def test_what_a_row_holds_is_counted_and_what_is_odd_is_said(store: Store) -> None:
    small_place.settle(store)
    small_place.add(store, small_place.incidents())
    rows = look(store)
    assert rows[Row.AREAS].state is RowState.HERE
    assert rows[Row.LARGER_AREAS].short == "2 MSOAs, 1 district"
    assert rows[Row.RESIDENTS].state is RowState.MISSING
    assert rows[Row.POLICE].state is RowState.LOOK
    assert rows[Row.POLICE].short == "2 months, to Oct 2021"
    assert any("lacks Sep 2021." in said for said in rows[Row.POLICE].look)
    assert [one.facts[2] for one in rows[Row.POLICE].holdings] == ["9 rows"]
    assert rows[Row.OWN].short == "1 month, to Sep 2021"


def test_own_incidents_of_others_are_not_listed(store: Store) -> None:
    small_place.settle(store)
    small_place.add(store, small_place.incidents())
    rows = look(store, BOARD_ELSEWHERE)
    assert rows[Row.OWN].state is RowState.MISSING
    assert rows[Row.POLICE].state is not RowState.MISSING


def test_what_was_written_down_is_listed_with_whether_it_can_be_taken_back(store: Store) -> None:
    small_place.settle(store)
    for text in (small_place.SCHOOLS, small_place.ADDRESSED):
        setting_up.add_schools(store, LOCAL_USER, from_upload("schools.csv", text.encode()))
    newer, older = look(store)[Row.SCHOOLS].holdings
    assert newer.delivery is not None
    assert newer.stays is None
    assert newer.facts[1] == "1 kB"
    assert (newer.facts[0], newer.facts[-1].startswith("added ")) == ("1 row", True)
    undoing.undo(store, LOCAL_USER, newer.delivery)
    (left,) = look(store)[Row.SCHOOLS].holdings
    assert (left.delivery, left.stays) == (older.delivery, None)


def test_areas_that_datasets_count_in_say_why_they_stay(store: Store) -> None:
    small_place.settle(store)
    (areas,) = look(store)[Row.AREAS].holdings
    assert areas.stays is not None
    assert areas.stays.startswith("1 dataset counts by these areas")
    (larger,) = look(store)[Row.LARGER_AREAS].holdings
    assert larger.title == f"Came in with “{areas.title}”"
