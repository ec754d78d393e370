"""The first store: one row for each import, its rows and counts in tables of their own."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first store, as it made them itself."""
    tables().create_all(op.get_bind())


def tables() -> sa.MetaData:
    """Define the tables of the first store."""
    metadata = sa.MetaData()

    def table(name: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
        sa.Table(name, metadata, *columns)

    def text(name: str, *, null: bool = False, key: bool = False, unique: bool | None = None) -> sa.Column[str]:
        return sa.Column(name, sa.Text, nullable=null, primary_key=key, unique=unique)

    def whole(name: str) -> sa.Column[int]:
        return sa.Column(name, sa.Integer, nullable=False)

    def packed(name: str) -> sa.Column[bytes]:
        return sa.Column(name, sa.LargeBinary, nullable=False)

    def listed(name: str) -> sa.Column[object]:
        return sa.Column(name, sa.JSON, nullable=False)

    def number() -> sa.Column[int]:
        return sa.Column("id", sa.Integer, primary_key=True)

    def part_of(other: str) -> sa.Column[int]:
        return sa.Column(f"{other}_id", sa.ForeignKey(f"{other}.id", ondelete="CASCADE"), primary_key=True)

    def added() -> tuple[sa.Column[str], sa.Column[str]]:
        return text("added_at"), text("added_by")

    table(
        "area_set", number(), text("title"), text("level"), whole("size"), text("fingerprint", unique=True),
        packed("areas"), listed("notes"), *added(),
    )  # fmt: skip
    digest = sa.Column("digest", sa.Text, nullable=False, index=True)
    table("drawing", part_of("area_set"), text("level", key=True), digest, packed("content"))
    places = (sa.Column(name, sa.Float, nullable=False) for name in ("lon", "lat"))
    table("school", text("urn", key=True), text("name"), text("phase", null=True), *places, *added())
    table("calendar", number(), text("title"), text("fingerprint", unique=True), *added())
    position = sa.Column("position", sa.Integer, primary_key=True)
    entry = (text(name) for name in ("label", "first_day", "last_day", "kind"))
    table("calendar_entry", part_of("calendar"), position, *entry)
    table(
        "dataset", number(), *(text(name) for name in ("title", "kind", "access", "source", "owner")),
        text("fingerprint", unique=True), sa.Column("area_set_id", sa.ForeignKey("area_set.id"), nullable=False),
        text("first_month"), text("last_month"), listed("gaps"),
        *(whole(name) for name in ("rows_read", "by_code", "by_point", "no_location", "outside")),
        *(listed(name) for name in ("not_kept", "harm_of", "notes")), *added(),
        sa.CheckConstraint("access in ('open', 'protected')", name="access_is_known"),
    )  # fmt: skip
    table("dataset_rows", part_of("dataset"), packed("parquet"), text("sha256"))
    table("dataset_counts", part_of("dataset"), packed("parquet"), text("sha256"), whole("cells"))
    table(
        "hotspot", text("reference", key=True), text("owner", key=True),
        *(text(name) for name in ("name", "type", "harm", "status")),
        *(text(name, null=True) for name in ("last_reported", "next_review", "watched_by")), packed("shape"), *added(),
    )  # fmt: skip
    table("audit", number(), *(text(name) for name in ("at", "who", "organisation", "action", "subject")))
    return metadata
