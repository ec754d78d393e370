"""Base maps: one table more."""

from alembic import op

from data.store import tables as t

revision = "0007"
down_revision = "0006"

_TABLES = ("base_map",)


def upgrade() -> None:
    """Make the new table, empty; nothing that was there is touched."""
    t.metadata.create_all(op.get_bind(), tables=[t.metadata.tables[name] for name in _TABLES])
