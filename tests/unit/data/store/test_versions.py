"""Versions: a new one supersedes and never overwrites, an old one comes back, and what is removed is gone."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from data import importing, setting_up
from data.principal import LOCAL_USER, Principal
from data.store import datasets, versions
from data.store import tables as t
from data.store.datasets import Dataset
from data.store.store import AlreadyThereError, Store
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.persons import DSL, STRANGER, welcome
from tests.unit.data.store.inside import held, rows

PLANTED = "Zebedee99"
FIRST = small_place.INCIDENTS
SECOND = FIRST + "03/09/2021,,E01000003,Robbery\n"
THIRD = SECOND + "04/10/2021,,E01000004,Drugs\n"


@pytest.fixture
def dataset(store: Store) -> int:
    """Give a protected dataset of two versions in a store with areas."""
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files())
    number = small_place.add(store, small_place.incidents(FIRST))
    assert small_place.add(store, small_place.incidents(SECOND, replaces=number)) == number
    return number


def total(store: Store, dataset: Dataset) -> int:
    return int(datasets.load_cells(store, LOCAL_USER, dataset)["n"].sum())


def numbers(kept: Sequence[Dataset]) -> list[tuple[int, bool]]:
    return [(one.number, one.is_current) for one in kept]


def test_a_new_version_is_shown_and_the_one_before_is_superseded(store: Store, dataset: int) -> None:
    newer, older = datasets.history(store, LOCAL_USER, dataset)
    assert numbers([newer, older]) == [(2, True), (1, False)]
    assert newer.superseded_at is None
    assert older.superseded_at is not None
    assert older.superseded_at >= older.added_at
    assert datasets.load_dataset(store, LOCAL_USER, dataset) == newer
    assert datasets.datasets(store, LOCAL_USER) == [newer]


def test_counts_and_rows_of_a_superseded_version_stay_as_they_were(store: Store, dataset: int) -> None:
    newer, older = datasets.history(store, LOCAL_USER, dataset)
    assert (total(store, newer), total(store, older)) == (3, 2)
    assert (newer.rows_read, older.rows_read) == (3, 2)
    assert datasets.load_rows(store, LOCAL_USER, older) != datasets.load_rows(store, LOCAL_USER, newer)


def test_versions_keep_title_and_access_of_their_dataset(store: Store, dataset: int) -> None:
    changed = small_place.incidents(THIRD, replaces=dataset, title="Another title", source="Another source")
    small_place.add(store, changed)
    [shown] = datasets.datasets(store, LOCAL_USER)
    assert (shown.title, shown.source) == ("Incidents from log.csv", "Another source")


@pytest.mark.parametrize(
    "changed", [{"kind": importing.Kind.POLICE}, {"access": datasets.Access.OPEN}], ids=["kind", "access"]
)
def test_a_version_of_another_kind_or_access_is_refused(
    store: Store, dataset: int, changed: dict[str, object]
) -> None:
    before = held(store)
    with pytest.raises(InputError, match="kind and access of its dataset"):
        importing.prepare(store, LOCAL_USER, small_place.incidents(THIRD, replaces=dataset, **changed))
    assert held(store) == before


def test_only_the_owner_adds_a_version_even_to_an_open_dataset(store: Store) -> None:
    welcome(store)
    number = small_place.settle(store)
    theirs = small_place.police(last="2021-08", replaces=number)
    before = held(store)
    with pytest.raises(InputError, match="your own organisation"):
        small_place.add(store, theirs, STRANGER)
    assert held(store) == before


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (SECOND, "dataset 1."),
        (FIRST, "dataset 1, version 1, which a later one has superseded: restore it on the Datasets page."),
    ],
    ids=["shown", "superseded"],
)
@pytest.mark.parametrize("replaces", [None, 1])
def test_the_same_bytes_again_change_nothing_and_say_so(
    store: Store, dataset: int, text: str, remark: str, replaces: int | None
) -> None:
    before = held(store)
    with pytest.raises(AlreadyThereError) as told:
        small_place.add(store, small_place.incidents(text, replaces=replaces))
    assert str(told.value) == f"Nothing to do: these files are already here as {remark}"
    assert told.value.number == dataset
    assert held(store) == before


def test_another_organisation_may_bring_the_same_bytes(store: Store, dataset: int) -> None:
    welcome(store)
    blobs = rows(store, t.blob)
    theirs = small_place.add(store, small_place.incidents(SECOND), STRANGER)
    assert theirs != dataset
    assert rows(store, t.blob) == blobs  # the same bytes are kept once
    assert [one.id for one in datasets.datasets(store, LOCAL_USER)] == [dataset]
    with pytest.raises(AlreadyThereError):
        small_place.add(store, small_place.incidents(SECOND), STRANGER)


def test_restoring_goes_back_and_forth(store: Store, dataset: int) -> None:
    blobs = rows(store, t.blob)
    versions.restore(store, LOCAL_USER, dataset, 1)
    newer, older = datasets.history(store, LOCAL_USER, dataset)
    assert numbers([newer, older]) == [(2, False), (1, True)]
    assert older.superseded_at is None
    assert newer.superseded_at is not None
    assert total(store, datasets.load_dataset(store, LOCAL_USER, dataset)) == 2
    versions.restore(store, LOCAL_USER, dataset, 2)
    assert numbers(datasets.history(store, LOCAL_USER, dataset)) == [(2, True), (1, False)]
    assert rows(store, t.blob) == blobs
    assert [row["action"] for row in rows(store, t.audit)][-2:] == ["restore version"] * 2


def test_restoring_the_version_that_is_shown_leaves_it_shown(store: Store, dataset: int) -> None:
    before = held(store, "audit")
    versions.restore(store, LOCAL_USER, dataset, 2)
    assert held(store, "audit") == before


def test_a_version_after_a_restore_follows_the_highest_number(store: Store, dataset: int) -> None:
    versions.restore(store, LOCAL_USER, dataset, 1)
    small_place.add(store, small_place.incidents(THIRD, replaces=dataset))
    assert numbers(datasets.history(store, LOCAL_USER, dataset)) == [(3, True), (2, False), (1, False)]


@pytest.mark.parametrize("number", [0, 3])
def test_a_version_that_is_not_there_is_not_restored(store: Store, dataset: int, number: int) -> None:
    before = held(store)
    with pytest.raises(InputError, match=f"no version {number}"):
        versions.restore(store, LOCAL_USER, dataset, number)
    assert held(store) == before


def test_a_superseded_version_is_removed_alone(store: Store, dataset: int) -> None:
    [newer, older] = rows(store, t.version)[::-1]
    versions.remove(store, LOCAL_USER, dataset, 1)
    assert numbers(datasets.history(store, LOCAL_USER, dataset)) == [(2, True)]
    kept = {row["sha256"] for row in rows(store, t.blob)}
    assert {newer["rows"], newer["counts"]} <= kept
    assert not {older["rows"], older["counts"]} & kept
    assert total(store, datasets.load_dataset(store, LOCAL_USER, dataset)) == 3


def test_the_version_that_is_shown_is_not_removed_alone(store: Store, dataset: int) -> None:
    before = held(store)
    for number in (2, 9):
        with pytest.raises(InputError, match="can be removed alone only while another is shown"):
            versions.remove(store, LOCAL_USER, dataset, number)
    assert held(store) == before


def test_a_dataset_is_removed_with_its_rows_and_counts_and_the_audit_says_so(store: Store, dataset: int) -> None:
    versions.remove(store, LOCAL_USER, dataset)
    assert (rows(store, t.dataset), rows(store, t.version)) == ([], [])
    assert [row["sha256"] for row in rows(store, t.blob)] == [row["areas"] for row in rows(store, t.area_set)]
    last = rows(store, t.audit)[-1]
    assert (last["action"], last["subject"]) == ("remove", f"dataset {dataset}")
    with pytest.raises(InputError, match="no dataset"):
        datasets.load_dataset(store, LOCAL_USER, dataset)


@pytest.mark.parametrize("first", [LOCAL_USER, STRANGER], ids=["ours first", "theirs first"])
def test_bytes_that_two_organisations_share_stay_until_both_have_removed_them(
    store: Store, dataset: int, first: Principal
) -> None:
    welcome(store)
    theirs = small_place.add(store, small_place.incidents(SECOND), STRANGER)
    owned = {LOCAL_USER: dataset, STRANGER: theirs}
    [second] = owned.keys() - {first}
    versions.remove(store, first, owned[first])
    kept = datasets.load_dataset(store, second, owned[second])
    assert int(datasets.load_cells(store, second, kept)["n"].sum()) == 3
    assert datasets.load_rows(store, second, kept)
    versions.remove(store, second, owned[second])
    assert len(rows(store, t.blob)) == 1  # the areas


def test_removing_is_for_those_who_bring_things_in(store: Store, dataset: int) -> None:
    before = held(store)
    for act in (versions.remove, lambda *asked: versions.restore(*asked, 1)):
        with pytest.raises(PermissionError, match="analyst or admin"):
            act(store, DSL, dataset)
        with pytest.raises(PermissionError):
            act(store, STRANGER, dataset)
    assert held(store) == before


def test_nothing_of_what_was_removed_can_be_found_in_the_file(sqlite_store: Store, tmp_path: Path) -> None:
    setting_up.add_areas(sqlite_store, LOCAL_USER, small_place.area_files())
    lines = "".join(f"{day:02}/09/2021,,E0100000{n},{PLANTED} {day} {n}\n" for day in range(1, 29) for n in range(1, 7))
    kept = small_place.add(sqlite_store, small_place.incidents(SECOND))
    number = small_place.add(sqlite_store, small_place.incidents(FIRST + lines))
    small_place.add(sqlite_store, small_place.incidents(THIRD + lines, replaces=number))
    row, *_ = [row for row in rows(sqlite_store, t.version) if row["dataset_id"] == number]
    fragments = [blob["content"][:40] for blob in rows(sqlite_store, t.blob) if blob["sha256"] == row["counts"]]
    traces = [PLANTED.encode(), *fragments]
    assert all(found_in(tmp_path / "file", trace) for trace in traces)
    before = size(tmp_path / "file")
    versions.remove(sqlite_store, LOCAL_USER, number, 1)
    versions.remove(sqlite_store, LOCAL_USER, number)
    assert not any(found_in(tmp_path / "file", trace) for trace in traces)
    assert size(tmp_path / "file") < before
    assert total(sqlite_store, datasets.load_dataset(sqlite_store, LOCAL_USER, kept)) == 3


def found_in(folder: Path, trace: bytes) -> bool:
    """Answer whether bytes are in the database or in anything beside it."""
    return any(trace in path.read_bytes() for path in folder.iterdir())


def size(folder: Path) -> int:
    """Measure the database without what stands beside it."""
    return (folder / "local-context.sqlite").stat().st_size
