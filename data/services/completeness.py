"""Completeness of a dataset: its rows by month and category, placed, without a location and outside, for who may know.

They are worked out from the rows at rest, so that datasets of any age have them. Those of an open dataset are for
everybody in the organisation that brought it, those of a protected one for its custodians alone: a number of rows
without a location is no part of a release, and in one month and one category it would be small.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from data.principal import Principal
from data.records.rows import DatasetKind
from data.records.street_names import say_force
from data.services import visibility
from data.store import area_sets, datasets, rows_at_rest
from data.store.datasets import Access, Dataset
from data.store.db_errors import DamagedError
from data.store.store import Store
from geo import columns as c
from geo import harms
from geo.areas.area_set import AreaSet
from geo.arrays import Positions
from geo.counts.completeness import Completeness
from geo.counts.cube import Counts
from geo.counts.partly_supplied import ForceRows, partly_supplied

_DISTRICT: Final = "district"
_UNUSED: Final = (c.PLACE, c.EDITION, c.START, c.END, c.CONTRIBUTOR)


def open_completeness(store: Store, principal: Principal, dataset: Dataset) -> Completeness | None:
    """Return what the rows of an open dataset come to, which may be shared; None for any other, and as below."""
    return completeness_of(store, principal, dataset) if dataset.access is Access.OPEN else None


def completeness_of(store: Store, principal: Principal, dataset: Dataset) -> Completeness | None:
    """Return what the rows of a dataset come to, for the screen of this person; None where they may not know.

    Of a protected dataset it is exact, and never to be shared. None as well where the rows at rest are damaged, which
    ``verify`` finds: what is shown is counted already, and stands without them.
    """
    if principal.organisation != dataset.owner or not visibility.sees_exact(principal, dataset):
        return None
    try:
        rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, dataset), _UNUSED)
    except DamagedError:
        return None
    months = tuple(dataset.months)
    month, category, categories = _positions(rows, months)
    shape = (len(months), len(categories))
    nowhere = rows[c.STATED].is_null().to_numpy() & ~_has_point(rows)
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    return Completeness(
        months=months,
        categories=categories,
        harm=tuple(harms.harm_of(one, dataset.harm_of) for one in categories),
        read=_counted(shape, month, category),
        placed=_placed(store, principal, dataset, categories),
        without=_counted(shape, month[nowhere], category[nowhere]),
        partly=_partly(rows, dataset, month, category, categories, areas),
    )


def _positions(rows: pa.Table, months: tuple[str, ...]) -> tuple[Positions, Positions, tuple[str, ...]]:
    """Return the month and the category of each row as positions, and the categories in alphabetical order."""
    of_month, month_names = rows_at_rest.positions(rows, c.MONTH)
    of_category, names = rows_at_rest.positions(rows, c.CATEGORY)
    categories = tuple(sorted(names))
    month_at = np.array([months.index(name) for name in month_names], dtype=np.int64)
    category_at = np.array([categories.index(name) for name in names], dtype=np.int64)
    return month_at[of_month], category_at[of_category], categories


def _has_point(rows: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    lon, lat = (rows[name].to_numpy() for name in (c.LON, c.LAT))
    return ~(np.isnan(lon) | np.isnan(lat))


def _counted(shape: tuple[int, int], first: Positions, second: Positions) -> Counts:
    cell = np.ravel_multi_index((first, second), shape)
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)


def _placed(store: Store, principal: Principal, dataset: Dataset, categories: tuple[str, ...]) -> Counts:
    cells = datasets.load_cells(store, principal, dataset)
    months = dataset.months
    table = cells.groupby([c.MONTH, c.CATEGORY], observed=True)[c.COUNT].sum().unstack(fill_value=0)
    return table.reindex(index=months, columns=list(categories), fill_value=0).to_numpy(dtype=np.int64)


def _partly(
    rows: pa.Table,
    dataset: Dataset,
    month: Positions,
    category: Positions,
    categories: tuple[str, ...],
    areas: AreaSet,
) -> dict[str, str]:
    """Return the months of police data that were supplied in part; no other data tell holidays from what is missing."""
    if dataset.kind != DatasetKind.POLICE:
        return {}
    district, number = _districts(rows, areas)
    known = district >= 0
    force, names = (
        rows_at_rest.positions(rows, c.FORCE)
        if c.FORCE in rows.column_names
        else (np.zeros(len(month), dtype=np.int64), [""])
    )
    size = len(dataset.months)
    found = []
    for at, name in enumerate(names):
        of_force = force == at
        placed = of_force & known
        by_category = _counted((size, len(categories)), month[of_force], category[of_force])
        found.append(ForceRows(say_force(name), by_category, _counted((size, number), month[placed], district[placed])))
    return partly_supplied(found, dataset.months, categories, dataset.gaps)


def _districts(rows: pa.Table, areas: AreaSet) -> tuple[Positions, int]:
    """Return the district of each row by the area that it states (−1 where none is known), and how many there are."""
    stated, vocabulary = rows_at_rest.positions(rows, c.STATED)
    position = {code: at for at, code in enumerate(areas.codes)}
    if _DISTRICT in areas.levels:
        units = areas.units(_DISTRICT)
        member, number = units.member, len(units.codes)
    else:
        member, number = np.zeros(len(areas.codes), dtype=np.int64), 1
    # One entry more than the vocabulary, so that "no code stated" (−1) reads the last.
    of_word = np.array([member[position[code]] if code in position else -1 for code in vocabulary] + [-1])
    return of_word[stated].astype(np.int64), number
