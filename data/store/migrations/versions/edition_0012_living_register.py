"""The whole register: more words for each hotspot and action, every change of them, lists, and partners' layers.

Hotspots and actions that are whole get the new columns and a seal over all of them; a row that is not as it was sealed
is left with its old seal, so that it is still noticed. Actions had no seal before. The history of a hotspot that is
whole begins with what a file had brought in, whenever it came.
"""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from data.store import editions, seals
from data.store import tables as t
from data.store.migrations import register_before

revision = "0012"
down_revision = "0011"

_TABLES: Final = ("hotspot_change", "organisation_list", "pupil_origin", "partner_layer")


def upgrade() -> None:
    """Make the new tables, and those of hotspots and actions anew: SQLite cannot change a table in place."""
    connection = op.get_bind()
    t.metadata.create_all(connection, tables=[t.metadata.tables[name] for name in _TABLES])
    hotspots = connection.execute(sa.select(register_before.hotspot)).mappings().all()
    actions = (
        connection.execute(sa.select(register_before.action).order_by(register_before.action.c.id)).mappings().all()
    )
    for table in (t.action, t.hotspot):
        table.drop(connection)
    for table in (t.hotspot, t.action):
        table.create(connection)
    for row in hotspots:
        wide = {**_added(t.hotspot, register_before.hotspot), **row}
        whole = seals.fits(connection, row)
        connection.execute(t.hotspot.insert(), seals.sealed(connection, wide) if whole else wide)
        if whole:
            seals.insert(connection, t.hotspot_change, _first_change(wide))
    for row in actions:
        wide = {**_added(t.action, register_before.action), **row}
        connection.execute(t.action.insert(), seals.sealed(connection, wide))
    editions.restart_sequences(connection, [t.action])


def _first_change(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the change that begins the history of a hotspot: all that was said of it, where nothing was before."""
    plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
    own = {name: plain[name] for name in ("owner", "reference", "added_at", "added_by")}
    unsaid = {*own, "revision", seals.SEAL}
    changes = {name: [None, value] for name, value in plain.items() if name not in unsaid and value is not None}
    return {**own, "revision": 1, "what": "imported", "changes": changes, "note": None}


def _added(now: sa.Table, before: sa.Table) -> dict[str, Any]:
    """Return what a row has in the columns that it had not before."""
    names = {column.name for column in now.c} - {column.name for column in before.c} - {seals.SEAL}
    return dict.fromkeys(names) | {"revision": 1}
