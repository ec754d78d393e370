"""Datasets at rest: counts as they were written or not at all, and seen only by those who may."""

import hashlib
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.store import datasets
from data.store.datasets import Access
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.running import dump

STRANGER = Principal("someone", "another", Role.ANALYST)


@pytest.fixture
def dataset(store: Store) -> int:
    """Give the open police dataset of a settled store."""
    return small_place.settle(store)


def change(tmp_path: Path, statement: str, *values: object) -> None:
    """Change the store's file behind its back."""
    with closing(sqlite3.connect(tmp_path / "own" / "local-context.sqlite")) as file, file:
        file.execute(statement, values)


def test_cells_come_back_as_they_were_counted(store: Store, dataset: int) -> None:
    cells = datasets.load_cells(store, LOCAL_USER, dataset)
    assert list(cells.itertuples(index=False, name=None)) == small_place.CELLS


@pytest.mark.parametrize("blob", ["dataset_counts", "dataset_rows"])
def test_every_blob_lies_beside_its_own_digest(store: Store, dataset: int, tmp_path: Path, blob: str) -> None:
    [(_, content, digest, *_)] = dump(tmp_path / "own")[blob]
    assert hashlib.sha256(content).hexdigest() == digest


def test_counts_that_were_tampered_with_are_refused(store: Store, dataset: int, tmp_path: Path) -> None:
    [(_, blob, *_)] = dump(tmp_path / "own")["dataset_counts"]
    frame = pd.read_parquet(io.BytesIO(blob))
    forged = io.BytesIO()
    frame.assign(n=frame["n"] + 1).to_parquet(forged, index=False)
    change(tmp_path, "UPDATE dataset_counts SET parquet = ?", forged.getvalue())
    with pytest.raises(InputError, match="restore the store from a backup"):
        datasets.load_cells(store, LOCAL_USER, dataset)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_counts_with_one_bit_changed_are_refused(store: Store, dataset: int, tmp_path: Path, at: int) -> None:
    [(_, blob, *_)] = dump(tmp_path / "own")["dataset_counts"]
    changed = bytearray(blob)
    changed[at] ^= 1
    change(tmp_path, "UPDATE dataset_counts SET parquet = ?", bytes(changed))
    with pytest.raises(InputError, match="have changed on disk"):
        datasets.load_cells(store, LOCAL_USER, dataset)


def test_counts_that_are_gone_are_refused(store: Store, dataset: int, tmp_path: Path) -> None:
    change(tmp_path, "DELETE FROM dataset_counts")
    with pytest.raises(InputError, match="restore the store from a backup"):
        datasets.load_cells(store, LOCAL_USER, dataset)


def test_datasets_are_listed_newest_first(store: Store, dataset: int) -> None:
    newer = small_place.add(store, small_place.incidents())
    assert [one.id for one in datasets.datasets(store, LOCAL_USER)] == [newer, dataset]


def test_a_dataset_remembers_its_figures(store: Store, dataset: int) -> None:
    one = datasets.load_dataset(store, LOCAL_USER, dataset)
    assert (one.rows_read, one.by_code, one.by_point, one.no_location, one.outside) == (9, 5, 2, 1, 1)
    assert one.placed == 7
    assert one.placed_share == pytest.approx(7 / 9)
    assert one.months == ["2021-08", "2021-09", "2021-10"]
    assert one.gaps == ("2021-09",)
    assert one.access is Access.OPEN


def test_others_see_open_datasets_and_no_protected_ones(store: Store, dataset: int) -> None:
    protected = small_place.add(store, small_place.incidents())
    assert [one.id for one in datasets.datasets(store, STRANGER)] == [dataset]
    assert datasets.load_dataset(store, STRANGER, dataset).id == dataset
    for load in (datasets.load_dataset, datasets.load_cells):
        with pytest.raises(InputError, match=f"no dataset {protected}"):
            load(store, STRANGER, protected)


def test_the_one_who_brings_a_dataset_owns_it_for_their_organisation(store: Store, dataset: int) -> None:
    theirs = small_place.add(store, small_place.incidents(), STRANGER)
    assert [one.id for one in datasets.datasets(store, LOCAL_USER)] == [dataset]
    assert datasets.load_dataset(store, STRANGER, theirs).owner == STRANGER.organisation


@pytest.mark.parametrize("number", [0, -1, 99, 10**30])
def test_a_number_of_no_dataset_is_refused(store: Store, dataset: int, number: int) -> None:
    with pytest.raises(InputError, match="no dataset"):
        datasets.load_dataset(store, LOCAL_USER, number)
