"""Whatever fails while something is written, and at whichever statement, the store stays as it was and goes on."""

import json
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa

from data import importing
from data.importing import Prepared
from data.principal import LOCAL_USER
from data.store import area_sets, snapshot, versions
from data.store.store import Store
from data.verifying import verify
from geo.areas import AreaSet
from tests.postgres.cluster import Cluster
from tests.torture import killing
from tests.torture.deeds import Import
from tests.torture.killing import Say
from tests.torture.looking import tables
from tests.unit.data import running, small_place

FEWEST = 4  # statements of the shortest write
PROTECTED = "A protected dataset"
LARGE = small_place.INCIDENTS + "".join(
    f"{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/2021,,E0100000{n % 6 + 1},Type {n}\n" for n in range(2000)
)


class InjectedError(OSError):
    """What a failpoint raises."""


@dataclass(frozen=True)
class Ready:
    """A store with an open dataset and a protected one in two versions, and all that is to be done to it."""

    url: str
    backup: Path  # of the state before the protected dataset came
    one: Prepared
    areas: AreaSet


def import_anew(store: Store, ready: Ready) -> None:
    Import("Another", 1, ready.one).do(store)


def import_next(store: Store, ready: Ready) -> None:
    Import(PROTECTED, 2, ready.one).do(store)


def restore_version(store: Store, ready: Ready) -> None:
    versions.restore(store, LOCAL_USER, 2, 1)


def remove_dataset(store: Store, ready: Ready) -> None:
    versions.remove(store, LOCAL_USER, 2)


def restore_backup(store: Store, ready: Ready) -> None:
    snapshot.restore_backup(store, LOCAL_USER, ready.backup)


def add_areas(store: Store, ready: Ready) -> None:
    drawings = {"lsoa": b"{}", "msoa": b"[]"}
    area_sets.add_area_set(store, LOCAL_USER, ready.areas, drawings, [], "another set")


Deed = Callable[[Store, Ready], None]
DEEDS: tuple[Deed, ...] = (import_anew, import_next, restore_version, remove_dataset, restore_backup, add_areas)
every_deed = pytest.mark.parametrize("deed", DEEDS)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty store of the test's own, on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'own' / 'store.sqlite'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def ready(url: str, tmp_path: Path) -> Ready:
    """Fill the store and prepare the deeds."""
    path = tmp_path / "backup"
    with closing(Store(url)) as store:
        small_place.settle(store)
        snapshot.write_backup(store, LOCAL_USER, path)
        first, second, one = (importing.prepare(store, LOCAL_USER, different(number)) for number in range(1, 4))
        Import(PROTECTED, 3, first).do(store)
        Import(PROTECTED, 4, second).do(store)
        return Ready(url, path, one, area_sets.load_area_set(store, LOCAL_USER, 1))


@every_deed
def test_a_write_that_fails_at_any_statement_changes_nothing(ready: Ready, deed: Deed) -> None:
    with closing(Store(ready.url)) as store:
        for at in count(1):
            before = tables(store)
            with at_statement(store, at, fail) as reached, suppress(InjectedError):
                deed(store, ready)
            if not reached:
                break
            assert tables(store) == before
            Import(f"After {at}", 100 + at, ready.one).do(store)
        assert at > FEWEST
        assert tables(store) != before
        assert verify(store, LOCAL_USER) == []


@every_deed
def test_a_commit_that_fails_changes_nothing(ready: Ready, deed: Deed) -> None:
    with closing(Store(ready.url)) as store:
        before = tables(store)
        with at_commit(store, fail), pytest.raises(InjectedError):
            deed(store, ready)
        assert tables(store) == before
        deed(store, ready)
        assert tables(store) != before


@every_deed
def test_a_process_that_ends_at_any_statement_or_at_the_commit_changes_nothing(
    ready: Ready, deed: Deed, request: pytest.FixtureRequest
) -> None:
    step = 4 if deed is restore_backup else 1  # it has many statements, and most are alike
    for at in count(0, step):

        def work(say: Say, at: int = at) -> None:
            store = Store(ready.url)
            with at_statement(store, at, end) if at else at_commit(store, end):
                deed(store, ready)

        before = held(ready.url)
        finished = killing.run(work).finished
        if ready.url.startswith("postgresql"):
            cluster: Cluster = request.getfixturevalue("postgres_cluster")
            cluster.wait_until_left(str(sa.make_url(ready.url).database))
        if finished:
            break
        assert held(ready.url) == before
        do(ready.url, Import(f"After {at}", 100 + at, ready.one).do)
    assert at > FEWEST
    assert held(ready.url) != before
    do(ready.url, require_clean)


def test_a_full_disk_is_told_in_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    database = home / "local-context.sqlite"
    url = f"sqlite:///{database}"
    do(url, small_place.settle)
    (tmp_path / "large.csv").write_text(LARGE)
    before, codes = held(url), []
    for limit in range(8192, database.stat().st_size + 500_000, 12_288):
        ran = within(limit, home, "import", tmp_path / "large.csv", "--kind", "incidents", "--column", "category=Type")
        codes.append(ran.code)
        if ran.code == 0:
            break
        assert ran.err.splitlines()[-1].startswith("Error: ")
        assert "Traceback" not in ran.err
        assert held(url) == before
    assert codes[-1] == 0
    assert len(codes) > FEWEST
    do(url, lambda store: small_place.add(store, different(1)))


def different(number: int, **changed: object) -> small_place.Request:
    """Ask for the import of a file of incidents like no other."""
    day = f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/2022"
    return small_place.incidents(f"{small_place.INCIDENTS}{day},,E01000003,Drugs\n", **changed)


def fail() -> NoReturn:
    raise InjectedError


def end() -> NoReturn:
    os._exit(0)


@contextmanager
def at_statement(store: Store, number: int, what: Callable[[], NoReturn]) -> Iterator[list[int]]:
    """Let the ``number``-th statement of a write not come to the database; give a list that stays empty without one."""
    reached: list[int] = []
    counted = count(1)

    def before(connection: sa.Connection, *_statement: object) -> None:
        if connection.get_execution_options().get("writes") and next(counted) == number:
            reached.append(number)
            what()

    sa.event.listen(store._engine, "before_cursor_execute", before)
    try:
        yield reached
    finally:
        sa.event.remove(store._engine, "before_cursor_execute", before)


@contextmanager
def at_commit(store: Store, what: Callable[[], NoReturn]) -> Iterator[None]:
    """Let a commit not come to the database."""

    def before(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writes"):
            what()

    sa.event.listen(store._engine, "commit", before)
    try:
        yield
    finally:
        sa.event.remove(store._engine, "commit", before)


def do(url: str, deed: Callable[[Store], object]) -> None:
    """Do one thing with a store that is opened for it."""
    with closing(Store(url)) as store:
        deed(store)


def require_clean(store: Store) -> None:
    assert verify(store, LOCAL_USER) == []


def held(url: str) -> dict[str, list[str]]:
    """Give every row of a store."""
    with closing(Store(url)) as store:
        return tables(store)


def within(limit: int, home: Path, *arguments: object) -> running.Ran:
    """Run a command in a process whose files cannot grow beyond ``limit`` bytes, as on a full disk."""

    def work(say: Say) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        ran = running.run(home, *arguments)
        say(json.dumps((ran.code, ran.out, ran.err)))

    return running.Ran(*json.loads(killing.run(work).said[0]))
