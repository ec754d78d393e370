"""Backups: everything the store holds at one moment, as one SQLite file that any store can be restored from.

The file is a store itself, with one more table that names the digest of every other; it is written from one view of
the database, so that others may go on writing meanwhile.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from data.principal import Principal
from data.store import editions, engines, outer_seals, resealing, seals, triggers, unversioned
from data.store import tables as t
from data.store.db_errors import DamagedError, translate_db_errors
from data.store.store import RESTORED, Store, audit_row, require_keeper
from data.store.stored_values import canonical
from geo.errors import InputError

_BATCH_ROWS: Final = 200  # rows: few enough that their bytes are held easily


def write_backup(store: Store, principal: Principal, path: Path) -> dict[str, int]:
    """Write everything into a new file, which appears whole or not at all; returns the number of rows by table.

    Raises InputError when there is a file of this name already, PermissionError for people of an organisation that is
    only a guest of this store: a backup holds what every organisation has in it.
    """
    require_keeper(principal)
    if path.exists():
        raise InputError(f"A backup must be a new file, and “{path.name}” is there already; choose another name.")
    written = path.with_name(f".{path.name}.part")
    written.unlink(missing_ok=True)
    try:
        with _opened(written, store) as engine, store.reading(principal) as source, engines.writing(engine) as target:
            rows = _copy(source, target)
            unversioned.backup_contents.create(target)
            target.execute(unversioned.backup_contents.insert(), _describe_tables(target))
        _into_one_file(written)
        written.chmod(0o600)
        os.replace(written, path)  # noqa: PTH105  # with its folder, below, safe from a loss of power
        _sync_folder(path.parent)
    finally:
        for suffix in ("", "-wal", "-shm"):
            written.with_name(written.name + suffix).unlink(missing_ok=True)
    return rows


def restore_backup(store: Store, principal: Principal, path: Path) -> dict[str, int]:
    """Replace everything in the store by what a backup holds, in one transaction; returns the number of rows by table.

    Raises InputError, and changes nothing, for a file that is damaged, is no backup, or comes from a newer program.
    """
    require_keeper(principal)
    with _checked_copy(path) as copy, _opened(copy, store) as engine, engines.reading(engine) as source:
        return _replace(store, principal, source)


def require_backup(path: Path) -> None:
    """Raise InputError unless a file is a whole backup, of this edition or an older one."""
    with _checked_copy(path):
        pass


@contextmanager
def _checked_copy(path: Path) -> Iterator[Path]:
    """Copy a backup to where it may be changed, and refuse one that is not as it was written."""
    if not path.is_file():
        raise InputError(f"“{path.name}” must be a backup, and there is no file of that name; check the path.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.sqlite"
        shutil.copyfile(path, copy)
        _require_backup(copy, path.name)
        yield copy


def _replace(store: Store, principal: Principal, source: sa.Connection) -> dict[str, int]:
    restored = f"backup whose newest write is {seals.head(source).number}"
    with translate_db_errors(), engines.writing(store._engine) as target:
        last = max(one.number for one in (seals.head(target), *store._anchor.noted()))
        mark = outer_seals.marked(target)
        triggers.drop_triggers(target)
        for table in reversed(t.metadata.sorted_tables):
            target.execute(table.delete())
        rows = _copy(source, target)
        target.execute(t.session.delete())  # who was signed in then is not signed in now
        triggers.create_triggers(target)
        if outer_seals.marked(target) != mark:  # it was sealed elsewhere, with another key
            restored += f" of another key, which ended with {':'.join(map(str, seals.head(target)))}"
            resealing.reseal(target)
        # Numbered above all that was written here before, so that no one takes what they remember for the present.
        head = seals.append_to_audit(target, audit_row(principal, RESTORED, restored), after=last)
        editions.restart_sequences(target)
        store._anchor.announce(head)
    store._anchor.put(head)
    store.free_pages(principal)
    return rows


def _copy(source: sa.Connection, target: sa.Connection) -> dict[str, int]:
    rows = {}
    for table in t.metadata.sorted_tables:
        rows[table.name] = 0
        target.execute(table.delete())
        for part in source.execute(sa.select(table)).mappings().partitions(_BATCH_ROWS):
            target.execute(table.insert(), [dict(row) for row in part])
            rows[table.name] += len(part)
    return rows


def _describe_tables(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return the number of rows and the digest of every table that there is, whatever its edition."""
    found = unversioned.reflect_tables(connection)
    return [{"name": name, **_digest(connection, found[name])} for name in sorted(found)]


def _digest(connection: sa.Connection, table: sa.Table) -> dict[str, Any]:
    digest, rows = hashlib.sha256(canonical([column.name for column in table.c]).encode()), 0
    for row in connection.execute(sa.select(table).order_by(*table.primary_key)):
        values = [seals.sha256(value) if isinstance(value, bytes) else value for value in row]
        digest.update(canonical(values).encode())
        rows += 1
    return {"rows": rows, "digest": digest.hexdigest()}


def _require_backup(copy: Path, name: str) -> None:
    """Refuse a file that is not as it was written; one of an older edition is checked before it is changed."""
    damaged = InputError(f"“{name}” must be a whole backup, and it is damaged or none; take another backup.")
    size = copy.stat().st_size
    engine = engines.open_engine(f"sqlite:///{copy}")
    try:
        with translate_db_errors(), engines.reading(engine) as connection:
            if not _is_whole(connection, size):
                raise damaged
            editions.require_known(connection)
            stated = connection.execute(
                sa.select(unversioned.backup_contents).order_by(unversioned.backup_contents.c.name)
            )
            if [dict(row) for row in stated.mappings()] != _describe_tables(connection):
                raise damaged
    except (DamagedError, OSError, sa.exc.SQLAlchemyError, UnicodeError):
        raise damaged from None
    finally:
        engine.dispose()


def _is_whole(connection: sa.Connection, size: int) -> bool:
    """Return whether a file of ``size`` bytes is a store and all there; SQLite takes what is cut off for empty room."""
    if editions.edition(connection) is None:
        return False
    pages, length = (
        int(connection.exec_driver_sql(f"PRAGMA {part}").scalar() or 0) for part in ("page_count", "page_size")
    )
    return pages * length == size and connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"


@contextmanager
def _opened(path: Path, store: Store) -> Iterator[sa.Engine]:
    """Open a backup; what is written into it, or changed of its edition, is sealed with the key of a store."""
    engine = engines.open_engine(f"sqlite:///{path}")
    engines.use_key(engine, store._engine.get_execution_options()[seals.KEY])
    try:
        with translate_db_errors():
            editions.bring_up_to_date(engine)
            yield engine
    finally:
        engine.dispose()


def _into_one_file(path: Path) -> None:
    """Move the write-ahead log of a database into it, and leave no other file."""
    engine = engines.open_engine(f"sqlite:///{path}")
    engines.leave_wal_mode(engine)
    engine.dispose()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):  # Windows cannot do this, and need not
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
