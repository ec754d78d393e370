"""Seals: digests by which a changed row is noticed before it is used.

A sealed row holds the HMAC-SHA256 of its other columns under the key of the store (``data.store.seal_keys``), which is
kept outside the database. Rows of the audit also hold the digest of the row before, so that none can be changed, added
between or taken out unnoticed. So damage and careless changes are found, and those of anyone who can write to the
database and has not got the key.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.stored_values import canonical

SEAL: Final = "seal"
KEY: Final = "seal_key"  # the option of a connection that holds ``keyed_by`` its key
GENESIS: Final = ""  # what stands before the first row of the audit
_UNSEALED: Final = frozenset({SEAL, "superseded_at"})  # the seal, and what changes when another row comes
_NUMBER: Final = "id"  # made by the database


class AuditEnd(NamedTuple):
    """The end of the audit: the number and the digest of its newest row."""

    number: int
    digest: str


EMPTY: Final = AuditEnd(0, GENESIS)


def keyed_by(key: bytes) -> hmac.HMAC:
    """Return what seals are made with. It is begun once and copied, which takes a third of the time for each row."""
    return hmac.new(key, digestmod="sha256")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of(values: Mapping[Any, Any]) -> str:
    """Return the SHA-256 of a row's values, whatever their order and the row's number: the same row, the same digest.

    It needs no key, and protects nothing.
    """
    return sha256(_sealable({name: value for name, value in values.items() if name != _NUMBER}))


def seal_of(connection: sa.Connection, values: Mapping[Any, Any]) -> str:
    """Return the seal of a row's values, whatever their order."""
    return _keyed(connection, _sealable(values))


def sealed(connection: sa.Connection, values: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row's values with their seal. Those of a row that the database numbers need its number, ``id``."""
    return {**values, SEAL: seal_of(connection, values)}


def insert(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any]) -> int:
    """Insert a row into a table that numbers its rows, and seal it with its number; returns the number."""
    new = table.insert().returning(table.c.id)
    number = int(connection.execute(new, {**values, SEAL: ""}).scalar_one())
    seal = seal_of(connection, {**values, _NUMBER: number})
    connection.execute(table.update().where(table.c.id == number).values({SEAL: seal}))
    return number


def fits(connection: sa.Connection, row: Mapping[Any, Any]) -> bool:
    """Return whether a row is as it was sealed."""
    return hmac.compare_digest(str(row[SEAL]).encode(), seal_of(connection, row).encode())


def require_seal(connection: sa.Connection, row: Mapping[Any, Any], what: str) -> None:
    """Raise DamagedError, naming ``what``, when a row is not as it was sealed."""
    if not fits(connection, row):
        raise DamagedError(what)


def link(connection: sa.Connection, values: Mapping[Any, Any], previous: str) -> dict[str, Any]:
    """Return a row of the audit linked to the digest of the one before."""
    linked = {**values, "previous": previous}
    return {**linked, "digest": _keyed(connection, canonical(linked).encode())}


def append_to_audit(connection: sa.Connection, values: Mapping[str, Any], after: int = 0) -> AuditEnd:
    """Append a row to the audit, numbered above ``after`` too; returns its end. The caller holds the write lock."""
    last = head(connection)
    row = link(connection, {"id": max(after, last.number) + 1, **values}, last.digest)
    connection.execute(t.audit.insert().values(row))
    return AuditEnd(row["id"], row["digest"])


def head(connection: sa.Connection) -> AuditEnd:
    """Return the end of the audit; ``EMPTY`` where it has no row."""
    last = connection.execute(sa.select(t.audit.c.id, t.audit.c.digest).order_by(t.audit.c.id.desc()).limit(1)).first()
    return EMPTY if last is None else AuditEnd(int(last.id), last.digest)


def is_part(connection: sa.Connection, noted: AuditEnd) -> bool:
    """Return whether an end of the audit that was noted once is a row of it still."""
    if noted == EMPTY:
        return True
    return bool(connection.scalar(sa.select(t.audit.c.digest).where(t.audit.c.id == noted.number)) == noted.digest)


def broken_link(connection: sa.Connection, rows: Iterable[sa.Row[Any]]) -> int | None:
    """Return the number of the first row of the audit (in order) that is not linked as it was; None when all are."""
    previous = GENESIS
    for row in rows:
        if link(connection, unlinked(row._mapping), previous) != dict(row._mapping):
            return int(row.id)
        previous = row.digest
    return None


def unlinked(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what a row of the audit says, without what links it."""
    return {name: value for name, value in row.items() if name not in ("previous", "digest")}


def _sealable(values: Mapping[Any, Any]) -> bytes:
    kept = {name: _digestible(value) for name, value in values.items() if name not in _UNSEALED}
    return canonical(kept).encode()


def _digestible(value: Any) -> Any:
    return sha256(value) if isinstance(value, bytes) else value


def _keyed(connection: sa.Connection, content: bytes) -> str:
    own: hmac.HMAC = connection.get_execution_options()[KEY].copy()
    own.update(content)
    return own.hexdigest()
