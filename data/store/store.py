"""Opening the store, and the two ways to use it: reading, and writing in one transaction with its audit row."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from data.principal import Principal
from data.store import tables as t
from geo.errors import InputError


class AlreadyThereError(Exception):
    """The same bytes were brought in before in the same way; nothing was changed. The message says what they are."""

    def __init__(self, what: str, number: int) -> None:
        super().__init__(f"Nothing to do: these files are already here as {what} {number}.")
        self.number = number


class Store:
    """A store on SQLite or PostgreSQL. All access goes through ``reading`` and ``writing``."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        try:
            if not set(t.metadata.tables) <= set(sa.inspect(self._engine).get_table_names()):
                # As a writer, so that of two programs that start on an empty folder one waits for the other.
                with self._engine.execution_options(writes=True).begin() as connection:
                    t.metadata.create_all(connection)
        except sa.exc.DatabaseError as fault:
            raise InputError(
                f"The store must be a database this program can read, and {self._engine.url.database} is not; "
                "restore it from a backup or set LOCAL_CONTEXT_HOME to another folder."
            ) from fault

    @contextmanager
    def reading(self, principal: Principal) -> Iterator[sa.Connection]:
        """Open a consistent view of the store for one person."""
        _known(principal)
        with _faults_told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, principal: Principal, action: str, subject: str) -> Iterator[sa.Connection]:
        """Open one transaction: all that is written in it, with its audit row, is kept or none of it is."""
        _known(principal)
        with _faults_told(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection
            connection.execute(
                t.audit.insert().values(
                    at=now(), who=principal.who, organisation=principal.organisation, action=action, subject=subject
                )
            )

    def stamp(self, principal: Principal) -> int:
        """Give the number of the last write; it changes with every write and with nothing else."""
        with self.reading(principal) as connection:
            return int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(t.audit.c.id), 0))) or 0)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def added_by(principal: Principal) -> dict[str, str]:
    """Give the columns that say who added a row and when."""
    return {"added_at": now(), "added_by": principal.who}


def now() -> str:
    """Give the present moment as stored: UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert(connection: sa.Connection, table: sa.Table, values: dict[str, object]) -> int:
    """Insert one row into a table that numbers its rows; give its number."""
    number = connection.execute(table.insert().returning(table.c.id), values).scalar_one()
    return int(number)


def refuse_again(connection: sa.Connection, table: sa.Table, fingerprint: str, what: str) -> None:
    """Raise AlreadyThereError when ``table`` already has a row with this fingerprint."""
    there = connection.scalar(sa.select(table.c.id).where(table.c.fingerprint == fingerprint))
    if there is not None:
        raise AlreadyThereError(what, int(there))


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turn a fault of the database itself, such as a full disk or a lock that stays, into an OSError that says so."""
    try:
        yield
    except sa.exc.OperationalError as fault:
        raise OSError(errno.EIO, f"the store says “{fault.orig}”") from None


def _known(principal: Principal) -> None:
    if not principal.who or not principal.organisation:
        raise PermissionError("The store answers to a named person of an organisation only.")


def _engine(url: str) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
        # A fault of the database is told without the values of the rows that met it.
        engine = sa.create_engine(parsed, hide_parameters=True)
    except (sa.exc.ArgumentError, ImportError):
        raise InputError(
            "DATABASE_URL must name a database this program can speak to, and it does not; correct it, or leave it out "
            "to keep everything in one file."
        ) from None
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; ``_begin_sqlite`` does
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA busy_timeout = 30000")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes the write lock at once: a reader that turned writer half-way could not wait for another writer.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
