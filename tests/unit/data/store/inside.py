"""Looks at all that a store holds and changes it behind its back, on whatever database it is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from data.store import seals, triggers
from data.store import tables as t
from data.store.store import Store

Held = dict[str, list[dict[str, Any]]]


def held(store: Store, *leave_out: str) -> Held:
    """Return every row of every table but some, in the order of their keys."""
    tables = [table for table in t.metadata.sorted_tables if table.name not in leave_out]
    with store._engine.connect() as connection:
        return {table.name: [dict(row) for row in connection.execute(_ordered(table)).mappings()] for table in tables}


def rows(store: Store, table: sa.Table) -> list[dict[str, Any]]:
    """Return every row of one table."""
    return held(store)[table.name]


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
    change(store, table.update().where(table.c.id == key).values(seals.sealed({**row, **changed})))


def _ordered(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).order_by(*table.primary_key)
