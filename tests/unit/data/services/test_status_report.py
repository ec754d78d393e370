"""What the store and an import say of themselves: every figure, with nothing left out."""

import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.services import importing, setting_up, status_report
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data import small_place

BOARD_ELSEWHERE = Principal("someone", "another", Role.BOARD)


def test_an_import_tells_rows_read_placed_and_not_placed(store: Store) -> None:
    small_place.add_areas(store)
    told = status_report.of_import(importing.prepare(store, LOCAL_USER, small_place.police()))
    assert told[:2] == [
        "9 rows read, 7 placed in “Anytown” (5 by their area code, 2 by their point), 1 without location, 1 outside.",
        "Missing from the series: 2021-09.",
    ]
    assert any("1 Crime ID" in line for line in told[2:])


def test_an_import_tells_what_is_not_kept_and_why(store: Store) -> None:
    small_place.add_areas(store)
    text = small_place.INCIDENTS + ",,E01000001,Drugs\n"
    told = status_report.of_import(importing.prepare(store, LOCAL_USER, small_place.incidents(text)))
    assert told[0].startswith("3 rows read, 2 placed")
    assert "Not kept: 1 row with no date." in told


def test_the_figures_of_a_dataset_add_up(store: Store) -> None:
    small_place.settle(store)
    [one] = status_report.of_store(store, LOCAL_USER)["datasets"]
    parts = [one[name] for name in ("placed", "no_location", "outside")]
    assert parts == [7, 1, 1]
    assert one["read"] == 9
    assert one["placed"] == one["placed_by_code"] + one["placed_by_point"]


def test_the_lines_say_what_the_report_holds(store: Store) -> None:
    small_place.settle(store)
    small_place.add(store, small_place.incidents())
    report = status_report.of_store(store, LOCAL_USER)
    told = "\n".join(status_report.lines(report))
    for one in report["datasets"]:
        assert f"Dataset {one['id']}: {one['title']}" in told
        assert f"{one['read']} read, {one['placed']} placed" in told
        assert all(f"  {note}" in told for note in one["notes"])


def test_protected_datasets_of_others_are_not_listed(store: Store) -> None:
    small_place.settle(store)
    small_place.add(store, small_place.incidents())
    assert len(status_report.of_store(store, LOCAL_USER)["datasets"]) == 2
    assert [one["access"] for one in status_report.of_store(store, BOARD_ELSEWHERE)["datasets"]] == ["open"]


def test_the_newest_dataset_is_the_one_added_last(store: Store) -> None:
    with pytest.raises(InputError, match="data import"):
        status_report.newest(store, LOCAL_USER)
    small_place.settle(store)
    last = small_place.add(store, small_place.incidents())
    assert status_report.newest(store, LOCAL_USER).id == last
    assert status_report.newest(store, BOARD_ELSEWHERE).id != last


def test_a_store_is_empty_until_something_is_set_up(store: Store) -> None:
    assert status_report.is_empty(store, LOCAL_USER)
    setting_up.add_schools(store, LOCAL_USER, small_place.upload("s.csv", small_place.SCHOOLS))
    assert not status_report.is_empty(store, LOCAL_USER)
