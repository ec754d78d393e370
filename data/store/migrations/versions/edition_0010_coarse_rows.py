"""Protected rows are kept coarsely: those of every version that is here already are made so, and each says it.

Counts and releases stay as they are: coarse rows lie in the same areas. What damage has reached already is left as it
is, for ``verify`` to find.
"""

import io
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import geopandas as gpd
import sqlalchemy as sa
from alembic import op

from data.store import blobs, rows_at_rest
from data.store.coarse_rows import coarse
from data.store.db_errors import DamagedError
from data.store.migrations import plain_seals
from data.store.stored_values import Json, now
from geo import columns as c
from geo.areas.placing import place
from geo.register.markers import say_day

revision = "0010"
down_revision = "0009"

WHO: Final = "an update of Local Context"
ACTION: Final = "coarsen rows"
NOTE: Final = "Since {day}, positions are kept to 100 m and times to 15 minutes; no figure changed."

# The tables as they were then, as far as they are read here: seals need every column of a row that they seal.
_dataset: Final = sa.table("dataset", sa.column("id"), sa.column("owner"), sa.column("access"))
_version: Final = sa.table(
    "version",
    *(sa.column(name, sa.Integer) for name in ("id", "dataset_id", "number", "area_set_id", "rows_read", "by_code")),
    *(sa.column(name, sa.Integer) for name in ("by_point", "no_location", "outside")),
    *(sa.column(name, sa.Text) for name in ("fingerprint", "source", "first_month", "last_month", "rows", "counts")),
    *(sa.column(name, sa.Text) for name in ("superseded_at", "added_at", "added_by", "seal")),
    *(sa.column(name, Json) for name in ("gaps", "not_kept", "harm_of", "notes")),
)
_area_set: Final = sa.table("area_set", sa.column("id"), sa.column("areas"))
_blob: Final = sa.table("blob", sa.column("sha256"))


def upgrade() -> None:
    """Coarsen the rows of every version of every protected dataset."""
    connection = op.get_bind()
    protected = sa.select(_dataset).where(_dataset.c.access == "protected").order_by(_dataset.c.id)
    for dataset in connection.execute(protected).mappings().all():
        of_dataset = sa.select(_version).where(_version.c.dataset_id == dataset["id"]).order_by(_version.c.number)
        number = sum(_coarsen(connection, dict(row)) for row in connection.execute(of_dataset).mappings().all())
        if number:
            said = {"at": now(), "who": WHO, "organisation": dataset["owner"], "action": ACTION}
            plain_seals.append_to_audit(connection, {**said, "subject": f"dataset {dataset['id']}, {number} versions"})


def _coarsen(connection: sa.Connection, row: Mapping[str, Any]) -> bool:
    """Coarsen the rows of one version, and return whether that was done: not where it is damaged or coarse."""
    if row["seal"] != plain_seals.seal_of(row):
        return False
    with suppress(DamagedError):
        held = connection.scalar(sa.select(_area_set.c.areas).where(_area_set.c.id == row["area_set_id"]))
        areas = gpd.read_parquet(io.BytesIO(blobs.get(connection, str(held), "the areas")))
        rows = rows_at_rest.from_geoparquet(blobs.get(connection, row["rows"], "the rows"))
        shapes = areas.geometry.to_numpy()
        area = place(rows_at_rest.located(rows), areas[c.AREA].tolist(), shapes).area
        coarsened = coarse(rows, area, shapes)
        if all(coarsened[name].to_pylist() == rows[name].to_pylist() for name in rows.column_names):
            return False
        named = blobs.put(connection, rows_at_rest.to_geoparquet(coarsened))
        notes = [*row["notes"], NOTE.format(day=say_day(now()[:10]))]
        values = plain_seals.sealed({**row, "rows": named, "notes": notes})
        connection.execute(_version.update().where(_version.c.id == row["id"]).values(values))
        gone = sa.and_(_blob.c.sha256 == row["rows"], _blob.c.sha256.not_in(sa.select(_version.c.rows)))
        connection.execute(_blob.delete().where(gone))
        return True
    return False
