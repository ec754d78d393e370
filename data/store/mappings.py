"""Column mappings by source, as JSON: what its columns meant last time, so that they need not be chosen again."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.principal import Principal
from data.store import tables as t
from data.store.store import Store, added_by

Mapping = dict[str, Any]


def put_mapping(store: Store, principal: Principal, kind: str, source: str, mapping: Mapping) -> None:
    """Store the mapping of a source, in place of the one before. Raises InputError for words that tell of a person."""
    from data.screening.kept_words import require_clean_kept

    require_clean_kept("The source", [source])
    require_clean_kept("A column or a category", _words(mapping))
    values = {"mapping": mapping, **added_by(principal)}
    this = _this(principal.organisation, kind, source)
    with store.writing(principal, "keep mapping", kind) as connection:
        if not connection.execute(t.column_mapping.update().where(this).values(values)).rowcount:
            key = {"owner": principal.organisation, "kind": kind, "source": source}
            connection.execute(t.column_mapping.insert().values(key | values))


def _words(value: object) -> Iterator[str]:
    """Return every text of a mapping: names of columns, and categories."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_words(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def mappings(store: Store, principal: Principal, kind: str) -> dict[str, Mapping]:
    """Return the mappings of the person's organisation for a kind of file by source, the newest first."""
    own = sa.and_(t.column_mapping.c.owner == principal.organisation, t.column_mapping.c.kind == kind)
    query = sa.select(t.column_mapping).where(own)
    with store.reading(principal) as connection:
        rows = connection.execute(query.order_by(t.column_mapping.c.added_at.desc(), t.column_mapping.c.source)).all()
    return {row.source: row.mapping for row in rows}


def move(connection: sa.Connection, owner: str, kind: str, source: str, harm_of: dict[str, str]) -> None:
    """Let categories of a source count in other harm groups in its next file too, within the caller's transaction."""
    this = _this(owner, kind, source)
    mapping = connection.scalar(sa.select(t.column_mapping.c.mapping).where(this))
    if mapping is not None and "harm" in mapping:
        values = {"mapping": {**mapping, "harm": mapping["harm"] | harm_of}}
        connection.execute(t.column_mapping.update().where(this).values(values))


def _this(owner: str, kind: str, source: str) -> sa.ColumnElement[bool]:
    key = t.column_mapping.c
    return sa.and_(key.owner == owner, key.kind == kind, key.source == source)
