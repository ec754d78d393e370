"""Facts of an area set that are added or taken back after the set was made: residents, deprivation, larger areas.

The areas themselves never change: codes, names, order and shapes stay as they were. So do zones that a protected
dataset was released by, which stay inside of larger areas.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import pyarrow.parquet as pq
import sqlalchemy as sa

from data.principal import Principal
from data.store import blobs, deliveries, seals
from data.store import tables as t
from data.store.area_sets import load_area_set, to_parquet
from data.store.deliveries import Brought, Delivery, DeliveryKind
from data.store.store import FACTS, Store, require_keeper
from geo import columns as c
from geo.areas.area_set import DEGREES, LEVELS, AreaSet
from geo.areas.drawing import pack_drawing
from geo.errors import InputError
from geo.release.nesting import zones_stay

COLUMNS: Final[Mapping[DeliveryKind, Sequence[str]]] = {
    DeliveryKind.LARGER_AREAS: [column(level) for level in LEVELS for column in (c.parent_code, c.parent_name)],
    DeliveryKind.RESIDENTS: [c.RESIDENTS],
    DeliveryKind.DEPRIVATION: [c.DEPRIVATION],
}
Drawings = Mapping[str, bytes | None]  # level → GeoJSON; None: there is none any more


@dataclass(frozen=True)
class StandingAreas:
    """An area set as it stands, and the name of its content, by which a change between is noticed."""

    id: int
    areas: AreaSet
    content: str


@dataclass(frozen=True)
class Known:
    """What is known of the areas of a set: for how many residents and deprivation, and the larger areas by level."""

    residents: int
    deprivation: int
    larger: Mapping[str, int]


@dataclass(frozen=True)
class AddedFacts:
    """One kind of facts of areas that came in, for how many areas, with its files and notes."""

    kind: DeliveryKind
    brought: Brought
    rows: int
    notes: Sequence[str] = ()


def standing(store: Store, principal: Principal, set_id: int) -> StandingAreas:
    """Load an area set as it stands. Raises InputError when there is none with this id."""
    areas = load_area_set(store, principal, set_id)
    with store.reading(principal) as connection:
        content = connection.scalar(sa.select(t.area_set.c.areas).where(t.area_set.c.id == set_id))
    return StandingAreas(set_id, areas, str(content))


def known(store: Store, principal: Principal, set_id: int) -> Known:
    """Return what is known of the areas of a set, without loading their shapes."""
    with store.reading(principal) as connection:
        content = connection.scalar(
            sa.select(t.blob.c.content).join(t.area_set, t.area_set.c.areas == t.blob.c.sha256).where(_this(set_id))
        )
    file = pq.ParquetFile(io.BytesIO(content or b""))
    named = [name for name in file.schema_arrow.names if name != c.GEOMETRY]
    table = file.read(columns=named)
    figures = {name: table[name] for name in (c.RESIDENTS, c.DEPRIVATION) if name in named}
    has = {name: len(column) - int(column.null_count) for name, column in figures.items()}
    larger = {level: len(table[c.parent_code(level)].unique()) for level in LEVELS if c.parent_code(level) in named}
    return Known(has.get(c.RESIDENTS, 0), has.get(c.DEPRIVATION, 0), larger)


def without(store: Store, principal: Principal, one: Delivery, now: AreaSet) -> AreaSet:
    """Return areas as they are ``now``, but with the facts of a delivery's kind as they were before it."""
    with store.reading(principal) as connection:
        name = connection.scalar(sa.select(t.delivery.c.before).where(t.delivery.c.id == one.id))
        content = blobs.get(connection, str(name), f"delivery {one.id}")
    before, frame = gpd.read_parquet(io.BytesIO(content)), now.frame.copy()
    for column in COLUMNS[one.kind]:
        if column in before.columns:
            frame[column] = before[column].to_numpy()
        elif column in frame.columns:
            frame = frame.drop(columns=column)
    return AreaSet(now.title, now.level, frame, now.known_as)


