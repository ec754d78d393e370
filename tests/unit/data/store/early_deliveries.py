"""Writes down what a list of hotspots changed as edition 0011 did: without the columns that came later."""

import json
import zlib

from data.principal import LOCAL_USER
from data.store import blobs, row_changes, seals
from data.store import tables as t
from data.store.store import Store
from data.store.stored_values import canonical
from tests.unit.data.store.inside import rows

_EARLY = row_changes._BEFORE_0012["hotspot"]


def write_as_before(store: Store, delivery: int) -> None:
    """Put what edition 0011 would have written down of the newest delivery in the place of what is there."""
    [own] = [row for row in rows(store, t.delivery) if row["id"] == delivery]
    with store.writing(LOCAL_USER, "test", "as edition 0011") as connection:
        packed = json.loads(zlib.decompress(blobs.get(connection, own["before"], "it")))
        now = row_changes.present(connection, [t.hotspot])["hotspot"]
        narrow = [
            [
                name,
                key,
                before and {column: value for column, value in before.items() if column in {*_EARLY, seals.SEAL}},
                seals.digest_of({column: now[tuple(key)][column] for column in _EARLY}),
            ]
            for name, key, before, _ in packed
        ]
        whole = {**own, "before": blobs.put(connection, zlib.compress(canonical(narrow).encode()))}
        connection.execute(
            t.delivery.update().where(t.delivery.c.id == delivery).values(seals.sealed(connection, whole))
        )
        blobs.remove_unheld(connection)
