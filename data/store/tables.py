"""The tables of the store: their definitions alone. ``migrations`` leads from one edition of them to the next."""

from typing import Final

import sqlalchemy as sa

from data.store.paper_tables import organisation_look, paper
from data.store.register_tables import action, hotspot, hotspot_change, organisation_list, partner_layer, pupil_origin
from data.store.stored_values import Json, number
from data.store.table_parts import added, blob_column, id_column, metadata, seal_column, table, text

__all__ = [
    "action",
    "hotspot",
    "hotspot_change",
    "metadata",
    "organisation_list",
    "organisation_look",
    "paper",
    "partner_layer",
    "pupil_origin",
]
REVISION: Final = "0013"  # the edition that these definitions are

organisation: Final = table(
    "organisation",
    text("key", key=True),
    text("name"),
    sa.Column("superseded_days", sa.Integer),  # days that a superseded version is kept; null: for good
    sa.Column("months_kept", sa.Integer),  # months after its last month that a dataset is kept; null: for good
    *added(),
)

person: Final = table(
    "person",
    id_column(),
    sa.Column("organisation", sa.ForeignKey("organisation.key"), nullable=False),
    text("name"),
    text("role"),
    text("issuer", null=True),  # who vouches for them, and their name there: known from the first sign-in on
    text("subject", null=True),
    text("disabled_at", null=True),
    *added(),
    sa.UniqueConstraint("issuer", "subject"),
    sa.CheckConstraint("role in ('dsl', 'deputy', 'analyst', 'board', 'admin')", name="role_is_known"),
)

