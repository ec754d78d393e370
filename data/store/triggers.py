"""Triggers by which the database itself refuses to change or delete a row of the audit, and to change a blob."""

from typing import Final

import sqlalchemy as sa

_SQLITE: Final = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END
"""
_POSTGRESQL: Final = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION never_changed()
"""
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $$
"""
_GUARDED: Final = (("audit", "update"), ("audit", "delete"), ("blob", "update"))


def create_triggers(connection: sa.Connection) -> None:
    """Create the triggers, on SQLite or PostgreSQL."""
    on_postgresql = connection.dialect.name == "postgresql"
    if on_postgresql:
        connection.execute(sa.text(_FUNCTION))
    for table, event in _GUARDED:
        connection.execute(sa.text((_POSTGRESQL if on_postgresql else _SQLITE).format(table=table, event=event)))


def drop_triggers(connection: sa.Connection) -> None:
    """Drop the triggers so that a backup can be restored; ``create_triggers`` follows in the same transaction."""
    of_table = " ON {table}" if connection.dialect.name == "postgresql" else ""
    for table, event in _GUARDED:
        connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_no_{event}{of_table.format(table=table)}"))
