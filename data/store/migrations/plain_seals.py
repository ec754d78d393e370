"""Seals as they were up to edition 0010: plain SHA-256, without a key. Migrations up to that edition make them."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from data.store import seals
from data.store import tables as t
from data.store.seals import digest_of as seal_of
from data.store.stored_values import canonical

__all__ = ["append_to_audit", "broken_link", "link", "seal_of", "sealed"]


def sealed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values with their seal."""
    return {**values, seals.SEAL: seal_of(values)}


def link(values: Mapping[str, Any], previous: str) -> dict[str, Any]:
    """Return a row of the audit linked to the digest of the one before."""
    linked = {**values, "previous": previous}
    return {**linked, "digest": seals.sha256(canonical(linked).encode())}


def append_to_audit(connection: sa.Connection, values: Mapping[str, Any], after: int = 0) -> None:
    """Append a row to the audit, numbered above ``after`` too."""
    last = seals.head(connection)
    row = link({"id": max(after, last.number) + 1, **values}, last.digest)
    connection.execute(t.audit.insert().values(row))


def broken_link(rows: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the number of the first row of the audit (in order) that is not linked as it was; None when all are."""
    previous = seals.GENESIS
    for row in rows:
        if link(seals.unlinked(row), previous) != dict(row):
            return int(row["id"])
        previous = row["digest"]
    return None
