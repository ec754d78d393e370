"""Whatever fails while something is written, and at whichever statement, the store stays as it was and goes on.

Each deed fails on both databases halfway, at its last statement and at its commit. With
``--thorough`` it fails at every statement.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.services import importing, release_log_file, secret, setting_up
from data.services.importing import PreparedImport
from data.services.verifying import verify
from data.store import area_sets, base_maps, snapshot, versions
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.errors import InputError
from tests.postgres.cluster import Cluster
from tests.torture import killing
from tests.torture.deeds import Done, Import
from tests.torture.killing import Say
from tests.torture.looking import tables
from tests.torture.register_deeds import AddCalendar, PutActions, Rebase, RemoveAction, Withdraw
from tests.unit.data import running, small_place
from tests.unit.data.store import bringing
from tests.unit.data.store.failing import InjectedError, at_commit, at_statement, counting, end, fail
from tests.unit.data.store.inside import copied

FEWEST = 4  # statements of the shortest write
DATABASES = ["sqlite", "postgresql"]
PROTECTED = "A protected dataset"
DAY = date(2021, 9, 1)
DUE = Done("P1", "Patrol", "2021-12-01", None)
DONE = replace(DUE, done_on="2021-12-03")
AT_COMMIT = 0
KEPT = "kept"
SHARES = (0.5, 1)  # of the statements of a deed, where the failures are a sample: halfway, and the last
LOG_INDEX = 32768  # bytes that SQLite keeps beside its log, in a file of their own
LARGE = small_place.INCIDENTS + "".join(
    f"{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/2021,,E0100000{n % 6 + 1},Type {n % 50}\n" for n in range(2000)
)


@dataclass(frozen=True)
class Ready:
    """A store with an open dataset and a protected one in two versions, and all that is to be done to it."""

    url: str
    backup: Path  # of the state before the protected dataset came
    one: PreparedImport
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


def rebase(store: Store, ready: Ready) -> None:
    Rebase(PROTECTED, DAY).do(store)


def withdraw(store: Store, ready: Ready) -> None:
    Withdraw(PROTECTED, DAY).do(store)


def put_actions(store: Store, ready: Ready) -> None:
    PutActions([DUE, replace(DUE, what="Lighting", done_on=str(DAY))], []).do(store)


def put_actions_that_are_done(store: Store, ready: Ready) -> None:
    PutActions([replace(DUE, what="A talk")], [DONE]).do(store)


def remove_action(store: Store, ready: Ready) -> None:
    RemoveAction(DONE).do(store)


def add_calendar_of_a_school(store: Store, ready: Ready) -> None:
    AddCalendar([("Training", DAY), ("More training", DAY)]).do(store)


def add_base_map(store: Store, ready: Ready) -> None:
    base_maps.add_base_map(store, LOCAL_USER, bringing.base_map(), "a map")


def remove_base_map(store: Store, ready: Ready) -> None:
    base_maps.remove_base_map(store, LOCAL_USER, base_maps.base_maps(store, LOCAL_USER)[0].id)


Deed = Callable[[Store, Ready], None]
LARGE_DEEDS: tuple[Deed, ...] = (import_anew, import_next, restore_version, remove_dataset, restore_backup, add_areas)
# Each finds what the one before has done, so that they are short to try in one store.
REGISTERS: tuple[Deed, ...] = (
    rebase,
    withdraw,
    put_actions,
    put_actions_that_are_done,
    remove_action,
    add_calendar_of_a_school,
    add_base_map,
    remove_base_map,
)
every_deed = pytest.mark.parametrize(
    "deeds",
    [(deed,) for deed in LARGE_DEEDS] + [REGISTERS],
    ids=lambda deeds: deeds[0].__name__ if len(deeds) == 1 else "registers",
)


@pytest.fixture(scope="module", params=DATABASES)
def origin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """Fill a store and prepare the deeds. It is copied for each test."""
    folder = tmp_path_factory.mktemp("origin")
    url = f"sqlite:///{folder / 'store.sqlite'}"
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.url(cluster.create())
    with closing(Store(url)) as store:
        small_place.settle(store)
        setting_up.add_hotspots(store, LOCAL_USER, [small_place.upload("spots.csv", small_place.HOTSPOTS)])
        setting_up.add_schools(store, LOCAL_USER, small_place.upload("schools.csv", small_place.SCHOOLS))
        snapshot.write_backup(store, LOCAL_USER, folder / "backup")
        first, second, one = (importing.prepare(store, LOCAL_USER, different(number)) for number in range(1, 4))
        Import(PROTECTED, 3, first).do(store)
        Import(PROTECTED, 4, second).do(store)
        return Ready(url, folder / "backup", one, area_sets.load_area_set(store, LOCAL_USER, 1))


@pytest.fixture
def ready(origin: Ready, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ready]:
    """A copy of the filled store that one test may write to."""
    whence = sa.make_url(origin.url).database
    assert whence is not None
    if origin.url.startswith("sqlite"):
        yield replace(origin, url=f"sqlite:///{copied(Path(whence), tmp_path / 'store.sqlite')}")
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    copy = cluster.create(whence)
    yield replace(origin, url=cluster.url(copy))
    cluster.drop(copy)


@every_deed
def test_a_write_that_fails_at_any_statement_changes_nothing(
    ready: Ready, deeds: Sequence[Deed], thorough: bool
) -> None:
    serials = count(101)
    with closing(Store(ready.url)) as store:
        for deed in deeds:
            for at in points(ready, deed, thorough=thorough):
                before = tables(store)
                with at_statement(store, at, fail), pytest.raises(InjectedError):
                    deed(store, ready)
                assert tables(store) == before
                go_on(store, ready, next(serials))
            before, last = tables(store), statements(ready, deed)
            assert last > FEWEST
            with at_statement(store, last + 1, fail) as reached:
                deed(store, ready)
            assert not reached, "a deed goes on after its commit"
            assert tables(store) != before
        assert verify(store, LOCAL_USER) == []


@every_deed
def test_a_commit_that_fails_changes_nothing(ready: Ready, deeds: Sequence[Deed]) -> None:
    with closing(Store(ready.url)) as store:
        for deed in deeds:
            before = tables(store)
            with at_commit(store, fail), pytest.raises(InjectedError):
                deed(store, ready)
            assert tables(store) == before
            deed(store, ready)
            assert tables(store) != before


@every_deed
def test_a_process_that_ends_at_any_statement_or_at_the_commit_changes_nothing(
    ready: Ready, deeds: Sequence[Deed], request: pytest.FixtureRequest, thorough: bool
) -> None:
    serials = count(101)
    for deed in deeds:
        for at in chain([AT_COMMIT], points(ready, deed, thorough=thorough)):
            before = held(ready.url)
            assert not killing.run(ending(deed, ready, at)).finished
            if ready.url.startswith("postgresql"):
                cluster: Cluster = request.getfixturevalue("postgres_cluster")
                cluster.wait_until_left(str(sa.make_url(ready.url).database))
            assert held(ready.url) == before
            do(ready.url, lambda store: go_on(store, ready, next(serials)))
        do(ready.url, lambda store, deed=deed: deed(store, ready))
    do(ready.url, require_clean)


def test_a_full_disk_is_told_in_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    url = f"sqlite:///{path}"
    with closing(Store(url)) as store:
        small_place.settle(store)
        secret.begin(store)
        large = importing.prepare(store, LOCAL_USER, small_place.incidents(LARGE))
    before, refused = held(url), 0
    for limit in range(4096, path.stat().st_size + 500_000, 8192):
        release_log_file.path().unlink(missing_ok=True)  # it is written first, and the next import would mark that
        said = kept_within(limit, url, large)
        if said == KEPT:
            break
        assert held(url) == before
        refused += 1
        if limit > LOG_INDEX:  # below, not even reading is possible
            assert said.startswith("OSError: "), said
    assert said == KEPT
    assert refused > FEWEST
    do(url, require_clean)


def test_a_full_disk_ends_a_command_with_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(say: Say) -> None:
        ran = running.run(home, "import", tmp_path / "large.csv", "--kind", "incidents")
        say(json.dumps((ran.code, ran.out, ran.err)))

    def keep(*imported: object) -> int:
        fill_the_disk(LOG_INDEX)
        return whole_keep(*imported)

    home = tmp_path / "home"
    do(f"sqlite:///{home / 'local-context.sqlite'}", small_place.settle)
    (tmp_path / "large.csv").write_text(LARGE)
    whole_keep = importing.keep
    monkeypatch.setattr(importing, "keep", keep)
    ran = running.Ran(*json.loads(killing.run(work).said[0]))
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in ran.err


def ending(deed: Deed, ready: Ready, at: int) -> Callable[[Say], None]:
    """Return the work of a process that ends at the ``at``-th statement of a deed, or at its commit."""

    def work(say: Say) -> None:
        store = Store(ready.url)
        with at_commit(store, end) if at == AT_COMMIT else at_statement(store, at, end):
            deed(store, ready)

    return work


def statements(ready: Ready, deed: Deed) -> int:
    """Count the statements of a deed, which comes to nothing at its commit."""
    with closing(Store(ready.url)) as store:
        with counting(store) as seen, at_commit(store, fail), pytest.raises(InjectedError):
            deed(store, ready)
        return len(seen)


def points(ready: Ready, deed: Deed, *, thorough: bool) -> Iterator[int]:
    """Choose statements of a deed to fail at: every one, or a sample of which the last is one.

    They are counted each time, because what is done between two failures can add to them.
    """
    if not thorough:
        for share in SHARES:
            yield 1 + round(share * (statements(ready, deed) - 1))
        return
    for at in count(1):
        if at > statements(ready, deed):
            return
        yield at


def go_on(store: Store, ready: Ready, serial: int) -> None:
    """Import what was never imported before."""
    Import(f"After {serial}", serial, ready.one).do(store)


def different(number: int, **changed: object) -> small_place.ImportRequest:
    """Ask for the import of a file of incidents like no other."""
    day = f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/2022"
    return small_place.incidents(f"{small_place.INCIDENTS}{day},,E01000003,Drugs\n", **changed)


def do(url: str, deed: Callable[[Store], object]) -> None:
    """Do one thing with a store that is opened for it."""
    with closing(Store(url)) as store:
        deed(store)


def require_clean(store: Store) -> None:
    assert verify(store, LOCAL_USER) == []


def held(url: str) -> dict[str, list[str]]:
    """Return every row of a store."""
    with closing(Store(url)) as store:
        return tables(store)


def fill_the_disk(limit: int) -> None:
    """Let no file of this process grow beyond ``limit`` bytes from now on."""
    sys.dont_write_bytecode = True  # the limit would cut short what Python keeps of modules, too
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def kept_within(limit: int, url: str, prepared: PreparedImport) -> str:
    """Keep an import in a process whose disk is full from then on; give ``KEPT`` or what was raised."""

    def work(say: Say) -> None:
        store = Store(url)
        fill_the_disk(limit)
        try:
            importing.keep(store, LOCAL_USER, prepared)
        except (InputError, OSError) as fault:
            say(f"{type(fault).__name__}: {fault}")
        else:
            say(KEPT)

    return killing.run(work).said[0]
