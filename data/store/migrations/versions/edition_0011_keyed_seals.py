"""Seals have a key that is kept outside the database, and the audit names what it is about by number.

What is as it was sealed is sealed again with the key. What is not is left as it is, so that it is still noticed: a row
by itself, the audit from its first wrong row on. Earlier editions wrote titles, sources and names of files into the
audit, which is kept for good; where they stand, the number is put in their place, or nothing where it is not known.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from data.principal import LOCAL_USER
from data.store import outer_seals, resealing, seals, unversioned
from data.store import tables as t
from data.store.migrations import plain_seals
from data.store.stored_values import now

Row = Mapping[Any, Any]

revision = "0011"
down_revision = "0010"

WHO: Final = "an update of Local Context"
ACTION: Final = "seal again"
_TABLES: Final = ("outer_seal",)
_JSON: Final = frozenset(("notes", "name_of", "counts", "left_out", "closed", "gaps", "not_kept", "harm_of"))
_JSON_ONLY_OF: Final = {"counts": "base_map"}  # elsewhere it names a blob

# What may follow an action in the audit: words of the program and numbers. All else is a word of somebody's.
_NUMBERED: Final = re.compile(
    r"(dataset|version|hotspot|action|person|delivery|baseline|base map|area set)s? \d+\b(, (version|from) [\d-]+)?"
    r"|\d+ (hotspots|schools|actions|names?)|dataset \d+(, \d+ versions|: \d+ (category|categories) from .*)?"
    r"|delivery \d+: [a-z -]+|release secret [0-9a-f]+|superseded versions (None|\d+) days, datasets (None|\d+) months"
)
_TITLED: Final = {  # action → the table whose titles it names, and what a row of it is called
    "import": ("dataset", "dataset"),
    "add area set": ("area_set", "area set"),
    "name areas": ("area_set", "area set"),
    "change facts of areas": ("area_set", "area set"),
    "add base map": ("base_map", "base map"),
    "add calendar": ("calendar", "term dates"),
}
_WORDLESS: Final = ("sign out", "look at datasets", "add person", "add organisation", "keep mapping")


def upgrade() -> None:
    """Seal everything that is as it was sealed, and say in the audit how many of its rows lost words."""
    connection = op.get_bind()
    t.metadata.create_all(connection, tables=[t.metadata.tables[name] for name in _TABLES])
    found = unversioned.reflect_tables(connection)
    resealing.reseal_rows(connection, [table for table in found.values() if seals.SEAL in table.c], _as_sealed)
    outer_seals.seal_all(connection)
    outer_seals.mark(connection)
    rows = connection.execute(sa.select(t.audit).order_by(t.audit.c.id)).mappings().all()
    if rows:
        changed = _relink(connection, rows)
        said = {"at": now(), "who": WHO, "organisation": LOCAL_USER.organisation, "action": ACTION}
        subject = f"edition {revision}, numbers in the place of words in {changed} rows of the audit"
        seals.append_to_audit(connection, {**said, "subject": subject})


def _as_sealed(table: str, row: Row) -> Row | None:
    """Return a row with the values that its seal is made of; None for one that is not as it was sealed."""
    try:
        read = {name: json.loads(value) if _is_json(table, name, value) else value for name, value in row.items()}
    except ValueError:
        return None
    return read if read[seals.SEAL] == plain_seals.seal_of(read) else None


def _is_json(table: str, column: str, value: object) -> bool:
    return column in _JSON and _JSON_ONLY_OF.get(column, table) == table and value is not None


def _relink(connection: sa.Connection, rows: Sequence[Row]) -> int:
    """Link the rows that are as they were linked, without words; returns how many had some."""
    broken = plain_seals.broken_link(rows)
    whole = [seals.unlinked(row) for row in rows if broken is None or row["id"] < broken]
    kept = _Kept(connection)
    said = [{**row, "subject": kept.subject(row)} for row in whole]
    resealing.relink(connection, said)
    return sum(one["subject"] != row["subject"] for one, row in zip(said, whole, strict=True))


class _Kept:
    """What is kept, by its titles."""

    def __init__(self, connection: sa.Connection) -> None:
        self._numbers: dict[tuple[str, str], list[int]] = {}
        for name in dict.fromkeys(table for table, _ in _TITLED.values()):
            table = sa.table(name, sa.column("id"), sa.column("title"))
            for row in connection.execute(sa.select(table).order_by(table.c.id)):
                self._numbers.setdefault((name, row.title), []).append(row.id)

    def subject(self, row: Row) -> str:
        """Return what a row of the audit was about, without any title, source or name of a file."""
        action, subject = row["action"], row["subject"]
        if action in _TITLED:
            table, what = _TITLED[action]
            numbers = self._numbers.get((table, _title(action, subject)), [])
            return f"{what} {numbers[0]}" if len(numbers) == 1 else f"{what}, number not known"
        if action in _WORDLESS or _NUMBERED.fullmatch(subject):
            return str(subject)
        return "left out"


def _title(action: str, subject: str) -> str:
    if action == "change facts of areas":
        return subject.rpartition(":")[0]
    return re.sub(r", school [^,]*$", "", subject) if action == "add calendar" else subject
