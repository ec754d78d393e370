"""Checking everything the store holds: the database file, and whether each row and blob is as it was written."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from data.principal import Principal
from data.store import blobs, outer_seals, seals
from data.store import tables as t
from data.store.anchor import RENEWING
from data.store.area_sets import is_whole
from data.store.db_errors import DamagedError
from data.store.seals import AuditEnd
from data.store.store import IMPORTED, Store

_ACCEPTING: Final = f"restore the store from a backup, or accept it as it is with `{RENEWING}`"
_SEALED = [table for table in t.metadata.sorted_tables if seals.SEAL in table.c]


def find_damage(store: Store, principal: Principal) -> list[str]:
    """Return a sentence for each thing that is not as it was written; none means that all is."""
    try:
        with store.reading(principal) as connection:
            return [
                *_of_the_file(connection),
                *_of_rows(connection),
                *_of_blobs(connection),
                *_of_audit(connection),
                *_of_head(connection, store),
            ]
    except DamagedError as error:
        return [str(error)]


def head(store: Store, principal: Principal) -> AuditEnd:
    """Return the end of the audit: the number and the digest of its newest row."""
    with store.reading(principal) as connection:
        return seals.head(connection)


def is_part(store: Store, principal: Principal, noted: AuditEnd) -> bool:
    """Return whether an end of the audit that somebody noted once is part of it."""
    with store.reading(principal) as connection:
        return seals.is_part(connection, noted)


def lost_head(store: Store, principal: Principal) -> list[str]:
    """Say in a sentence that the audit does not hold the end that was noted outside the database; none where it does.

    Then the database was cut back, or an older copy was put in its place.
    """
    with store.reading(principal) as connection:
        return list(_of_head(connection, store))


def _of_the_file(connection: sa.Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
            yield "The database file does not fit together; restore it from a backup."
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            yield "The database names things that it does not hold; restore it from a backup."


def _of_rows(connection: sa.Connection) -> Iterator[str]:
    for table in _SEALED:
        for row in connection.execute(sa.select(table)):
            if not seals.fits(connection, row._mapping):
                key = ", ".join(str(row._mapping[column]) for column in table.primary_key)
                yield f"Row {key} of “{table.name}” is not as it was written; restore the store from a backup."
    from data.store import hotspot_history  # shapes are loaded with it, which a look at the store does not need

    if lacking := hotspot_history.broken(connection):
        yield f"The history of {lacking:,} of the known hotspots lacks a change; restore the store from a backup."
    for what in outer_seals.changed(connection):
        yield f"What is kept of {what} is not as it was written; restore the store from a backup."
    numbers = sa.select(t.version.c.number).where(t.version.c.dataset_id == t.dataset.c.id)
    for number in connection.scalars(sa.select(t.dataset.c.id).where(t.dataset.c.current.not_in(numbers))):
        yield f"Dataset {number} lacks the version that it shows; restore the store from a backup."


def _of_blobs(connection: sa.Connection) -> Iterator[str]:
    for name in blobs.damaged(connection):
        yield f"The bytes named {name[:12]}… are not as they were written; restore the store from a backup."
    for row in connection.execute(sa.select(t.drawing)):
        if not is_whole(row.content, row.digest):
            yield f"The drawing of “{row.level}” of area set {row.area_set_id} has changed; load the areas again."


def _of_audit(connection: sa.Connection) -> Iterator[str]:
    broken = seals.broken_link(connection, connection.execute(sa.select(t.audit).order_by(t.audit.c.id)))
    if broken is not None:
        yield f"The audit is not as it was written from its row {broken} on; restore the store from a backup."
    imported = sa.select(sa.func.count()).select_from(t.audit).where(t.audit.c.action == IMPORTED)
    kept = connection.scalar(sa.select(sa.func.count()).select_from(t.version)) or 0
    if (connection.scalar(imported) or 0) < kept:  # a chain that is cut off at its end still hangs together
        yield "The audit lacks imports that are kept; restore the store from a backup."


def _of_head(connection: sa.Connection, store: Store) -> Iterator[str]:
    noted = store._anchor.noted()
    if not noted:
        yield f"The note of the newest write, kept outside the database, is missing or damaged; {_ACCEPTING}."
    elif not any(seals.is_part(connection, one) for one in noted):
        yield (
            f"Write {noted[0].number} was noted as the newest outside the database, and is not in the audit: the "
            f"database was cut back, or an older copy was put in its place; {_ACCEPTING}."
        )
