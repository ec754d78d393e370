"""Deliveries: what one bringing-in of files set up, so that it can be listed, known again and undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from data.principal import Principal
from data.store import seals
from data.store import tables as t
from data.store.store import Store, added_by, now
from geo.errors import InputError


class DeliveryKind(StrEnum):
    """What a delivery brought. All but ``OWN`` are everybody's who uses the store."""

    AREAS = "areas"
    LARGER_AREAS = "larger areas"
    RESIDENTS = "residents"
    DEPRIVATION = "deprivation"
    SCHOOLS = "schools"
    TERM_DATES = "term dates"
    BASE_MAP = "base map"
    HOTSPOTS = "hotspots"
    ACTIONS = "actions"
    CONTACTS = "contacts"
    TEACHING = "teaching"
    ORIGINS = "where pupils come from"
    PARTNER_LAYER = "partner layer"
    INCIDENTS = "incidents"  # police files too: a version of a dataset


OWN = (
    DeliveryKind.HOTSPOTS,
    DeliveryKind.ACTIONS,
    DeliveryKind.CONTACTS,
    DeliveryKind.TEACHING,
    DeliveryKind.ORIGINS,
    DeliveryKind.PARTNER_LAYER,
    DeliveryKind.INCIDENTS,
)


@dataclass(frozen=True)
class BroughtFile:
    """One file of a delivery: its SHA-256 as it was given, and its name, which files of incidents do not leave."""

    sha256: str
    name: str | None = None


@dataclass(frozen=True)
class Brought:
    """The files of a delivery that is to be written down, their bytes together, and what their bringer says of them."""

    title: str
    files: tuple[BroughtFile, ...]
    size: int
    edition: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Delivery:
    """One delivery; ``number`` is that of the area set, calendar, base map or dataset that it made.

    ``version`` is the version of the dataset. ``owner`` is the organisation that brought it, and alone can undo it.
    """

    id: int
    owner: str
    kind: DeliveryKind
    title: str
    edition: str | None
    source: str | None
    rows: int
    size: int
    area_set_id: int | None
    number: int | None
    version: int | None
    notes: tuple[str, ...]
    files: tuple[BroughtFile, ...]
    added_at: str
    added_by: str
    undone_at: str | None
    undone_by: str | None


def record(
    connection: sa.Connection,
    principal: Principal,
    kind: DeliveryKind,
    brought: Brought,
    *,
    rows: int,
    area_set_id: int | None = None,
    number: int | None = None,
    version: int | None = None,
    before: str | None = None,
    notes: Sequence[str] = (),
) -> int:
    """Write down a delivery within the caller's transaction; returns its number.

    ``before`` names the blob of what stood in its place, to be put back. Raises InputError for words that tell of a
    person.
    """
    _require_clean(brought)
    values: dict[str, Any] = {"owner": principal.organisation, "kind": kind.value, "title": brought.title, "rows": rows}
    values |= {"size": brought.size, "edition": brought.edition, "source": brought.source, "area_set_id": area_set_id}
    values |= {"number": number, "version": version, "before": before, "notes": list(notes)}
    values |= {"undone_at": None, "undone_by": None, **added_by(principal)}
    delivery_id = seals.insert(connection, t.delivery, values)
    listed = [
        {"delivery_id": delivery_id, "position": position, "name": one.name, "sha256": one.sha256}
        for position, one in enumerate(brought.files)
    ]
    if listed:
        connection.execute(t.delivery_file.insert(), listed)
    return delivery_id


def _require_clean(brought: Brought) -> None:
    from data.screening.kept_words import require_clean_kept  # lists are shown without what reads texts

    require_clean_kept("The name of a file", [one.name for one in brought.files], remedy="name the file anew")
    require_clean_kept("The title", [brought.title])
    require_clean_kept("The edition", [brought.edition])
    require_clean_kept("The source", [brought.source])


def mark_undone(connection: sa.Connection, principal: Principal, which: sa.ColumnElement[bool]) -> None:
    """Write down that deliveries are undone, within the caller's transaction; what they held to put back goes.

    Blobs that nothing names any more are left to the caller.
    """
    standing = sa.and_(which, t.delivery.c.undone_at.is_(None))
    for row in connection.execute(sa.select(t.delivery).where(standing)).mappings().all():
        seals.require_seal(connection, row, f"delivery {row['id']}")
        gone = {"undone_at": now(), "undone_by": principal.who, "before": None, "area_set_id": None}
        this = t.delivery.c.id == row["id"]
        connection.execute(t.delivery.update().where(this).values(seals.sealed(connection, {**row, **gone})))


def deliveries(store: Store, principal: Principal) -> list[Delivery]:
    """List what was brought in, the newest first, undone ones too: all that is everybody's, and the person's own."""
    with store.reading(principal) as connection:
        return _listed(connection, principal)


def delivery(store: Store, principal: Principal, delivery_id: int) -> Delivery:
    """Return one delivery. Raises InputError when this person can see none with this number."""
    found = next((one for one in deliveries(store, principal) if one.id == delivery_id), None)
    if found is None:
        raise InputError(
            f"A delivery must be named by its number, and there is no delivery {delivery_id}; the Datasets page lists "
            "those there are."
        )
    return found


def known_files(store: Store, principal: Principal, digests: Iterable[str]) -> dict[str, Delivery]:
    """Return, of files by their SHA-256, the newest delivery in which each came in; one that stands comes first."""
    wanted = set(digests)
    found: dict[str, Delivery] = {}
    listed = deliveries(store, principal)
    for one in sorted(listed, key=lambda each: each.undone_at is not None):  # stable: the newest first of each kind
        for file in one.files:
            if file.sha256 in wanted:
                found.setdefault(file.sha256, one)
    return found


def _listed(connection: sa.Connection, principal: Principal) -> list[Delivery]:
    mine = sa.or_(t.delivery.c.owner == principal.organisation, t.delivery.c.kind.not_in([kind.value for kind in OWN]))
    rows = connection.execute(sa.select(t.delivery).where(mine).order_by(t.delivery.c.id.desc())).all()
    files = connection.execute(sa.select(t.delivery_file).order_by(t.delivery_file.c.position)).all()
    of: dict[int, list[BroughtFile]] = {}
    for file in files:
        of.setdefault(file.delivery_id, []).append(BroughtFile(file.sha256, file.name))
    return [_delivery(connection, row, of.get(row.id, [])) for row in rows]


def _delivery(connection: sa.Connection, row: sa.Row[Any], files: Sequence[BroughtFile]) -> Delivery:
    seals.require_seal(connection, row._mapping, f"delivery {row.id}")
    values = {name: value for name, value in row._mapping.items() if name not in ("before", seals.SEAL)}
    values |= {"kind": DeliveryKind(row.kind), "notes": tuple(row.notes), "files": tuple(files)}
    return Delivery(**values)
