"""Versions: a new one supersedes and never overwrites, an old one comes back, and what is removed is gone."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from data.principal import LOCAL_USER, Principal
from data.records.rows import DatasetKind
from data.services import importing, secret
from data.store import datasets, versions
from data.store import store as store_module
from data.store import tables as t
from data.store.datasets import Dataset
from data.store.store import AlreadyThereError, Store
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.persons import DSL, STRANGER, welcome
from tests.unit.data.store.bringing import FIRST, SECOND, THIRD, add_areas, bring, bring_versions, settle
from tests.unit.data.store.inside import held, rows

PLANTED = "Zebedee99"


@pytest.fixture
def dataset(store: Store) -> int:
    """A protected dataset of two versions in a store with areas."""
    return bring_versions(store)


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


def test_a_dataset_and_its_first_version_come_in_at_one_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count()
    monkeypatch.setattr(store_module, "now", lambda: f"2026-01-01T00:00:{next(seconds):02}+00:00")
    settle(store)
    assert rows(store, t.version)[0]["added_at"] == rows(store, t.dataset)[0]["added_at"]


def test_counts_and_rows_of_a_superseded_version_stay_as_they_were(store: Store, dataset: int) -> None:
    newer, older = datasets.history(store, LOCAL_USER, dataset)
    assert (total(store, newer), total(store, older)) == (3, 2)
    assert (newer.rows_read, older.rows_read) == (3, 2)
    assert datasets.load_rows(store, LOCAL_USER, older) != datasets.load_rows(store, LOCAL_USER, newer)


def test_versions_keep_title_and_access_of_their_dataset(store: Store, dataset: int) -> None:
    bring(store, THIRD, replaces=dataset, title="Another title", source="Another source")
    [shown] = datasets.datasets(store, LOCAL_USER)
    assert (shown.title, shown.source) == ("Incidents from log.csv", "Another source")


@pytest.mark.parametrize(
    "changed", [{"kind": DatasetKind.POLICE}, {"access": datasets.Access.OPEN}], ids=["kind", "access"]
)
def test_a_version_of_another_kind_or_access_is_refused(store: Store, dataset: int, changed: dict[str, object]) -> None:
    before = held(store)
    with pytest.raises(InputError, match="kind and access of its dataset"):
        importing.prepare(store, LOCAL_USER, small_place.incidents(THIRD, replaces=dataset, **changed))
    assert held(store) == before


def test_only_the_owner_adds_a_version_even_to_an_open_dataset(store: Store) -> None:
    welcome(store)
    secret.begin(store)
    number = settle(store)
    before = held(store)
    with pytest.raises(InputError, match="your own organisation"):
        bring(store, FIRST, STRANGER, replaces=number)
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
        bring(store, text, replaces=replaces)
    assert str(told.value) == f"Nothing to do: these files are already here as {remark}"
    assert told.value.number == dataset
    assert held(store) == before


def test_another_organisation_may_bring_the_same_bytes(store: Store, dataset: int) -> None:
    welcome(store)
    theirs = bring(store, SECOND, STRANGER)
    assert theirs != dataset
    _, ours, last = rows(store, t.version)
    assert (ours["rows"], ours["counts"]) == (last["rows"], last["counts"])  # the same bytes are kept once
    assert [one.id for one in datasets.datasets(store, LOCAL_USER)] == [dataset]
    with pytest.raises(AlreadyThereError):
        bring(store, SECOND, STRANGER)


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
    bring(store, THIRD, replaces=dataset)
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


def test_the_number_of_a_removed_dataset_is_never_given_again(store: Store, dataset: int) -> None:
    versions.remove(store, LOCAL_USER, dataset)
    assert bring(store, SECOND) == dataset + 1


@pytest.mark.parametrize("first", [LOCAL_USER, STRANGER], ids=["ours first", "theirs first"])
def test_bytes_that_two_organisations_share_stay_until_both_have_removed_them(
    store: Store, dataset: int, first: Principal
) -> None:
    welcome(store)
    theirs = bring(store, SECOND, STRANGER)
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
    add_areas(sqlite_store)
    lines = "".join(f"{day:02}/09/2021,,E0100000{n},{PLANTED} {day} {n}\n" for day in range(1, 29) for n in range(1, 7))
    kept = bring(sqlite_store, SECOND)
    number = bring(sqlite_store, FIRST + lines)
    bring(sqlite_store, THIRD + lines, replaces=number)
    row, *_ = [row for row in rows(sqlite_store, t.version) if row["dataset_id"] == number]
    counts = next(blob["content"] for blob in rows(sqlite_store, t.blob) if blob["sha256"] == row["counts"])
    traces = [PLANTED.encode(), counts[100:140]]
    assert all(found_in(tmp_path / "file", trace) for trace in traces)
    sqlite_store.free_pages(LOCAL_USER)  # so that all of it is in the one file
    before = size(tmp_path / "file")
    versions.remove(sqlite_store, LOCAL_USER, number, 1)
    versions.remove(sqlite_store, LOCAL_USER, number)
    assert not any(found_in(tmp_path / "file", trace) for trace in traces)
    assert size(tmp_path / "file") < before
    assert total(sqlite_store, datasets.load_dataset(sqlite_store, LOCAL_USER, kept)) == 3


def found_in(folder: Path, trace: bytes) -> bool:
    """Return whether bytes are in the database or in anything beside it."""
    return any(trace in path.read_bytes() for path in folder.iterdir())


def size(folder: Path) -> int:
    """Measure the database without what stands beside it."""
    return (folder / "local-context.sqlite").stat().st_size
