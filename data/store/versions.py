"""Versions of datasets: adding one, superseding the one before, restoring an old one, and removing.

What a version holds of its file is never changed; which harm group a category counts in belongs to the dataset
(``data.store.regrouping``). What is shown of a dataset is the version whose number it names as current.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.principal import Principal, Role
from data.store import blobs, deliveries, releases, seals
from data.store import tables as t
from data.store.datasets import Access, require_own
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import IMPORTED, OPENED, AlreadyThereError, Store, added_by, audit_row, now, require_role
from geo.areas.placing import Placement
from geo.counts.cube import Cube, cells
from geo.errors import InputError


@dataclass(frozen=True)
class Description:
    """What the person who brings a version says of it, and what reading it showed.

    ``replaces`` is the dataset whose next version it is; None for a dataset of its own. ``unnamed`` is the fingerprint
    that the same files have without the names of places, which were not always kept; None where they have none.
    ``after`` is the version that this one was made from, which must still be shown; None where it was made from none.
    """

    title: str
    kind: str
    access: Access
    source: str
    area_set_id: int
    fingerprint: str
    rows_read: int
    not_kept: Mapping[str, int]
    notes: tuple[str, ...]
    harm_of: Mapping[str, str]
    replaces: int | None = None
    unnamed: str | None = None
    after: int | None = None


@dataclass(frozen=True)
class Opened:
    """Why rows that were released as protected are counted exactly in an open dataset, and how that is ``logged``."""

    reason: str
    logged: Callable[[int, str], None]


def add_version(
    store: Store,
    principal: Principal,
    description: Description,
    placement: Placement,
    cube: Cube,
    rows_parquet: bytes,
    release: releases.Release | None = None,
    brought: Brought | None = None,
    opened: Opened | None = None,
) -> int:
    """Store a version in one transaction: its description, safe rows, counts and audit row; returns its dataset's id.

    It is shown from then on, and a version before it is superseded. ``release`` is what its dataset has released with
    it, in the place of what it had before; None leaves that as it is. ``brought`` is what is written down of its files.
    ``opened`` says why it counts rows exactly that were released as protected, which is a row of the audit too.
    Raises AlreadyThereError when the same bytes were imported before in the same way, InputError when the dataset it is
    to follow is not the person's own or shows another version by now than the one that this was made from, and when the
    title, the source or a category tells of a person.
    """
    require_role(principal, Role.ANALYST, Role.ADMIN)
    _require_clean(description, cube)
    counts = _counts_parquet(cube)
    with store.writing(principal, IMPORTED, lambda: f"dataset {dataset_id}, version {number}") as connection:
        _refuse_again(connection, principal, description.fingerprint)
        if description.unnamed is not None:
            _refuse_again(connection, principal, description.unnamed, unless_shown_by=description.replaces)
        stamp = added_by(principal)  # one moment for all that comes in together
        dataset_id, number = _next(connection, principal, description, stamp)
        values = _version_row(description, placement, cube) | {"dataset_id": dataset_id, "number": number}
        values |= {"rows": blobs.put(connection, rows_parquet), "counts": blobs.put(connection, counts)}
        seals.insert(connection, t.version, values | stamp)
        if release is not None:
            releases.write(connection, dataset_id, release, stamp)
        if number > 1:
            _show(connection, dataset_id, number)
        if brought:
            kind, rows = DeliveryKind.INCIDENTS, description.rows_read
            deliveries.record(connection, principal, kind, brought, rows=rows, number=dataset_id, version=number)
        if opened is not None:
            said = audit_row(principal, OPENED, f"dataset {dataset_id}: {opened.reason}")
            seals.append_to_audit(connection, said)
            opened.logged(dataset_id, releases.made_at(connection, dataset_id))
    return dataset_id


def restore(store: Store, principal: Principal, dataset_id: int, number: int) -> None:
    """Show a version of a dataset again. Raises InputError when there is none of this number."""
    require_role(principal, Role.ANALYST, Role.ADMIN)
    with store.writing(principal, "restore version", f"dataset {dataset_id}, version {number}") as connection:
        require_own(connection, principal, dataset_id)
        if number not in _numbers(connection, dataset_id):
            raise InputError(
                f"A version must be one that is kept, and dataset {dataset_id} has no version {number}; choose another."
            )
        _show(connection, dataset_id, number)


def remove(store: Store, principal: Principal, dataset_id: int, number: int | None = None) -> None:
    """Remove a dataset, or one version that is not shown: its rows, its counts, and the room they took on the disk.

    The audit keeps that it was there. Raises InputError for a version that is shown or that there is none of.
    """
    require_role(principal, Role.ANALYST, Role.ADMIN)
    what = f"dataset {dataset_id}" + ("" if number is None else f", version {number}")
    with store.writing(principal, "remove", what) as connection:
        delete(connection, principal, dataset_id, number)
    store.free_pages(principal)


def take_back(store: Store, principal: Principal, dataset_id: int) -> bool:
    """Remove the version that a dataset shows, so that the one before is shown again, or the dataset where it has none.

    It is done in one transaction. Returns whether a version is shown again. Raises InputError for a dataset that is not
    the organisation's own.
    """
    require_role(principal, Role.ANALYST, Role.ADMIN)
    with store.writing(principal, "undo import", f"dataset {dataset_id}") as connection:
        stays = delete_shown(connection, principal, dataset_id)
    store.free_pages(principal)
    return stays


def delete_shown(connection: sa.Connection, principal: Principal, dataset_id: int) -> bool:
    """Delete as ``take_back`` does, within the caller's transaction."""
    current = require_own(connection, principal, dataset_id)
    before = [number for number in _numbers(connection, dataset_id) if number < current]
    if before:
        _show(connection, dataset_id, max(before))
    delete(connection, principal, dataset_id, current if before else None)
    return bool(before)


