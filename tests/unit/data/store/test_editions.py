"""A store of an older edition becomes one of the present edition, whole and alike, or stays as it was."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.principal import LOCAL_USER
from data.services import status_report
from data.services.verifying import verify
from data.store import (
    datasets,
    editions,
    people,
    releases,
    releases_at_rest,
    secret_marks,
    snapshot,
    unversioned,
)
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.migrations import plain_seals
from data.store.releases import Release
from data.store.store import Store
from geo.errors import InputError
from geo.release.ledger import Ledger
from tests.unit.data.persons import STRANGER
from tests.unit.data.store import first_edition, fourth_edition, second_edition, third_edition
from tests.unit.data.store.bringing import FIRST, bring, settle
from tests.unit.data.store.inside import held
from tests.unit.data.store.test_snapshot import describe
from tests.unit.data.store.test_store import at_once

MIGRATIONS = Path(editions.__file__).parent / "migrations"
# What PostgreSQL knows of tables beyond their columns: constraints, indexes, triggers.
KNOWN_TO_POSTGRESQL = (
    "SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0",
    "SELECT tablename::text, indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgrelid::regclass::text, tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT table_name, column_name, udt_name, is_nullable FROM information_schema.columns WHERE table_schema='public'",
)
# What SQLite knew of a store of edition 0002 when the program of that time had made it.
SCHEMA_OF_SECOND = "6fd8074f16b54096ec08a820f42c277efcf5521e626e015c703fa8303a8c6720"
LISTED = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
every_edition = pytest.mark.parametrize(
    "edition", [first_edition, second_edition, third_edition, fourth_edition], ids=["0001", "0002", "0003", "0004"]
)


NOTHING = releases_at_rest.to_bytes(Ledger())
NEW = ("organisation", "outer_seal", "audit")  # what an upgrade writes itself


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path, like: Store) -> str:
    """The address of a store of edition 0001 that holds the same."""
    on_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'old.sqlite'}" if on_file else request.getfixturevalue("bare_postgres_url")
    first_edition.write(url, like)
    return url


@pytest.fixture
def upgraded(old: str) -> Iterator[Store]:
    """The store of edition 0001 as this program opens it."""
    store = Store(old)
    yield store
    store.close()


def test_what_an_older_store_held_is_all_there_and_verified(upgraded: Store, like: Store) -> None:
    assert held(upgraded, *NEW) == held(like, *NEW)
    assert verify(upgraded, LOCAL_USER) == []


def test_counts_and_status_are_unchanged(upgraded: Store, like: Store) -> None:
    for person in (LOCAL_USER, STRANGER):
        before, after = datasets.datasets(like, person), datasets.datasets(upgraded, person)
        assert after == before
        for one in after:
            assert datasets.load_cells(upgraded, person, one).equals(datasets.load_cells(like, person, one))
    assert status_report.of_store(upgraded, LOCAL_USER) == status_report.of_store(like, LOCAL_USER)


def test_whoever_owned_something_is_known_afterwards(upgraded: Store) -> None:
    assert people.organisations(upgraded, LOCAL_USER) == {
        STRANGER.organisation: STRANGER.organisation,
        LOCAL_USER.organisation: "This organisation",
    }
    bring(upgraded, FIRST, STRANGER, replaces=3, fingerprint="new")


def test_new_rows_are_numbered_above_those_that_were_there(upgraded: Store) -> None:
    assert bring(upgraded, FIRST, fingerprint="new") == 4
    assert verify(upgraded, LOCAL_USER) == []


def test_an_upgraded_store_opens_again_unchanged(old: str) -> None:
    first = Store(old)
    before = held(first)
    first.close()
    second = Store(old)
    assert held(second) == before
    second.close()


@every_edition
def test_the_schema_of_an_upgraded_file_is_that_of_a_fresh_one(
    edition: ModuleType, like: Store, tmp_path: Path, sqlite_store: Store
) -> None:
    edition.write(f"sqlite:///{tmp_path / 'old.sqlite'}", like)
    store = Store(f"sqlite:///{tmp_path / 'old.sqlite'}")
    assert asked(store, LISTED) == asked(sqlite_store, LISTED)
    assert asked(store, "PRAGMA auto_vacuum") == asked(sqlite_store, "PRAGMA auto_vacuum") == [(2,)]
    store.close()


@every_edition
def test_the_schema_of_an_upgraded_server_is_that_of_a_fresh_one(
    edition: ModuleType, like: Store, bare_postgres_url: str, postgres_url: str
) -> None:
    edition.write(bare_postgres_url, like)
    old, fresh = Store(bare_postgres_url), Store(postgres_url)
    with old._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.metadata) == []
    for query in KNOWN_TO_POSTGRESQL:
        found = asked(old, query)
        assert found
        assert sorted(found) == sorted(asked(fresh, query))
    old.close()
    fresh.close()


def asked(store: Store, query: str) -> list[tuple[Any, ...]]:
    with store._engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


@pytest.fixture(params=["sqlite", "postgresql"])
def second(request: pytest.FixtureRequest, tmp_path: Path, like: Store) -> str:
    """The address of a store of edition 0002 that holds the same."""
    on_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'second.sqlite'}" if on_file else request.getfixturevalue("bare_postgres_url")
    second_edition.write(url, like)
    return url


def test_a_store_of_the_second_edition_keeps_all_it_held(second: str, like: Store) -> None:
    with closing(Store(second)) as store:
        assert held(store, "audit") == held(like, "audit")
        assert verify(store, LOCAL_USER) == []
        assert bring(store, FIRST, fingerprint="new") == 4


def test_a_store_of_the_second_edition_takes_releases_and_marks(second: str) -> None:
    with closing(Store(second)) as store:
        assert secret_marks.newest(store, LOCAL_USER) is None
        secret_marks.add_first(store, LOCAL_USER, "a fingerprint")
        releases.put(store, LOCAL_USER, 2, Release(NOTHING))
        assert verify(store, LOCAL_USER) == []
    with closing(Store(second)) as store:
        assert secret_marks.newest(store, LOCAL_USER) == "a fingerprint"
        assert releases.load(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, 2)) == NOTHING


def test_a_backup_of_the_second_edition_is_brought_up_to_date(like: Store, tmp_path: Path, store: Store) -> None:
    second_edition.write(f"sqlite:///{tmp_path / 'second.backup'}", like)
    describe(tmp_path / "second.backup")
    snapshot.restore_backup(store, LOCAL_USER, tmp_path / "second.backup")
    assert held(store, "audit") == held(like, "audit")
    assert verify(store, LOCAL_USER) == []


def test_the_second_edition_is_made_as_it_was(tmp_path: Path, like: Store) -> None:
    """A table of that time may not change any more without a definition of its own for the older edition."""
    second_edition.write(f"sqlite:///{tmp_path / 'second.sqlite'}", like)
    assert digest_of(tmp_path / "second.sqlite") == SCHEMA_OF_SECOND


def digest_of(path: Path) -> str:
    """Return the digest of all that SQLite knows of a file's tables."""
    with closing(sqlite3.connect(path)) as file:
        listed = [list(row) for row in file.execute(LISTED)]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def test_an_upgrade_of_the_second_edition_that_fails_changes_nothing(second: str) -> None:
    before = as_it_is(second)
    sa.event.listen(t.secret_mark, "before_create", _stop)  # one of the new tables is there by then
    try:
        with pytest.raises(RuntimeError):
            Store(second)
    finally:
        sa.event.remove(t.secret_mark, "before_create", _stop)
    assert as_it_is(second) == before
    Store(second).close()


