"""What a place is made of, as its tables hold it: areas, schools, term dates, known hotspots and actions, counted."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.principal import Principal
from data.store import tables as t
from data.store.deliveries import DeliveryKind
from data.store.store import Store


@dataclass(frozen=True)
class HeldPart:
    """One part of a place; ``rows`` counts what it holds, ``used`` what hangs on it.

    ``number`` is that of an area set or a calendar; None where all of a kind are one. ``detail`` is the level of areas,
    or the school whose term dates they are. ``added_at`` and ``added_by`` are of the newest of its rows.
    """

    kind: DeliveryKind
    number: int | None
    title: str | None
    detail: str | None
    rows: int
    used: int
    added_at: str
    added_by: str


def held(store: Store, principal: Principal) -> list[HeldPart]:
    """List the parts of the place: what is everybody's, and the hotspots and actions of the person's organisation.

    What hangs on areas are datasets, on schools those with term dates of their own, on hotspots their actions.
    """
    with store.reading(principal) as connection:
        own = connection.scalar(sa.select(sa.func.count(sa.distinct(t.calendar_school.c.urn)))) or 0
        acted = sa.select(sa.func.count()).where(t.action.c.owner == principal.organisation)
        return [
            *_area_sets(connection),
            *_all_of(connection, DeliveryKind.SCHOOLS, t.school, own),
            *_calendars(connection),
            *_all_of(
                connection, DeliveryKind.HOTSPOTS, t.hotspot, connection.scalar(acted) or 0, principal.organisation
            ),
            *_all_of(connection, DeliveryKind.ACTIONS, t.action, 0, principal.organisation),
            *_all_of(connection, DeliveryKind.ORIGINS, t.pupil_origin, 0, principal.organisation),
        ]


def _area_sets(connection: sa.Connection) -> list[HeldPart]:
    counting = sa.select(t.version.c.area_set_id, sa.func.count(sa.distinct(t.version.c.dataset_id)))
    used = _pairs(connection, counting.group_by(t.version.c.area_set_id))
    return [
        HeldPart(DeliveryKind.AREAS, r.id, r.title, r.level, r.size, used.get(r.id, 0), r.added_at, r.added_by)
        for r in connection.execute(sa.select(t.area_set).order_by(t.area_set.c.id))
    ]


def _calendars(connection: sa.Connection) -> list[HeldPart]:
    counting = sa.select(t.calendar_entry.c.calendar_id, sa.func.count()).group_by(t.calendar_entry.c.calendar_id)
    entries = _pairs(connection, counting)
    named = sa.select(t.calendar_school.c.calendar_id, t.school.c.name).join(
        t.school, t.school.c.urn == t.calendar_school.c.urn
    )
    school = _pairs(connection, named)
    return [
        HeldPart(
            DeliveryKind.TERM_DATES, r.id, r.title, school.get(r.id), entries.get(r.id, 0), 0, r.added_at, r.added_by
        )
        for r in connection.execute(sa.select(t.calendar).order_by(t.calendar.c.id))
    ]


def _all_of(
    connection: sa.Connection, kind: DeliveryKind, table: sa.Table, used: int, owner: str | None = None
) -> list[HeldPart]:
    """Return all rows of a table as one part, or those of an owner; nothing where there are none."""
    its = sa.true() if owner is None else table.c.owner == owner
    rows = connection.scalar(sa.select(sa.func.count()).select_from(table).where(its)) or 0
    newest = sa.select(table.c.added_at, table.c.added_by).where(its).order_by(table.c.added_at.desc()).limit(1)
    last = connection.execute(newest).first()
    return [] if last is None else [HeldPart(kind, None, None, None, rows, used, last.added_at, last.added_by)]


def _pairs(connection: sa.Connection, query: sa.Select[Any]) -> dict[Any, Any]:
    return {row[0]: row[1] for row in connection.execute(query)}
