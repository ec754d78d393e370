"""Deliveries, confirmed names of places, and when a person last looked: four tables more."""

from alembic import op

from data.store import tables as t

revision = "0009"
down_revision = "0008"

_TABLES = ("delivery", "delivery_file", "place_name", "last_look")


def upgrade() -> None:
    """Make the new tables, empty: what came in before has no delivery, and stays as it is."""
    t.metadata.create_all(op.get_bind(), tables=[t.metadata.tables[name] for name in _TABLES])
