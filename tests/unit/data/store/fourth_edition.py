"""Writes a store of edition 0004 as the program of that time wrote it, with what a store of today holds of it."""

from importlib import import_module
from typing import Final

import sqlalchemy as sa

from data.store import tables as t
from data.store.store import Store
from tests.unit.data.store import second_edition, third_edition

EDITION: Final = "0004"
ADDED: Final[tuple[str, ...]] = import_module("data.store.migrations.versions.edition_0004_rebased")._TABLES
FOURTH: Final[list[sa.Table]] = [*third_edition.THIRD, *(t.metadata.tables[name] for name in ADDED)]


def write(url: str, like: Store) -> None:
    """Make the tables of edition 0004 at an address, holding what another store holds in them."""
    second_edition.write(url, like, FOURTH, EDITION)
