"""Rules that the database itself keeps: what is written in the audit and what bytes are called never changes."""

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


def put_up(connection: sa.Connection) -> None:
    """Let the database refuse to change or take out rows of the audit, and to change a blob."""
    on_postgresql = connection.dialect.name == "postgresql"
    if on_postgresql:
        connection.execute(sa.text(_FUNCTION))
    for table, event in _GUARDED:
        connection.execute(sa.text((_POSTGRESQL if on_postgresql else _SQLITE).format(table=table, event=event)))


def take_down(connection: sa.Connection) -> None:
    """Let the audit be replaced by that of a backup; ``put_up`` follows in the same transaction."""
    of_table = " ON {table}" if connection.dialect.name == "postgresql" else ""
    for table, event in _GUARDED:
        connection.execute(sa.text(f"DROP TRIGGER {table}_no_{event}{of_table.format(table=table)}"))
