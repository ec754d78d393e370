"""Importing: reading, placing and counting write nothing; keeping writes all of it or nothing."""

import io
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.records.rows import DatasetKind
from data.services import importing, setting_up
from data.services.importing import ImportRequest
from data.store import datasets, rows_at_rest
from data.store import tables as t
from data.store.datasets import Access
from data.store.store import AlreadyThereError, Store
from geo.counts import cube as counting
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.running import dump
from tests.unit.data.small_place import add, incidents, police, upload
from tests.unit.data.store.inside import failing_at


@pytest.fixture
def ready(store: Store) -> Store:
    """A store that holds the six areas."""
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files())
    return store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of ``store``."""
    return tmp_path / "own"


def prepared(store: Store, request: ImportRequest) -> importing.PreparedImport:
    return importing.prepare(store, LOCAL_USER, request)


def described(store: Store, number: int) -> datasets.Dataset:
    return datasets.load_dataset(store, LOCAL_USER, number)


def test_preparing_writes_nothing(ready: Store, home: Path) -> None:
    before = dump(home)
    assert prepared(ready, police()).placement.placed == 7
    assert dump(home) == before


def test_a_kept_import_is_its_description_rows_counts_and_audit(ready: Store, home: Path) -> None:
    before = dump(home)
    number = add(ready, police())
    after = dump(home)
    grown = {name: len(after[name]) - len(before[name]) for name in after}
    told = {"delivery": 1, "delivery_file": 2}
    assert {name: n for name, n in grown.items() if n} == {"dataset": 1, "version": 1, "blob": 2, "audit": 1} | told
    assert described(ready, number).owner == LOCAL_USER.organisation
    assert described(ready, number).added_by == LOCAL_USER.who


@pytest.mark.parametrize("table", [t.dataset, t.blob, t.version, t.delivery, t.audit], ids=lambda table: table.name)
def test_an_import_that_fails_anywhere_leaves_nothing(ready: Store, home: Path, table: sa.Table) -> None:
    ready_to_keep = prepared(ready, police())
    before = dump(home)
    with failing_at(table), pytest.raises(RuntimeError):
        importing.keep(ready, LOCAL_USER, ready_to_keep)
    assert dump(home) == before
    assert importing.keep(ready, LOCAL_USER, ready_to_keep) == 1


def test_the_same_import_again_is_refused_and_writes_nothing(ready: Store, home: Path) -> None:
    number = add(ready, police())
    before = dump(home)
    with pytest.raises(AlreadyThereError, match=f"dataset {number}"):
        add(ready, police())
    assert dump(home) == before


def test_of_two_people_who_bring_the_same_at_once_one_is_told_so(ready: Store) -> None:
    ready_to_keep = prepared(ready, police())
    together = threading.Barrier(2)
    ended: list[object] = []

    def keep() -> None:
        together.wait()
        try:
            ended.append(importing.keep(ready, LOCAL_USER, ready_to_keep))
        except AlreadyThereError as same:
            ended.append(str(same))

    keepers = [threading.Thread(target=keep) for _ in range(2)]
    for keeper in keepers:
        keeper.start()
    for keeper in keepers:
        keeper.join()
    assert sorted(ended, key=str) == [1, "Nothing to do: these files are already here as dataset 1."]


def test_the_rows_at_rest_are_all_rows_read_and_no_crime_id(ready: Store) -> None:
    kept = described(ready, add(ready, police()))
    rows = gpd.read_parquet(io.BytesIO(datasets.load_rows(ready, LOCAL_USER, kept)))
    assert len(rows) == 9
    assert set(rows.columns) == {"month", "category", "stated_area", "geometry", "force", "edition"}
    read = [*small_place.AUGUST, *small_place.OCTOBER]
    assert rows["month"].tolist() == [row[1] for row in read]
    assert rows["category"].tolist() == [row[5] for row in read]
    assert rows["stated_area"].astype(object).fillna("").tolist() == [row[4] for row in read]
    points = [(str(one.x), str(one.y)) if one else ("", "") for one in rows.geometry]
    assert points == [row[2:4] for row in read]


def test_counts_equal_a_plain_tally(ready: Store) -> None:
    cells = counting.cells(prepared(ready, police()).cube)
    assert list(cells.itertuples(index=False, name=None)) == small_place.CELLS


def test_a_missing_month_is_in_the_period_and_known_as_missing(ready: Store) -> None:
    cube = prepared(ready, police()).cube
    assert cube.periods == ("2021-08", "2021-09", "2021-10")
    assert cube.missing == {"2021-09"}
    assert cube.n[:, 1].sum() == 0


def test_rows_alike_and_repeated_crime_ids_are_counted(ready: Store) -> None:
    found = prepared(ready, police())
    assert found.description.rows_read == 9
    assert any("more than one row of a month" in note for note in found.description.notes)


def test_unsure_means_protected(ready: Store) -> None:
    assert prepared(ready, incidents()).description.access is Access.PROTECTED
    assert prepared(ready, police()).description.access is Access.OPEN
    assert prepared(ready, incidents(access=Access.OPEN)).description.access is Access.OPEN
    assert prepared(ready, police(access=Access.PROTECTED)).description.access is Access.PROTECTED


def test_source_and_title_are_those_given_or_the_usual_ones(ready: Store) -> None:
    usual = prepared(ready, police()).description
    assert usual.title == "Police street data, Anytown"
    assert "data.police.uk" in usual.source
    told = prepared(ready, police(title="Summer", source="The force")).description
    assert (told.title, told.source) == ("Summer", "The force")
    assert prepared(ready, incidents()).description.title == "Incidents from log.csv"


def test_what_decides_the_outcome_decides_whether_it_is_the_same_import(ready: Store) -> None:
    requests = [
        police(),
        police(access=Access.PROTECTED),
        police(first="2021-10"),
        police(last="2021-08"),
        police(forces=("anytown",)),
        police(mapping=small_place.mapping()),
        incidents(),
        incidents(mapping=small_place.mapping()),
        incidents(mapping=small_place.mapping(harm={"Drugs": "cce"})),
    ]
    assert len({prepared(ready, request).description.fingerprint for request in requests}) == len(requests)


def test_names_and_words_do_not_make_another_import(ready: Store) -> None:
    one = prepared(ready, police()).description.fingerprint
    assert prepared(ready, police(title="Summer", source="The force")).description.fingerprint == one
    assert prepared(ready, police(sources=list(reversed(police().sources)))).description.fingerprint == one


def test_categories_are_in_order_however_they_come(ready: Store) -> None:
    cube = prepared(ready, police(sources=list(reversed(police().sources)))).cube
    assert cube.categories == tuple(sorted(cube.categories))
    assert list(counting.cells(cube).itertuples(index=False, name=None)) == small_place.CELLS


def test_a_mapping_names_the_harm_group_of_a_category(ready: Store) -> None:
    mapping = small_place.mapping(harm={"Knife crime": "violence"})
    assert prepared(ready, incidents(mapping=mapping)).description.harm_of == {
        "Drugs": "substances",
        "Knife crime": "violence",
    }


def test_rows_that_are_not_kept_are_read_and_counted_by_reason(ready: Store) -> None:
    text = "Date,Area code,Type\n01/09/2021,E01000001,a\n,E01000001,a\n02/09/2021,E01000001,\n"
    found = prepared(ready, incidents(text))
    assert found.description.rows_read == 3
    assert found.description.not_kept == {"no date": 1, "no category": 1}
    assert found.placement.placed == 1


def test_a_date_is_still_to_come_only_after_the_day_of_the_import(ready: Store) -> None:
    assert prepared(ready, incidents(today=date(2021, 9, 2))).placement.placed == 2
    with pytest.raises(InputError):
        prepared(ready, incidents(today=date(2021, 9, 1)))


def test_progress_grows_and_ends_at_one(ready: Store) -> None:
    told: list[tuple[float, str]] = []
    importing.prepare(ready, LOCAL_USER, police(), lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(what for _, what in told)


def test_a_named_area_set_is_used_even_where_another_fits_better(ready: Store) -> None:
    other = small_place.collection(small_place.feature(n, code=f"X{n}") for n in range(6))
    files = small_place.area_files(boundaries=upload("other.geojson", other), title="Other")
    number, _ = setting_up.add_areas(ready, LOCAL_USER, files)
    found = prepared(ready, police(area_set_id=number))
    assert (found.placement.by_code, found.placement.by_point) == (0, 6)
    assert prepared(ready, police()).description.area_set_id == 1


def test_the_cube_of_rows_counts_each_placed_row_once(ready: Store) -> None:
    request = replace(police(), kind=DatasetKind.POLICE)
    rows = prepared(ready, request).rows
    located = rows_at_rest.located(rows.table)
    assert len(located.stated) == 9
    assert int(np.isnan(located.lon).sum()) == 2
