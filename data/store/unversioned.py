"""Tables beside the store's own: which edition those are, as Alembic writes it, and what a backup holds."""

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa

_unversioned: Final = sa.MetaData()

edition_mark: Final = sa.Table(
    "alembic_version",
    _unversioned,
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

backup_contents: Final = sa.Table(
    "backup_contents",
    _unversioned,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)


def reflect_tables(connection: sa.Connection) -> dict[str, sa.Table]:
    """Return the tables that a database has by name, whatever its edition, without the contents of a backup."""
    found = sa.MetaData()
    inspector = sa.inspect(connection)
    return {
        name: sa.Table(name, found, *_reflected_columns(inspector, name))
        for name in inspector.get_table_names()
        if name != backup_contents.name
    }


def _reflected_columns(inspector: sa.Inspector, table: str) -> Iterator[sa.Column[Any]]:
    keys = inspector.get_pk_constraint(table)["constrained_columns"]
    for column in inspector.get_columns(table):
        yield sa.Column(column["name"], column["type"], primary_key=column["name"] in keys)
