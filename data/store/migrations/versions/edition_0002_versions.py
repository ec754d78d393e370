"""Versions of datasets, bytes named by what they hold, seals, a linked audit; organisations, people and sessions.

The tables of the first store are read, dropped, and written anew in their new form: it is small, and SQLite cannot
change a table's constraints in place. Every import becomes version 1 of a dataset of the same number.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from data.store import blobs, editions, seals, triggers
from data.store import tables as t
from data.store.migrations import plain_seals, register_before
from data.store.stored_values import now

revision = "0002"
down_revision = "0001"

Row = Mapping[str, Any]
_VERSION: Final = (
    "fingerprint", "source", "area_set_id", "first_month", "last_month", "gaps", "rows_read", "by_code", "by_point",
    "no_location", "outside", "not_kept", "harm_of", "notes", "added_at", "added_by",
)  # fmt: skip
_TABLES: Final = (
    "organisation", "person", "session", "blob", "area_set", "drawing", "school", "calendar", "calendar_entry",
    "dataset", "version", "column_mapping", "hotspot", "action", "audit",
)  # fmt: skip
_THEN: Final = {"hotspot": register_before.hotspot, "action": register_before.action}
_PARTS: Final = ("dataset_rows", "dataset_counts")
_AS_THEY_WERE: Final = ("drawing", "school", "calendar", "calendar_entry", "hotspot")


def upgrade() -> None:
    """Move everything into the new tables."""
    connection = op.get_bind()
    first = import_module("data.store.migrations.versions.edition_0001_first_store").tables()
    old = {table.name: _rows(connection, table) for table in first.sorted_tables}
    first.drop_all(connection)
    new = tables()
    create(connection, new)
    _organisations(connection, old)
    for row in old["area_set"]:
        name = blobs.put(connection, row["areas"])
        connection.execute(t.area_set.insert().values(plain_seals.sealed({**row, "areas": name})))
    for table in (table for table in new if table.name in _AS_THEY_WERE):
        rows = [plain_seals.sealed(row) if seals.SEAL in table.c else row for row in old[table.name]]
        if rows:
            connection.execute(table.insert(), rows)
    parts = [{row["dataset_id"]: _blob(connection, row) for row in old[name]} for name in _PARTS]
    for row in old["dataset"]:
        _dataset(connection, row, *(part[row["id"]] for part in parts))
    for row in old["audit"]:
        plain_seals.append_to_audit(connection, {name: row[name] for name in row if name != "id"}, after=row["id"] - 1)
    editions.restart_sequences(connection, new)
    triggers.create_triggers(connection)


def tables() -> list[sa.Table]:
    """Return the tables of this edition: those that were changed later as they were, the others as they are today."""
    return [_THEN.get(name, t.metadata.tables[name]) for name in _TABLES]


def create(connection: sa.Connection, new: Iterable[sa.Table]) -> None:
    """Make tables of this edition, or of a later one that had the same hotspots and actions."""
    t.metadata.create_all(connection, tables=[table for table in new if table.name not in _THEN])
    for table in _THEN.values():
        table.create(connection)


def _rows(connection: sa.Connection, table: sa.Table) -> list[Row]:
    return [dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()]


def _organisations(connection: sa.Connection, old: Mapping[str, list[Row]]) -> None:
    local = editions.local_organisation()
    connection.execute(t.organisation.insert().values(local))
    owners = {row["owner"] for name in ("dataset", "hotspot") for row in old[name]} - {local["key"]}
    stamp = {"added_at": now(), "added_by": local["added_by"]}
    for owner in sorted(owners):
        connection.execute(t.organisation.insert().values(key=owner, name=owner, **stamp))


def _blob(connection: sa.Connection, part: Row) -> str:
    """Keep bytes under the digest that they had when they were written: what was damaged before is so afterwards."""
    there = connection.scalar(sa.select(t.blob.c.sha256).where(t.blob.c.sha256 == part["sha256"]))
    if there is None:
        connection.execute(t.blob.insert().values(sha256=part["sha256"], content=part["parquet"]))
    return str(part["sha256"])


def _dataset(connection: sa.Connection, row: Row, rows: str, counts: str) -> None:
    kept = {name: row[name] for name in ("id", "owner", "title", "kind", "access", "added_at", "added_by")}
    connection.execute(t.dataset.insert().values(plain_seals.sealed({**kept, "current": 1})))
    version = {name: row[name] for name in _VERSION} | {"dataset_id": row["id"], "number": 1}
    version |= {"rows": rows, "counts": counts}
    connection.execute(t.version.insert().values(plain_seals.sealed(version)))
