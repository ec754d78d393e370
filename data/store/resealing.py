"""Sealing a whole database again: with a key where there was none, or with another key."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from data.principal import Principal
from data.store import editions, engines, outer_seals, seals, triggers
from data.store import tables as t
from data.store.anchor import Anchor
from data.store.db_errors import translate_db_errors
from data.store.store import audit_row, require_keeper

SEALED_AGAIN: Final = "seal again"  # the action of the audit
Row = Mapping[Any, Any]


def seal_again(url: str, folder: Path | None, principal: Principal) -> None:
    """Seal a store as it is now with the key in the file, made if need be, and note the end of its audit.

    Whoever calls has said before what is lost by it: what was changed before cannot be found any more. Raises
    SealKeyError for a file of no use, which is left as it is; PermissionError for people of an organisation that is
    only a guest of this store; and as ``editions.sealed_with`` does.
    """
    require_keeper(principal)
    anchor, engine = Anchor.of(url, folder), engines.open_engine(url)
    try:
        with translate_db_errors():
            editions.sealed_with(engine)
            engines.use_key(engine, seals.keyed_by(anchor.begun()))
            editions.bring_up_to_date(engine)
            with engines.writing(engine) as connection:
                before = seals.head(connection)
                last = max(one.number for one in (before, *anchor.noted()))
                reseal(connection)
                said = f"all that is stored, whose audit ended with {before.number}:{before.digest}"
                values = audit_row(principal, SEALED_AGAIN, said)
                head = seals.append_to_audit(connection, values, after=last)
                anchor.announce(head)
        anchor.put(head)
    finally:
        engine.dispose()


def reseal(connection: sa.Connection) -> None:
    """Seal every row and link the whole audit again, as they are now, with the key of this connection."""
    reseal_rows(
        connection, [table for table in t.metadata.sorted_tables if seals.SEAL in table.c], lambda _table, row: row
    )
    outer_seals.seal_all(connection)
    outer_seals.mark(connection)
    rows = connection.execute(sa.select(t.audit).order_by(t.audit.c.id)).mappings().all()
    relink(connection, [seals.unlinked(row) for row in rows])


def reseal_rows(connection: sa.Connection, tables: Iterable[sa.Table], read: Callable[[str, Row], Row | None]) -> None:
    """Seal rows of tables, as ``read`` gives their values; those of which it gives None are left, to be noticed."""
    for table in tables:
        keys = [column.name for column in table.primary_key]
        this = sa.and_(*(table.c[key] == sa.bindparam(f"of_{key}") for key in keys))
        there = (read(table.name, row) for row in connection.execute(sa.select(table)).mappings().all())
        found = [row for row in there if row is not None]
        new = [{f"of_{key}": row[key] for key in keys} | {"to_seal": seals.seal_of(connection, row)} for row in found]
        if new:
            connection.execute(table.update().where(this).values({seals.SEAL: sa.bindparam("to_seal")}), new)


def relink(connection: sa.Connection, said: Iterable[Row]) -> None:
    """Link rows of the audit again, from its first one on, with what they say now."""
    previous, new = seals.GENESIS, list[dict[str, Any]]()
    for row in said:
        linked = seals.link(connection, row, previous)
        previous = linked["digest"]
        new.append({f"to_{name}": value for name, value in linked.items()})
    if new:
        values: dict[str, Any] = {name: sa.bindparam(f"to_{name}") for name in ("subject", "previous", "digest")}
        triggers.drop_triggers(connection)
        connection.execute(t.audit.update().where(t.audit.c.id == sa.bindparam("to_id")).values(values), new)
        triggers.create_triggers(connection)
