"""Bringing a database to the edition of the tables that this program knows."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from data.principal import LOCAL_USER
from data.store import outer_seals, triggers, unversioned
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.engines import enable_incremental_vacuum, free_pages, reading, writing
from data.store.stored_values import now
from geo.errors import InputError

FIRST: Final = "0001"  # the edition of stores from before editions were written down
SEALED: Final = "0011"  # the first edition whose seals have a key


def sealed_with(engine: sa.Engine) -> str | None:
    """Return the fingerprint of the key that a database is sealed with; None for one that is not sealed with any yet.

    Raises InputError for a database that a newer program has written, DamagedError for one whose pages are damaged.
    """
    with reading(engine) as connection:
        _require_whole(connection)
        found = edition(connection)
        if found is None:
            return None
        require_known(connection)
        return None if found < SEALED else outer_seals.marked(connection) or ""


def bring_up_to_date(engine: sa.Engine) -> None:
    """Make the tables, or change those of an older edition, all or nothing; the engine has got its key.

    Raises InputError for a database that a newer program has written.
    """
    with reading(engine) as connection:
        found = edition(connection)
    if found != t.REVISION:
        with writing(engine) as connection:
            found = edition(connection)  # of two programs that start together, one has waited for the other
            if found is None:
                _make(connection)
            elif found != t.REVISION:
                _upgrade(connection, found)
        if found is not None:
            free_pages(engine)  # nothing of what an upgrade has replaced stays to be read
    enable_incremental_vacuum(engine)


def edition(connection: sa.Connection) -> str | None:
    """Return the edition of a database's tables; None when there are none yet."""
    names = set(sa.inspect(connection).get_table_names())
    if unversioned.edition_mark.name in names:
        found = connection.scalars(sa.select(unversioned.edition_mark.c.version_num)).all()
        return found[0] if len(found) == 1 else "unknown"
    return FIRST if "dataset" in names else None


def _require_whole(connection: sa.Connection) -> None:
    """Raise DamagedError for an SQLite file whose pages are damaged: a few milliseconds for tens of megabytes."""
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise DamagedError


def _make(connection: sa.Connection) -> None:
    t.metadata.create_all(connection)
    triggers.create_triggers(connection)
    unversioned.edition_mark.create(connection)
    connection.execute(unversioned.edition_mark.insert().values(version_num=t.REVISION))
    connection.execute(t.organisation.insert().values(local_organisation()))
    outer_seals.seal_all(connection)
    outer_seals.mark(connection)


def require_known(connection: sa.Connection) -> None:
    """Raise InputError when a database was written by a newer program."""
    found = edition(connection)
    if found != t.REVISION:
        _migrations(found)


def _migrations(found: str | None) -> Any:
    """Return the Alembic configuration of the migrations; raises InputError for an edition that is not known."""
    # Only a store of another edition needs this library, whose loading takes longer than the look at a new one.
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if found not in {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}:
        raise InputError(
            "What is stored must be of an edition that this program knows, and this is of a newer one or none; install "
            "the newest Local Context, or choose another file."
        )
    return config


def _upgrade(connection: sa.Connection, found: str) -> None:
    from alembic import command

    config = _migrations(found)
    config.attributes["connection"] = connection
    if not sa.inspect(connection).has_table(unversioned.edition_mark.name):
        command.stamp(config, found)
    command.upgrade(config, "head")


def restart_sequences(connection: sa.Connection, tables: Iterable[sa.Table] = t.metadata.sorted_tables) -> None:
    """Restart PostgreSQL's sequences above the numbers of rows that were copied in; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            if table.autoincrement_column is not None:
                name = table.name
                highest = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0)))
                # Unlike setval, this is undone with its transaction.
                connection.execute(sa.text(f"ALTER SEQUENCE {name}_id_seq RESTART WITH {int(highest or 0) + 1}"))


def local_organisation() -> dict[str, str]:
    """Return the organisation of the person at the machine, which every store has."""
    return {"key": LOCAL_USER.organisation, "name": "This organisation", "added_at": now(), "added_by": LOCAL_USER.who}


def alembic_settings() -> dict[str, Any]:
    """Return what ``migrations/env.py`` is configured with."""
    return {"target_metadata": t.metadata, "transactional_ddl": True, "transaction_per_migration": False}