session: Final = table(
    "session",
    text("digest", key=True),  # SHA-256 of the cookie, which itself is never kept
    sa.Column("person_id", sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    text("opened_at"),
    text("seen_at"),
    text("ended_at", null=True),
)

# Bytes that never change, named by what they hold: areas, rows, counts.
blob: Final = table("blob", text("sha256", key=True), sa.Column("content", sa.LargeBinary, nullable=False))

area_set: Final = table(
    "area_set",
    id_column(),
    text("title"),
    text("level"),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    blob_column("areas"),  # GeoParquet, EPSG:4326
    sa.Column("notes", Json, nullable=False),
    *added(),
    seal_column(),
)

# What people call the place around each area of a set, where it was said after the set was made.
neighbourhood: Final = table(
    "neighbourhood",
    sa.Column("area_set_id", sa.ForeignKey("area_set.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name_of", Json, nullable=False),  # code of an area → the name
    *added(),
    seal_column(),
)

# What the browser draws: one per level of an area set, and its streets. Named by the digest of its content.
drawing: Final = table(
    "drawing",
    sa.Column("area_set_id", sa.ForeignKey("area_set.id", ondelete="CASCADE"), primary_key=True),
    text("level", key=True),
    sa.Column("digest", sa.Text, nullable=False, index=True),
    sa.Column("content", sa.LargeBinary, nullable=False),  # gzipped GeoJSON
)

# What people find their way by: tiles for the browser, ways for walking, names for searching.
base_map: Final = table(
    "base_map",
    id_column(),
    text("title"),
    text("source"),  # what kind of map it is made of: "OpenStreetMap"
    text("attribution"),  # whose it is, as its licence asks
    text("edition", null=True),  # "2026-11-01", where the file says
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    *(sa.Column(side, number(), nullable=False) for side in ("west", "south", "east", "north")),  # degrees, EPSG:4326
    *(sa.Column(zoom, sa.Integer, nullable=False) for zoom in ("min_zoom", "max_zoom")),
    sa.Column("tiles", sa.Integer, nullable=False),
    sa.Column("stretches", sa.Integer, nullable=False),  # of its network of ways
    sa.Column("size", sa.Integer, nullable=False),  # bytes of its three blobs
    sa.Column("counts", Json, nullable=False),  # kind of feature → how many
    sa.Column("left_out", Json, nullable=False),  # what was left out → how many
    sa.Column("closed", Json, nullable=False),  # why ways are closed to people on foot → how many
    sa.Column("notes", Json, nullable=False),
    blob_column("archive"),  # PMTiles
    blob_column("network"),  # points and stretches as NumPy arrays
    blob_column("names"),  # Parquet: name, kind, lon, lat
    *added(),
    seal_column(),
)

school: Final = table(
    "school",
    text("urn", key=True),
    text("name"),
    text("phase", null=True),
    sa.Column("lon", number(), nullable=False),
    sa.Column("lat", number(), nullable=False),
    *added(),
    seal_column(),
)

# Where a school is, as its address says it; a school whose list did not say has no row here.
school_address: Final = table(
    "school_address",
    sa.Column("urn", sa.ForeignKey("school.urn"), primary_key=True),
    text("town", null=True),
    text("postcode", null=True),
    text("authority", null=True),
    seal_column(),
)

calendar: Final = table(
    "calendar",
    id_column(),
    text("title"),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    *added(),
)

calendar_entry: Final = table(
    "calendar_entry",
    sa.Column("calendar_id", sa.ForeignKey("calendar.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    text("label"),
    text("first_day"),  # "2025-09-01"
    text("last_day"),
    text("kind"),
    seal_column(),
)

# Whose term dates a calendar holds, where it is one school's; without a row here they are those of all schools.
calendar_school: Final = table(
    "calendar_school",
    sa.Column("calendar_id", sa.ForeignKey("calendar.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("urn", sa.ForeignKey("school.urn"), nullable=False),
    seal_column(),
)

# A dataset is what people choose by its title; what it holds at a time is one of its versions.
dataset: Final = table(
    "dataset",
    id_column(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    text("title"),
    text("kind"),
    text("access"),
    sa.Column("current", sa.Integer, nullable=False),  # number of the version that is shown
    *added(),
    seal_column(),
    sa.CheckConstraint("access in ('open', 'protected')", name="access_is_known"),
)

version: Final = table(
    "version",
    id_column(),
    sa.Column("dataset_id", sa.ForeignKey("dataset.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),  # 1, 2, 3 … within the dataset
    text("fingerprint"),
    text("source"),
    sa.Column("area_set_id", sa.ForeignKey("area_set.id"), nullable=False),
    *(text(name) for name in ("first_month", "last_month")),
    sa.Column("gaps", Json, nullable=False),
    sa.Column("rows_read", sa.Integer, nullable=False),
    *(sa.Column(how, sa.Integer, nullable=False) for how in ("by_code", "by_point", "no_location", "outside")),
    sa.Column("not_kept", Json, nullable=False),  # reason → rows
    sa.Column("harm_of", Json, nullable=False),  # category → harm group
    sa.Column("notes", Json, nullable=False),
    blob_column("rows"),  # GeoParquet of the safe rows
    blob_column("counts"),  # Parquet: area, month, category, n
    text("superseded_at", null=True),
    *added(),
    seal_column(),
    sa.UniqueConstraint("dataset_id", "number"),
)

# What a protected dataset has released so far: what may be shared of it, and what its owner goes on from.
release: Final = table(
    "release",
    sa.Column("dataset_id", sa.ForeignKey("dataset.id", ondelete="CASCADE"), primary_key=True),
    blob_column("ledger"),
    *added(),
    seal_column(),
)

# From which day on a chart computes a new usual range, and why: set by people, never by what the figures do.
baseline: Final = table(
    "baseline",
    id_column(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    sa.Column("dataset_id", sa.ForeignKey("dataset.id", ondelete="CASCADE"), nullable=False, index=True),
    text("harm"),  # code of a harm group; "" for all that are chosen
    text("level"),  # of which units; "" for the whole place
    text("area"),  # one unit of the level; "" for all of them
    text("first_day"),  # "2025-09-01"
    text("reason"),
    *added(),
    *(text(name, null=True) for name in ("withdrawn_at", "withdrawn_by")),
    seal_column(),
)

# By which secret this store's releases are rounded: its fingerprint, never the secret. The newest row counts.
secret_mark: Final = table("secret_mark", id_column(), text("fingerprint"), *added(), seal_column())

# What columns of a source meant last time.
column_mapping: Final = table(
    "column_mapping",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    text("kind", key=True),
    text("source", key=True),
    sa.Column("mapping", Json, nullable=False),
    *added(),
)

# One bringing-in of files that set a place up, so that it can be listed, known again and undone.
delivery: Final = table(
    "delivery",
    id_column(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    text("kind"),  # see data.store.deliveries.DeliveryKind
    text("title"),
    text("edition", null=True),  # "2021", "mid-2022"
    text("source", null=True),  # who publishes it
    *(sa.Column(name, sa.Integer, nullable=False) for name in ("rows", "size")),  # size: bytes of the files
    sa.Column("area_set_id", sa.ForeignKey("area_set.id", ondelete="CASCADE")),  # of which areas it says something
    *(sa.Column(name, sa.Integer) for name in ("number", "version")),  # of what it made: an area set, a dataset …
    sa.Column("before", sa.ForeignKey("blob.sha256"), index=True),  # what stood in its place, to be put back
    sa.Column("notes", Json, nullable=False),
    *added(),
    *(text(name, null=True) for name in ("undone_at", "undone_by")),
    seal_column(),
)

delivery_file: Final = table(
    "delivery_file",
    sa.Column("delivery_id", sa.ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    text("name", null=True),  # not of files of incidents
    sa.Column("sha256", sa.Text, nullable=False, index=True),
)

# Which place the names in an organisation's own incidents mean, as a person has confirmed them once.
place_name: Final = table(
    "place_name",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    text("name", key=True),  # in lower case, without punctuation
    text("kind"),  # hotspot, map, area, school or nowhere
    text("target", null=True),  # what it is called there
    *(sa.Column(name, number()) for name in ("lon", "lat")),
    *added(),
    seal_column(),
)

# When a person last looked at the list of datasets, so that it can say what is new since.
last_look: Final = table(
    "last_look",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    text("who", key=True),
    text("looked_at"),
)

# Append-only; each row holds the digest of the one before, see data.store.seals.
audit: Final = table(
    "audit",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    text("at"),
    text("who"),
    text("organisation"),
    text("action"),
    text("subject"),
    text("previous"),
    text("digest"),
)

# Seals of rows of tables that have no room for one, and which key all seals are made with: see data.store.outer_seals.
outer_seal: Final = table("outer_seal", text("name", key=True), text("key", key=True), text("value"))
