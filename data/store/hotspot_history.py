"""The history of the register: one row for each revision of an entry, kept also when the entry is gone."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from data.principal import Principal
from data.store import seals
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.hotspot_rows import differences
from data.store.store import added_by
from geo.register.fields import BY_COLUMN, say
from geo.register.hotspot import HotspotChange

_WHAT = "the history of a hotspot"  # as an error calls it


def changes_of(connection: sa.Connection, owner: str, reference: str) -> list[Mapping[str, Any]]:
    """Return the changes of an entry as they are kept, newest first.

    Raises DamagedError for one that has changed on disk, and where one is missing.
    """
    these = sa.and_(t.hotspot_change.c.owner == owner, t.hotspot_change.c.reference == reference)
    query = sa.select(t.hotspot_change).where(these).order_by(t.hotspot_change.c.revision.desc())
    rows: list[Mapping[str, Any]] = [dict(row) for row in connection.execute(query).mappings()]
    for row in rows:
        seals.require_seal(connection, row, _WHAT)
    if any(newer["revision"] != older["revision"] + 1 for newer, older in pairwise(rows)):
        raise DamagedError(_WHAT)
    return rows


def last_change(connection: sa.Connection, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the newest change of an entry; None where it has not been changed since it is kept.

    Raises DamagedError where it is not the one that made the entry what it is.
    """
    newest = next(iter(changes_of(connection, row["owner"], row["reference"])), None)
    if newest is not None and newest["revision"] != row["revision"]:
        raise DamagedError(_WHAT)
    return newest


def last_revisions(connection: sa.Connection, owner: str) -> dict[str, int]:
    """Return the newest revision of each reference that an organisation's register has or had."""
    found: dict[str, int] = {}
    for table in (t.hotspot_change, t.hotspot):
        newest = sa.select(table.c.reference, sa.func.max(table.c.revision)).where(table.c.owner == owner)
        for reference, revision in connection.execute(newest.group_by(table.c.reference)):
            found[reference] = max(int(revision), found.get(reference, 0))
    return found


def broken(connection: sa.Connection) -> int:
    """Return how many entries lack a change: between two others, or the newest, which made them what they are."""
    change, entry = t.hotspot_change.c, t.hotspot.c
    newest = sa.func.max(change.revision).label("newest")
    gaps = (newest - sa.func.min(change.revision) + 1 - sa.func.count()).label("gaps")
    by_entry = sa.select(change.owner, change.reference, newest, gaps).group_by(change.owner, change.reference)
    told = {(row.owner, row.reference): row for row in connection.execute(by_entry)}
    there = connection.execute(sa.select(entry.owner, entry.reference, entry.revision)).all()
    behind = {
        (row.owner, row.reference)
        for row in there
        if (row.owner, row.reference) not in told or told[row.owner, row.reference].newest != row.revision
    }
    return len(behind | {key for key, row in told.items() if row.gaps})


def note(
    connection: sa.Connection,
    principal: Principal,
    what: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    revision: int,
    remark: str | None = None,
) -> int:
    """Write down a change from one row to another, None where there is none; returns its number."""
    there = after or before or {}
    values = {
        "owner": there["owner"],
        "reference": there["reference"],
        "revision": revision,
        "what": what,
        "changes": differences(before, after),
        "note": remark,
        **added_by(principal),
    }
    return seals.insert(connection, t.hotspot_change, values)


def in_words(row: Mapping[str, Any]) -> HotspotChange:
    """Return a change as people read it."""
    changes = {
        BY_COLUMN[name].label: (say(name, row["changes"][name][0]), say(name, row["changes"][name][1]))
        for name in BY_COLUMN
        if name in row["changes"]
    }
    return HotspotChange(
        row["reference"], row["revision"], row["what"], changes, row["note"], row["added_at"], row["added_by"]
    )
