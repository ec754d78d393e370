"""What the tables of the store are made of: their one list, and the columns that many of them have."""

from typing import Any, Final

import sqlalchemy as sa

metadata: Final = sa.MetaData()


def table(name: str, *parts: sa.Column[Any] | sa.Constraint) -> sa.Table:
    """Return a table of the store with these columns and constraints."""
    # Where the database numbers the rows, a number is never given twice: an old address must not show another thing.
    numbered = any(isinstance(part, sa.Column) and part.name == "id" and part.autoincrement is True for part in parts)
    return sa.Table(name, metadata, *parts, sqlite_strict=True, sqlite_autoincrement=numbered)


def id_column() -> sa.Column[int]:
    """Return the number that the database gives each row."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def text(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    """Return a column of text."""
    return sa.Column(name, sa.Text, nullable=null, primary_key=key)


def added() -> tuple[sa.Column[str], sa.Column[str]]:
    """Return the columns that say when a row was added, and who did."""
    return text("added_at"), text("added_by")


def seal_column() -> sa.Column[str]:
    """Return the column by which a changed row is noticed, see ``data.store.seals``."""
    return text("seal")


def blob_column(name: str) -> sa.Column[str]:
    """Return a column that names bytes by their SHA-256."""
    return sa.Column(name, sa.ForeignKey("blob.sha256"), nullable=False, index=True)