def delete(connection: sa.Connection, principal: Principal, dataset_id: int, number: int | None) -> None:
    """Delete a dataset, or one version that is not shown, and the blobs that nothing names any more."""
    current = require_own(connection, principal, dataset_id)
    its = sa.and_(t.delivery.c.kind == DeliveryKind.INCIDENTS.value, t.delivery.c.number == dataset_id)
    if number is None:
        connection.execute(t.dataset.delete().where(t.dataset.c.id == dataset_id))
    elif number == current or number not in _numbers(connection, dataset_id):
        raise InputError(
            f"A version can be removed alone only while another is shown, and version {number} of dataset {dataset_id} "
            f"{'is shown' if number == current else 'is not there'}; restore another first, or remove the dataset."
        )
    else:
        this = sa.and_(t.version.c.dataset_id == dataset_id, t.version.c.number == number)
        connection.execute(t.version.delete().where(this))
        its = sa.and_(its, t.delivery.c.version == number)
    deliveries.mark_undone(connection, principal, its)
    blobs.remove_unheld(connection)


def _require_clean(description: Description, cube: Cube) -> None:
    from data.screening.kept_words import require_clean_kept  # lists are shown without what reads texts

    require_clean_kept("The title", [description.title])
    require_clean_kept("The source", [description.source])
    require_clean_kept("A category", {*cube.categories, *description.harm_of})


def _refuse_again(
    connection: sa.Connection, principal: Principal, fingerprint: str, unless_shown_by: int | None = None
) -> None:
    query = sa.select(t.version.c.number, t.dataset.c.id, t.dataset.c.current).join(
        t.dataset, t.version.c.dataset_id == t.dataset.c.id
    )
    same = sa.and_(t.version.c.fingerprint == fingerprint, t.dataset.c.owner == principal.organisation)
    there = connection.execute(query.where(same).order_by(t.version.c.id.desc())).first()
    if there is not None and not (there.id == unless_shown_by and there.number == there.current):
        old = f", version {there.number}, which a later one has superseded: restore it on the Datasets page"
        raise AlreadyThereError("dataset", int(there.id), "" if there.number == there.current else old)


def _next(
    connection: sa.Connection, principal: Principal, description: Description, stamp: Mapping[str, str]
) -> tuple[int, int]:
    """Return the dataset that a version belongs to, made where it is new, and the version's number."""
    if description.replaces is not None:
        current = require_own(connection, principal, description.replaces)
        if description.after not in (None, current):
            raise InputError(
                f"A version must follow the one that it was checked beside, and another version of "
                f"“{description.title}” came in meanwhile; check the files again."
            )
        return description.replaces, max(_numbers(connection, description.replaces)) + 1
    values = {"owner": principal.organisation, "title": description.title, "kind": description.kind}
    values |= {"access": description.access.value, "current": 1, **stamp}  # type: ignore[dict-item]
    return seals.insert(connection, t.dataset, values), 1


def _numbers(connection: sa.Connection, dataset_id: int) -> list[int]:
    return list(connection.scalars(sa.select(t.version.c.number).where(t.version.c.dataset_id == dataset_id)))


def _show(connection: sa.Connection, dataset_id: int, number: int) -> None:
    this = t.dataset.c.id == dataset_id
    row = connection.execute(sa.select(t.dataset).where(this)).mappings().one()
    seals.require_seal(connection, row, f"dataset {dataset_id}")
    connection.execute(t.dataset.update().where(this).values(seals.sealed(connection, {**row, "current": number})))
    versions = t.version.update().where(t.version.c.dataset_id == dataset_id)
    others = sa.and_(t.version.c.number != number, t.version.c.superseded_at.is_(None))
    connection.execute(versions.where(others).values(superseded_at=now()))
    connection.execute(versions.where(t.version.c.number == number).values(superseded_at=None))


def _version_row(description: Description, placement: Placement, cube: Cube) -> dict[str, Any]:
    return {
        "source": description.source,
        "fingerprint": description.fingerprint,
        "area_set_id": description.area_set_id,
        "first_month": cube.periods[0],
        "last_month": cube.periods[-1],
        "gaps": sorted(cube.missing),
        "rows_read": description.rows_read,
        "by_code": placement.by_code,
        "by_point": placement.by_point,
        "no_location": placement.no_location,
        "outside": placement.outside,
        "not_kept": dict(description.not_kept),
        "harm_of": dict(description.harm_of),
        "notes": list(description.notes),
    }


def _counts_parquet(cube: Cube) -> bytes:
    content = io.BytesIO()
    cells(cube).to_parquet(content, index=False, compression="zstd")
    return content.getvalue()
