"""Datasets at rest: what was read, how it was placed, the safe rows, and the counts that pages are made of."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
import sqlalchemy as sa

from data.principal import Principal
from data.store import tables as t
from data.store.store import Store, added_by, insert, refuse_again
from geo import counting, months
from geo.counting import Cube
from geo.errors import InputError
from geo.placing import Placement


class Access(StrEnum):
    """Whether a dataset's counts may be shared: it is already published, or it is protected."""

    OPEN = "open"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Description:
    """What the person who brings a dataset says of it, and what reading it showed."""

    title: str
    kind: str
    access: Access
    source: str
    area_set_id: int
    fingerprint: str
    rows_read: int
    not_kept: Mapping[str, int]
    notes: tuple[str, ...]
    harm_of: Mapping[str, str]


@dataclass(frozen=True)
class Dataset:
    """One dataset as the store keeps it; ``by_code`` + ``by_point`` rows are placed."""

    id: int
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

    @property
    def placed(self) -> int:
        """Count the rows that belong to an area."""
        return self.by_code + self.by_point

    @property
    def placed_share(self) -> float:
        """Give the share of the rows read that were placed, from 0 to 1."""
        return self.placed / self.rows_read if self.rows_read else 0.0

    @property
    def months(self) -> list[str]:
        """List every month of the dataset's period, gaps included."""
        return months.between(self.first_month, self.last_month)


def add_dataset(
    store: Store,
    principal: Principal,
    description: Description,
    placement: Placement,
    cube: Cube,
    rows_parquet: bytes,
) -> int:
    """Keep a dataset in one transaction: its description, safe rows, counts and audit row; give its id.

    Raises AlreadyThereError when the same bytes were imported before in the same way.
    """
    counts = _counts_parquet(cube)
    with store.writing(principal, "import", description.title) as connection:
        refuse_again(connection, t.dataset, description.fingerprint, "dataset")
        values = _dataset_row(description, placement, cube) | {"owner": principal.organisation} | added_by(principal)
        dataset_id = insert(connection, t.dataset, values)
        connection.execute(
            t.dataset_rows.insert().values(dataset_id=dataset_id, parquet=rows_parquet, sha256=_sha256(rows_parquet))
        )
        connection.execute(
            t.dataset_counts.insert().values(
                dataset_id=dataset_id, parquet=counts, sha256=_sha256(counts), cells=int((cube.n > 0).sum())
            )
        )
    return dataset_id


def datasets(store: Store, principal: Principal) -> list[Dataset]:
    """List the datasets of the person's organisation and the open ones, newest first."""
    visible = sa.or_(t.dataset.c.owner == principal.organisation, t.dataset.c.access == Access.OPEN)
    with store.reading(principal) as connection:
        rows = connection.execute(sa.select(t.dataset).where(visible).order_by(t.dataset.c.id.desc())).all()
    return [_dataset(row) for row in rows]


def load_dataset(store: Store, principal: Principal, dataset_id: int) -> Dataset:
    """Load one dataset's description. Raises InputError when this person can see none with this id."""
    found = [dataset for dataset in datasets(store, principal) if dataset.id == dataset_id]
    if not found:
        raise InputError(
            f"A dataset must be named by its number, and there is no dataset {dataset_id}; "
            "`python -m data status` lists those there are."
        )
    return found[0]


def load_cells(store: Store, principal: Principal, dataset_id: int) -> pd.DataFrame:
    """Load the non-empty cells of a dataset's counts: ``area``, ``month``, ``category``, ``n``.

    Raises InputError when this person can see no such dataset, and when what the store holds is not what was written.
    """
    load_dataset(store, principal, dataset_id)
    with store.reading(principal) as connection:
        row = connection.execute(
            sa.select(t.dataset_counts.c.parquet, t.dataset_counts.c.sha256).where(
                t.dataset_counts.c.dataset_id == dataset_id
            )
        ).one_or_none()
    if row is None or _sha256(row.parquet) != row.sha256:
        raise InputError(
            f"The counts of dataset {dataset_id} must be as they were written, and they have changed on disk; "
            "restore the store from a backup."
        )
    return pd.read_parquet(io.BytesIO(row.parquet))


def _dataset_row(description: Description, placement: Placement, cube: Cube) -> dict[str, object]:
    return {
        "title": description.title,
        "kind": description.kind,
        "access": description.access.value,
        "source": description.source,
        "fingerprint": description.fingerprint,
        "area_set_id": description.area_set_id,
        "first_month": cube.months[0],
        "last_month": cube.months[-1],
        "gaps": sorted(cube.missing),
        "rows_read": description.rows_read,
        "by_code": placement.by_code,
        "by_point": placement.by_point,
        "no_location": placement.no_location,
        "outside": placement.outside,
        "not_kept": dict(description.not_kept),
        "harm_of": dict(description.harm_of),
        "notes": list(description.notes),
    }


def _dataset(row: sa.Row[tuple[object, ...]]) -> Dataset:
    values = dict(row._mapping)
    del values["fingerprint"]
    values["access"] = Access(values["access"])
    values["gaps"] = tuple(values["gaps"])
    values["notes"] = tuple(values["notes"])
    return Dataset(**values)


def _counts_parquet(cube: Cube) -> bytes:
    content = io.BytesIO()
    counting.cells(cube).to_parquet(content, index=False, compression="zstd")
    return content.getvalue()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
