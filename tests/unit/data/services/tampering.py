"""Edits of a store made directly in its SQLite file, by somebody who knows how the store is made but not its key.

Seals, digests and links are made as far as that goes: by SHA-256, as they were before there was a key.
"""

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pandas as pd
import sqlalchemy as sa

from data.store import engines, releases_at_rest, seals, triggers
from data.store import tables as t
from data.store.migrations import plain_seals
from geo.release.ledger import FrozenPeriod

PROTECTED: Final = 2  # the dataset that has released something, in two versions
Edit = Callable[[sa.Connection], None]


def edited(file: Path, edit: Edit) -> None:
    """Edit a store in its file, with the triggers out of the way, and leave all of it in the one file."""
    engine = engines.open_engine(f"sqlite:///{file}")
    with engines.writing(engine) as connection:
        triggers.drop_triggers(connection)
        edit(connection)
        triggers.create_triggers(connection)
    engine.dispose()


def audit_row_changed(connection: sa.Connection) -> None:
    """Let somebody else have done the second write."""
    connection.execute(t.audit.update().where(t.audit.c.id == 2).values(who="somebody else"))
    _link_again(connection)


def audit_end_removed(connection: sa.Connection) -> None:
    """Take out the last row of the audit, behind which the chain is whole."""
    connection.execute(t.audit.delete().where(t.audit.c.id == seals.head(connection).number))


def audit_middle_removed(connection: sa.Connection) -> None:
    """Take out a row of the audit, and link those behind it to the one before."""
    connection.execute(t.audit.delete().where(t.audit.c.id == 3))
    _link_again(connection)


def audit_row_inserted(connection: sa.Connection) -> None:
    """Put a row more at the end of the audit."""
    row = connection.execute(sa.select(t.audit).order_by(t.audit.c.id.desc()).limit(1)).mappings().one()
    said = {**seals.unlinked(row), "id": row["id"] + 1, "action": "remove"}
    connection.execute(t.audit.insert().values(plain_seals.link(said, row["digest"])))


def released_figure_raised(connection: sa.Connection) -> None:
    """Show five more in one cell of a released half-term."""
    _release_edited(connection, "shown", 5)


def exact_count_raised(connection: sa.Connection) -> None:
    """Let one incident more have been counted in a released half-term."""
    _release_edited(connection, "exact", 1)


def dataset_renamed(connection: sa.Connection) -> None:
    """Change the title of a dataset."""
    _row_edited(connection, t.dataset, t.dataset.c.id == PROTECTED, {"title": "Another"})


def protected_opened(connection: sa.Connection) -> None:
    """Let a protected dataset be open."""
    _row_edited(connection, t.dataset, t.dataset.c.id == PROTECTED, {"access": "open"})


def numbers_exchanged(connection: sa.Connection) -> None:
    """Exchange the numbers of an open and a protected dataset, which leaves every other column as it was."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for old, new in ((1, 99), (PROTECTED, 1), (99, PROTECTED)):
        connection.execute(t.dataset.update().where(t.dataset.c.id == old).values(id=new))


def version_noted(connection: sa.Connection) -> None:
    """Change what a version says of its source."""
    _row_edited(connection, t.version, t.version.c.dataset_id == PROTECTED, {"source": "elsewhere"})


def counts_replaced(connection: sa.Connection) -> None:
    """Count one incident more in a version, in bytes of their right name."""
    its = t.version.c.dataset_id == PROTECTED
    name = connection.scalars(sa.select(t.version.c.counts).where(its)).first()
    content = io.BytesIO()
    cells = pd.read_parquet(io.BytesIO(_bytes(connection, str(name))))
    cells.assign(n=cells["n"] + 1).to_parquet(content, index=False)
    _row_edited(connection, t.version, its, {"counts": _put(connection, content.getvalue())})


def school_moved(connection: sa.Connection) -> None:
    """Move a school."""
    _row_edited(connection, t.school, sa.true(), {"lat": 53.0})


def hotspot_renamed(connection: sa.Connection) -> None:
    """Change the name of a known hotspot."""
    _row_edited(connection, t.hotspot, t.hotspot.c.reference == "P1", {"name": "Elsewhere"})


def retention_lengthened(connection: sa.Connection) -> None:
    """Keep what is superseded for ten years."""
    connection.execute(t.organisation.update().values(superseded_days=3650))


def role_raised(connection: sa.Connection) -> None:
    """Let a governor be an analyst, who sees exact counts."""
    connection.execute(t.person.update().values(role="analyst"))


EDITS: Final[tuple[Edit, ...]] = (
    audit_row_changed, audit_end_removed, audit_middle_removed, audit_row_inserted, released_figure_raised,
    exact_count_raised, dataset_renamed, protected_opened, numbers_exchanged, version_noted, counts_replaced,
    school_moved, hotspot_renamed, retention_lengthened, role_raised,
)  # fmt: skip


def copy_of(file: Path) -> bytes:
    """Return the bytes of a store's file, once its log is folded in."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.read_bytes()


def raised(one: FrozenPeriod, field: str, by: int) -> FrozenPeriod:
    """Return a released half-term with more in its largest cell."""
    n = getattr(one, field).copy()
    n.flat[n.argmax()] += by
    return replace(one, **{field: n})


def _link_again(connection: sa.Connection) -> None:
    previous = seals.GENESIS
    for row in connection.execute(sa.select(t.audit).order_by(t.audit.c.id)).mappings().all():
        linked = plain_seals.link(seals.unlinked(row), previous)
        previous = linked["digest"]
        connection.execute(t.audit.update().where(t.audit.c.id == row["id"]).values(linked))


def _release_edited(connection: sa.Connection, field: str, by: int) -> None:
    its = t.release.c.dataset_id == PROTECTED
    name = connection.scalar(sa.select(t.release.c.ledger).where(its))
    ledger = releases_at_rest.from_bytes(_bytes(connection, str(name)))
    changed = replace(ledger, frozen=(raised(ledger.frozen[0], field, by), *ledger.frozen[1:]))
    new = _put(connection, releases_at_rest.to_bytes(changed))
    _row_edited(connection, t.release, its, {"ledger": new})
    connection.execute(t.blob.delete().where(t.blob.c.sha256 == name))


def _row_edited(connection: sa.Connection, table: sa.Table, where: Any, changed: dict[str, Any]) -> None:
    row = connection.execute(sa.select(table).where(where).limit(1)).mappings().one()
    key = sa.and_(*(column == row[column.name] for column in table.primary_key))
    connection.execute(table.update().where(key).values(plain_seals.sealed({**row, **changed})))


def _bytes(connection: sa.Connection, name: str) -> bytes:
    return bytes(connection.execute(sa.select(t.blob.c.content).where(t.blob.c.sha256 == name)).scalar_one())


def _put(connection: sa.Connection, content: bytes) -> str:
    name = seals.sha256(content)
    connection.execute(t.blob.insert().values(sha256=name, content=content))
    return name
