"""Area sets in the store: their shapes, residents and parents, and what the browser draws of them.

Listing them needs no library of shapes, so that those are loaded by the functions that keep or load shapes.
"""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.principal import Principal
from data.store import blobs, deliveries, seals
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import NAMED, AlreadyThereError, Store, added_by
from geo import columns as c
from geo.errors import InputError

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.areas.area_set import AreaSet


@dataclass(frozen=True)
class AreaSetSummary:
    """One area set as a list shows it: ``size`` is its number of areas."""

    id: int
    title: str
    level: str
    size: int
    notes: tuple[str, ...]
    added_at: str


def add_area_set(
    store: Store,
    principal: Principal,
    areas: AreaSet,
    drawings: dict[str, bytes],
    notes: list[str],
    fingerprint: str,
    brought: Brought | None = None,
) -> int:
    """Store an area set and its drawings (level → GeoJSON); returns its id.

    ``brought`` is what is written down of its files. Raises AlreadyThereError when the same set is there already,
    InputError for a title that tells of a person.
    """
    from data.screening.kept_words import require_clean_kept
    from geo.areas.drawing import pack_drawing

    require_clean_kept("The title", [areas.title])
    require_clean_kept("The level", [areas.level])
    values = {
        "title": areas.title,
        "level": areas.level,
        "size": len(areas.frame),
        "fingerprint": fingerprint,
        "notes": notes,
        **added_by(principal),
    }
    with store.writing(principal, "add area set", lambda: f"area set {set_id}") as connection:
        there = connection.scalar(sa.select(t.area_set.c.id).where(t.area_set.c.fingerprint == fingerprint))
        if there is not None:
            raise AlreadyThereError("area set", int(there))
        named = blobs.put(connection, to_parquet(areas.frame))
        set_id = seals.insert(connection, t.area_set, {**values, "areas": named})
        for level, content in drawings.items():
            name, packed = pack_drawing(content)
            row = {"area_set_id": set_id, "level": level, "digest": name, "content": packed}
            connection.execute(t.drawing.insert().values(row))
        if brought:
            deliveries.record(
                connection, principal, DeliveryKind.AREAS, brought, rows=len(areas.frame), number=set_id, notes=notes
            )
    return set_id


def area_sets(store: Store, principal: Principal) -> list[AreaSetSummary]:
    """List the area sets, oldest first."""
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.area_set).order_by(t.area_set.c.id)).all()
        for row in rows:
            seals.require_seal(connection, row._mapping, f"area set {row.id}")
    return [AreaSetSummary(r.id, r.title, r.level, r.size, tuple(r.notes), r.added_at) for r in rows]


def load_area_set(store: Store, principal: Principal, set_id: int) -> AreaSet:
    """Load one area set. Raises InputError when there is none with this id."""
    import geopandas as gpd

    from geo.areas.area_set import AreaSet

    with store.reading(principal) as connection:
        row = connection.execute(sa.select(t.area_set).where(t.area_set.c.id == set_id)).one_or_none()
        if row is None:
            raise InputError(
                f"An area set must be named by its number, and there is no set {set_id}; "
                "`python -m data status` lists those there are."
            )
        seals.require_seal(connection, row._mapping, f"area set {set_id}")
        content = blobs.get(connection, row.areas, f"area set {set_id}")
        named = connection.execute(sa.select(t.neighbourhood).where(_of_set(set_id))).one_or_none()
        if named is not None:
            seals.require_seal(connection, named._mapping, f"the neighbourhoods of area set {set_id}")
    known_as = {} if named is None else dict(named.name_of)
    return AreaSet(row.title, row.level, gpd.read_parquet(io.BytesIO(content)), known_as)


def name_areas(store: Store, principal: Principal, set_id: int, names: dict[str, str]) -> None:
    """Keep what people call the place around the areas of a set, by their codes, in the place of what was kept before.

    The set itself stays as it was sealed, and so does all that was counted or released by it.
    """
    values = {"area_set_id": set_id, "name_of": dict(sorted(names.items())), **added_by(principal)}
    with store.writing(principal, NAMED, f"area set {set_id}") as connection:
        connection.execute(t.neighbourhood.delete().where(_of_set(set_id)))
        connection.execute(t.neighbourhood.insert().values(seals.sealed(connection, values)))


def _of_set(set_id: int) -> sa.ColumnElement[bool]:
    return t.neighbourhood.c.area_set_id == set_id


def drawing_digests(store: Store, principal: Principal, set_id: int) -> dict[str, str]:
    """Return the digest of each drawing of an area set by level."""
    query = sa.select(t.drawing.c.level, t.drawing.c.digest).where(t.drawing.c.area_set_id == set_id)
    with store.reading(principal) as connection:
        return {row.level: row.digest for row in connection.execute(query)}


def packed_drawing(store: Store, principal: Principal, name: str) -> bytes | None:
    """Return a drawing (gzipped GeoJSON) by its digest, or None; also when it is not as it was written."""
    query = sa.select(t.drawing.c.content).where(t.drawing.c.digest == name).limit(1)
    with store.reading(principal) as connection:
        content = connection.scalar(query)
    return content if content is not None and is_whole(content, name) else None


def is_whole(packed: bytes, name: str) -> bool:
    """Return whether a packed drawing is what its digest names."""
    from geo.areas.drawing import digest

    try:
        return digest(gzip.decompress(packed)) == name
    except (OSError, EOFError, zlib.error):
        return False


def to_parquet(frame: gpd.GeoDataFrame) -> bytes:
    """Return areas as the store keeps them: GeoParquet of their codes, names, facts and shapes."""
    wanted = [c.AREA, c.NAME, c.RESIDENTS, c.DEPRIVATION]
    kept = [column for column in frame.columns if column in wanted or column.endswith(("_code", "_name"))]
    content = io.BytesIO()
    frame[[*kept, "geometry"]].to_parquet(content, index=False, compression="zstd")
    return content.getvalue()
