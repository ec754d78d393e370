"""What is done to a store that is about to be killed, and what the store must hold afterwards.

A ``Holding`` is all that people can see of the datasets: for each title the number of the version shown, every version
with its figures, its cells and its rows, and the baselines of its charts. ``Everything`` is that with the actions and
the term dates of a school. A deed takes all of it to what it is next, both in the store and on paper.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Protocol
from unittest.mock import patch

import pandas as pd

from data.principal import LOCAL_USER
from data.services import importing, one_release, release_log_file, restored_releases, secret
from data.services.importing import PreparedImport
from data.store import (
    actions,
    datasets,
    deliveries,
    places,
    rebases,
    rows_at_rest,
    secret_marks,
    snapshot,
    versions,
)
from data.store.datasets import Dataset
from data.store.deliveries import DeliveryKind
from data.store.store import Store
from geo import columns as c
from geo.counts import cube as counting


@dataclass(frozen=True)
class Version:
    """One version of a dataset: its figures, and digests of its cells and of its rows."""

    figures: tuple[object, ...]
    cells: str
    rows: str


@dataclass(frozen=True)
class Rebased:
    """One baseline of a dataset."""

    first_day: date
    in_force: bool


@dataclass(frozen=True)
class Held:
    """One dataset: the number of the version shown, all versions by their number, and its baselines."""

    current: int
    versions: Mapping[int, Version]
    baselines: frozenset[Rebased] = frozenset()


Holding = Mapping[str, Held]  # by title


@dataclass(frozen=True)
class Done:
    """One action at a known hotspot."""

    reference: str
    what: str
    due_on: str | None
    done_on: str | None


class State(NamedTuple):
    """What a known hotspot said after one change, as far as deeds change that, and which kind of change it was."""

    what: str
    told: tuple[str | None, ...]


Known = tuple[State, ...]  # the states of a hotspot, the first one first


@dataclass(frozen=True)
class Everything:
    """The datasets, the actions, a school's term dates by name and first day, and the states of each known hotspot."""

    datasets: Holding = field(default_factory=dict)
    actions: frozenset[Done] = frozenset()
    terms: frozenset[tuple[str, date]] = frozenset()
    hotspots: Mapping[str, Known] = field(default_factory=dict)


class Deed(Protocol):
    """One change, in the store and on paper."""

    def do(self, store: Store) -> None:
        """Do it in the store."""

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""


# Several threads do deeds at once: the first to begin patches for all, and the last to end takes it back.
_taking_turns, _inside, _patches = Lock(), list[bool](), ExitStack()


@contextmanager
def _as_rows_of_its_own(store: Store) -> Iterator[None]:
    """Let the same rows stand for ever new ones, of which nothing was released, whatever became of the log."""
    held = secret.file().is_file() and secret_marks.newest(store, LOCAL_USER) is not None
    with release_log_file.locked():
        if held and not release_log_file.path().exists():
            release_log_file.append(secret.there(store, LOCAL_USER), "", {"begun": True})
    with _taking_turns:
        if not _inside:
            _patches.enter_context(patch.object(one_release, "rows_again", return_value=0))
            # Nor is anything settled that the log knows and a killed write did not keep: that would be another write.
            _patches.enter_context(patch.object(restored_releases, "settle", return_value=[]))
        _inside.append(True)
    try:
        yield
    finally:
        with _taking_turns:
            _inside.pop()
            if not _inside:
                _patches.close()


@dataclass(frozen=True)
class Import:
    """Bring in a dataset, or the next version of the one that has this title."""

    title: str
    serial: int  # makes it another import than any before
    prepared: PreparedImport

    def do(self, store: Store) -> None:
        """Do it in the store."""
        there = _ids(store).get(self.title)
        description = replace(
            self.prepared.description, title=self.title, fingerprint=f"{self.serial:064x}", replaces=there
        )
        with _as_rows_of_its_own(store):
            importing.keep(store, LOCAL_USER, replace(self.prepared, description=description))

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        held = before.datasets.get(self.title, Held(0, {}))
        number = max(held.versions, default=0) + 1
        versions = {**held.versions, number: sent(self.prepared)}
        return _with(before, self.title, replace(held, current=number, versions=versions))


@dataclass(frozen=True)
class Restore:
    """Show an older version again."""

    title: str
    number: int

    def do(self, store: Store) -> None:
        """Do it in the store."""
        versions.restore(store, LOCAL_USER, _ids(store)[self.title], self.number)

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        return _with(before, self.title, replace(before.datasets[self.title], current=self.number))


