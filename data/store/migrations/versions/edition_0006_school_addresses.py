"""The town, postcode and local authority of each school: one table more."""

from alembic import op

from data.store import tables as t

revision = "0006"
down_revision = "0005"

_TABLES = ("school_address",)


def upgrade() -> None:
    """Make the new table, empty: schools that were there get an address when their list is loaded again."""
    t.metadata.create_all(op.get_bind(), tables=[t.metadata.tables[name] for name in _TABLES])
