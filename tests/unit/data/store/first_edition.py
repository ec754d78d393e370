"""Writes a store of edition 0001 as the program of that time wrote it, with what a store of today holds."""

from importlib import import_module
from typing import Any

import sqlalchemy as sa

from data.store import seals
from data.store.store import Store
from tests.unit.data.store.inside import Held, held

FIRST: sa.MetaData = import_module("data.store.migrations.versions.edition_0001_first_store").tables()


def write(url: str, like: Store) -> None:
    """Make the tables of edition 0001 at an address, holding what another store holds in first versions."""
    content = _content(held(like))
    engine = sa.create_engine(url)
    with engine.connect() as connection, connection.begin():
        FIRST.create_all(connection)
        for table in FIRST.sorted_tables:
            if content[table.name]:
                connection.execute(table.insert(), content[table.name])
    engine.dispose()


def _content(now: Held) -> Held:
    blobs = {row["sha256"]: row["content"] for row in now["blob"]}
    content = {name: [_cut(name, row) for row in now.get(name, [])] for name in FIRST.tables}
    content["area_set"] = [_cut("area_set", row) | {"areas": blobs[row["areas"]]} for row in now["area_set"]]
    firsts = {row["dataset_id"]: row for row in now["version"] if row["number"] == 1}
    content["dataset"] = [_cut("dataset", firsts[row["id"]] | row) for row in now["dataset"]]
    for name, column in (("dataset_rows", "rows"), ("dataset_counts", "counts")):
        content[name] = [_part(row["id"], blobs[firsts[row["id"]][column]]) for row in now["dataset"]]
    content["dataset_counts"] = [row | {"cells": 1} for row in content["dataset_counts"]]
    return content


def _cut(table: str, row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in FIRST.tables[table].c}


def _part(dataset_id: int, content: bytes) -> dict[str, Any]:
    return {"dataset_id": dataset_id, "parquet": content, "sha256": seals.sha256(content)}
