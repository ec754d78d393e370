"""Datasets as they are read: what each holds at present or held before, and the counts that pages are made of.

Adding, superseding, restoring and removing them is in ``data.store.versions``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from data.principal import Principal
from data.store import blobs, seals
from data.store import tables as t
from data.store.bounds import LARGEST_ID
from data.store.store import Store
from geo.calendar import months
from geo.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

_HIDDEN_COLUMNS: Final = ("id", "dataset_id", "fingerprint", "rows", "counts")


class Access(StrEnum):
    """Whether a dataset's counts may be shared: it is already published, or it is protected."""

    OPEN = "open"
    PROTECTED = "protected"


_MARKS: Final = "marks"  # see data.records.rows.DatasetKind, which would load what reads files


@dataclass(frozen=True)
class Dataset:
    """One version of a dataset as the store keeps it; ``by_code`` + ``by_point`` rows are placed.

    ``number`` counts the versions of the dataset from 1; ``current`` is the one that is shown. ``seal`` names all
    that it holds: two that have it alike are the same.
    """

    id: int
    number: int
    current: int
    title: str
    kind: str
    access: Access
    source: str
    owner: str
    area_set_id: int
    first_month: str
    last_month: str
    gaps: tuple[str, ...]
    rows_read: int
    by_code: int
    by_point: int
    no_location: int
    outside: int
    not_kept: Mapping[str, int]
    harm_of: Mapping[str, str]
    notes: tuple[str, ...]
    added_at: str
    added_by: str
    superseded_at: str | None
    seal: str

    @property
    def is_current(self) -> bool:
        """Whether this is the version that is shown."""
        return self.number == self.current

    @property
    def holds_marks(self) -> bool:
        """Whether its rows are young people's marks, which are no incidents."""
        return self.kind == _MARKS

    @property
    def placed(self) -> int:
        """The number of rows that belong to an area."""
        return self.by_code + self.by_point

    @property
    def placed_share(self) -> float:
        """The share of the rows read that were placed, from 0 to 1."""
        return self.placed / self.rows_read if self.rows_read else 0.0

    @property
    def months(self) -> list[str]:
        """Every month of the dataset's period, gaps included."""
        return months.between(self.first_month, self.last_month)


def datasets(store: Store, principal: Principal) -> list[Dataset]:
    """List the datasets of the person's organisation and the open ones as they are now, newest first."""
    with store.reading(principal) as connection:
        found = _versions(connection, principal, t.version.c.number == t.dataset.c.current)
    return sorted(found, key=lambda dataset: -dataset.id)


def history(store: Store, principal: Principal, dataset_id: int) -> list[Dataset]:
    """List every version of a dataset, newest first. Raises InputError when this person can see no such dataset."""
    with store.reading(principal) as connection:
        known = t.dataset.c.id == dataset_id if dataset_id <= LARGEST_ID else sa.false()
        found = _versions(connection, principal, known)
    if not found:
        raise _no_dataset(dataset_id)
    return sorted(found, key=lambda dataset: -dataset.number)


def imported_as(store: Store, principal: Principal, fingerprint: str) -> Dataset | None:
    """Return the organisation's own dataset whose shown version an import of this fingerprint made; None if none is."""
    shown = sa.and_(t.version.c.number == t.dataset.c.current, t.dataset.c.owner == principal.organisation)
    with store.reading(principal) as connection:
        found = _versions(connection, principal, sa.and_(shown, t.version.c.fingerprint == fingerprint))
    return found[0] if found else None


def load_dataset(store: Store, principal: Principal, dataset_id: int, number: int | None = None) -> Dataset:
    """Load one dataset as it is now, or one of its versions.

    Raises InputError when this person can see none with this number.
    """
    for dataset in history(store, principal, dataset_id):
        if dataset.number == (dataset.current if number is None else number):
            return dataset
    raise InputError(
        f"A version must be named by its number, and dataset {dataset_id} has no version {number}; "
        f"`python -m data history {dataset_id}` lists those there are."
    )


def load_cells(store: Store, principal: Principal, dataset: Dataset) -> pd.DataFrame:
    """Load the non-empty cells of the counts of one version: ``area``, ``month``, ``category``, ``n``.

    Raises InputError when this person can see no such dataset, and when what the store holds is not what was written.
    """
    import pandas as pd  # listing datasets needs no frames

    return pd.read_parquet(io.BytesIO(_content(store, principal, dataset, "counts")))


def load_rows(store: Store, principal: Principal, dataset: Dataset) -> bytes:
    """Load the safe rows of one version as GeoParquet bytes, for people of the organisation that owns it.

    Raises InputError as ``load_cells`` does, and PermissionError for others, whatever the dataset's access.
    """
    if principal.organisation != dataset.owner:
        raise PermissionError("Rows stay with the organisation that brought them; ask it for what you need.")
    return _content(store, principal, dataset, "rows")


def require_own(connection: sa.Connection, principal: Principal, dataset_id: int) -> int:
    """Return the number of the shown version of the organisation's own dataset. Raises InputError for others."""
    own = sa.and_(t.dataset.c.id == dataset_id, t.dataset.c.owner == principal.organisation)
    current = connection.scalar(sa.select(t.dataset.c.current).where(own))
    if current is None:
        raise InputError(
            f"Only a dataset of your own organisation can be changed, and dataset {dataset_id} is none; choose another."
        )
    return int(current)


def _content(store: Store, principal: Principal, dataset: Dataset, column: str) -> bytes:
    this = sa.and_(t.dataset.c.id == dataset.id, t.version.c.number == dataset.number, t.version.c.seal == dataset.seal)
    with store.reading(principal) as connection:
        row = connection.execute(_visible_versions(principal).where(this)).one_or_none()
        if row is None:
            raise _no_dataset(dataset.id)
        _, version = _sealed_parts(connection, row)
        return blobs.get(connection, version[column], f"the {column} of dataset {dataset.id}")


def _visible_versions(principal: Principal) -> sa.Select[Any]:
    visible = sa.or_(t.dataset.c.owner == principal.organisation, t.dataset.c.access == Access.OPEN)
    return sa.select(t.version, t.dataset).join(t.dataset, t.version.c.dataset_id == t.dataset.c.id).where(visible)


def _versions(connection: sa.Connection, principal: Principal, where: sa.ColumnElement[bool]) -> list[Dataset]:
    """Return datasets and versions that fit ``where``; raises DamagedError as ``_sealed_parts`` does."""
    rows = connection.execute(_visible_versions(principal).where(where)).all()
    return [_dataset(*_sealed_parts(connection, row)) for row in rows]


def _sealed_parts(connection: sa.Connection, row: sa.Row[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the dataset and the version of a row; raises DamagedError when either is not as it was sealed."""
    dataset, version = ({column.name: row._mapping[column] for column in table.c} for table in (t.dataset, t.version))
    for part in (dataset, version):
        seals.require_seal(connection, part, f"dataset {dataset['id']}")
    return dataset, version


def _dataset(dataset: dict[str, Any], version: dict[str, Any]) -> Dataset:
    shown = {name: dataset[name] for name in ("id", "title", "kind", "owner", "current")}
    held = {name: value for name, value in version.items() if name not in _HIDDEN_COLUMNS}
    held |= {name: tuple(version[name]) for name in ("gaps", "notes")}
    return Dataset(**shown, **held, access=Access(dataset["access"]))


def _no_dataset(dataset_id: int) -> InputError:
    return InputError(
        f"A dataset must be named by its number, and there is no dataset {dataset_id}; "
        "`python -m data status` lists those there are."
    )
