"""The tables of papers: those that were made, with what was decided on them, and the look of an organisation's own."""

from typing import Final

import sqlalchemy as sa

from data.store.stored_values import Json
from data.store.table_parts import added, blob_column, id_column, seal_column, table, text

# A paper as it was made, with its figures: what it says never changes, and what is decided on it is written down here.
paper: Final = table(
    "paper",
    id_column(),
    sa.Column("owner", sa.ForeignKey("organisation.key"), nullable=False),
    text("audience"),  # see geo.briefing.paper.Audience
    text("urn", null=True),  # of a school; null for all areas together
    text("title"),
    text("place"),
    text("made_on"),  # the day of its figures
    *(text(name) for name in ("first", "last")),  # periods that its figures are of
    blob_column("content"),  # geo.briefing.stored_paper.paper_json, packed
    sa.Column("decisions", Json, nullable=False),  # list of {what, lead, due_on, done}
    *added(),
    seal_column(),
)

# What an organisation's papers look like: its name, its logo, its own Word template. One row for each.
organisation_look: Final = table(
    "organisation_look",
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    text("kind", key=True),  # "name", "logo" or "template"
    blob_column("content"),
    *added(),
    seal_column(),
)
