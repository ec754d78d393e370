"""What an organisation's own names of places mean, as a person confirmed it once."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from data.principal import Principal
from data.store import seals
from data.store import tables as t
from data.store.store import Store, added_by
from geo.wording import how_many


class NameKind(StrEnum):
    """What the name of a place stands for."""

    HOTSPOT = "hotspot"
    MAP = "map"  # a street, park, station, stop or named place of a base map
    AREA = "area"
    SCHOOL = "school"  # its site
    NOWHERE = "nowhere"  # kept without a location


@dataclass(frozen=True)
class PlaceMeaning:
    """A name, as ``place_matching.name_key`` writes it, and what it stands for.

    ``target`` is what that is called: of an area its code; None where it is nowhere. ``lon`` and ``lat`` are degrees
    (EPSG:4326), None of areas and of what is nowhere.
    """

    name: str
    kind: NameKind
    target: str | None = None
    lon: float | None = None
    lat: float | None = None


def put_names(store: Store, principal: Principal, meanings: Iterable[PlaceMeaning]) -> int:
    """Keep what names of places mean, in place of what they meant before; returns how many. The audit has no name.

    Raises InputError for a name that tells of a person or a home.
    """
    kept = list({one.name: one for one in meanings}.values())
    if not kept:
        return 0
    from data.screening.kept_words import require_clean_kept

    require_clean_kept("The name of a place", [one.name for one in kept], are_places=True)
    require_clean_kept("What a place is called", [one.target for one in kept], are_places=True)
    stamp = {"owner": principal.organisation, **added_by(principal)}
    rows = [
        {"name": one.name, "kind": one.kind.value, "target": one.target, "lon": one.lon, "lat": one.lat, **stamp}
        for one in kept
    ]
    with store.writing(principal, "put names of places", how_many(len(kept), "name", "names")) as connection:
        connection.execute(
            t.place_name.delete().where(_own(principal), t.place_name.c.name.in_([one.name for one in kept]))
        )
        connection.execute(t.place_name.insert(), [seals.sealed(connection, row) for row in rows])
    return len(kept)


def place_names(store: Store, principal: Principal) -> dict[str, PlaceMeaning]:
    """Return what the names of the person's organisation mean, by name.

    Raises DamagedError when one is not as it was kept.
    """
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.place_name).where(_own(principal)).order_by(t.place_name.c.name)).all()
        for row in rows:
            seals.require_seal(connection, row._mapping, "the names of places")
    return {row.name: PlaceMeaning(row.name, NameKind(row.kind), row.target, row.lon, row.lat) for row in rows}


def forget_names(store: Store, principal: Principal, names: Iterable[str]) -> int:
    """Forget what names of the person's organisation mean, so that they are asked for again; returns how many."""
    gone = sorted(set(names))
    with store.writing(principal, "forget names of places", how_many(len(gone), "name", "names")) as connection:
        done = connection.execute(t.place_name.delete().where(_own(principal), t.place_name.c.name.in_(gone)))
    return int(done.rowcount)


def _own(principal: Principal) -> sa.ColumnElement[bool]:
    return t.place_name.c.owner == principal.organisation
