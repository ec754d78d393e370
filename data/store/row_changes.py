"""Row changes: what a delivery changed of the rows of tables, kept so that just this can be put back.

A change of a row is its key, the row as it was (none where it is new) and the digest of what it was made into (none
where it was removed). A row that is something else by now was changed since, and is not put back over that.

The revision of a row counts its changes and is none of what it says: it grows whenever a row is put back. What an
earlier edition packed lacks the columns that a table got later; they are blank in rows that nobody changed since.
"""

import base64
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from data.store import seals
from data.store import tables as t
from data.store.stored_values import canonical

Key = tuple[Any, ...]
Row = dict[str, Any]
Rows = dict[str, dict[Key, Row]]  # the rows of tables by their names, by their keys

_BYTES: Final = "base64"
_REVISION: Final = "revision"
_BEFORE_0012: Final = {  # the columns of tables that have had more since edition 0012, but for the seal and the number
    "hotspot": frozenset(
        ("reference", "owner", "name", "type", "harm", "status", "last_reported", "next_review", "watched_by", "shape",
         "added_at", "added_by"),
    ),
    "action": frozenset(("owner", "reference", "what", "due_on", "done_on", "added_at", "added_by")),
}  # fmt: skip
_TOP_FIRST: Final = tuple(table.name for table in t.metadata.sorted_tables)  # what is referred to, before who refers


def present(connection: sa.Connection, tables: Sequence[sa.Table], owner: str | None = None) -> Rows:
    """Return all rows of tables; with an ``owner``, those of this organisation."""
    found: Rows = {}
    for table in tables:
        query = sa.select(table) if owner is None else sa.select(table).where(table.c.owner == owner)
        keys = [column.name for column in table.primary_key]
        rows = (dict(row) for row in connection.execute(query).mappings())
        found[table.name] = {tuple(row[key] for key in keys): row for row in rows}
    return found


def packed(before: Rows, after: Rows) -> bytes:
    """Return what changed from ``before`` to ``after`` as bytes."""
    changes = [
        [name, list(key), _plain(rows.get(key)), _digest(after[name].get(key))]
        for name, rows in before.items()
        for key in sorted(rows.keys() | after[name].keys())
        if rows.get(key) != after[name].get(key)
    ]
    return zlib.compress(canonical(changes).encode())


def new_keys(content: bytes, table: sa.Table) -> list[Key]:
    """Return the keys of the rows of a table that a change added."""
    return [key for name, key, before, _ in _unpacked(content) if name == table.name and before is None]


def counted(content: bytes, table: sa.Table) -> tuple[int, int]:
    """Return how many rows of a table a change replaced, and how many it added."""
    changes = [before for name, _, before, _ in _unpacked(content) if name == table.name]
    new = sum(before is None for before in changes)
    return len(changes) - new, new


def changed_since(connection: sa.Connection, content: bytes) -> int:
    """Return how many of the changed rows are not as the change left them."""
    changes = list(_unpacked(content))
    now = present(connection, [t.metadata.tables[name] for name in dict.fromkeys(name for name, *_ in changes)])
    return sum(after not in _digests(name, now[name].get(key)) for name, key, _, after in changes)


def put_back(connection: sa.Connection, content: bytes) -> None:
    """Make the changed rows what they were, within the caller's transaction."""
    changes = list(_unpacked(content))
    tables = sorted({name for name, *_ in changes}, key=_TOP_FIRST.index)
    for table in (t.metadata.tables[name] for name in reversed(tables)):
        new = [_named(table, key) for name, key, before, _ in changes if name == table.name and before is None]
        if new:
            connection.execute(table.delete().where(_same_key(table)), new)
    for table in (t.metadata.tables[name] for name in tables):
        there = present(connection, [table])[table.name]
        own = [
            (_sealed(connection, table, before, there.get(key)), after)
            for name, key, before, after in changes
            if name == table.name and before is not None
        ]
        update_rows(connection, table, [before for before, after in own if after is not None])
        gone = [before for before, after in own if after is None]
        if gone:
            connection.execute(table.insert(), gone)


def update_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Write whole rows in the place of those of the same keys, within the caller's transaction."""
    if rows:
        keys = [column.name for column in table.primary_key]
        values: Row = {name: sa.bindparam(f"to_{name}") for name in rows[0] if name not in keys}
        listed = [
            {f"of_{name}" if name in keys else f"to_{name}": value for name, value in row.items()} for row in rows
        ]
        connection.execute(table.update().where(_same_key(table)).values(values), listed)


def _unpacked(content: bytes) -> Iterator[tuple[str, Key, Row | None, str | None]]:
    for name, key, before, after in json.loads(zlib.decompress(content)):
        yield name, tuple(key), None if before is None else {of: _whole(value) for of, value in before.items()}, after


def _same_key(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == sa.bindparam(f"of_{column.name}") for column in table.primary_key))


def _named(table: sa.Table, key: Key) -> Row:
    return {f"of_{column.name}": value for column, value in zip(table.primary_key, key, strict=True)}


def _digest(row: Mapping[str, Any] | None) -> str | None:
    return None if row is None else seals.digest_of({name: row[name] for name in row if name != _REVISION})


def _digests(table: str, row: Mapping[str, Any] | None) -> tuple[str | None, ...]:
    """Return the digest of a row, and that which an earlier edition packed of it where no later column is filled."""
    today = _digest(row)
    early = _BEFORE_0012.get(table)
    if row is None or early is None:
        return (today,)
    later = [name for name in row if name not in {*early, seals.SEAL, _REVISION, "id"}]
    filled = any(row[name] is not None for name in later)
    return (today,) if filled else (today, _digest({name: row[name] for name in early}))


def _sealed(connection: sa.Connection, table: sa.Table, row: Row, now: Row | None) -> Row:
    """Return a row as it was with a seal of today: the key may be another by now. The delivery vouches for the rest."""
    whole = {**{column.name: None for column in table.c}, **row}
    if _REVISION in whole:
        whole[_REVISION] = ((now or row).get(_REVISION) or 0) + 1
    return seals.sealed(connection, whole) if seals.SEAL in whole else whole


def _plain(row: Row | None) -> Row | None:
    """Return a row in values that JSON knows."""
    if row is None:
        return None
    return {
        name: {_BYTES: base64.b64encode(value).decode()} if isinstance(value, bytes) else value
        for name, value in row.items()
    }


def _whole(value: Any) -> Any:
    return base64.b64decode(value[_BYTES]) if isinstance(value, dict) else value
