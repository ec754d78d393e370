"""What is done to a store that is about to be killed, and what the store must hold afterwards.

A ``Holding`` is all that people can see of the datasets: for each title the number of the version shown, and every
version with its figures, its cells and its rows. A deed takes one holding to the next, both in the store and on paper.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from data import importing, rows_at_rest
from data.importing import Prepared
from data.principal import LOCAL_USER
from data.store import datasets, snapshot, versions
from data.store.datasets import Dataset
from data.store.store import Store
from geo import counting


@dataclass(frozen=True)
class Version:
    """One version of a dataset: its figures, and digests of its cells and of its rows."""

    figures: tuple[object, ...]
    cells: str
    rows: str


@dataclass(frozen=True)
class Held:
    """One dataset: the number of the version shown, and all versions by their number."""

    current: int
    versions: Mapping[int, Version]


Holding = Mapping[str, Held]  # by title


@dataclass(frozen=True)
class Import:
    """Bring in a dataset, or the next version of the one that has this title."""

    title: str
    serial: int  # makes it another import than any before
    prepared: Prepared

    def do(self, store: Store) -> None:
        """Do it in the store."""
        there = _ids(store).get(self.title)
        description = replace(
            self.prepared.description, title=self.title, fingerprint=f"{self.serial:064x}", replaces=there
        )
        importing.keep(store, LOCAL_USER, replace(self.prepared, description=description))

    def on_paper(self, before: Holding) -> Holding:
        """Give what the store must hold when it is done."""
        old = before[self.title].versions if self.title in before else {}
        number = max(old, default=0) + 1
        return {**before, self.title: Held(number, {**old, number: sent(self.prepared)})}


@dataclass(frozen=True)
class Restore:
    """Show an older version again."""

    title: str
    number: int

    def do(self, store: Store) -> None:
        """Do it in the store."""
        versions.restore(store, LOCAL_USER, _ids(store)[self.title], self.number)

    def on_paper(self, before: Holding) -> Holding:
        """Give what the store must hold when it is done."""
        return {**before, self.title: replace(before[self.title], current=self.number)}


@dataclass(frozen=True)
class Remove:
    """Remove a dataset, or one version that is not shown."""

    title: str
    number: int | None

    def do(self, store: Store) -> None:
        """Do it in the store."""
        versions.remove(store, LOCAL_USER, _ids(store)[self.title], self.number)

    def on_paper(self, before: Holding) -> Holding:
        """Give what the store must hold when it is done."""
        others = {title: held for title, held in before.items() if title != self.title}
        if self.number is None:
            return others
        held = before[self.title]
        kept = {number: version for number, version in held.versions.items() if number != self.number}
        return {**others, self.title: replace(held, versions=kept)}


@dataclass(frozen=True)
class RestoreBackup:
    """Put a backup in the place of everything."""

    path: Path
    held: Holding  # when it was taken

    def do(self, store: Store) -> None:
        """Do it in the store."""
        snapshot.restore_backup(store, LOCAL_USER, self.path)

    def on_paper(self, before: Holding) -> Holding:  # noqa: ARG002  # as every deed
        """Give what the store must hold when it is done."""
        return self.held


Deed = Import | Restore | Remove | RestoreBackup


def holding(store: Store) -> Holding:
    """Read all that the store holds of the local user's datasets, as a page would."""
    found: dict[str, Held] = {}
    for dataset in datasets.datasets(store, LOCAL_USER):
        history = datasets.history(store, LOCAL_USER, dataset.id)
        numbered = {version.number: seen(store, version) for version in history}
        assert dataset.title not in found, "a dataset is there twice"
        found[dataset.title] = Held(dataset.current, numbered)
    return found


def seen(store: Store, version: Dataset) -> Version:
    """Read all that the store holds of one version."""
    figures = (version.rows_read, version.by_code, version.by_point, version.no_location, version.outside)
    described = (version.first_month, version.last_month, version.gaps, dict(version.not_kept), version.notes)
    cells = datasets.load_cells(store, LOCAL_USER, version)
    rows = datasets.load_rows(store, LOCAL_USER, version)
    return Version((*figures, *described), _of_cells(cells), _sha256(rows))


def sent(prepared: Prepared) -> Version:
    """Give the version that an import must have become."""
    description, placement, cube = prepared.description, prepared.placement, prepared.cube
    figures = (description.rows_read, placement.by_code, placement.by_point, placement.no_location, placement.outside)
    gaps = tuple(sorted(cube.missing))
    described = (cube.periods[0], cube.periods[-1], gaps, dict(description.not_kept), tuple(description.notes))
    rows = rows_at_rest.to_geoparquet(prepared.rows.table)
    return Version((*figures, *described), _of_cells(counting.cells(cube)), _sha256(rows))


def _of_cells(cells: pd.DataFrame) -> str:
    columns = sorted(cells.columns)
    return _sha256(repr(sorted(zip(*(cells[name].tolist() for name in columns), strict=True))).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _ids(store: Store) -> dict[str, int]:
    return {dataset.title: dataset.id for dataset in datasets.datasets(store, LOCAL_USER)}
