"""Places at rest: schools, their term dates, and the register of known hotspots."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
import sqlalchemy as sa

from data.principal import Principal
from data.store import seals
from data.store import tables as t
from data.store.store import AlreadyThereError, Store, added_by, insert
from geo import columns as c
from geo.areas import DEGREES

_HOTSPOT_COLUMNS = (c.REFERENCE, c.NAME, c.PLACE_TYPE, c.HARM, c.STATUS, "last_reported", "next_review", "watched_by")


def put_schools(store: Store, principal: Principal, schools: pd.DataFrame) -> int:
    """Keep schools (``urn``, ``name``, ``phase``, ``lon``, ``lat``), replacing those of the same URN; give how many."""
    stamp = added_by(principal)
    records = [
        {"urn": row.urn, "name": row.name, "phase": row.phase, "lon": row.lon, "lat": row.lat, **stamp}
        for row in schools.itertuples(index=False)
    ]
    with store.writing(principal, "put schools", f"{len(records)} schools") as connection:
        for record in records:
            _put(connection, t.school, seals.sealed(record))
    return len(records)


def schools(store: Store, principal: Principal) -> pd.DataFrame:
    """List the schools by name: ``urn``, ``name``, ``phase``, ``lon``, ``lat``."""
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.school).order_by(t.school.c.name, t.school.c.urn)).all()
    return _whole(rows, t.school, "the list of schools")[[c.URN, c.NAME, c.PHASE, c.LON, c.LAT]]


def add_calendar(store: Store, principal: Principal, title: str, entries: pd.DataFrame, fingerprint: str) -> int:
    """Keep term dates (``label``, ``first_day``, ``last_day``, ``kind``); give the id.

    Raises AlreadyThereError when the same dates are there already.
    """
    with store.writing(principal, "add calendar", title) as connection:
        there = connection.scalar(sa.select(t.calendar.c.id).where(t.calendar.c.fingerprint == fingerprint))
        if there is not None:
            raise AlreadyThereError("calendar", int(there))
        values: dict[str, object] = {"title": title, "fingerprint": fingerprint, **added_by(principal)}
        calendar_id = insert(connection, t.calendar, values)
        connection.execute(
            t.calendar_entry.insert(),
            [
                seals.sealed(
                    {
                        "calendar_id": calendar_id,
                        "position": position,
                        "label": row.label,
                        "first_day": f"{row.first_day:%Y-%m-%d}",
                        "last_day": f"{row.last_day:%Y-%m-%d}",
                        "kind": row.kind,
                    }
                )
                for position, row in enumerate(entries.itertuples(index=False))
            ],
        )
    return calendar_id


def put_hotspots(store: Store, principal: Principal, hotspots: gpd.GeoDataFrame) -> int:
    """Keep known hotspots in the register of the person's organisation, replacing those with the same reference."""
    stamp = {"owner": principal.organisation, **added_by(principal)}
    records = [
        {name: _plain(getattr(row, name)) for name in _HOTSPOT_COLUMNS}
        | {"shape": shapely.to_wkb(row.geometry)}
        | stamp
        for row in hotspots.itertuples(index=False)
    ]
    with store.writing(principal, "put hotspots", f"{len(records)} hotspots") as connection:
        for record in records:
            _put(connection, t.hotspot, seals.sealed(record))
    return len(records)


def hotspots(store: Store, principal: Principal) -> gpd.GeoDataFrame:
    """List the known hotspots of the person's organisation (EPSG:4326), dates as text "2025-09-01" or None."""
    query = sa.select(t.hotspot).where(t.hotspot.c.owner == principal.organisation)
    with store.reading(principal) as connection:
        rows = connection.execute(query.order_by(t.hotspot.c.reference)).all()
    frame = _whole(rows, t.hotspot, "the register of hotspots")[[*_HOTSPOT_COLUMNS, "shape"]]
    return gpd.GeoDataFrame(
        frame.drop(columns="shape"), geometry=shapely.from_wkb(frame["shape"].to_numpy()), crs=DEGREES
    )


def _whole(rows: Sequence[sa.Row[Any]], table: sa.Table, what: str) -> pd.DataFrame:
    """Give whole rows of a table as a frame, after a look at their seals."""
    for row in rows:
        seals.require_seal(row._mapping, what)
    return pd.DataFrame(rows, columns=[column.name for column in table.c])


def _put(connection: sa.Connection, table: sa.Table, record: dict[str, object]) -> None:
    """Change the row of the same key, so that what hangs on it stays, or add the row where there is none."""
    same = sa.and_(*(column == record[column.name] for column in table.primary_key))
    if not connection.execute(table.update().where(same).values(record)).rowcount:
        connection.execute(table.insert().values(record))


def _plain(value: object) -> str | None:
    if value is None or value is pd.NaT or value != value:
        return None
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)
