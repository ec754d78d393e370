"""Backups: all of one moment in one file, taken while others work, and everything back on either database."""

import itertools
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.store import datasets, people, snapshot, unversioned
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.integrity import find_damage
from data.store.store import RESTORED, Store
from geo.errors import InputError
from tests.unit.data.persons import ADMIN
from tests.unit.data.store import asking, first_edition
from tests.unit.data.store.bringing import FIRST, bring, bring_police, settle
from tests.unit.data.store.inside import Held, change, held, rows
from tests.unit.data.store.test_store import add_school


@pytest.fixture
def other(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store on the other database."""
    on_file = url.startswith("sqlite")
    opened = Store(request.getfixturevalue("postgres_url") if on_file else f"sqlite:///{tmp_path / 'other.sqlite'}")
    yield opened
    opened.close()


def lasting(store: Store) -> Held:
    """Return what a backup brings back: not who is signed in, and the audit by itself."""
    return held(store, "session", "audit")


def test_a_backup_says_how_many_rows_of_each_table_it_holds(filled: Store, tmp_path: Path) -> None:
    assert all(held(filled).values())
    counted = snapshot.write_backup(filled, LOCAL_USER, tmp_path / "b.backup")
    assert counted == {name: len(found) for name, found in held(filled).items()}


def test_a_backup_changes_nothing_and_is_one_closed_file(filled: Store, tmp_path: Path) -> None:
    before = held(filled)
    folder = tmp_path / "backups"
    folder.mkdir()
    snapshot.write_backup(filled, LOCAL_USER, folder / "b.backup")
    assert held(filled) == before
    assert list(folder.iterdir()) == [folder / "b.backup"]
    assert stat.S_IMODE((folder / "b.backup").stat().st_mode) == 0o600


def test_a_backup_never_takes_the_place_of_a_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "b.backup"
    path.write_text("someone's")
    with pytest.raises(InputError, match=r"“b\.backup” is there already"):
        snapshot.write_backup(store, LOCAL_USER, path)
    assert path.read_text() == "someone's"


def test_a_backup_that_fails_leaves_no_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise OSError("no space left")

    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setattr(snapshot, "_describe_tables", stop)
    with pytest.raises(OSError, match="no space left"):
        snapshot.write_backup(store, LOCAL_USER, folder / "b.backup")
    assert list(folder.iterdir()) == []


def test_everything_comes_back_in_the_same_store(filled: Store, tmp_path: Path) -> None:
    before, audit = lasting(filled), rows(filled, t.audit)
    counted = snapshot.write_backup(filled, LOCAL_USER, tmp_path / "b.backup")
    bring_police(filled)
    add_school(filled, "other")
    assert snapshot.restore_backup(filled, LOCAL_USER, tmp_path / "b.backup") == counted
    assert lasting(filled) == before
    assert rows(filled, t.audit)[:-1] == audit
    assert find_damage(filled, LOCAL_USER) == []


def test_everything_goes_to_the_other_database_and_back(filled: Store, other: Store, tmp_path: Path) -> None:
    before, audit = lasting(filled), rows(filled, t.audit)
    snapshot.write_backup(filled, LOCAL_USER, tmp_path / "there")
    snapshot.restore_backup(other, LOCAL_USER, tmp_path / "there")
    assert lasting(other) == before
    assert find_damage(other, LOCAL_USER) == []
    snapshot.write_backup(other, LOCAL_USER, tmp_path / "back")
    snapshot.restore_backup(filled, LOCAL_USER, tmp_path / "back")
    assert lasting(filled) == before
    found = rows(filled, t.audit)
    assert found[: len(audit)] == audit
    assert [row["action"] for row in found[len(audit) :]] == [RESTORED] * 2
    assert find_damage(filled, LOCAL_USER) == []


def test_work_goes_on_after_a_restore(filled: Store, other: Store, tmp_path: Path) -> None:
    snapshot.write_backup(filled, LOCAL_USER, tmp_path / "b.backup")
    snapshot.restore_backup(other, LOCAL_USER, tmp_path / "b.backup")
    highest = max(row["id"] for row in rows(other, t.dataset))
    assert bring_police(other) > highest
    assert people.add_person(other, ADMIN, "A governor", asking.Role.BOARD) > max(
        r["id"] for r in rows(filled, t.person)
    )
    with pytest.raises(sa.exc.DatabaseError, match="never changed"), other._engine.begin() as connection:
        connection.execute(t.audit.delete())


def test_who_was_signed_in_then_is_not_signed_in_now(filled: Store, tmp_path: Path) -> None:
    [person] = people.people(filled, ADMIN)
    secret = people.open_session(filled, ADMIN, person.id)
    snapshot.write_backup(filled, LOCAL_USER, tmp_path / "b.backup")
    assert people.who_is(filled, ADMIN, secret) is not None
    snapshot.restore_backup(filled, LOCAL_USER, tmp_path / "b.backup")
    assert rows(filled, t.session) == []
    assert people.who_is(filled, ADMIN, secret) is None


def test_the_stamp_grows_over_a_restore_and_the_lineage_changes(filled: Store, tmp_path: Path) -> None:
    snapshot.write_backup(filled, LOCAL_USER, tmp_path / "b.backup")
    before = filled.last_writes(LOCAL_USER).lineage
    for number in range(3):
        add_school(filled, f"later {number}")
    assert filled.last_writes(LOCAL_USER).lineage == before
    stamps = [filled.stamp(LOCAL_USER)]
    for _ in range(2):
        snapshot.restore_backup(filled, LOCAL_USER, tmp_path / "b.backup")
        stamps.append(filled.stamp(LOCAL_USER))
        assert filled.last_writes(LOCAL_USER) == (stamps[-1], stamps[-1])
    assert stamps == sorted(set(stamps))
    assert find_damage(filled, LOCAL_USER) == []  # the chain holds over the numbers that were passed over


@contextmanager
def meanwhile(*acts: Callable[[int], object]) -> Iterator[None]:
    """Do things again and again, each in a thread of its own; what goes wrong in one is raised at the end."""
    ended = threading.Event()

    def go_on(act: Callable[[int], object]) -> None:
        for turn in itertools.count():
            act(turn)
            if ended.is_set() and turn:
                break

    with ThreadPoolExecutor(len(acts)) as pool:
        working = [pool.submit(go_on, act) for act in acts]
        try:
            yield
        finally:
            ended.set()
    for one in working:
        one.result()


def test_readers_and_a_writer_go_on_while_a_backup_is_taken_and_it_holds_one_moment(
    store: Store, other: Store, tmp_path: Path
) -> None:
    settle(store)
    number = bring(store, FIRST)

    def write(turn: int) -> None:
        bring(store, FIRST, replaces=number, fingerprint=f"{turn}")

    def read(_turn: int) -> None:
        shown = datasets.load_dataset(store, LOCAL_USER, number)
        assert len(datasets.load_cells(store, LOCAL_USER, shown)) == 2

    with meanwhile(write, read, read):
        for turn in range(4):
            snapshot.write_backup(store, LOCAL_USER, tmp_path / f"{turn}")
    taken = [of_one_moment(other, tmp_path / f"{turn}") for turn in range(4)]
    assert taken == sorted(taken)
    assert len(rows(store, t.version)) >= taken[-1]


def of_one_moment(store: Store, path: Path) -> int:
    """Restore a backup; make sure that what it holds belongs together, and give the number of versions."""
    snapshot.restore_backup(store, LOCAL_USER, path)
    assert find_damage(store, LOCAL_USER) == []
    versions = len(rows(store, t.version))
    assert rows(store, t.dataset)[-1]["current"] == versions - 1  # one version is of the other dataset
    assert len([row for row in rows(store, t.audit) if row["action"] == "import"]) == versions
    return versions


def test_a_store_that_is_damaged_inside_takes_a_backup_back(filled: Store, tmp_path: Path) -> None:
    before = lasting(filled)
    snapshot.write_backup(filled, LOCAL_USER, tmp_path / "b.backup")
    change(filled, t.blob.update().values(content=b"forged"))
    change(filled, t.dataset.update().values(title="forged"))
    change(filled, t.audit.update().values(who="forged"))
    with pytest.raises(DamagedError):
        datasets.datasets(filled, LOCAL_USER)
    snapshot.restore_backup(filled, LOCAL_USER, tmp_path / "b.backup")
    assert lasting(filled) == before
    assert find_damage(filled, LOCAL_USER) == []


def test_a_backup_of_an_older_edition_is_brought_up_to_date(store: Store, other: Store, tmp_path: Path) -> None:
    settle(store)
    path = tmp_path / "old.backup"
    first_edition.write(f"sqlite:///{path}", store)
    describe(path)
    snapshot.restore_backup(other, LOCAL_USER, path)
    left = ("organisation", "outer_seal", "audit", "delivery", "delivery_file")  # which there were none of then
    assert held(other, *left) == held(store, *left)
    assert find_damage(other, LOCAL_USER) == []


def describe(path: Path) -> None:
    """Write into a database what a backup says of itself."""
    engine: Any = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        unversioned.backup_contents.drop(connection, checkfirst=True)
        unversioned.backup_contents.create(connection)
        connection.execute(unversioned.backup_contents.insert(), snapshot._describe_tables(connection))
    engine.dispose()