@dataclass(frozen=True)
class Remove:
    """Remove a dataset, or one version that is not shown."""

    title: str
    number: int | None

    def do(self, store: Store) -> None:
        """Do it in the store."""
        versions.remove(store, LOCAL_USER, _ids(store)[self.title], self.number)

    def on_paper(self, before: Everything) -> Everything:
        """Return what the store must hold when it is done."""
        if self.number is None:
            others = {title: held for title, held in before.datasets.items() if title != self.title}
            return replace(before, datasets=others)
        held = before.datasets[self.title]
        kept = {number: version for number, version in held.versions.items() if number != self.number}
        return _with(before, self.title, replace(held, versions=kept))


@dataclass(frozen=True)
class RestoreBackup:
    """Put a backup in the place of everything."""

    path: Path
    held: Everything  # when it was taken

    def do(self, store: Store) -> None:
        """Do it in the store."""
        snapshot.restore_backup(store, LOCAL_USER, self.path)

    def on_paper(self, before: Everything) -> Everything:  # noqa: ARG002  # as every deed
        """Return what the store must hold when it is done."""
        return self.held


def everything(store: Store, school: str, hotspots: Mapping[str, Known]) -> Everything:
    """Read all that the store holds, as pages would, with the term dates of a school and what was read of hotspots."""
    done = actions.actions(store, LOCAL_USER)
    dates = places.term_dates(store, LOCAL_USER, school)
    return Everything(
        holding(store),
        frozenset(Done(one.reference, one.what, one.due_on, one.done_on) for one in done),
        frozenset(zip(dates[c.LABEL], dates[c.FIRST_DAY].dt.date, strict=True)),
        hotspots,
    )


def holding(store: Store) -> Holding:
    """Read all that the store holds of the local user's datasets, as a page would."""
    found: dict[str, Held] = {}
    kept: set[tuple[int | None, int | None]] = set()
    for dataset in datasets.datasets(store, LOCAL_USER):
        history = datasets.history(store, LOCAL_USER, dataset.id)
        numbered = {version.number: seen(store, version) for version in history}
        assert dataset.title not in found, "a dataset is there twice"
        found[dataset.title] = Held(dataset.current, numbered, _baselines(store, dataset.id))
        kept |= {(dataset.id, number) for number in numbered}
    listed = deliveries.deliveries(store, LOCAL_USER)
    standing = [one for one in listed if one.kind is DeliveryKind.INCIDENTS and one.undone_at is None]
    assert {(one.number, one.version) for one in standing} == kept, "not every version has its delivery"
    return found


def seen(store: Store, version: Dataset) -> Version:
    """Read all that the store holds of one version."""
    figures = (version.rows_read, version.by_code, version.by_point, version.no_location, version.outside)
    described = (version.first_month, version.last_month, version.gaps, dict(version.not_kept), version.notes)
    cells = datasets.load_cells(store, LOCAL_USER, version)
    rows = datasets.load_rows(store, LOCAL_USER, version)
    return Version((*figures, *described), _of_cells(cells), _sha256(rows))


def sent(prepared: PreparedImport) -> Version:
    """Return the version that an import must have become."""
    description, placement, cube = prepared.description, prepared.placement, prepared.cube
    figures = (description.rows_read, placement.by_code, placement.by_point, placement.no_location, placement.outside)
    gaps = tuple(sorted(cube.missing))
    described = (cube.periods[0], cube.periods[-1], gaps, dict(description.not_kept), tuple(description.notes))
    rows = rows_at_rest.to_geoparquet(importing.rows_to_keep(prepared))
    return Version((*figures, *described), _of_cells(counting.cells(cube)), _sha256(rows))


def _baselines(store: Store, dataset_id: int) -> frozenset[Rebased]:
    there = rebases.history(store, LOCAL_USER, dataset_id)
    found = frozenset(Rebased(one.first_day, in_force=one.withdrawn_at is None) for one in there)
    assert len(found) == len(there), "a baseline is there twice"
    return found


def _with(before: Everything, title: str, held: Held) -> Everything:
    return replace(before, datasets={**before.datasets, title: held})


def _of_cells(cells: pd.DataFrame) -> str:
    columns = sorted(cells.columns)
    return _sha256(repr(sorted(zip(*(cells[name].tolist() for name in columns), strict=True))).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _ids(store: Store) -> dict[str, int]:
    return {dataset.title: dataset.id for dataset in datasets.datasets(store, LOCAL_USER)}
