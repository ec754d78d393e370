"""Names of places at rest: of open police data only; the same files again bring them to a dataset that lacks them."""

from dataclasses import replace

import pyarrow as pa
import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.records.rows import PLACE_FIELD
from data.services import importing, open_points, verifying
from data.services.importing import ImportRequest, PreparedImport
from data.store import datasets, rows_at_rest, versions
from data.store import tables as t
from data.store.datasets import Access, Dataset
from data.store.store import AlreadyThereError, Store
from geo import columns as c
from geo.counts.filters import Choice
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from tests.unit.data import small_place
from tests.unit.data.small_place import AUGUST, OCTOBER, STREET_FILES, STREET_HEADER, table, upload

STREETS = ("On or near Hospital", "On or near Mill Lane", "On or near Hospital", "No Location", "On or near Far Road")


def named(**changed: object) -> ImportRequest:
    """Ask for the import of the police data with names of places."""
    files = [
        upload(
            name, table((*STREET_HEADER, "Location"), [(*row, text) for row, text in zip(rows, STREETS, strict=False)])
        )
        for name, rows in zip(STREET_FILES, (AUGUST, OCTOBER), strict=True)
    ]
    return small_place.police(sources=files, **changed)


@pytest.fixture
def ready(store: Store) -> Store:
    """A store that holds the six areas."""
    small_place.add_areas(store)
    return store


def as_before(prepared: PreparedImport) -> PreparedImport:
    """Return an import as it was prepared before names of places were kept."""
    assert prepared.description.unnamed is not None
    rows = replace(prepared.rows, table=prepared.rows.table.drop_columns([c.PLACE]))
    description = replace(prepared.description, fingerprint=prepared.description.unnamed, unnamed=None)
    return replace(prepared, rows=rows, description=description)


def bring_as_before(store: Store, **changed: object) -> int:
    return importing.keep(store, LOCAL_USER, as_before(importing.prepare(store, LOCAL_USER, named(**changed))))


def stored(store: Store, dataset: Dataset) -> pa.Table:
    return rows_at_rest.from_geoparquet(datasets.load_rows(store, LOCAL_USER, dataset))


def shown(store: Store, number: int) -> Dataset:
    return datasets.load_dataset(store, LOCAL_USER, number)


def test_an_open_dataset_keeps_the_names_of_its_places_and_rows_that_are_alike(ready: Store) -> None:
    rows = stored(ready, shown(ready, small_place.add(ready, named())))
    assert rows.schema.field(c.PLACE).type == PLACE_FIELD.type
    assert rows[c.PLACE].to_pylist()[:5] == [*STREETS[:3], None, STREETS[4]]
    assert rows.num_rows == len(AUGUST) + len(OCTOBER)


def test_a_protected_dataset_never_keeps_names_of_places(ready: Store) -> None:
    prepared = importing.prepare(ready, LOCAL_USER, named(access=Access.PROTECTED))
    assert not prepared.rows.has_place_names
    content = rows_at_rest.to_geoparquet(prepared.rows.table)
    assert b"Hospital" not in content
    assert c.PLACE not in rows_at_rest.from_geoparquet(content).column_names


def test_points_come_with_the_names_of_their_places(ready: Store) -> None:
    dataset = shown(ready, small_place.add(ready, named()))
    every = Choice(tuple(dataset.months), tuple(HARM_GROUPS))
    listed = open_points.open_points(ready, LOCAL_USER, dataset, every)
    assert listed.groupby(c.PLACE)[c.COUNT].sum().to_dict() == {
        "On or near Hospital": 4, "On or near Mill Lane": 2, "On or near Far Road": 1,
    }  # fmt: skip
    assert listed[c.COUNT].sum() == 7


def test_the_same_files_again_bring_the_names_as_the_next_version_of_their_dataset(ready: Store) -> None:
    number = bring_as_before(ready)
    assert c.PLACE not in stored(ready, shown(ready, number)).column_names
    assert small_place.add(ready, named()) == number
    dataset = shown(ready, number)
    assert (dataset.number, dataset.current) == (2, 2)
    assert stored(ready, dataset)[c.PLACE].null_count == 2
    assert "The same files as version 1, read again for the names of places." in dataset.notes
    before = datasets.load_dataset(ready, LOCAL_USER, number, 1)
    assert datasets.load_cells(ready, LOCAL_USER, dataset).equals(datasets.load_cells(ready, LOCAL_USER, before))
    assert verifying.verify(ready, LOCAL_USER) == []
    with ready.reading(LOCAL_USER) as connection:
        assert connection.scalar(sa.select(sa.func.count()).where(t.audit.c.action == "import")) == 2


def test_once_the_names_are_there_the_same_files_change_nothing(ready: Store) -> None:
    number = bring_as_before(ready)
    small_place.add(ready, named())
    with pytest.raises(AlreadyThereError, match=f"dataset {number}"):
        small_place.add(ready, named())
    versions.restore(ready, LOCAL_USER, number, 1)
    with pytest.raises(AlreadyThereError, match="version 2"):
        small_place.add(ready, named())


def test_an_older_version_that_a_later_one_has_superseded_is_not_brought_back_by_its_names(ready: Store) -> None:
    number = bring_as_before(ready)
    newer = named(first="2021-10")
    small_place.add(ready, replace(newer, replaces=number))
    with pytest.raises(AlreadyThereError, match="version 1, which a later one has superseded"):
        small_place.add(ready, named())
    assert shown(ready, number).number == 2


def test_files_that_are_there_without_names_cannot_be_another_dataset_too(ready: Store) -> None:
    number = bring_as_before(ready)
    other = small_place.add(ready, named(first="2021-10"))
    with pytest.raises(AlreadyThereError, match=f"dataset {number}"):
        small_place.add(ready, named(replaces=other))


def test_names_keep_the_title_and_the_harm_groups_of_their_dataset(ready: Store) -> None:
    prepared = as_before(importing.prepare(ready, LOCAL_USER, named(title="Our police data")))
    moved = prepared.description.harm_of | {"Drugs": "cce"}
    number = importing.keep(
        ready, LOCAL_USER, replace(prepared, description=replace(prepared.description, harm_of=moved))
    )
    small_place.add(ready, named())
    assert (shown(ready, number).title, shown(ready, number).harm_of["Drugs"]) == ("Our police data", "cce")


def test_files_without_names_are_there_already_as_before(ready: Store) -> None:
    number = small_place.add(ready, small_place.police())
    with pytest.raises(AlreadyThereError, match=f"dataset {number}"):
        small_place.add(ready, small_place.police())


def test_what_could_tell_who_a_person_is_is_refused_in_names_of_places_too(ready: Store) -> None:
    rows = [(*row, "On or near jane.doe@example.org") for row in AUGUST]
    file = upload(STREET_FILES[0], table((*STREET_HEADER, "Location"), rows))
    with pytest.raises(InputError, match="Location") as refused:
        importing.prepare(ready, LOCAL_USER, small_place.police(sources=[file]))
    assert "jane" not in str(refused.value)
