"""Connections to the database: how SQLite and PostgreSQL are set up so that both keep the same promises."""

import hmac
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from data import private_files
from data.store import seals
from geo.errors import InputError

_WRITE_LOCK: Final = 0x10CA1  # the number of the advisory lock by which writers on PostgreSQL take turns
_INCREMENTAL: Final = 2
# Lets pages that a removal frees be given back. It is set before the first table, and only then: a connection that
# sets it on a file with tables waits for whoever is writing to that file.
_INCREMENTAL_VACUUM: Final = "PRAGMA auto_vacuum = INCREMENTAL"
_PRAGMAS: Final = (
    "journal_mode = WAL",  # readers go on while one writes
    "synchronous = FULL",  # what was acknowledged survives a loss of power
    "foreign_keys = ON",
    "secure_delete = ON",  # what is removed is written over
    "cell_size_check = ON",  # a damaged page is noticed before it is believed
    "trusted_schema = OFF",
)


# The write-ahead log is moved into the database after every write, unless somebody reads from it just then: SQLite
# does not notice when a log is damaged, and goes on with what was written before the damage.
_CHECKPOINT: Final = ("PRAGMA busy_timeout = 0", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA busy_timeout = 30000")


def open_engine(url: str) -> sa.Engine:
    """Return an engine for a URL; raises InputError for one that names no database this program can speak to."""
    try:
        parsed = sa.make_url(url)
        # An error must not repeat the values of the rows that met it.
        engine = sa.create_engine(parsed, hide_parameters=True)
    except (sa.exc.ArgumentError, ImportError):
        raise InputError(
            "DATABASE_URL must name a database this program can speak to, and it does not; correct it, or leave it out "
            "to keep everything in one file."
        ) from None
    if engine.dialect.name == "sqlite":
        if parsed.database:
            _make_private(Path(parsed.database))
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def use_key(engine: sa.Engine, keyed: hmac.HMAC) -> None:
    """Let every connection that is opened from now on seal with a key (``seals.keyed_by``)."""
    engine.update_execution_options(**{seals.KEY: keyed})


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a view of the database that stays the same to its end, whatever others write meanwhile."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.execution_options(**options).begin() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction as the only writer; others wait for its end."""
    on_postgresql = engine.dialect.name == "postgresql"
    # What a writer sees must not be older than its turn, whatever a server's own default is.
    own = {"isolation_level": "READ COMMITTED"} if on_postgresql else {}
    with engine.execution_options(writes=True, **own).begin() as connection:
        if on_postgresql:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITE_LOCK)))
        yield connection
    if not on_postgresql:
        with suppress(sqlite3.Error):  # what was written is kept, in the database or in its log
            _run_alone(engine, *_CHECKPOINT)


def free_pages(engine: sa.Engine) -> None:
    """Free the disk space of what was removed, in the database and in its write-ahead log."""
    if engine.dialect.name == "postgresql":
        _run_alone(engine, "VACUUM")
    else:
        _run_alone(engine, "PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint(TRUNCATE)")


def enable_incremental_vacuum(engine: sa.Engine) -> None:
    """Rewrite an SQLite file of an older edition so that it can free pages; do nothing to any other database."""
    if engine.dialect.name == "sqlite":
        with reading(engine) as connection:
            able = connection.exec_driver_sql("PRAGMA auto_vacuum").scalar() == _INCREMENTAL
        if not able:
            _run_alone(engine, _INCREMENTAL_VACUUM, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


def leave_wal_mode(engine: sa.Engine) -> None:
    """Move the write-ahead log of an SQLite file into it, so that the file alone is whole."""
    _run_alone(engine, "PRAGMA journal_mode = DELETE")


def _make_private(path: Path) -> None:
    """Make the file that SQLite is to fill, if it is not there: only its owner may read it, its logs, and its folder.

    A folder that is there stays as it is: whoever opens the home looks after that.
    """
    path.parent.mkdir(mode=private_files.OWNER_FOLDER, parents=True, exist_ok=True)
    with suppress(OSError):  # SQLite says what is wrong with a path
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, private_files.OWNER_ONLY))


def _run_alone(engine: sa.Engine, *statements: str) -> None:
    """Run statements that no transaction can hold."""
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        return
    with engine.execution_options(bare=True).connect() as connection:
        # A script runs each statement to its end; by themselves some free one page and wait for the next step.
        driver: Any = connection.connection.driver_connection
        driver.executescript(";".join(statements))


def _set_up_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; ``_begin_sqlite`` does
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 30000")
    if cursor.execute("PRAGMA page_count").fetchone() == (0,):
        cursor.execute(_INCREMENTAL_VACUUM)
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes the write lock at once: a reader that turned writer half-way could not wait for another writer.
    options = connection.get_execution_options()
    if not options.get("bare", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")
