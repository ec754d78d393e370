"""The tables of hotspots and actions as editions 0002 to 0011 had them, before the register knew more of each."""

from typing import Final

import sqlalchemy as sa

_metadata: Final = sa.MetaData()
_ORGANISATION: Final = sa.Table("organisation", _metadata, sa.Column("key", sa.Text, primary_key=True))


def _text(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null, primary_key=key)


hotspot: Final = sa.Table(
    "hotspot",
    _metadata,
    _text("reference", key=True),
    sa.Column("owner", sa.ForeignKey("organisation.key"), primary_key=True),
    *(_text(name) for name in ("name", "type", "harm", "status")),
    *(_text(name, null=True) for name in ("last_reported", "next_review", "watched_by")),
    sa.Column("shape", sa.LargeBinary, nullable=False),
    *(_text(name) for name in ("added_at", "added_by", "seal")),
    sqlite_strict=True,
)

action: Final = sa.Table(
    "action",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    *(_text(name) for name in ("owner", "reference", "what")),
    *(_text(name, null=True) for name in ("due_on", "done_on")),
    *(_text(name) for name in ("added_at", "added_by")),
    sa.ForeignKeyConstraint(["reference", "owner"], ["hotspot.reference", "hotspot.owner"], ondelete="CASCADE"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
