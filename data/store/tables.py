"""The tables of the store: their definitions alone. ``migrations`` leads from one edition of them to the next."""

from typing import Any, Final

import sqlalchemy as sa

from data.store.stored_values import Json, number

REVISION: Final = "0011"  # the edition that these definitions are
metadata: Final = sa.MetaData()


def _table(name: str, *parts: sa.Column[Any] | sa.Constraint) -> sa.Table:
    # Where the database numbers the rows, a number is never given twice: an old address must not show another thing.
    numbered = any(isinstance(part, sa.Column) and part.name == "id" and part.autoincrement is True for part in parts)
    return sa.Table(name, metadata, *parts, sqlite_strict=True, sqlite_autoincrement=numbered)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _text(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null, primary_key=key)


def _added() -> tuple[sa.Column[str], sa.Column[str]]:
    return _text("added_at"), _text("added_by")


def _seal() -> sa.Column[str]:
    return _text("seal")  # see data.store.seals


def _blob(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.ForeignKey("blob.sha256"), nullable=False, index=True)


organisation: Final = _table(
    "organisation",
    _text("key", key=True),
    _text("name"),
    sa.Column("superseded_days", sa.Integer),  # days that a superseded version is kept; null: for good
    sa.Column("months_kept", sa.Integer),  # months after its last month that a dataset is kept; null: for good
    *_added(),
)

person: Final = _table(
    "person",
    _id(),
    sa.Column("organisation", sa.ForeignKey("organisation.key"), nullable=False),
    _text("name"),
    _text("role"),
    _text("issuer", null=True),  # who vouches for them, and their name there: known from the first sign-in on
    _text("subject", null=True),
    _text("disabled_at", null=True),
    *_added(),
    sa.UniqueConstraint("issuer", "subject"),
    sa.CheckConstraint("role in ('dsl', 'deputy', 'analyst', 'board', 'admin')", name="role_is_known"),
)

