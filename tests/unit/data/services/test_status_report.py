"""What the store says of itself: every figure, with nothing left out."""

import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.services import setting_up, status_report
from data.store import datasets
from data.store.store import Store
from geo import disclosure
from geo.errors import InputError
from tests.unit.data import small_place

BOARD_ELSEWHERE = Principal("someone", "another", Role.BOARD)


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
        rows = "fewer than 10 rows read" if one["about"] else f"{one['read']} read, {one['placed']} placed"
        assert rows in told
        assert all(f"  {note}" in told for note in one["notes"] or ())


def test_rows_of_protected_datasets_are_rounded_until_their_custodian_asks(store: Store) -> None:
    small_place.settle(store)
    many = "".join(f"{day:02}/09/2021,,E01000001,Drugs\n" for day in range(1, 29))
    number = small_place.add(store, small_place.incidents(small_place.INCIDENTS + many))
    read = datasets.load_dataset(store, LOCAL_USER, number).rows_read
    hidden = ("first_month", "last_month", "gaps", "no_location", "outside", "not_kept", "notes", "placed_by_code")
    about, exact = (status_report.of_store(store, LOCAL_USER, exact=asked) for asked in (False, True))
    [rounded] = [one for one in about["datasets"] if one["id"] == number]
    assert (rounded["about"], rounded["read"]) == (True, disclosure.round_rows(read))
    assert {rounded[name] for name in hidden} == {None}
    delivery = next(one for one in about["deliveries"] if one["kind"] == "incidents" and one["about"])
    assert (delivery["rows"], delivery["bytes"]) == (disclosure.round_rows(read), None)
    assert f"{disclosure.about_rows(read)} rows read" in "\n".join(status_report.lines(about))
    [told] = [one for one in exact["datasets"] if one["id"] == number]
    assert (told["read"], exact["exact"], about["exact"]) == (read, [number], [])
    assert status_report.EXACT in "\n".join(status_report.lines(exact))
    board = Principal("someone", LOCAL_USER.organisation, Role.BOARD)
    assert status_report.of_store(store, board, exact=True) == about


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
