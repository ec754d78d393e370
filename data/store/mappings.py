"""Column mappings by source, as JSON: what its columns meant last time, so that they need not be chosen again."""

from typing import Any

import sqlalchemy as sa

from data.principal import Principal
from data.store import tables as t
from data.store.store import Store, added_by

Mapping = dict[str, Any]


def put_mapping(store: Store, principal: Principal, kind: str, source: str, mapping: Mapping) -> None:
    """Store the mapping of a source, in place of the one before."""
    values = {"mapping": mapping, **added_by(principal)}
    this = _this(principal, kind, source)
    with store.writing(principal, "keep mapping", kind) as connection:
        if not connection.execute(t.column_mapping.update().where(this).values(values)).rowcount:
            key = {"owner": principal.organisation, "kind": kind, "source": source}
            connection.execute(t.column_mapping.insert().values(key | values))


def mappings(store: Store, principal: Principal, kind: str) -> dict[str, Mapping]:
    """Return the mappings of the person's organisation for a kind of file by source, the newest first."""
    own = sa.and_(t.column_mapping.c.owner == principal.organisation, t.column_mapping.c.kind == kind)
    query = sa.select(t.column_mapping).where(own)
    with store.reading(principal) as connection:
        rows = connection.execute(query.order_by(t.column_mapping.c.added_at.desc(), t.column_mapping.c.source)).all()
    return {row.source: row.mapping for row in rows}


def _this(principal: Principal, kind: str, source: str) -> sa.ColumnElement[bool]:
    key = t.column_mapping.c
    return sa.and_(key.owner == principal.organisation, key.kind == kind, key.source == source)
