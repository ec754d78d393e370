"""Marks of the release secret: fingerprints by which the store knows the secret that its releases are rounded by.

A fingerprint distinguishes two secrets and reveals nothing of either. None is ever changed or removed; the newest
counts.
"""

from contextlib import suppress

import sqlalchemy as sa

from data.principal import Principal
from data.store import seals
from data.store import tables as t
from data.store.store import Store, added_by, require_keeper


class _MarkedError(Exception):
    """The store has a mark already, and nothing is to be written."""


def newest(store: Store, principal: Principal) -> str | None:
    """Return the fingerprint of the secret that counts; None for a store that has had none yet.

    Raises DamagedError when it is not what was written.
    """
    with store.reading(principal) as connection:
        return _newest(connection)


def add_first(store: Store, principal: Principal, fingerprint: str) -> None:
    """Mark the secret of a store that has had none, and leave a store as it is that has, with its audit."""
    require_keeper(principal)
    with suppress(_MarkedError), store.writing(principal, "make secret", _subject(fingerprint)) as connection:
        if _newest(connection) is not None:  # of two programs that start together, one has waited for the other
            raise _MarkedError
        _insert(connection, principal, fingerprint)


def add(store: Store, principal: Principal, fingerprint: str) -> None:
    """Mark another secret as the one that counts from now on."""
    require_keeper(principal)
    with store.writing(principal, "accept secret", _subject(fingerprint)) as connection:
        _insert(connection, principal, fingerprint)


def _newest(connection: sa.Connection) -> str | None:
    query = sa.select(t.secret_mark).order_by(t.secret_mark.c.id.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    seals.require_seal(connection, row, "the mark of the release secret")
    return str(row["fingerprint"])


def _insert(connection: sa.Connection, principal: Principal, fingerprint: str) -> None:
    seals.insert(connection, t.secret_mark, {"fingerprint": fingerprint, **added_by(principal)})


def _subject(fingerprint: str) -> str:
    return f"release secret {fingerprint}"
