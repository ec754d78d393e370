"""Marks of the release log: whether a log was begun for this store, so that its loss is noticed.

The mark is a row of the audit: the log itself lies outside the database.
"""

import sqlalchemy as sa

from data.principal import Principal
from data.store import tables as t
from data.store.store import Store, require_keeper

BEGUN = "begin release log"  # the action of the audit


def is_begun(store: Store, principal: Principal) -> bool:
    """Return whether a release log was begun."""
    query = sa.select(t.audit.c.id).where(t.audit.c.action == BEGUN).limit(1)
    with store.reading(principal) as connection:
        return connection.scalar(query) is not None


def mark_begun(store: Store, principal: Principal) -> None:
    """Mark that a release log was begun."""
    require_keeper(principal)
    with store.writing(principal, BEGUN, "release log"):
        pass
