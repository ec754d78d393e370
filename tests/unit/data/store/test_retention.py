"""Retention: what an organisation's time is over for goes on the right day, and nothing else does."""

from datetime import date, timedelta

import pytest

from data.principal import LOCAL_USER, Principal
from data.store import datasets, retention, versions
from data.store import tables as t
from data.store.bounds import LONGEST_RETENTION
from data.store.retention import Due, Retention
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.store.bringing import FIRST, bring, bring_police, bring_versions
from tests.unit.data.store.inside import change, held, rows

SUPERSEDED = "2026-03-10T15:30:00+00:00"
LATER = date(2100, 1, 1)


@pytest.fixture
def dataset(store: Store) -> int:
    """A dataset of September 2021 whose first version was superseded on 10 March 2026."""
    number = bring_versions(store)
    change(store, t.version.update().where(t.version.c.number == 1).values(superseded_at=SUPERSEDED))
    return number


def due(store: Store, today: date) -> list[tuple[int, int | None]]:
    return [(one.dataset.id, one.number) for one in retention.due(store, LOCAL_USER, today)]


def keep(store: Store, days: int | None = None, months: int | None = None) -> None:
    retention.put_retention(store, LOCAL_USER, Retention(days, months))


def let_go(store: Store, person: Principal = LOCAL_USER) -> list[Due]:
    over = retention.due(store, person, LATER)
    retention.let_go(store, person, over)
    return over


def test_by_default_protected_data_goes_in_its_time_and_open_data_never(store: Store, dataset: int) -> None:
    bring_police(store)
    assert retention.retention(store, LOCAL_USER) == Retention(None, None)
    superseded = date(2026, 3, 10) + timedelta(days=retention.SUPERSEDED_DAYS)
    assert due(store, superseded) == []
    assert due(store, superseded + timedelta(days=1)) == [(dataset, 1)]
    assert due(store, date(2027, 9, 30)) == [(dataset, 1)]
    assert due(store, date(2027, 10, 1)) == [(dataset, None)]  # 72 months after September 2021
    assert due(store, LATER) == [(dataset, None)]
    assert all(one.by_default for one in retention.due(store, LOCAL_USER, LATER))
    keep(store, 1, 1)
    assert not any(one.by_default for one in retention.due(store, LOCAL_USER, LATER))


def test_settings_come_back_as_they_were_put_and_are_each_organisations_own(store: Store) -> None:
    welcome(store)
    keep(store, 30, 24)
    assert retention.retention(store, LOCAL_USER) == Retention(30, 24)
    assert retention.retention(store, STRANGER) == Retention(None, None)
    keep(store)
    assert retention.retention(store, LOCAL_USER) == Retention(None, None)


@pytest.mark.parametrize("days", [1, 30])
def test_a_superseded_version_is_kept_so_many_whole_days_and_goes_on_the_day_after(
    store: Store, dataset: int, days: int
) -> None:
    keep(store, days)
    last = date(2026, 3, 10) + timedelta(days=days)
    assert due(store, last) == []
    assert due(store, last + timedelta(days=1)) == [(dataset, 1)]


@pytest.mark.parametrize(
    ("months", "last_day"), [(1, date(2021, 10, 31)), (3, date(2021, 12, 31)), (4, date(2022, 1, 31))]
)
def test_a_dataset_is_kept_so_many_whole_months_after_its_last(
    store: Store, dataset: int, months: int, last_day: date
) -> None:
    keep(store, months=months)
    assert due(store, last_day) == []
    assert due(store, last_day + timedelta(days=1)) == [(dataset, None)]


def test_letting_go_removes_the_version_and_leaves_the_one_that_is_shown(store: Store, dataset: int) -> None:
    keep(store, 1, LONGEST_RETENTION)
    [removed] = let_go(store)
    assert (removed.dataset.id, removed.number) == (dataset, 1)
    assert [one.number for one in datasets.history(store, LOCAL_USER, dataset)] == [2]
    last = rows(store, t.audit)[-1]
    assert (last["action"], last["subject"]) == ("remove", f"dataset {dataset}, version 1")
    assert [one.number for one in retention.due(store, LOCAL_USER, date(2026, 4, 1))] == []


def test_letting_go_removes_a_dataset_with_all_its_versions(store: Store, dataset: int) -> None:
    keep(store, 1, 1)
    assert [one.number for one in let_go(store)] == [None]
    assert (rows(store, t.dataset), rows(store, t.version)) == ([], [])
    assert len(rows(store, t.blob)) == 1  # the areas


def test_a_version_that_was_restored_is_not_superseded_any_more(store: Store, dataset: int) -> None:
    keep(store, 1, LONGEST_RETENTION)
    versions.restore(store, LOCAL_USER, dataset, 1)
    assert due(store, LATER) == [(dataset, 2)]


def test_what_other_organisations_have_is_untouched(store: Store, dataset: int) -> None:
    welcome(store)
    theirs = [bring(store, FIRST, STRANGER), bring_police(store, STRANGER)]
    keep(store, 1, 1)
    let_go(store)
    left = datasets.datasets(store, STRANGER)
    assert [one.id for one in left] == theirs[::-1]
    assert [len(datasets.load_cells(store, STRANGER, one)) for one in left] == [len(small_place.CELLS), 2]


@pytest.mark.parametrize("span", [0, -1, LONGEST_RETENTION + 1])
@pytest.mark.parametrize("which", ["superseded_days", "months_kept"])
def test_spans_that_make_no_sense_are_refused(store: Store, which: str, span: int) -> None:
    before = held(store)
    with pytest.raises(InputError, match=r"between 1 and 1,200"):
        retention.put_retention(store, LOCAL_USER, Retention(**{which: span}))
    assert held(store) == before


@pytest.mark.parametrize("person", [BOARD, DSL], ids=lambda person: person.role.value)
def test_others_neither_set_it_nor_let_go(store: Store, dataset: int, person: Principal) -> None:
    keep(store, 1, 1)
    before = held(store)
    with pytest.raises(PermissionError):
        retention.put_retention(store, person, Retention(2, 2))
    with pytest.raises(PermissionError):
        let_go(store, person)
    assert held(store) == before
