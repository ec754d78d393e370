"""Looks at all that a store holds and changes it behind its back, on whatever database it is."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from data.store import seals, triggers, unversioned
from data.store import tables as t
from data.store.anchor import KEY_NAME, Anchor
from data.store.migrations import plain_seals, register_before
from data.store.store import Store

_ADDED_LATER: Final = (  # with editions 0012 and 0013
    "hotspot_change", "organisation_list", "pupil_origin", "partner_layer", "paper", "organisation_look",
)  # fmt: skip
Held = dict[str, list[dict[str, Any]]]


def held(store: Store, *leave_out: str) -> Held:
    """Return every row of every table but some, in the order of their keys."""
    tables = [table for table in t.metadata.sorted_tables if table.name not in leave_out]
    with store._engine.connect() as connection:
        return {table.name: [dict(row) for row in connection.execute(_ordered(table)).mappings()] for table in tables}


def rows(store: Store, table: sa.Table) -> list[dict[str, Any]]:
    """Return every row of one table."""
    with store._engine.connect() as connection:
        return [dict(row) for row in connection.execute(_ordered(table)).mappings()]


def change(store: Store, statement: sa.Executable) -> None:
    """Run a statement that nobody asks for, with the triggers of the database out of the way."""
    with store._engine.execution_options(writes=True).begin() as connection:
        triggers.drop_triggers(connection)
        connection.execute(statement)
        triggers.create_triggers(connection)


@contextmanager
def failing_at(table: sa.Table) -> Iterator[None]:
    """Let every insert into a table fail, as where the machine stops there."""

    def fail(_connection: object, statement: object, *_rest: object) -> None:
        if isinstance(statement, sa.Insert) and statement.table is table:
            raise RuntimeError("the machine stopped here")

    sa.event.listen(sa.Engine, "before_execute", fail)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_execute", fail)


def put_in_place(store: Store, table: sa.Table, key: int, changed: Mapping[str, Any]) -> None:
    """Change a sealed row and seal it again, as one who knows how the store is made would."""
    [row] = [row for row in rows(store, table) if row["id"] == key]
    change(store, table.update().where(table.c.id == key).values(sealed(store, {**row, **changed})))


def without_keys(store: Store, edition: str) -> None:
    """Make a store what it was in an edition before seals had a key."""
    with store._engine.execution_options(writes=True).begin() as connection:
        triggers.drop_triggers(connection)
        _with_the_register_of_before(connection)
        then = {table.name: table for table in (register_before.hotspot, register_before.action)}
        there = [then.get(table.name, table) for table in t.metadata.sorted_tables if table.name not in _ADDED_LATER]
        for table in (table for table in there if seals.SEAL in table.c):
            for row in connection.execute(sa.select(table)).mappings().all():
                this = sa.and_(*(column == row[column.name] for column in table.primary_key))
                connection.execute(table.update().where(this).values(plain_seals.sealed(row)))
        previous = seals.GENESIS
        for row in connection.execute(sa.select(t.audit).order_by(t.audit.c.id)).mappings().all():
            linked = plain_seals.link(seals.unlinked(row), previous)
            previous = linked["digest"]
            connection.execute(t.audit.update().where(t.audit.c.id == row["id"]).values(linked))
        triggers.create_triggers(connection)
        t.outer_seal.drop(connection)
        connection.execute(unversioned.edition_mark.update().values(version_num=edition))
    Anchor.of(str(store._engine.url)).put(seals.EMPTY)


def _with_the_register_of_before(connection: sa.Connection) -> None:
    """Make the tables of hotspots and actions those of before edition 0012, with the rows that they have."""
    then = (register_before.hotspot, register_before.action)
    kept = {table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()] for table in then}
    for name in (*_ADDED_LATER, "action", "hotspot"):
        t.metadata.tables[name].drop(connection)
    for table in then:
        table.create(connection)
        if kept[table.name]:
            connection.execute(table.insert(), kept[table.name])


def sealed(store: Store, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with the seal that the store would give it."""
    with store._engine.connect() as connection:
        return seals.sealed(connection, row)


def copied(whence: Path, to: Path) -> Path:
    """Copy the file of a store with its anchor."""
    for name, there in ((KEY_NAME, KEY_NAME), (f"{whence.name}.audit-head", f"{to.name}.audit-head")):
        shutil.copy(whence.with_name(name), to.with_name(there))
    return Path(shutil.copy(whence, to))


def _ordered(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).order_by(*table.primary_key)