def add(
    store: Store,
    principal: Principal,
    before: StandingAreas,
    after: AreaSet,
    added: Sequence[AddedFacts],
    drawn: Drawings,
) -> list[int]:
    """Keep facts of areas in one transaction, one delivery for each kind; returns their numbers.

    ``drawn`` are the drawings that are new, other or gone. Raises InputError when the set was changed since ``before``,
    and where other larger areas would change the zones that a protected dataset was released by; PermissionError for
    people of an organisation that is only a guest of this store, since areas are everybody's.
    """
    require_keeper(principal)
    frame, made = before.areas.frame.copy(), list[int]()
    with store.writing(principal, FACTS, f"area set {before.id}: {', '.join(one.kind for one in added)}") as connection:
        row = _require_same(connection, before)
        _require_zones(connection, before, after)
        for one in added:
            stood = row["areas"]
            for column in COLUMNS[one.kind]:
                if column in after.frame.columns:
                    frame[column] = after.frame[column].to_numpy()
            row = _write(connection, row, frame)
            its = {"area_set_id": before.id, "number": before.id, "before": stood, "notes": one.notes}
            made.append(deliveries.record(connection, principal, one.kind, one.brought, rows=one.rows, **its))
        _draw(connection, before.id, drawn)
    return made


def take_back(
    store: Store, principal: Principal, one: Delivery, before: StandingAreas, after: AreaSet, drawn: Drawings
) -> None:
    """Put back the facts that stood before a delivery, in one transaction.

    Raises InputError and PermissionError as ``add`` does, and InputError for a delivery that is undone already or is
    not the newest of its kind.
    """
    require_keeper(principal)
    with store.writing(principal, FACTS, f"area set {before.id}: undo {one.kind}, delivery {one.id}") as connection:
        why = newer(connection, one)
        if why is not None:
            raise InputError(why)
        row = _require_same(connection, before)
        _require_zones(connection, before, after)
        _write(connection, row, after.frame)
        _draw(connection, before.id, drawn)
        deliveries.mark_undone(connection, principal, t.delivery.c.id == one.id)
        blobs.remove_unheld(connection)
    store.free_pages(principal)


def newer(connection: sa.Connection, one: Delivery) -> str | None:
    """Say that a delivery of facts is not the newest of its kind that stands, or stands no more; None where it is."""
    same = sa.and_(t.delivery.c.area_set_id == one.area_set_id, t.delivery.c.kind == one.kind.value)
    newest = connection.scalar(sa.select(sa.func.max(t.delivery.c.id)).where(same, t.delivery.c.undone_at.is_(None)))
    if newest == one.id:
        return None
    return f"Newer {one.kind} came in for these areas since; undo those first."


def _write(connection: sa.Connection, row: Mapping[Any, Any], frame: gpd.GeoDataFrame) -> dict[str, Any]:
    geo = gpd.GeoDataFrame(frame, geometry=c.GEOMETRY, crs=DEGREES)
    values = seals.sealed(connection, {**row, "areas": blobs.put(connection, to_parquet(geo))})
    connection.execute(t.area_set.update().where(_this(row["id"])).values(values))
    return values


def _draw(connection: sa.Connection, set_id: int, drawn: Drawings) -> None:
    for level, content in drawn.items():
        connection.execute(t.drawing.delete().where(_drawing(set_id), t.drawing.c.level == level))
        if content is not None:
            name, packed = pack_drawing(content)
            values = {"area_set_id": set_id, "level": level, "digest": name, "content": packed}
            connection.execute(t.drawing.insert().values(values))


def _require_same(connection: sa.Connection, before: StandingAreas) -> Mapping[Any, Any]:
    row = connection.execute(sa.select(t.area_set).where(_this(before.id))).mappings().one_or_none()
    if row is None or row["areas"] != before.content:
        raise InputError(
            f"Areas must be as they were when these facts were read, and somebody else has changed those of "
            f"“{before.areas.title}” meanwhile; try again."
        )
    seals.require_seal(connection, row, f"area set {before.id}")
    return row


def _require_zones(connection: sa.Connection, before: StandingAreas, after: AreaSet) -> None:
    """Refuse other larger areas where a protected dataset was released by zones that stay inside of them."""
    if zones_stay(before.areas, after):
        return
    released = sa.select(t.release.c.dataset_id).join(t.version, t.version.c.dataset_id == t.release.c.dataset_id)
    if connection.execute(released.where(t.version.c.area_set_id == before.id).limit(1)).first() is not None:
        raise InputError(
            f"Larger areas that hold the zones of protected counts must stay as they were released by, and a protected "
            f"dataset has been released by those of “{before.areas.title}”; load the areas anew with these larger "
            "areas, as a set of their own."
        )


def _this(set_id: int) -> sa.ColumnElement[bool]:
    return t.area_set.c.id == set_id


def _drawing(set_id: int) -> sa.ColumnElement[bool]:
    return t.drawing.c.area_set_id == set_id
