"""Base maps in the store: tiles for the browser, the network of ways, and names, each as one blob.

Listing them needs no library of numbers or frames, so that those are loaded by the functions that keep or load them.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from data.principal import Principal
from data.store import blobs, deliveries, seals
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import AlreadyThereError, Store, added_by, require_keeper
from geo.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from data.records.base_map import BaseMapFound
    from geo.walking.way_network import WayNetwork

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
_E7: Final = 10_000_000  # points are kept in ten-millionths of a degree, as OpenStreetMap has them
_POINTS: Final = ("lon", "lat")
_STRETCHES: Final = ("start", "end")
_NAME, _NAMES = "name", "names"


@dataclass(frozen=True)
class BaseMap:
    """One base map as a list shows it.

    ``digest`` names its tiles, ``size`` is in bytes. ``counts``, ``left_out`` and ``closed`` say how many features
    there are of what, what was left out, and how many ways are closed to people on foot and why.
    """

    id: int
    title: str
    source: str
    attribution: str
    edition: str | None
    bounds: Bounds
    min_zoom: int
    max_zoom: int
    tiles: int
    stretches: int
    size: int
    counts: Mapping[str, int]
    left_out: Mapping[str, int]
    closed: Mapping[str, int]
    notes: tuple[str, ...]
    digest: str
    added_at: str
    added_by: str

    def meets(self, bounds: Bounds) -> bool:
        """Return whether any of its ground lies within bounds."""
        west, south, east, north = self.bounds
        return west <= bounds[2] and east >= bounds[0] and south <= bounds[3] and north >= bounds[1]

    def covers(self, bounds: Bounds) -> float:
        """Return how much of the ground within bounds it covers, in square degrees."""
        west, south, east, north = self.bounds
        across, along = min(east, bounds[2]) - max(west, bounds[0]), min(north, bounds[3]) - max(south, bounds[1])
        return max(across, 0.0) * max(along, 0.0)


def add_base_map(
    store: Store, principal: Principal, found: BaseMapFound, fingerprint: str, brought: Brought | None = None
) -> int:
    """Store a base map that was read; returns its id. Raises AlreadyThereError when the same one is there already.

    ``brought`` is what is written down of its files. Raises InputError for a title that tells of a person.
    """
    from data.screening.kept_words import require_clean_kept

    require_clean_kept("The title", [found.title])
    require_clean_kept("The source", [found.source])
    require_clean_kept("The edition", [found.edition])
    archive, network, names = found.archive, _pack_network(found.network), _pack_names(found.names)
    west, south, east, north = found.bounds
    values: dict[str, Any] = {
        "title": found.title,
        "source": found.source,
        "attribution": found.attribution,
        "edition": found.edition,
        "fingerprint": fingerprint,
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "min_zoom": found.min_zoom,
        "max_zoom": found.max_zoom,
        "tiles": found.tiles,
        "stretches": len(found.network.start),
        "size": len(archive) + len(network) + len(names),
        "counts": dict(found.counts),
        "left_out": dict(found.left_out),
        "closed": dict(found.network.left_out),
        "notes": list(found.notes),
        **added_by(principal),
    }
    with store.writing(principal, "add base map", lambda: f"base map {map_id}") as connection:
        there = _number_of(connection, fingerprint)
        if there is not None:
            raise AlreadyThereError("base map", there)
        for name, content in (("archive", archive), ("network", network), ("names", names)):
            values[name] = blobs.put(connection, content)
        map_id = seals.insert(connection, t.base_map, values)
        if brought:
            rows = sum(found.counts.values())
            deliveries.record(connection, principal, DeliveryKind.BASE_MAP, brought, rows=rows, number=map_id)
    return map_id


def number_of(store: Store, principal: Principal, fingerprint: str) -> int | None:
    """Return the number of the base map that is made of the same files; None where there is none."""
    with store.reading(principal) as connection:
        return _number_of(connection, fingerprint)


def base_maps(store: Store, principal: Principal) -> list[BaseMap]:
    """List the base maps, newest first."""
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.base_map).order_by(t.base_map.c.id.desc())).all()
        return [_listed(connection, row) for row in rows]


def base_map_for(store: Store, principal: Principal, bounds: Bounds) -> BaseMap | None:
    """Return the base map of the ground within bounds; None where none meets them.

    One with ways comes before one without. Of several it is the newest of those that cover at least half as much of the
    ground as any other does, so that a corner of a town does not take the place of its county.
    """
    around = [one for one in base_maps(store, principal) if one.meets(bounds)]
    able = [one for one in around if one.stretches] or around
    most = max((one.covers(bounds) for one in able), default=0.0)
    return next((one for one in able if one.covers(bounds) >= most / 2), None)


def tile_archive(store: Store, principal: Principal, digest: str) -> bytes | None:
    """Return the tiles of the base map with this digest, as a PMTiles file; None where it is not there or damaged."""
    with store.reading(principal) as connection:
        known = connection.scalar(sa.select(t.base_map.c.id).where(t.base_map.c.archive == digest).limit(1))
        content = connection.scalar(sa.select(t.blob.c.content).where(t.blob.c.sha256 == digest))
    return content if known is not None and content and seals.sha256(content) == digest else None


def load_network(store: Store, principal: Principal, map_id: int) -> WayNetwork:
    """Load the network of ways of a base map. Raises InputError when there is none with this id."""
    import numpy as np

    from geo.walking.way_network import WayNetwork

    row, content = _row_and_blob(store, principal, map_id, "network")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        lon, lat = (arrays[name] / _E7 for name in _POINTS)
        start, end = (arrays[name].astype(np.int64) for name in _STRETCHES)
        named = _NAME in arrays  # maps that were kept before their streets' names were have none
        name = arrays[_NAME].astype(np.int64) if named else np.zeros(0, dtype=np.int64)
        names = tuple(arrays[_NAMES].tolist()) if named else ()
    return WayNetwork(lon, lat, start, end, dict(row.closed), name, names)


def load_names(store: Store, principal: Principal, map_id: int) -> pd.DataFrame:
    """Load the names of a base map: ``name``, ``kind``, ``lon``, ``lat`` (degrees).

    Kinds are street, park, water, station, stop, school, place and postcode. Raises InputError when there is no base
    map with this id.
    """
    import pandas as pd

    _, content = _row_and_blob(store, principal, map_id, "names")
    return pd.read_parquet(io.BytesIO(content))


def remove_base_map(store: Store, principal: Principal, map_id: int) -> None:
    """Remove a base map and the room it took on the disk.

    Raises InputError when there is none with this id, PermissionError for people of an organisation that is only a
    guest of this store.
    """
    require_keeper(principal)
    with store.writing(principal, "remove base map", f"base map {map_id}") as connection:
        if not connection.execute(t.base_map.delete().where(t.base_map.c.id == map_id)).rowcount:
            raise _unknown(map_id)
        its = sa.and_(t.delivery.c.kind == DeliveryKind.BASE_MAP.value, t.delivery.c.number == map_id)
        deliveries.mark_undone(connection, principal, its)
        blobs.remove_unheld(connection)
    store.free_pages(principal)


def _number_of(connection: sa.Connection, fingerprint: str) -> int | None:
    found = connection.scalar(sa.select(t.base_map.c.id).where(t.base_map.c.fingerprint == fingerprint))
    return None if found is None else int(found)


def _row_and_blob(store: Store, principal: Principal, map_id: int, column: str) -> tuple[sa.Row[Any], bytes]:
    what = f"base map {map_id}"
    with store.reading(principal) as connection:
        row = connection.execute(sa.select(t.base_map).where(t.base_map.c.id == map_id)).one_or_none()
        if row is None:
            raise _unknown(map_id)
        seals.require_seal(connection, row._mapping, what)
        return row, blobs.get(connection, row._mapping[column], what)


def _listed(connection: sa.Connection, row: sa.Row[Any]) -> BaseMap:
    seals.require_seal(connection, row._mapping, f"base map {row.id}")
    values = dict(row._mapping)
    values["bounds"] = tuple(values.pop(side) for side in ("west", "south", "east", "north"))
    values["digest"] = values.pop("archive")
    values["notes"] = tuple(values["notes"])
    for other in ("network", "names", "fingerprint", seals.SEAL):
        del values[other]
    return BaseMap(**values)


def _pack_network(network: WayNetwork) -> bytes:
    import numpy as np

    arrays = {name: np.rint(getattr(network, name) * _E7).astype(np.int32) for name in _POINTS}
    arrays |= {name: getattr(network, name).astype(np.int32) for name in _STRETCHES}
    if network.names:
        arrays |= {_NAME: network.name.astype(np.int32), _NAMES: np.array(network.names, dtype=np.str_)}
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _pack_names(names: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    names.to_parquet(content, index=False, compression="zstd")
    return content.getvalue()


def _unknown(map_id: int) -> InputError:
    return InputError(
        f"A base map must be named by its number, and there is no map {map_id}; `python -m data status` lists those "
        "there are."
    )
