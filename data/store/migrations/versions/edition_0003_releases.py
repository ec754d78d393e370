"""Releases of protected datasets, and the mark of the secret that they are rounded by: two tables more."""

from typing import Final

from alembic import op

from data.store import tables as t

revision = "0003"
down_revision = "0002"

_TABLES: Final = ("release", "secret_mark")


def upgrade() -> None:
    """Make the new tables, empty; nothing that was there is touched."""
    t.metadata.create_all(op.get_bind(), tables=[t.metadata.tables[name] for name in _TABLES])
