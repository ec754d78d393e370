"""Calendars of single schools, and the days from which charts take their usual range anew: two tables more."""

from typing import Final

from alembic import op

from data.store import tables as t

revision = "0004"
down_revision = "0003"

_TABLES: Final = ("calendar_school", "baseline")


def upgrade() -> None:
    """Make the new tables, empty; nothing that was there is touched."""
    t.metadata.create_all(op.get_bind(), tables=[t.metadata.tables[name] for name in _TABLES])
