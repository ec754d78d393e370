"""Writes a store of edition 0004 as the program of that time wrote it, with what a store of today holds of it.

Its ledgers did not say yet by which harm groups they were released.
"""

import gzip
import json
from importlib import import_module
from typing import Final

import sqlalchemy as sa

from data.store import engines, seals, triggers
from data.store import tables as t
from data.store.migrations import plain_seals
from data.store.store import Store
from tests.unit.data.store import second_edition, third_edition

EDITION: Final = "0004"
ADDED: Final[tuple[str, ...]] = import_module("data.store.migrations.versions.edition_0004_rebased")._TABLES
FOURTH: Final[list[sa.Table]] = [*third_edition.THIRD, *(t.metadata.tables[name] for name in ADDED)]


def write(url: str, like: Store) -> None:
    """Make the tables of edition 0004 at an address, holding what another store holds in them."""
    second_edition.write(url, like, FOURTH, EDITION)
    engine = engines.open_engine(url)
    with engines.writing(engine) as connection:
        triggers.drop_triggers(connection)
        for row in connection.execute(sa.select(t.release)).mappings().all():
            _forget_groups(connection, dict(row))
        triggers.create_triggers(connection)
    engine.dispose()


def _forget_groups(connection: sa.Connection, release: dict[str, object]) -> None:
    """Write a ledger, where it is one, without the groups it was released by."""
    named = t.blob.c.sha256 == release["ledger"]
    try:
        content = json.loads(gzip.decompress(connection.scalar(sa.select(t.blob.c.content).where(named)) or b""))
    except OSError:
        return
    del content["groupings"]
    ledger = gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)
    connection.execute(t.blob.insert().values(sha256=seals.sha256(ledger), content=ledger))
    values = plain_seals.sealed({**release, "ledger": seals.sha256(ledger)})
    connection.execute(t.release.update().where(t.release.c.dataset_id == release["dataset_id"]).values(values))
    connection.execute(t.blob.delete().where(named))
