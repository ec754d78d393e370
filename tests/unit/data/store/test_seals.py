"""Seals: nothing that is stored can change unnoticed, and the database itself refuses to change the audit and blobs."""

from typing import Any

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.store import area_sets, checking, datasets, seals
from data.store import tables as t
from data.store.faults import DamagedError
from data.store.store import Store
from tests.unit.data import small_place
from tests.unit.data.store.inside import change, held, rows

NEW = {"text": "Zebedee99", "number": 77, "list": ["Zebedee99"]}


@pytest.fixture
def settled(store: Store) -> Store:
    """Give a store with an area set, an open dataset, and a protected one of two versions."""
    small_place.settle(store)
    number = small_place.add(store, small_place.incidents())
    second = small_place.INCIDENTS + "03/09/2021,,E01000003,Robbery\n"
    small_place.add(store, small_place.incidents(second, replaces=number))
    return store


def fields(table: sa.Table, *but: str) -> list[str]:
    """List the fields whose change must be noticed; foreign keys are kept by the database and named where they are not."""
    return [column.name for column in table.c if column.name not in {"id", "superseded_at", *but}]


def other(column: sa.Column[Any], store: Store, value: Any) -> object:
    """Give another value that the database takes in a column."""
    if column.foreign_keys:
        [key] = column.foreign_keys
        with store._engine.connect() as connection:
            found = connection.scalars(sa.select(key.column)).all()
        return next((one for one in found if one != value), None)
    if column.name == "access":
        return "open" if value == "protected" else "protected"
    if isinstance(value, dict | list):
        return NEW["list"]
    return NEW["number"] if isinstance(value, int) else NEW["text"]


def change_field(store: Store, table: sa.Table, name: str) -> None:
    """Change one field of the first row of a table behind the store's back."""
    row = rows(store, table)[0]
    new = other(table.c[name], store, row[name])
    if new is None:
        add_another(store, name)
        new = other(table.c[name], store, row[name])
    change(store, table.update().where(table.c.id == row["id"]).values({name: new}))


def add_another(store: Store, name: str) -> None:
    """Add a row for a key to point at: another organisation or another area set."""
    if name == "owner":
        stamp = {"added_at": "", "added_by": ""}
        change(store, t.organisation.insert().values(key="another", name="Another", **stamp))
    else:
        values = {key: value for key, value in rows(store, t.area_set)[0].items() if key != "id"}
        change(store, t.area_set.insert().values(seals.sealed({**values, "fingerprint": "another"})))


@pytest.mark.parametrize("name", fields(t.dataset))
def test_a_changed_field_of_a_dataset_is_refused_and_named(settled: Store, name: str) -> None:
    change_field(settled, t.dataset, name)
    if name == "current":  # the version that it names is not there, so that there is nothing to show
        assert [one.id for one in datasets.datasets(settled, LOCAL_USER)] == [2]
    if name != "owner":  # the other dataset is of another organisation then, and open
        with pytest.raises(DamagedError, match="dataset 1 has changed on disk"):
            datasets.history(settled, LOCAL_USER, 1)
    assert any("Row 1 of “dataset”" in fault for fault in checking.faults(settled, LOCAL_USER))


@pytest.mark.parametrize("name", fields(t.version))
def test_a_changed_field_of_a_version_is_refused_and_named(settled: Store, name: str) -> None:
    change_field(settled, t.version, name)
    where = 2 if name == "dataset_id" else 1
    with pytest.raises(DamagedError, match=f"dataset {where} has changed on disk"):
        datasets.history(settled, LOCAL_USER, where)
    with pytest.raises(DamagedError):
        datasets.datasets(settled, LOCAL_USER) if name not in ("dataset_id", "number") else datasets.history(
            settled, LOCAL_USER, where
        )
    assert any("Row 1 of “version”" in fault for fault in checking.faults(settled, LOCAL_USER))


@pytest.mark.parametrize("name", fields(t.area_set))
def test_a_changed_field_of_an_area_set_is_refused_and_named(settled: Store, name: str) -> None:
    change_field(settled, t.area_set, name)
    for load in (area_sets.area_sets, lambda store, person: area_sets.load_area_set(store, person, 1)):
        with pytest.raises(DamagedError, match="area set 1 has changed on disk"):
            load(settled, LOCAL_USER)
    assert any("Row 1 of “area_set”" in fault for fault in checking.faults(settled, LOCAL_USER))


