"""A store in which everything else happened: other rows, other counts, and the same release.

Whatever is told alike by both stores is told by the release alone, of which nobody can learn more than it says. So this
holds what leaves a screen, a page for a board or a command to the released cube, whatever way it is made.
"""

import io

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import sqlalchemy as sa

from data.store import blobs, releases_at_rest, seals, triggers
from data.store import tables as t
from data.store.store import Store
from geo.release.ledger import FrozenPeriod, Ledger


def retell(store: Store, dataset_id: int) -> None:
    """Put other rows and counts in the place of those of a protected dataset; what is released of it stays."""
    with store._engine.execution_options(writes=True).begin() as connection:
        triggers.drop_triggers(connection)
        for version in connection.execute(sa.select(t.version).where(t.version.c.dataset_id == dataset_id)).mappings():
            rows, counts = (blobs.get(connection, version[name], name) for name in ("rows", "counts"))
            changed = {
                "rows": blobs.put(connection, _other_rows(rows)),
                "counts": blobs.put(connection, _other(counts)),
            }
            this = t.version.c.id == version["id"]
            connection.execute(t.version.update().where(this).values(seals.sealed(connection, {**version, **changed})))
        its = t.release.c.dataset_id == dataset_id
        for release in connection.execute(sa.select(t.release).where(its)).mappings().all():
            ledger = releases_at_rest.from_bytes(blobs.get(connection, release["ledger"], "ledger"))
            changed = {"ledger": blobs.put(connection, releases_at_rest.to_bytes(_other_truth(ledger)))}
            connection.execute(t.release.update().where(its).values(seals.sealed(connection, {**release, **changed})))
        blobs.remove_unheld(connection)
        triggers.create_triggers(connection)


def _other_truth(ledger: Ledger) -> Ledger:
    """Return a ledger of the same release, with exact counts that have nothing to do with it."""
    frozen = tuple(_other_period(one) for one in ledger.frozen)
    return Ledger(ledger.tiles, ledger.zones, frozen, ledger.clocks, ledger.groupings)


def _other_period(one: FrozenPeriod) -> FrozenPeriod:
    exact = np.roll(one.exact, 1, axis=0) + 3
    return FrozenPeriod(
        one.period, one.shown, exact, one.frozen_on, one.corrected_on, one.secret, one.edition, one.recounted
    )


def _other(counts: bytes) -> bytes:
    """Return cells of which each has another count: those of the cell after it, and one more."""
    frame = pd.read_parquet(io.BytesIO(counts))
    frame["n"] = np.roll(frame["n"].to_numpy(), 1) + 1
    content = io.BytesIO()
    frame.to_parquet(content, index=False)
    return content.getvalue()


def _other_rows(rows: bytes) -> bytes:
    """Return rows of which the second half is left out, and whatever places them is that of another row."""
    table = pq.read_table(io.BytesIO(rows))
    half = table.slice(0, table.num_rows // 2)
    moved = np.roll(np.arange(half.num_rows), 1)
    for name in ("area", "lon", "lat", "stated", "place", "category", "start", "month"):
        if name in half.column_names:
            at = half.column_names.index(name)
            half = half.set_column(at, half.schema.field(at), half.column(name).take(moved))
    content = io.BytesIO()
    pq.write_table(half, content)
    return content.getvalue()
