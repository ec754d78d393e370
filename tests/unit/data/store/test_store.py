"""The store keeps its promises: one transaction, readers undisturbed, writers in turn, and nobody without a name."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER, Principal, Role
from data.store import places, seals
from data.store import tables as t
from data.store.store import Store, require_role
from geo.errors import InputError
from tests.unit.data.persons import BOARD, STRANGER, welcome
from tests.unit.data.store.bringing import settle
from tests.unit.data.store.inside import held, rows

SCHOOL = {"name": "Hill School", "phase": None, "lon": -1.4, "lat": 53.3, "added_at": "", "added_by": ""}


def school(connection: sa.Connection, urn: str) -> dict[str, object]:
    return seals.sealed(connection, SCHOOL | {"urn": urn})


WRITERS, EACH = 4, 5


def urns(connection: sa.Connection) -> list[str]:
    return list(connection.scalars(sa.select(t.school.c.urn).order_by(t.school.c.urn)))


def add_school(store: Store, urn: str, person: Principal = LOCAL_USER) -> None:
    with store.writing(person, "test", urn) as connection:
        connection.execute(t.school.insert().values(school(connection, urn)))


def at_once(number: int, act: Callable[[int], None]) -> list[Exception]:
    """Act in several threads that begin together; give what went wrong."""
    together = threading.Barrier(number)
    faults: list[Exception] = []

    def begin(which: int) -> None:
        together.wait()
        try:
            act(which)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=begin, args=[which]) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_what_is_written_is_there_for_the_next_process(url: str) -> None:
    first = Store(url)
    number = settle(first)
    before = held(first)
    first.close()
    second = Store(url)
    assert second.stamp(LOCAL_USER) == 2
    assert number == 1
    assert held(second) == before
    second.close()


def test_a_write_that_fails_leaves_neither_row_nor_audit(store: Store) -> None:
    def stop_half_way() -> None:
        with store.writing(LOCAL_USER, "test", "half") as connection:
            connection.execute(t.school.insert().values(school(connection, "1")))
            raise RuntimeError("the machine stopped here")

    before = held(store)
    with pytest.raises(RuntimeError):
        stop_half_way()
    assert held(store) == before


def test_every_write_has_its_audit_row_and_moves_the_stamp(store: Store) -> None:
    assert store.stamp(LOCAL_USER) == 0
    add_school(store, "1")
    assert store.stamp(LOCAL_USER) == 1
    [row] = rows(store, t.audit)
    assert (row["id"], row["who"], row["organisation"]) == (1, LOCAL_USER.who, LOCAL_USER.organisation)
    assert (row["action"], row["subject"]) == ("test", "1")
    assert row["at"].endswith("+00:00")


def test_reading_leaves_no_trace(store: Store) -> None:
    before = held(store)
    with store.reading(LOCAL_USER) as connection:
        assert urns(connection) == []
    assert held(store) == before


def test_a_reader_sees_the_state_before_a_write_until_it_looks_again(store: Store) -> None:
    add_school(store, "1")
    with store.reading(LOCAL_USER) as reader:
        assert urns(reader) == ["1"]
        with store.writing(LOCAL_USER, "test", "2") as writer:
            writer.execute(t.school.insert().values(school(writer, "2")))
            assert urns(writer) == ["1", "2"]
            assert urns(reader) == ["1"]
            with store.reading(LOCAL_USER) as another:
                assert urns(another) == ["1"]
        assert urns(reader) == ["1"]
    with store.reading(LOCAL_USER) as reader:
        assert urns(reader) == ["1", "2"]


def test_a_reader_sees_tables_that_it_looks_at_later_as_they_were_at_its_first_look(store: Store) -> None:
    add_school(store, "1")
    with store.reading(LOCAL_USER) as reader:
        assert urns(reader) == ["1"]
        add_school(store, "2")
        assert list(reader.scalars(sa.select(t.audit.c.subject))) == ["1"]


def test_writers_take_turns_and_all_succeed(url: str) -> None:
    stores = [Store(url) for _ in range(WRITERS)]

    def write(which: int) -> None:
        for number in range(EACH):
            add_school(stores[which], f"{which}-{number}")

    assert at_once(WRITERS, write) == []
    assert len(places.schools(stores[0], LOCAL_USER)) == WRITERS * EACH
    assert [row["id"] for row in rows(stores[0], t.audit)] == list(range(1, WRITERS * EACH + 1))
    for store in stores:
        store.close()


def test_a_writer_sees_what_the_writer_before_it_wrote(url: str) -> None:
    stores = [Store(url) for _ in range(WRITERS)]

    def count_up(which: int) -> None:
        for _ in range(EACH):
            with stores[which].writing(LOCAL_USER, "test", "count") as connection:
                number = len(urns(connection))
                connection.execute(t.school.insert().values(school(connection, str(number))))

    assert at_once(WRITERS, count_up) == []
    assert len(places.schools(stores[0], LOCAL_USER)) == WRITERS * EACH
    for store in stores:
        store.close()


@pytest.mark.parametrize("place", ["bare_postgres_url", "file"])
def test_programs_that_start_together_on_an_empty_place_all_open_the_store(
    request: pytest.FixtureRequest, tmp_path: object, place: str
) -> None:
    url = f"sqlite:///{tmp_path}/a.sqlite" if place == "file" else request.getfixturevalue(place)

    def start(_which: int) -> None:
        opened = Store(url)
        assert opened.stamp(LOCAL_USER) == 0
        opened.close()

    assert at_once(8, start) == []


@pytest.mark.parametrize("person", [Principal("", "local", Role.ANALYST), Principal("someone", "", Role.ANALYST)])
def test_the_store_answers_to_nobody_without_a_name_and_an_organisation(store: Store, person: Principal) -> None:
    for ask in (store.reading(person), store.writing(person, "test", "x")):
        with pytest.raises(PermissionError, match="named person"), ask:
            pass
    for ask_for in (store.stamp, store.free_pages, lambda someone: require_role(someone, *Role)):
        with pytest.raises(PermissionError, match="named person"):
            ask_for(person)


def test_a_board_member_reads_and_writes_nothing(store: Store) -> None:
    before = held(store)
    assert store.stamp(BOARD) == 0
    with pytest.raises(PermissionError, match="role dsl or deputy or analyst or admin, and yours is board"):
        add_school(store, "1", BOARD)
    assert held(store) == before


def test_an_organisation_writes_only_once_it_is_known(store: Store) -> None:
    before = held(store)
    with pytest.raises(PermissionError, match="organisations it knows"):
        add_school(store, "1", STRANGER)
    assert held(store) == before
    welcome(store)
    add_school(store, "1", STRANGER)
    assert rows(store, t.audit)[-1]["organisation"] == STRANGER.organisation


def test_a_fault_of_a_statement_is_told_without_its_values(store: Store) -> None:
    add_school(store, "Zebedee99")
    with pytest.raises(sa.exc.IntegrityError) as told:
        add_school(store, "Zebedee99")
    assert "Zebedee99" not in str(told.value)
    assert told.value.__suppress_context__


@pytest.mark.parametrize("url", ["nonsense", "nosuch://somewhere/else"])
def test_an_address_of_no_database_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InputError, match="DATABASE_URL") as refused:
        Store(url)
    assert url not in str(refused.value)
