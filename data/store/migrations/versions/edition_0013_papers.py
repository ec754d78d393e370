"""Papers as they were made, with what was decided on them, and the look of an organisation's papers."""

from typing import Final

from alembic import op

from data.store import tables as t

revision = "0013"
down_revision = "0012"

_TABLES: Final = ("paper", "organisation_look")


def upgrade() -> None:
    """Make the new tables."""
    t.metadata.create_all(op.get_bind(), tables=[t.metadata.tables[name] for name in _TABLES])
