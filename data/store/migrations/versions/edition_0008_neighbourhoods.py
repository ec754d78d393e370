"""What people call the places of areas that were loaded before: one table more."""

from alembic import op

from data.store import tables as t

revision = "0008"
down_revision = "0007"

_TABLES = ("neighbourhood",)


def upgrade() -> None:
    """Make the new table, empty: areas keep the names that they have."""
    t.metadata.create_all(op.get_bind(), tables=[t.metadata.tables[name] for name in _TABLES])