def test_the_tables_are_those_of_the_newest_edition() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [t.REVISION]
    assert scripts.get_base() == editions.FIRST


def test_several_programs_that_open_an_old_store_at_once_upgrade_it_once(old: str, like: Store) -> None:
    def start(_which: int) -> None:
        store = Store(old)
        assert len(datasets.datasets(store, LOCAL_USER)) == 2
        store.close()

    assert at_once(4, start) == []
    store = Store(old)
    assert held(store, *NEW) == held(like, *NEW)
    store.close()


def test_an_upgrade_that_fails_changes_nothing_and_can_be_had_again(
    old: str, like: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = as_it_is(old)
    with monkeypatch.context() as patch:
        patch.setattr(plain_seals, "append_to_audit", _stop)
        with pytest.raises(RuntimeError):
            Store(old)
    assert as_it_is(old) == before
    store = Store(old)
    assert held(store, *NEW) == held(like, *NEW)
    store.close()


def _stop(*_: object, **__: object) -> None:
    raise RuntimeError("the machine stopped here")


def as_it_is(url: str) -> dict[str, list[Any]]:
    """Return every row of every table of whatever edition."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = {
            name: connection.execute(sa.select(table)).all()
            for name, table in unversioned.reflect_tables(connection).items()
        }
    engine.dispose()
    return found


@pytest.mark.parametrize(
    ("table", "load"), [("dataset_counts", datasets.load_cells), ("dataset_rows", datasets.load_rows)]
)
def test_what_was_damaged_before_an_upgrade_is_damaged_after_it(old: str, table: str, load: Any) -> None:
    engine = sa.create_engine(old)
    damaged = first_edition.FIRST.tables[table]
    with engine.begin() as connection:
        connection.execute(damaged.update().where(damaged.c.dataset_id == 2).values(parquet=b"something else"))
    engine.dispose()
    store = Store(old)
    with pytest.raises(DamagedError):
        load(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, 2))
    assert len(verify(store, LOCAL_USER)) == 1
    store.close()


@pytest.mark.parametrize("marks", [["9999"], [""], [], ["0001", "0002"]], ids=["newer", "empty", "none", "two"])
def test_a_store_of_an_unknown_edition_is_refused_in_one_sentence_and_left_alone(
    url: str, store: Store, marks: list[str]
) -> None:
    settle(store)
    with store._engine.begin() as connection:
        connection.execute(unversioned.edition_mark.delete())
        for mark in marks:
            connection.execute(unversioned.edition_mark.insert().values(version_num=mark))
    before = held(store)
    with pytest.raises(InputError, match="of an edition that this program knows") as refused:
        Store(url)
    assert str(refused.value).count(".") == 1
    assert held(store) == before
