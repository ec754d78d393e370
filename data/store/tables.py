"""The tables of the store. Nothing but their definitions lives here."""

from typing import Final

import sqlalchemy as sa

metadata: Final = sa.MetaData()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _added() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("added_at", sa.Text, nullable=False), sa.Column("added_by", sa.Text, nullable=False)


area_set: Final = sa.Table(
    "area_set",
    metadata,
    _id(),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    sa.Column("areas", sa.LargeBinary, nullable=False),  # GeoParquet, EPSG:4326
    sa.Column("notes", sa.JSON, nullable=False),
    *_added(),
)

# What the browser draws: one per level of an area set, and its streets. Named by the digest of its content.
drawing: Final = sa.Table(
    "drawing",
    metadata,
    sa.Column("area_set_id", sa.ForeignKey("area_set.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("level", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, index=True),
    sa.Column("content", sa.LargeBinary, nullable=False),  # gzipped GeoJSON
)

school: Final = sa.Table(
    "school",
    metadata,
    sa.Column("urn", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("phase", sa.Text),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("lat", sa.Float, nullable=False),
    *_added(),
)

calendar: Final = sa.Table(
    "calendar",
    metadata,
    _id(),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    *_added(),
)

calendar_entry: Final = sa.Table(
    "calendar_entry",
    metadata,
    sa.Column("calendar_id", sa.ForeignKey("calendar.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("first_day", sa.Text, nullable=False),  # "2025-09-01"
    sa.Column("last_day", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
)

dataset: Final = sa.Table(
    "dataset",
    metadata,
    _id(),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("access", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),  # organisation
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    sa.Column("area_set_id", sa.ForeignKey("area_set.id"), nullable=False),
    sa.Column("first_month", sa.Text, nullable=False),
    sa.Column("last_month", sa.Text, nullable=False),
    sa.Column("gaps", sa.JSON, nullable=False),
    sa.Column("rows_read", sa.Integer, nullable=False),
    sa.Column("by_code", sa.Integer, nullable=False),
    sa.Column("by_point", sa.Integer, nullable=False),
    sa.Column("no_location", sa.Integer, nullable=False),
    sa.Column("outside", sa.Integer, nullable=False),
    sa.Column("not_kept", sa.JSON, nullable=False),  # reason → rows
    sa.Column("harm_of", sa.JSON, nullable=False),  # category → harm group
    sa.Column("notes", sa.JSON, nullable=False),
    *_added(),
    sa.CheckConstraint("access in ('open', 'protected')", name="access_is_known"),
)

dataset_rows: Final = sa.Table(
    "dataset_rows",
    metadata,
    sa.Column("dataset_id", sa.ForeignKey("dataset.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("parquet", sa.LargeBinary, nullable=False),  # GeoParquet, EPSG:4326
    sa.Column("sha256", sa.Text, nullable=False),
)

dataset_counts: Final = sa.Table(
    "dataset_counts",
    metadata,
    sa.Column("dataset_id", sa.ForeignKey("dataset.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("parquet", sa.LargeBinary, nullable=False),  # area, month, category, n
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("cells", sa.Integer, nullable=False),
)

hotspot: Final = sa.Table(
    "hotspot",
    metadata,
    sa.Column("reference", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, primary_key=True),  # organisation
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("harm", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("last_reported", sa.Text),
    sa.Column("next_review", sa.Text),
    sa.Column("watched_by", sa.Text),
    sa.Column("shape", sa.LargeBinary, nullable=False),  # WKB, EPSG:4326
    *_added(),
)

audit: Final = sa.Table(
    "audit",
    metadata,
    _id(),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
)
