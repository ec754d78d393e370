"""Harm groups that say what they hold: categories move from the group of the earlier usual rules to that of today's.

A category moves only where it counts in the group that the earlier rules gave it, since then nobody chose another. What
moved stands in a note of every version of the dataset and in the audit. Half-terms that are released keep the groups
they were released in: each ledger gets to know them.
"""

import gzip
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from data.store import blobs, regrouping
from data.store.db_errors import DamagedError
from data.store.migrations import plain_seals
from data.store.stored_values import Json, now
from geo import harms
from geo.harms import HARM_GROUPS
from geo.register.markers import say_day

revision = "0005"
down_revision = "0004"

WHO: Final = "an update of Local Context"
MARKS: Final = "marks"  # a kind of dataset whose categories are no harms

# The usual rules of editions 0001 to 0004.
_STREET: Final = {
    "violence and sexual offences": "violence",
    "violent crime": "violence",
    "robbery": "violence",
    "possession of weapons": "violence",
    "theft from the person": "violence",
    "drugs": "substances",
    "anti-social behaviour": "asb",
    "criminal damage and arson": "asb",
    "public order": "asb",
}
_TELLING: Final = (
    ("cse", "sexual exploitation|sexual abuse|child abuse|groom|cse\\b"),
    ("cce", "criminal exploitation|county lines|trafficking|cuckoo|gang(?! violence)|cce\\b"),
    ("peer", "bully|peer on peer|child on child|between children|harmful sexual|relationship abuse|hate"),
    ("violence", "knife|knives|weapon|firearm|stab|robbery|violen|assault|fight"),
    ("substances", "drug|alcohol|vap(e|ing)|spice|cannabis|substance|suppl[yi]"),
    ("asb", "anti.?social|asb\\b|damage|vandal|arson|fire.?setting|intimidat|nuisance|disorder"),
)

# The tables as they were then, as far as they are read here: seals need every column of a row that they seal.
_dataset: Final = sa.table(
    "dataset", sa.column("id"), sa.column("owner"), sa.column("kind"), sa.column("current"), sa.column("access")
)
_version: Final = sa.table(
    "version",
    *(sa.column(name, sa.Integer) for name in ("id", "dataset_id", "number", "area_set_id", "rows_read", "by_code")),
    *(sa.column(name, sa.Integer) for name in ("by_point", "no_location", "outside")),
    *(sa.column(name, sa.Text) for name in ("fingerprint", "source", "first_month", "last_month", "rows", "counts")),
    *(sa.column(name, sa.Text) for name in ("superseded_at", "added_at", "added_by", "seal")),
    *(sa.column(name, Json) for name in ("gaps", "not_kept", "harm_of", "notes")),
)
_release: Final = sa.table(
    "release", *(sa.column(name) for name in ("dataset_id", "ledger", "added_at", "added_by", "seal"))
)
_blob: Final = sa.table("blob", sa.column("sha256"))
_column_mapping: Final = sa.table(
    "column_mapping", sa.column("owner"), sa.column("kind"), sa.column("source"), sa.column("mapping", Json)
)


def upgrade() -> None:
    """Move the categories of every dataset of harms, and those that the next file of a source would be mapped by."""
    connection = op.get_bind()
    for dataset in _rows(connection, sa.select(_dataset).where(_dataset.c.kind != MARKS).order_by(_dataset.c.id)):
        with suppress(DamagedError):  # what was damaged before is so afterwards
            _keep_released_groups(connection, dataset)
            _move(connection, dataset)
    for row in _rows(connection, sa.select(_column_mapping)):
        chosen = row["mapping"].get("harm", {}) if isinstance(row["mapping"], dict) else {}
        if moved := moved_by_rule(chosen):
            this = sa.and_(*(_column_mapping.c[name] == row[name] for name in ("owner", "kind", "source")))
            mapping = {**row["mapping"], "harm": {**chosen, **moved}}
            connection.execute(_column_mapping.update().where(this).values(mapping=mapping))


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]


def moved_by_rule(harm_of: Mapping[str, str]) -> dict[str, str]:
    """Return the new group of each category that counts where the earlier rules put it, and is put elsewhere today."""
    return {
        category: harms.harm_of(category)
        for category, harm in harm_of.items()
        if harm == earlier_harm_of(category) != harms.harm_of(category)
    }


def earlier_harm_of(category: str) -> str:
    """Return the group that a category belonged to by the rules of editions 0001 to 0004."""
    plain = category.strip().casefold()
    for code, label in HARM_GROUPS.items():
        if plain in (code, label.casefold()):
            return code
    if plain in _STREET:
        return _STREET[plain]
    return next((code for code, words in _TELLING if re.search(rf"\b({words})", plain)), "other")


def _move(connection: sa.Connection, dataset: Mapping[str, Any]) -> None:
    """Move the categories of a dataset in all its versions that are as they were sealed, and say so."""
    released = connection.scalar(sa.select(_release.c.ledger).where(_release.c.dataset_id == dataset["id"])) is not None
    of_dataset = sa.select(_version).where(_version.c.dataset_id == dataset["id"]).order_by(_version.c.number)
    shown: harms.Moves = {}
    for row in _rows(connection, of_dataset):
        moved = moved_by_rule(row["harm_of"])
        if not moved or row["seal"] != plain_seals.seal_of(row):
            continue
        found = harms.moves(row["harm_of"], moved)
        note = harms.say_moves(found, say_day(now()[:10]), WHO)
        notes = [*row["notes"], f"{note} {harms.KEPT}" if released else note]
        values = plain_seals.sealed({**row, "harm_of": {**row["harm_of"], **moved}, "notes": notes})
        connection.execute(_version.update().where(_version.c.id == row["id"]).values(values))
        if not shown or row["number"] == dataset["current"]:
            shown = found
    if shown:
        said = {"at": now(), "who": WHO, "organisation": dataset["owner"], "action": regrouping.REGROUPED}
        plain_seals.append_to_audit(connection, {**said, "subject": regrouping.subject(dataset["id"], shown)})


def _keep_released_groups(connection: sa.Connection, dataset: Mapping[str, Any]) -> None:
    """Write into a dataset's ledger the groups that its half-terms were released by: those of its newest version."""
    this = _release.c.dataset_id == dataset["id"]
    of_dataset = sa.select(_version.c.harm_of).where(_version.c.dataset_id == dataset["id"])
    newest = of_dataset.order_by(_version.c.number.desc()).limit(1)
    for release in _rows(connection, sa.select(_release).where(this)):
        content = _with_groups(blobs.get(connection, release["ledger"], "a ledger"), connection.scalar(newest) or {})
        if content is None or release["seal"] != plain_seals.seal_of(release):
            continue
        values = plain_seals.sealed({**release, "ledger": blobs.put(connection, content)})
        connection.execute(_release.update().where(this).values(values))
        replaced = _blob.c.sha256 == release["ledger"]
        connection.execute(_blob.delete().where(replaced, _blob.c.sha256.not_in(sa.select(_release.c.ledger))))


def _with_groups(ledger: bytes, harm_of: Mapping[str, str]) -> bytes | None:
    """Return the bytes of a ledger that knows by which groups it was released; None for bytes that are no ledger."""
    try:
        content = json.loads(gzip.decompress(ledger))
        keys = [one["period"]["key"] for one in content["frozen"]]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None
    content["groupings"] = [{"through": max(keys), "harm_of": dict(harm_of)}] if keys else []
    return gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)
