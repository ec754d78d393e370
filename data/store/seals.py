"""Seals: digests by which a changed row is noticed before it is used.

A sealed row holds the SHA-256 of its other columns. Rows of the audit also hold the digest of the row before, so that
none can be changed, added between or taken out unnoticed. This finds damage and careless changes; it is no signature,
since whoever can write to the database can also write new seals.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.stored_values import canonical

SEAL: Final = "seal"
UNSEALED: Final = frozenset({SEAL, "id", "superseded_at"})  # made by the database, or changed when another row comes
GENESIS: Final = ""  # what stands before the first row of the audit


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def seal_of(values: Mapping[Any, Any]) -> str:
    """Return the digest of a row's values, whatever their order."""
    kept = {name: _digestible(value) for name, value in values.items() if name not in UNSEALED}
    return sha256(canonical(kept).encode())


def _digestible(value: Any) -> Any:
    return sha256(value) if isinstance(value, bytes) else value


def sealed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values with their seal."""
    return {**values, SEAL: seal_of(values)}


def require_seal(row: Mapping[Any, Any], what: str) -> None:
    """Raise DamagedError, naming ``what``, when a row is not as it was sealed."""
    if row[SEAL] != seal_of(row):
        raise DamagedError(what)


def link(values: Mapping[str, Any], previous: str) -> dict[str, Any]:
    """Return a row of the audit linked to the digest of the one before."""
    linked = {**values, "previous": previous}
    return {**linked, "digest": sha256(canonical(linked).encode())}


def append_to_audit(connection: sa.Connection, values: Mapping[str, Any], after: int = 0) -> int:
    """Append a row to the audit, numbered above ``after`` too; returns its number. The caller holds the write lock."""
    last = connection.execute(sa.select(t.audit.c.id, t.audit.c.digest).order_by(t.audit.c.id.desc()).limit(1)).first()
    number = max(after, last.id if last else 0) + 1
    connection.execute(t.audit.insert().values(link({"id": number, **values}, last.digest if last else GENESIS)))
    return number


def broken_link(rows: list[sa.Row[Any]]) -> int | None:
    """Return the number of the first row of the audit (in order) that is not linked as it was; None when all are."""
    previous = GENESIS
    for row in rows:
        values = {name: value for name, value in row._mapping.items() if name not in ("previous", "digest")}
        if link(values, previous) != dict(row._mapping):
            return int(row.id)
        previous = row.digest
    return None
