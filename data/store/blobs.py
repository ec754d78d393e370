"""Blobs: bytes that never change, named by their SHA-256. The same bytes are stored once."""

from collections.abc import Iterable

import sqlalchemy as sa

from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.seals import sha256

# The columns that name blobs; a blob that none of them names is removed.
_HOLDERS = (
    t.area_set.c.areas, t.version.c.rows, t.version.c.counts, t.release.c.ledger,
    t.base_map.c.archive, t.base_map.c.network, t.base_map.c.names,
    t.delivery.c.before, t.partner_layer.c.shapes, t.paper.c.content, t.organisation_look.c.content,
)  # fmt: skip


def put(connection: sa.Connection, content: bytes) -> str:
    """Store bytes, if they are not there already; returns their name."""
    name = sha256(content)
    if connection.scalar(sa.select(t.blob.c.sha256).where(t.blob.c.sha256 == name)) is None:
        connection.execute(t.blob.insert().values(sha256=name, content=content))
    return name


def get(connection: sa.Connection, name: str, what: str) -> bytes:
    """Return the bytes of a name; raises DamagedError, naming ``what``, when they have changed."""
    content = connection.scalar(sa.select(t.blob.c.content).where(t.blob.c.sha256 == name))
    if content is None or sha256(content) != name:
        raise DamagedError(what)
    return content


def remove_unheld(connection: sa.Connection) -> None:
    """Remove every blob that no row names any more."""
    held = sa.union(*(sa.select(column).where(column.is_not(None)) for column in _HOLDERS))
    connection.execute(t.blob.delete().where(t.blob.c.sha256.not_in(held)))


def damaged(connection: sa.Connection) -> Iterable[str]:
    """Return the names of the blobs whose bytes have changed."""
    for row in connection.execute(sa.select(t.blob)):
        if sha256(row.content) != row.sha256:
            yield row.sha256
