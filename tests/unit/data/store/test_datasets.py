"""Datasets at rest: counts as they were written or not at all, and seen only by those who may."""

import io
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.store import datasets, seals
from data.store import tables as t
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.store.bringing import FIRST, bring, settle
from tests.unit.data.store.inside import change, rows

DAMAGED = "`python -m data restore FILE`"


@pytest.fixture
def dataset(store: Store) -> Dataset:
    """The open police dataset of a settled store."""
    return datasets.load_dataset(store, LOCAL_USER, settle(store))


def content(store: Store, column: str) -> bytes:
    """Return the bytes that the only version names in a column."""
    [version] = rows(store, t.version)
    [blob] = [row["content"] for row in rows(store, t.blob) if row["sha256"] == version[column]]
    return blob


def put_content(store: Store, column: str, forged: bytes) -> None:
    """Put other bytes under the name of those that the only version names in a column."""
    [version] = rows(store, t.version)
    change(store, t.blob.update().where(t.blob.c.sha256 == version[column]).values(content=forged))


def test_cells_come_back_as_they_were_counted(store: Store, dataset: Dataset) -> None:
    cells = datasets.load_cells(store, LOCAL_USER, dataset)
    assert list(cells.itertuples(index=False, name=None)) == small_place.CELLS


def test_rows_come_back_as_points_that_other_programs_read(store: Store, dataset: Dataset) -> None:
    kept = gpd.read_parquet(io.BytesIO(datasets.load_rows(store, LOCAL_USER, dataset)))
    assert len(kept) == 9
    assert kept.geometry.notna().sum() == 7


def test_every_blob_is_named_by_its_own_digest(store: Store, dataset: Dataset) -> None:
    blobs = rows(store, t.blob)
    assert len(blobs) == 3  # areas, rows, counts
    assert [seals.sha256(row["content"]) for row in blobs] == [row["sha256"] for row in blobs]


def test_counts_that_were_tampered_with_are_refused(store: Store, dataset: Dataset) -> None:
    frame = pd.read_parquet(io.BytesIO(content(store, "counts")))
    forged = io.BytesIO()
    frame.assign(n=frame["n"] + 1).to_parquet(forged, index=False)
    put_content(store, "counts", forged.getvalue())
    with pytest.raises(InputError, match=DAMAGED):
        datasets.load_cells(store, LOCAL_USER, dataset)


@pytest.mark.parametrize("at", [0, 40, -1])
@pytest.mark.parametrize(("column", "load"), [("counts", datasets.load_cells), ("rows", datasets.load_rows)])
def test_bytes_with_one_bit_changed_are_refused(
    store: Store, dataset: Dataset, at: int, column: str, load: object
) -> None:
    changed = bytearray(content(store, column))
    changed[at] ^= 1
    put_content(store, column, bytes(changed))
    with pytest.raises(InputError, match=f"the {column} of dataset 1 has changed on disk"):
        load(store, LOCAL_USER, dataset)


@pytest.mark.parametrize(("column", "other"), [("counts", "rows"), ("rows", "counts")])
def test_bytes_that_belong_elsewhere_are_refused(store: Store, dataset: Dataset, column: str, other: str) -> None:
    [version] = rows(store, t.version)
    change(store, t.version.update().values({column: version[other]}))
    with pytest.raises(InputError, match=DAMAGED):
        datasets.load_cells(store, LOCAL_USER, dataset)


def test_datasets_are_listed_newest_first(store: Store, dataset: Dataset) -> None:
    newer = bring(store)
    assert [one.id for one in datasets.datasets(store, LOCAL_USER)] == [newer, dataset.id]


def test_a_dataset_remembers_its_figures(dataset: Dataset) -> None:
    assert (dataset.rows_read, dataset.by_code, dataset.by_point) == (9, 5, 2)
    assert (dataset.no_location, dataset.outside, dataset.placed) == (1, 1, 7)
    assert dataset.placed_share == pytest.approx(7 / 9)
    assert dataset.months == ["2021-08", "2021-09", "2021-10"]
    assert dataset.gaps == ("2021-09",)
    assert dataset.access is Access.OPEN
    assert (dataset.number, dataset.is_current, dataset.superseded_at) == (1, True, None)


def test_others_see_open_datasets_and_no_protected_ones(store: Store, dataset: Dataset) -> None:
    protected = datasets.load_dataset(store, LOCAL_USER, bring(store))
    assert [one.id for one in datasets.datasets(store, STRANGER)] == [dataset.id]
    assert datasets.load_dataset(store, STRANGER, dataset.id) == dataset
    assert len(datasets.load_cells(store, STRANGER, dataset)) == len(small_place.CELLS)
    for load in (datasets.load_dataset, datasets.history):
        with pytest.raises(InputError, match=f"no dataset {protected.id}"):
            load(store, STRANGER, protected.id)
    with pytest.raises(InputError, match=f"no dataset {protected.id}"):
        datasets.load_cells(store, STRANGER, protected)


def test_rows_stay_with_the_organisation_that_brought_them_even_where_counts_are_open(
    store: Store, dataset: Dataset
) -> None:
    with pytest.raises(PermissionError, match="stay with the organisation"):
        datasets.load_rows(store, STRANGER, dataset)
    protected = datasets.load_dataset(store, LOCAL_USER, bring(store))
    with pytest.raises(InputError, match="no dataset"):
        datasets.load_rows(store, STRANGER, replace(protected, owner=STRANGER.organisation))


def test_the_one_who_brings_a_dataset_owns_it_for_their_organisation(store: Store, dataset: Dataset) -> None:
    welcome(store)
    theirs = bring(store, FIRST, STRANGER)
    assert [one.id for one in datasets.datasets(store, LOCAL_USER)] == [dataset.id]
    assert datasets.load_dataset(store, STRANGER, theirs).owner == STRANGER.organisation


@pytest.mark.parametrize("number", [0, -1, 99, 10**30])
def test_a_number_of_no_dataset_is_refused(store: Store, dataset: Dataset, number: int) -> None:
    with pytest.raises(InputError, match="no dataset"):
        datasets.load_dataset(store, LOCAL_USER, number)


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_number_of_no_version_is_refused(store: Store, dataset: Dataset, number: int) -> None:
    with pytest.raises(InputError, match="no version"):
        datasets.load_dataset(store, LOCAL_USER, dataset.id, number)
