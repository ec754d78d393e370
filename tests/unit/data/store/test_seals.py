"""Seals: nothing that is stored can change unnoticed, and the database itself refuses to change the audit and blobs."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.services import setting_up
from data.store import area_sets, datasets, hotspots, integrity, people, places, seals
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.store import Store
from tests.unit.data.persons import ADMIN
from tests.unit.data.small_place import CALENDAR, HOTSPOTS, SCHOOLS, upload
from tests.unit.data.store.bringing import FIRST, SECOND, bring, settle
from tests.unit.data.store.inside import change, held, rows, sealed

ROW, OPEN, PROTECTED = 1, 1, 2  # the row that is changed belongs to the open dataset
NEW = "Zebedee99"


@pytest.fixture
def settled(store: Store) -> Store:
    """A store with an area set, an open dataset, and a protected one of two versions; and keys to point at."""
    settle(store)
    bring(store, SECOND, replaces=bring(store, FIRST))
    people.add_organisation(store, ADMIN, "another", "")
    values = {**rows(store, t.area_set)[0], "id": 2, "fingerprint": "another"}
    change(store, t.area_set.insert().values(sealed(store, values)))
    return store


def changed(store: Store, table: sa.Table) -> Iterator[str]:
    """Change one field of a row after the other behind the store's back; each is as it was before the next.

    Left out are the fields that the database makes or keeps whole, and when a version was superseded.
    """
    was = rows(store, table)[0]
    this = table.c.id == was["id"]
    for name in was.keys() - {"id", "dataset_id", "superseded_at"}:
        change(store, table.update().where(this).values({name: another(table.c[name], store, was[name])}))
        yield name
        change(store, table.update().where(this).values({name: was[name]}))


def another(column: sa.Column[Any], store: Store, value: Any) -> object:
    """Return another value that the database takes in a column."""
    if column.foreign_keys:
        [key] = column.foreign_keys
        with store._engine.connect() as connection:
            return connection.scalars(
                sa.select(key.column).where(key.column != value).order_by(key.column.desc())
            ).first()
    if column.name == "access":
        return "open" if value == "protected" else "protected"
    if isinstance(value, dict | list):
        return [NEW]
    return 77 if isinstance(value, int) else NEW


def refuses(store: Store, dataset_id: int) -> None:
    """Make sure that whoever asks for a dataset by its number or in the list is told of damage, without a value."""
    for ask in (datasets.datasets, lambda *who: datasets.history(*who, dataset_id)):
        with pytest.raises(DamagedError, match=f"dataset {dataset_id} has changed on disk") as told:
            ask(store, LOCAL_USER)
        assert NEW not in str(told.value)


def found(store: Store, row: str) -> bool:
    """Return whether checking names a row, without its values."""
    said = integrity.find_damage(store, LOCAL_USER)
    assert NEW not in str(said)
    return f"Row {row} is not as it was written; restore the store from a backup." in said


def test_a_changed_field_of_a_dataset_is_refused_and_named(settled: Store) -> None:
    for name in changed(settled, t.dataset):
        if name == "current":  # the version that it names is not there, so that the list has nothing to show of it
            with pytest.raises(DamagedError):
                datasets.history(settled, LOCAL_USER, OPEN)
        else:
            refuses(settled, OPEN)
        assert found(settled, "1 of “dataset”"), name
    assert integrity.find_damage(settled, LOCAL_USER) == []


def test_a_changed_field_of_a_version_is_refused_and_named(settled: Store) -> None:
    for name in changed(settled, t.version):
        if name == "number":  # so that the list has nothing to show of its dataset
            with pytest.raises(DamagedError):
                datasets.history(settled, LOCAL_USER, OPEN)
        else:
            refuses(settled, OPEN)
        assert found(settled, "1 of “version”"), name
    assert integrity.find_damage(settled, LOCAL_USER) == []


def test_a_version_that_was_put_into_another_dataset_is_refused(settled: Store) -> None:
    change(settled, t.version.update().where(t.version.c.id == ROW).values(dataset_id=PROTECTED, number=3))
    with pytest.raises(DamagedError, match=f"dataset {PROTECTED} has changed"):
        datasets.history(settled, LOCAL_USER, PROTECTED)


def test_a_changed_field_of_an_area_set_is_refused_and_named(settled: Store) -> None:
    for name in changed(settled, t.area_set):
        for load in (area_sets.area_sets, lambda store, person: area_sets.load_area_set(store, person, 1)):
            with pytest.raises(DamagedError, match="area set 1 has changed on disk"):
                load(settled, LOCAL_USER)
        assert found(settled, "1 of “area_set”"), name
    assert integrity.find_damage(settled, LOCAL_USER) == []


@pytest.mark.parametrize(("name", "load"), [("school", places.schools), ("hotspot", hotspots.hotspots)])
def test_a_changed_school_or_hotspot_is_refused_and_named(store: Store, name: str, load: Any) -> None:
    setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", SCHOOLS))
    setting_up.add_hotspots(store, LOCAL_USER, [upload("spots.csv", HOTSPOTS)])
    table = t.metadata.tables[name]
    row = rows(store, table)[0]
    for field in row.keys() - {"owner"}:
        this = sa.and_(*(column == row[column.name] for column in table.primary_key))
        new = {"lon": 1.5, "lat": 1.5, "shape": b"forged", "reports": 99, "revision": 99}.get(field, NEW)
        change(store, table.update().where(this).values({field: new}))
        with pytest.raises(DamagedError) as told:
            load(store, LOCAL_USER)
        assert NEW not in str(told.value)
        fault, *more = integrity.find_damage(store, LOCAL_USER)
        assert not more or (name == "hotspot" and field in ("reference", "revision"))  # its history is gone, too
        assert f"of “{name}” is not as it was written" in fault
        moved = table.c[field] == new if field in table.primary_key else this
        change(store, table.update().where(moved).values({field: row[field]}))
    assert integrity.find_damage(store, LOCAL_USER) == []


def test_a_changed_term_date_is_named(store: Store) -> None:
    setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", CALENDAR))
    change(store, t.calendar_entry.update().values(last_day="2021-12-18"))
    [fault] = integrity.find_damage(store, LOCAL_USER)
    assert "Row 1, 0 of “calendar_entry” is not as it was written" in fault


def test_what_somebody_holds_in_memory_does_not_hide_a_change(settled: Store) -> None:
    remembered = datasets.load_dataset(settled, LOCAL_USER, OPEN)
    change(settled, t.version.update().where(t.version.c.id == ROW).values(harm_of={"Drugs": "asb"}))
    with pytest.raises(DamagedError):
        datasets.load_cells(settled, LOCAL_USER, remembered)


def test_a_list_that_is_no_list_any_more_is_refused_and_found(settled: Store) -> None:
    change(settled, sa.text("UPDATE version SET gaps = '[\"2021-' WHERE id = 1"))
    with pytest.raises(DamagedError):
        datasets.datasets(settled, LOCAL_USER)
    assert len(integrity.find_damage(settled, LOCAL_USER)) == 1


def test_a_seal_does_not_depend_on_the_order_of_fields() -> None:
    assert seals.digest_of({"a": 1, "b": ["é"]}) == seals.digest_of({"b": ["é"], "a": 1, "seal": "x", "id": 9})
    assert len({seals.digest_of({"a": value}) for value in (1, "1", None, [1], "null")}) == 5


@pytest.mark.parametrize(
    "statement",
    [
        t.audit.update().values(subject="another"),
        t.audit.update().where(t.audit.c.id == 1).values(at=""),
        t.audit.delete(),
        t.audit.delete().where(t.audit.c.id == 2),
        t.blob.update().values(content=b"another"),
    ],
    ids=["update", "update one", "delete", "delete one", "blob"],
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
    said = [
        fault for fault in integrity.find_damage(store, LOCAL_USER) if fault.startswith("The audit is not as it was")
    ]
    return [int(word) for fault in said for word in fault.split() if word.isdigit()]


def test_a_whole_chain_is_whole(settled: Store) -> None:
    chain = rows(settled, t.audit)
    assert [row["previous"] for row in chain] == [seals.GENESIS, *(row["digest"] for row in chain[:-1])]
    assert integrity.find_damage(settled, LOCAL_USER) == []


def test_a_changed_row_of_the_audit_is_found_wherever_it_is(settled: Store) -> None:
    for row in rows(settled, t.audit):
        for name in row.keys() - {"id"}:
            this = t.audit.update().where(t.audit.c.id == row["id"])
            change(settled, this.values({name: NEW}))
            assert broken_at(settled) == [row["id"]]
            change(settled, this.values({name: row[name]}))
    assert broken_at(settled) == []


def test_a_row_taken_out_of_the_audit_is_found(settled: Store) -> None:
    but_the_last = rows(settled, t.audit)[:-1]
    assert but_the_last
    for row in but_the_last:
        change(settled, t.audit.delete().where(t.audit.c.id == row["id"]))
        assert broken_at(settled) == [row["id"] + 1]
        change(settled, t.audit.insert().values(row))


def test_rows_of_the_audit_that_change_places_are_found(settled: Store) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        change(settled, t.audit.update().where(t.audit.c.id == old).values(id=new))
    assert broken_at(settled) == [2]


def test_a_row_slipped_into_the_audit_is_found(settled: Store) -> None:
    first, *later = rows(settled, t.audit)
    for number in (row["id"] for row in reversed(later)):
        change(settled, t.audit.update().where(t.audit.c.id == number).values(id=number + 1))
    values = {name: value for name, value in first.items() if name not in ("previous", "digest")}
    with settled._engine.connect() as connection:
        slipped = seals.link(connection, {**values, "id": 2, "subject": NEW}, first["digest"])
    change(settled, t.audit.insert().values(slipped))
    assert broken_at(settled) == [3]
