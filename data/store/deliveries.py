"""Deliveries: what one bringing-in of files set up, so that it can be listed, known again and undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from data.principal import Principal
from data.store import seals
from data.store import tables as t
from data.store.store import Store, added_by, insert


class DeliveryKind(StrEnum):
    """What a delivery brought. All but hotspots, actions and incidents are everybody's who uses the store."""

    AREAS = "areas"
    LARGER_AREAS = "larger areas"
    RESIDENTS = "residents"
    DEPRIVATION = "deprivation"
    SCHOOLS = "schools"
    TERM_DATES = "term dates"
    BASE_MAP = "base map"
    HOTSPOTS = "hotspots"
    ACTIONS = "actions"
    INCIDENTS = "incidents"  # police files too: a version of a dataset


OWN = (DeliveryKind.HOTSPOTS, DeliveryKind.ACTIONS, DeliveryKind.INCIDENTS)


@dataclass(frozen=True)
class BroughtFile:
    """One file of a delivery: its SHA-256 as it was given, and its name, which files of incidents do not leave."""

    sha256: str
    name: str | None = None


@dataclass(frozen=True)
class Delivery:
    """One delivery; ``number`` is that of the area set, calendar, base map or dataset that it made."""

    id: int
    kind: DeliveryKind
    title: str
    edition: str | None
    source: str | None
    rows: int
    size: int
    area_set_id: int | None
    number: int | None
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
    title: str,
    files: Iterable[BroughtFile],
    *,
    rows: int,
    size: int,
    edition: str | None = None,
    source: str | None = None,
    area_set_id: int | None = None,
    number: int | None = None,
    before: str | None = None,
    notes: Sequence[str] = (),
) -> int:
    """Write down a delivery within the caller's transaction; returns its number.

    ``before`` names the blob of what stood in its place.
    """
    values: dict[str, Any] = {"owner": principal.organisation, "kind": kind.value, "title": title, "rows": rows}
    values |= {"size": size, "edition": edition, "source": source, "area_set_id": area_set_id, "number": number}
    values |= {"before": before, "notes": list(notes), "undone_at": None, "undone_by": None, **added_by(principal)}
    delivery_id = insert(connection, t.delivery, seals.sealed(values))
    listed = [
        {"delivery_id": delivery_id, "position": position, "name": one.name, "sha256": one.sha256}
        for position, one in enumerate(files)
    ]
    if listed:
        connection.execute(t.delivery_file.insert(), listed)
    return delivery_id


def deliveries(store: Store, principal: Principal) -> list[Delivery]:
    """List what was brought in, the newest first, undone ones too: all that is everybody's, and the person's own."""
    mine = sa.or_(t.delivery.c.owner == principal.organisation, t.delivery.c.kind.not_in([kind.value for kind in OWN]))
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.delivery).where(mine).order_by(t.delivery.c.id.desc())).all()
        files = connection.execute(sa.select(t.delivery_file).order_by(t.delivery_file.c.position)).all()
    for row in rows:
        seals.require_seal(row._mapping, f"delivery {row.id}")
    of: dict[int, list[BroughtFile]] = {}
    for file in files:
        of.setdefault(file.delivery_id, []).append(BroughtFile(file.sha256, file.name))
    return [
        Delivery(
            id=row.id,
            kind=DeliveryKind(row.kind),
            title=row.title,
            edition=row.edition,
            source=row.source,
            rows=row.rows,
            size=row.size,
            area_set_id=row.area_set_id,
            number=row.number,
            notes=tuple(row.notes),
            files=tuple(of.get(row.id, ())),
            added_at=row.added_at,
            added_by=row.added_by,
            undone_at=row.undone_at,
            undone_by=row.undone_by,
        )
        for row in rows
    ]


def known_files(store: Store, principal: Principal, digests: Iterable[str]) -> dict[str, Delivery]:
    """Return, of files by their SHA-256, the newest delivery that still stands in which each came in."""
    wanted = set(digests)
    found: dict[str, Delivery] = {}
    for one in deliveries(store, principal):
        for file in one.files:
            if one.undone_at is None and file.sha256 in wanted:
                found.setdefault(file.sha256, one)
    return found
