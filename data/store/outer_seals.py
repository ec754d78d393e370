"""Outer seals: those of rows whose own tables have no room for one, of organisations and of people.

Beside them stands by which key this database is sealed: its fingerprint, which reveals nothing of the key.
"""

import hmac
from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa

from data.store import seals
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.stored_values import canonical

TABLES: Final = (t.organisation, t.person)
_KEY: Final = ("seal key", "")  # the place of the fingerprint
_DIGITS: Final = 16  # of a fingerprint, hexadecimal


def fingerprint(key: bytes) -> str:
    """Return what distinguishes a key from another and reveals nothing of it."""
    return _shown(seals.keyed_by(key))


def marked(connection: sa.Connection) -> str | None:
    """Return the fingerprint of the key that a database is sealed with; None where it names none."""
    return connection.scalar(sa.select(t.outer_seal.c.value).where(_at(*_KEY)))


def mark(connection: sa.Connection) -> None:
    """Write down that a database is sealed with the key of this connection."""
    _put(connection, *_KEY, _shown(connection.get_execution_options()[seals.KEY]))


def seal(connection: sa.Connection, table: sa.Table, key: object) -> None:
    """Seal the row of a key as it is now."""
    row = connection.execute(sa.select(table).where(_column(table) == key)).mappings().one()
    _put(connection, table.name, canonical(key), seals.seal_of(connection, row))


def seal_all(connection: sa.Connection) -> None:
    """Seal every organisation and every person as they are now."""
    connection.execute(t.outer_seal.delete().where(t.outer_seal.c.name != _KEY[0]))
    for table in TABLES:
        for key in connection.scalars(sa.select(_column(table))).all():
            seal(connection, table, key)


def require(connection: sa.Connection, table: sa.Table, key: object) -> None:
    """Raise DamagedError when the row of a key is not as it was sealed."""
    row = connection.execute(sa.select(table).where(_column(table) == key)).mappings().one_or_none()
    if row is not None and not _fits(connection, table, row):
        raise DamagedError(f"what is kept of {_said(table, row)}")


def changed(connection: sa.Connection) -> Iterator[str]:
    """Name every row that is not as it was sealed, and every one that is gone."""
    for table in TABLES:
        rows = connection.execute(sa.select(table)).mappings().all()
        yield from (_said(table, row) for row in rows if not _fits(connection, table, row))
        there = {canonical(row[_column(table).name]) for row in rows}
        known = connection.scalars(sa.select(t.outer_seal.c.key).where(t.outer_seal.c.name == table.name))
        yield from (f"a missing {table.name}" for key in known if key not in there)


def _shown(keyed: hmac.HMAC) -> str:
    own = keyed.copy()
    own.update(b"fingerprint")
    return own.hexdigest()[:_DIGITS]


def _fits(connection: sa.Connection, table: sa.Table, row: Mapping[Any, Any]) -> bool:
    key = canonical(row[_column(table).name])
    kept = connection.scalar(sa.select(t.outer_seal.c.value).where(_at(table.name, key)))
    return seals.fits(connection, {**row, seals.SEAL: kept})


def _put(connection: sa.Connection, name: str, key: str, value: str) -> None:
    connection.execute(t.outer_seal.delete().where(_at(name, key)))
    connection.execute(t.outer_seal.insert().values(name=name, key=key, value=value))


def _at(name: str, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(t.outer_seal.c.name == name, t.outer_seal.c.key == key)


def _column(table: sa.Table) -> sa.Column[Any]:
    [column] = table.primary_key
    return column


def _said(table: sa.Table, row: Mapping[Any, Any]) -> str:
    return f"{table.name} “{row[_column(table).name]}”"
