"""Writes a store of edition 0002 as the program of that time wrote it, with what a store of today holds of it."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from data.store import editions, engines, seals, triggers, unversioned
from data.store import tables as t
from data.store.migrations import plain_seals
from data.store.store import Store
from tests.unit.data.store.inside import held

EDITION = "0002"
_EDITION_TWO: Any = import_module("data.store.migrations.versions.edition_0002_versions")
SECOND: list[sa.Table] = _EDITION_TWO.tables()


def write(url: str, like: Store, tables: Sequence[sa.Table] = SECOND, edition: str = EDITION) -> None:
    """Make the tables of edition 0002, or of a later one, at an address, with what another store holds in them."""
    content = held(like)
    engine = engines.open_engine(url)
    with engines.writing(engine) as connection:
        _EDITION_TWO.create(connection, tables)
        triggers.create_triggers(connection)
        unversioned.edition_mark.create(connection)
        connection.execute(unversioned.edition_mark.insert().values(version_num=edition))
        then = {table.name: table for table in tables}
        order = (then[table.name] for table in t.metadata.sorted_tables if table.name in then)
        for table in (table for table in order if content[table.name]):
            known = [{column.name: row[column.name] for column in table.c} for row in content[table.name]]
            connection.execute(table.insert(), _plain(known))
        editions.restart_sequences(connection, tables)
    engine.dispose()


def _plain(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with the seals and links of that time, which had no key."""
    if seals.SEAL in rows[0]:
        return [plain_seals.sealed(row) for row in rows]
    if "digest" not in rows[0] or "previous" not in rows[0]:
        return list(rows)
    linked: list[dict[str, Any]] = []
    for row in rows:
        linked.append(plain_seals.link(seals.unlinked(row), linked[-1]["digest"] if linked else seals.GENESIS))
    return linked
