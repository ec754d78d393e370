"""Looks at a store from below: at every row, and at the moments when its transactions begin and end."""

import sqlalchemy as sa

from data.store import tables as t
from data.store.store import Store
from tests.torture.killing import Say

# By the deeds; looked at in other ways.
_REGISTERS = (
    "action",
    "baseline",
    "calendar",
    "calendar_entry",
    "calendar_school",
    "delivery",
    "hotspot",
    "hotspot_change",
)
CHANGED = ("audit", "blob", "dataset", "delivery_file", "release", "version", *_REGISTERS)


def tables(store: Store, leave_out: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return every row of every table but some, in an order that does not depend on the database."""
    with store._engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(sa.select(table)).all()))
            for name, table in t.metadata.tables.items()
            if name not in leave_out
        }


def others(store: Store) -> dict[str, list[str]]:
    """Return every row that no deed changes, and the bytes that nothing holds any more."""
    holders = ("version", "rows"), ("version", "counts"), ("area_set", "areas"), ("release", "ledger")
    held = " UNION ".join(f"SELECT {column} FROM {table}" for table, column in holders)  # noqa: S608
    with store._engine.connect() as connection:
        loose = connection.scalars(sa.text(f"SELECT sha256 FROM blob WHERE sha256 NOT IN ({held})"))  # noqa: S608
        return {**tables(store, CHANGED), "bytes that nothing holds": list(loose)}


def say_transactions(store: Store, say: Say) -> None:
    """Say "begin" when a write transaction has begun, and "commit" when it is about to be committed."""

    def listen(event: str, word: str) -> None:
        def heard(connection: sa.Connection) -> None:
            if connection.get_execution_options().get("writes"):
                say(word)

        sa.event.listen(store._engine, event, heard)

    listen("begin", "begin")
    listen("commit", "commit")
