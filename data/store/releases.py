"""Releases in the store: for each protected dataset, the bytes of all that it has released so far.

They hold exact counts as well as the protected ones, and so they stay with the organisation that owns the dataset. What
a new release replaces is removed: only the newest is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.principal import Principal, Role
from data.store import blobs, seals
from data.store import tables as t
from data.store.datasets import Dataset, require_own
from data.store.store import Store, added_by, require_role
from geo.errors import InputError


@dataclass(frozen=True)
class Release:
    """What a dataset has released so far, and what it had released ``after`` which this was made; None: nothing.

    ``logged`` is called with the number of the dataset and the moment it was made, before anything is kept for good:
    what it raises keeps the whole release from being made.
    """

    content: bytes
    after: bytes | None = None
    logged: Callable[[int, str], None] | None = None


@dataclass(frozen=True)
class HeldRelease:
    """A dataset, made at a moment, and the digest of what it has released; None: nothing."""

    dataset_id: int
    made_at: str
    ledger: str | None


def put(store: Store, principal: Principal, dataset_id: int, made: Release) -> None:
    """Store what a dataset has released, in place of what it had before, in one transaction with its audit row.

    Raises InputError when the dataset is not the person's own, and as ``write`` does.
    """
    require_role(principal, Role.ANALYST, Role.ADMIN)
    with store.writing(principal, "release", f"dataset {dataset_id}") as connection:
        require_own(connection, principal, dataset_id)
        write(connection, dataset_id, made, added_by(principal))


def write(connection: sa.Connection, dataset_id: int, made: Release, stamp: Mapping[str, str]) -> None:
    """Store what a dataset has released within the caller's transaction; ``stamp`` says who and when.

    Raises InputError as ``require_same`` does.
    """
    there = require_same(connection, dataset_id, made.after)
    connection.execute(t.release.delete().where(t.release.c.dataset_id == dataset_id))
    values = {"dataset_id": dataset_id, "ledger": blobs.put(connection, made.content), **stamp}
    connection.execute(t.release.insert().values(seals.sealed(connection, values)))
    if there is not None:
        blobs.remove_unheld(connection)
    if made.logged is not None:
        made.logged(dataset_id, made_at(connection, dataset_id))


def made_at(connection: sa.Connection, dataset_id: int) -> str:
    """Return the moment at which a dataset was made, which with its number names it for good."""
    return str(connection.scalar(sa.select(t.dataset.c.added_at).where(t.dataset.c.id == dataset_id)))


def held(store: Store, principal: Principal) -> list[HeldRelease]:
    """List the datasets of the person's organisation by their number, with what each has released."""
    query = sa.select(t.dataset.c.id, t.dataset.c.added_at, t.release.c.ledger).join(
        t.release, t.release.c.dataset_id == t.dataset.c.id, isouter=True
    )
    own = query.where(t.dataset.c.owner == principal.organisation).order_by(t.dataset.c.id)
    with store.reading(principal) as connection:
        return [HeldRelease(*row) for row in connection.execute(own)]


def require_same(connection: sa.Connection, dataset_id: int, seen: bytes | None) -> str | None:
    """Return the name of the blob of what a dataset has released; None when nothing.

    Raises InputError when that is not what was ``seen``: a half-term must not be released in two ways.
    """
    there = connection.scalar(sa.select(t.release.c.ledger).where(t.release.c.dataset_id == dataset_id))
    if there != (None if seen is None else seals.sha256(seen)):
        raise InputError(
            f"A release must follow the one before, and dataset {dataset_id} was released by somebody else meanwhile; "
            "bring this in again."
        )
    return there


def load(store: Store, principal: Principal, dataset: Dataset) -> bytes | None:
    """Return what a dataset has released, for people of the organisation that owns it.

    None when it has released nothing, and for everybody else. Raises DamagedError when it is not what was written.
    """
    own = sa.and_(t.dataset.c.id == dataset.id, t.dataset.c.owner == principal.organisation)
    query = sa.select(t.release).join(t.dataset, t.release.c.dataset_id == t.dataset.c.id).where(own)
    what = f"the release of dataset {dataset.id}"
    with store.reading(principal) as connection:
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        seals.require_seal(connection, row, what)
        return blobs.get(connection, row["ledger"], what)