session: Final = _table(
    "session",
    _text("digest", key=True),  # SHA-256 of the cookie, which itself is never kept
    sa.Column("person_id", sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    _text("opened_at"),
    _text("seen_at"),
    _text("ended_at", null=True),
)

# Bytes that never change, named by what they hold: areas, rows, counts.
blob: Final = _table("blob", _text("sha256", key=True), sa.Column("content", sa.LargeBinary, nullable=False))

area_set: Final = _table(
    "area_set",
    _id(),
    _text("title"),
    _text("level"),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    _blob("areas"),  # GeoParquet, EPSG:4326
    sa.Column("notes", Json, nullable=False),
    *_added(),
    _seal(),
)

# What people call the place around each area of a set, where it was said after the set was made.
neighbourhood: Final = _table(
    "neighbourhood",
    sa.Column("area_set_id", sa.ForeignKey("area_set.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name_of", Json, nullable=False),  # code of an area → the name
    *_added(),
    _seal(),
)

# What the browser draws: one per level of an area set, and its streets. Named by the digest of its content.
drawing: Final = _table(
    "drawing",
    sa.Column("area_set_id", sa.ForeignKey("area_set.id", ondelete="CASCADE"), primary_key=True),
    _text("level", key=True),
    sa.Column("digest", sa.Text, nullable=False, index=True),
    sa.Column("content", sa.LargeBinary, nullable=False),  # gzipped GeoJSON
)

# What people find their way by: tiles for the browser, ways for walking, names for searching.
base_map: Final = _table(
    "base_map",
    _id(),
    _text("title"),
    _text("source"),  # what kind of map it is made of: "OpenStreetMap"
    _text("attribution"),  # whose it is, as its licence asks
    _text("edition", null=True),  # "2026-11-01", where the file says
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
    _blob("archive"),  # PMTiles
    _blob("network"),  # points and stretches as NumPy arrays
    _blob("names"),  # Parquet: name, kind, lon, lat
    *_added(),
    _seal(),
)

school: Final = _table(
    "school",
    _text("urn", key=True),
    _text("name"),
    _text("phase", null=True),
    sa.Column("lon", number(), nullable=False),
    sa.Column("lat", number(), nullable=False),
    *_added(),
    _seal(),
)

# Where a school is, as its address says it; a school whose list did not say has no row here.
school_address: Final = _table(
    "school_address",
    sa.Column("urn", sa.ForeignKey("school.urn"), primary_key=True),
    _text("town", null=True),
    _text("postcode", null=True),
    _text("authority", null=True),
    _seal(),
)

calendar: Final = _table(
    "calendar",
    _id(),
    _text("title"),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    *_added(),
)

calendar_entry: Final = _table(
    "calendar_entry",
    sa.Column("calendar_id", sa.ForeignKey("calendar.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    _text("label"),
    _text("first_day"),  # "2025-09-01"
    _text("last_day"),
    _text("kind"),
    _seal(),
)

# Whose term dates a calendar holds, where it is one school's; without a row here they are those of all schools.
calendar_school: Final = _table(
    "calendar_school",
    sa.Column("calendar_id", sa.ForeignKey("calendar.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("urn", sa.ForeignKey("school.urn"), nullable=False),
    _seal(),
)

# A dataset is what people choose by its title; what it holds at a time is one of its versions.
dataset: Final = _table(
    "dataset",
    _id(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    _text("title"),
    _text("kind"),
    _text("access"),
    sa.Column("current", sa.Integer, nullable=False),  # number of the version that is shown
    *_added(),
    _seal(),
    sa.CheckConstraint("access in ('open', 'protected')", name="access_is_known"),
)

version: Final = _table(
    "version",
    _id(),
    sa.Column("dataset_id", sa.ForeignKey("dataset.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),  # 1, 2, 3 … within the dataset
    _text("fingerprint"),
    _text("source"),
    sa.Column("area_set_id", sa.ForeignKey("area_set.id"), nullable=False),
    *(_text(name) for name in ("first_month", "last_month")),
    sa.Column("gaps", Json, nullable=False),
    sa.Column("rows_read", sa.Integer, nullable=False),
    *(sa.Column(how, sa.Integer, nullable=False) for how in ("by_code", "by_point", "no_location", "outside")),
    sa.Column("not_kept", Json, nullable=False),  # reason → rows
    sa.Column("harm_of", Json, nullable=False),  # category → harm group
    sa.Column("notes", Json, nullable=False),
    _blob("rows"),  # GeoParquet of the safe rows
    _blob("counts"),  # Parquet: area, month, category, n
    _text("superseded_at", null=True),
    *_added(),
    _seal(),
    sa.UniqueConstraint("dataset_id", "number"),
)

# What a protected dataset has released so far: what may be shared of it, and what its owner goes on from.
release: Final = _table(
    "release",
    sa.Column("dataset_id", sa.ForeignKey("dataset.id", ondelete="CASCADE"), primary_key=True),
    _blob("ledger"),
    *_added(),
    _seal(),
)

# From which day on a chart computes a new usual range, and why: set by people, never by what the figures do.
baseline: Final = _table(
    "baseline",
    _id(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    sa.Column("dataset_id", sa.ForeignKey("dataset.id", ondelete="CASCADE"), nullable=False, index=True),
    _text("harm"),  # code of a harm group; "" for all that are chosen
    _text("level"),  # of which units; "" for the whole place
    _text("area"),  # one unit of the level; "" for all of them
    _text("first_day"),  # "2025-09-01"
    _text("reason"),
    *_added(),
    *(_text(name, null=True) for name in ("withdrawn_at", "withdrawn_by")),
    _seal(),
)

# By which secret this store's releases are rounded: its fingerprint, never the secret. The newest row counts.
secret_mark: Final = _table("secret_mark", _id(), _text("fingerprint"), *_added(), _seal())

# What columns of a source meant last time.
column_mapping: Final = _table(
    "column_mapping",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    _text("kind", key=True),
    _text("source", key=True),
    sa.Column("mapping", Json, nullable=False),
    *_added(),
)

hotspot: Final = _table(
    "hotspot",
    _text("reference", key=True),
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    _text("name"),
    _text("type"),
    _text("harm"),
    _text("status"),
    _text("last_reported", null=True),
    _text("next_review", null=True),
    _text("watched_by", null=True),
    sa.Column("shape", sa.LargeBinary, nullable=False),  # WKB, EPSG:4326
    *_added(),
    _seal(),
)

# A response to a known hotspot: patrol, lighting, assembly, training.
action: Final = _table(
    "action",
    _id(),
    _text("owner"),
    _text("reference"),
    _text("what"),
    _text("due_on", null=True),
    _text("done_on", null=True),
    *_added(),
    sa.ForeignKeyConstraint(["reference", "owner"], ["hotspot.reference", "hotspot.owner"], ondelete="CASCADE"),
)

# One bringing-in of files that set a place up, so that it can be listed, known again and undone.
delivery: Final = _table(
    "delivery",
    _id(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    _text("kind"),  # see data.store.deliveries.DeliveryKind
    _text("title"),
    _text("edition", null=True),  # "2021", "mid-2022"
    _text("source", null=True),  # who publishes it
    *(sa.Column(name, sa.Integer, nullable=False) for name in ("rows", "size")),  # size: bytes of the files
    sa.Column("area_set_id", sa.ForeignKey("area_set.id", ondelete="CASCADE")),  # of which areas it says something
    *(sa.Column(name, sa.Integer) for name in ("number", "version")),  # of what it made: an area set, a dataset …
    sa.Column("before", sa.ForeignKey("blob.sha256"), index=True),  # what stood in its place, to be put back
    sa.Column("notes", Json, nullable=False),
    *_added(),
    *(_text(name, null=True) for name in ("undone_at", "undone_by")),
    _seal(),
)

delivery_file: Final = _table(
    "delivery_file",
    sa.Column("delivery_id", sa.ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    _text("name", null=True),  # not of files of incidents
    sa.Column("sha256", sa.Text, nullable=False, index=True),
)

# Which place the names in an organisation's own incidents mean, as a person has confirmed them once.
place_name: Final = _table(
    "place_name",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    _text("name", key=True),  # in lower case, without punctuation
    _text("kind"),  # hotspot, map, area, school or nowhere
    _text("target", null=True),  # what it is called there
    *(sa.Column(name, number()) for name in ("lon", "lat")),
    *_added(),
    _seal(),
)

# When a person last looked at the list of datasets, so that it can say what is new since.
last_look: Final = _table(
    "last_look",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    _text("who", key=True),
    _text("looked_at"),
)

# Append-only; each row holds the digest of the one before, see data.store.seals.
audit: Final = _table(
    "audit",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("organisation"),
    _text("action"),
    _text("subject"),
    _text("previous"),
    _text("digest"),
)

# Seals of rows of tables that have no room for one, and which key all seals are made with: see data.store.outer_seals.
outer_seal: Final = _table("outer_seal", _text("name", key=True), _text("key", key=True), _text("value"))
