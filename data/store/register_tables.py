"""The tables of what people know and do: the register of known hotspots, its history, actions, and partners' layers."""

from typing import Final

import sqlalchemy as sa

from data.store.stored_values import Json, number
from data.store.table_parts import added, blob_column, id_column, seal_column, table, text

hotspot: Final = table(
    "hotspot",
    text("reference", key=True),
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    text("name"),
    text("type"),
    text("harm"),  # code of the main harm group
    text("status"),
    text("last_reported", null=True),
    text("next_review", null=True),
    text("watched_by", null=True),
    sa.Column("shape", sa.LargeBinary, nullable=False),  # WKB, EPSG:4326
    *added(),
    seal_column(),
    # Further words of the register; several codes of a closed list stand in one text, with spaces between them.
    text("other_harms", null=True),
    text("precision", null=True),
    text("unsafe_because", null=True),
    text("safer_because", null=True),
    text("age_band", null=True),
    text("times", null=True),
    text("sources", null=True),
    text("reliability", null=True),
    text("first_reported", null=True),
    sa.Column("reports", sa.Integer),
    text("rag", null=True),
    text("rag_reason", null=True),
    text("led_by", null=True),  # a role, never a name
    text("closing_reason", null=True),
    sa.Column("revision", sa.Integer, nullable=False, server_default=sa.text("1")),  # grows with every change
)

# Every change of the register, kept for good: one row for each revision of an entry. Entries that are gone keep theirs.
hotspot_change: Final = table(
    "hotspot_change",
    id_column(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    text("reference"),
    sa.Column("revision", sa.Integer, nullable=False),
    text("what"),  # see geo.register.hotspot.CHANGES
    sa.Column("changes", Json, nullable=False),  # field → [before, after]
    text("note", null=True),
    *added(),
    seal_column(),
    sa.UniqueConstraint("owner", "reference", "revision"),
)

# A response, at a known hotspot or anywhere else: patrol, lighting, assembly, training.
action: Final = table(
    "action",
    id_column(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    text("reference", null=True),  # of a known hotspot, where it is at one
    text("what"),
    text("due_on", null=True),
    text("done_on", null=True),
    text("kind", null=True),  # see geo.register.action_kinds
    text("place", null=True),  # where else it is, in words
    text("harm", null=True),  # code of a harm group, where it is about one
    text("led_by", null=True),  # a role, never a name
    sa.Column("lon", number()),
    sa.Column("lat", number()),
    text("helped", null=True),  # the answer to "did it help?"
    text("helped_on", null=True),
    text("helped_note", null=True),
    sa.Column("revision", sa.Integer, nullable=False, server_default=sa.text("1")),
    *added(),
    seal_column(),
    sa.ForeignKeyConstraint(["reference", "owner"], ["hotspot.reference", "hotspot.owner"], ondelete="CASCADE"),
)

# A list that an organisation keeps of its own: who to tell, what to teach. One row for each, whole.
organisation_list: Final = table(
    "organisation_list",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    text("kind", key=True),  # "contacts" or "teaching"
    sa.Column("entries", Json, nullable=False),
    *added(),
    seal_column(),
)

# Where pupils of a school set out for it: postcode sectors with ten pupils or more, or places chosen by hand.
pupil_origin: Final = table(
    "pupil_origin",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    text("urn", key=True),
    text("name", key=True),
    text("kind"),
    sa.Column("pupils", sa.Integer),  # to the nearest five; null where it was chosen by hand
    sa.Column("lon", number(), nullable=False),
    sa.Column("lat", number(), nullable=False),
    *added(),
    seal_column(),
)

# Shapes that a partnership hands over: neither known nor detected.
partner_layer: Final = table(
    "partner_layer",
    id_column(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    text("title"),
    text("source"),
    text("handling"),  # the marking, see geo.register.handling
    text("expires_on"),
    sa.Column("size", sa.Integer, nullable=False),  # shapes
    blob_column("shapes"),  # GeoParquet, EPSG:4326: name and geometry
    *added(),
    seal_column(),
)