def test_what_somebody_holds_in_memory_does_not_hide_a_change(settled: Store) -> None:
    remembered = datasets.load_dataset(settled, LOCAL_USER, 1)
    change(settled, t.version.update().where(t.version.c.id == 1).values(harm_of={"Drugs": "asb"}))
    with pytest.raises(DamagedError):
        datasets.load_cells(settled, LOCAL_USER, remembered)


def test_no_change_is_told_with_the_value_that_was_found(settled: Store) -> None:
    change(settled, t.dataset.update().values(title=NEW["text"]))
    with pytest.raises(DamagedError) as told:
        datasets.datasets(settled, LOCAL_USER)
    assert NEW["text"] not in f"{told.value}{checking.faults(settled, LOCAL_USER)}"


def test_a_list_that_is_no_list_any_more_is_refused_and_found(settled: Store) -> None:
    change(settled, sa.text("UPDATE version SET gaps = '[\"2021-' WHERE id = 1"))
    with pytest.raises(DamagedError):
        datasets.datasets(settled, LOCAL_USER)
    assert len(checking.faults(settled, LOCAL_USER)) == 1


def test_a_seal_does_not_depend_on_the_order_of_fields() -> None:
    assert seals.seal_of({"a": 1, "b": ["é"]}) == seals.seal_of({"b": ["é"], "a": 1, "seal": "x", "id": 9})
    assert seals.seal_of({"a": 1}) != seals.seal_of({"a": "1"}) != seals.seal_of({"a": None})


@pytest.mark.parametrize(
    "statement",
    [
        t.audit.update().values(subject="another"),
        t.audit.update().where(t.audit.c.id == 1).values(at=""),
        t.audit.delete(),
        t.audit.delete().where(t.audit.c.id == 2),
        t.blob.update().values(content=b"another"),
        t.blob.update().values(sha256="another"),
    ],
    ids=["update", "update one", "delete", "delete one", "blob", "name of a blob"],
)
def test_the_database_refuses_to_change_the_audit_and_blobs(settled: Store, statement: sa.Executable) -> None:
    before = held(settled)
    with (
        pytest.raises(sa.exc.DatabaseError, match=r"(audit|blob) is never changed"),
        settled._engine.begin() as connection,
    ):
        connection.execute(statement)
    assert held(settled) == before


def broken_at(store: Store) -> list[int]:
    """List the rows of the audit from which on it is said to be broken."""
    said = [fault for fault in checking.faults(store, LOCAL_USER) if "audit" in fault]
    return [int(word) for fault in said for word in fault.split() if word.isdigit()]


def test_a_whole_chain_is_whole(settled: Store) -> None:
    assert checking.faults(settled, LOCAL_USER) == []
    chain = rows(settled, t.audit)
    assert [row["previous"] for row in chain] == [seals.GENESIS, *(row["digest"] for row in chain[:-1])]


@pytest.mark.parametrize("at", [1, 2, 3, 4])
@pytest.mark.parametrize("name", ["at", "who", "organisation", "action", "subject", "previous", "digest"])
def test_a_changed_row_of_the_audit_is_found_wherever_it_is(settled: Store, at: int, name: str) -> None:
    change(settled, t.audit.update().where(t.audit.c.id == at).values({name: "another"}))
    assert broken_at(settled) == [at]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_row_taken_out_of_the_audit_is_found(settled: Store, at: int) -> None:
    change(settled, t.audit.delete().where(t.audit.c.id == at))
    assert broken_at(settled) == [at + 1]


def test_rows_of_the_audit_that_change_places_are_found(settled: Store) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        change(settled, t.audit.update().where(t.audit.c.id == old).values(id=new))
    assert broken_at(settled) == [2]


def test_a_row_slipped_into_the_audit_is_found(settled: Store) -> None:
    first = rows(settled, t.audit)[0]
    for number in (4, 3, 2):
        change(settled, t.audit.update().where(t.audit.c.id == number).values(id=number + 1))
    slipped = seals.link({**_values(first), "id": 2, "subject": "slipped in"}, first["digest"])
    change(settled, t.audit.insert().values(slipped))
    assert broken_at(settled) == [3]


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("previous", "digest")}
