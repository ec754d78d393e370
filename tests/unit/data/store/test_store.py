"""The store keeps its promises: one transaction, readers undisturbed, writers in turn, and nobody without a name."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER, Principal, Role
from data.store import places
from data.store import tables as t
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.running import dump

SCHOOL = {"urn": "1", "name": "Hill School", "lon": -1.4, "lat": 53.3, "added_at": "", "added_by": ""}


def urns(connection: sa.Connection) -> list[str]:
    return list(connection.scalars(sa.select(t.school.c.urn).order_by(t.school.c.urn)))


def add_school(store: Store, urn: str) -> None:
    with store.writing(LOCAL_USER, "test", urn) as connection:
        connection.execute(t.school.insert().values(SCHOOL | {"urn": urn}))


@pytest.mark.parametrize(("setting", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_the_file_survives_a_crash(store: Store, setting: str, value: object) -> None:
    with store.reading(LOCAL_USER) as connection:
        assert connection.exec_driver_sql(f"PRAGMA {setting}").scalar() == value


def test_what_is_written_is_there_for_the_next_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    first = Store(url)
    number = small_place.settle(first)
    first.close()
    second = Store(url)
    assert second.stamp(LOCAL_USER) == 2
    assert number == 1
    second.close()


def test_a_write_that_fails_leaves_neither_row_nor_audit(store: Store, tmp_path: Path) -> None:
    def stop_half_way() -> None:
        with store.writing(LOCAL_USER, "test", "half") as connection:
            connection.execute(t.school.insert().values(SCHOOL))
            raise RuntimeError("the machine stopped here")

    before = dump(tmp_path / "own")
    with pytest.raises(RuntimeError):
        stop_half_way()
    assert dump(tmp_path / "own") == before


def test_every_write_has_its_audit_row_and_moves_the_stamp(store: Store, tmp_path: Path) -> None:
    assert store.stamp(LOCAL_USER) == 0
    add_school(store, "1")
    assert store.stamp(LOCAL_USER) == 1
    [(number, at, *rest)] = dump(tmp_path / "own")["audit"]
    assert (number, rest) == (1, [LOCAL_USER.who, LOCAL_USER.organisation, "test", "1"])
    assert str(at).endswith("+00:00")


def test_reading_leaves_no_trace(store: Store, tmp_path: Path) -> None:
    before = dump(tmp_path / "own")
    with store.reading(LOCAL_USER) as connection:
        assert urns(connection) == []
    assert dump(tmp_path / "own") == before


def test_a_reader_sees_the_state_before_a_write_until_it_looks_again(store: Store) -> None:
    add_school(store, "1")
    with store.reading(LOCAL_USER) as reader:
        assert urns(reader) == ["1"]
        with store.writing(LOCAL_USER, "test", "2") as writer:
            writer.execute(t.school.insert().values(SCHOOL | {"urn": "2"}))
            assert urns(writer) == ["1", "2"]
            assert urns(reader) == ["1"]
            with store.reading(LOCAL_USER) as another:
                assert urns(another) == ["1"]
        assert urns(reader) == ["1"]
    with store.reading(LOCAL_USER) as reader:
        assert urns(reader) == ["1", "2"]


def test_writers_take_turns_and_all_succeed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    stores = [Store(url) for _ in range(4)]
    together = threading.Barrier(len(stores))
    faults: list[Exception] = []

    def write(store: Store, name: str) -> None:
        try:
            together.wait()
            for number in range(5):
                add_school(store, f"{name}{number}")
        except Exception as fault:
            faults.append(fault)

    writers = [threading.Thread(target=write, args=(store, name)) for store, name in zip(stores, "abcd", strict=True)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert len(places.schools(stores[0], LOCAL_USER)) == 20
    assert stores[0].stamp(LOCAL_USER) == 20
    for store in stores:
        store.close()


def test_programs_that_start_together_on_an_empty_folder_all_open_the_store(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    together = threading.Barrier(8)
    ended: list[object] = []

    def start() -> None:
        together.wait()
        try:
            opened = Store(url)
            ended.append(opened.stamp(LOCAL_USER))
            opened.close()
        except Exception as fault:
            ended.append(fault)

    starters = [threading.Thread(target=start) for _ in range(8)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert ended == [0] * 8


@pytest.mark.parametrize("person", [Principal("", "local", Role.ANALYST), Principal("someone", "", Role.ANALYST)])
def test_the_store_answers_to_nobody_without_a_name_and_an_organisation(store: Store, person: Principal) -> None:
    with pytest.raises(PermissionError, match="named person"), store.reading(person):
        pass
    with pytest.raises(PermissionError, match="named person"), store.writing(person, "test", "x"):
        pass
    with pytest.raises(PermissionError):
        store.stamp(person)


def test_a_store_that_stays_locked_is_told_without_what_was_being_written(store: Store, tmp_path: Path) -> None:
    impatient = Store(f"sqlite:///{tmp_path / 'own' / 'local-context.sqlite'}")
    with impatient.reading(LOCAL_USER) as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with store.writing(LOCAL_USER, "test", "1"), pytest.raises(OSError, match="locked") as told:
        add_school(impatient, "Zebedee99")
    assert "Zebedee99" not in str(told.value)
    assert told.value.__suppress_context__
    impatient.close()


def test_a_fault_of_a_statement_is_told_without_its_values(store: Store) -> None:
    add_school(store, "Zebedee99")
    with pytest.raises(sa.exc.IntegrityError) as told:
        add_school(store, "Zebedee99")
    assert "Zebedee99" not in str(told.value)


@pytest.mark.parametrize("url", ["nonsense", "nosuch://somewhere/else"])
def test_an_address_of_no_database_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InputError, match="DATABASE_URL") as refused:
        Store(url)
    assert url not in str(refused.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    file.write_bytes(b"something else entirely " * 100)
    with pytest.raises(InputError, match="backup"):
        Store(f"sqlite:///{file}")
