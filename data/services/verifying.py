"""Verifying the store: is everything in it as it was written, and do the counts follow from the rows?"""

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa

from data.principal import Principal
from data.records.rows import Rows
from data.services import importing
from data.store import area_sets, datasets, integrity, rows_at_rest
from data.store.datasets import Dataset
from data.store.store import Store
from geo import columns as c
from geo.areas.area_set import AreaSet
from geo.areas.placing import place
from geo.counts.cube import cells
from geo.errors import InputError


def verify(store: Store, principal: Principal, tell: importing.Progress | None = None) -> list[str]:
    """Return what is not as it was written, a sentence each; an empty list means a sound store.

    It checks the integrity of the database, every hash and seal, the chain of the audit, and for every version of the
    organisation's datasets that placing and counting its rows again yields its counts.
    """
    report = tell or (lambda _share, _what: None)
    report(0.0, "Looking at hashes, seals and the audit")
    found = integrity.find_damage(store, principal)
    if found:  # what cannot be read cannot be counted again
        return found
    versions = [one for dataset in _own(store, principal) for one in datasets.history(store, principal, dataset.id)]
    for done, version in enumerate(versions):
        report(done / len(versions), f"Counting “{version.title}”, version {version.number}, again")
        found += _recounted(store, principal, version)
    report(1.0, "Verified")
    return found


def _own(store: Store, principal: Principal) -> Iterator[Dataset]:
    return (one for one in datasets.datasets(store, principal) if one.owner == principal.organisation)


def _recounted(store: Store, principal: Principal, version: Dataset) -> list[str]:
    what = f"Dataset {version.id}, version {version.number}"
    try:
        kept = datasets.load_cells(store, principal, version)
        rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, version))
        areas = area_sets.load_area_set(store, principal, version.area_set_id)
    except InputError as fault:
        return [str(fault)]
    placed, counted = _count_again(rows, areas)
    stated = (version.by_code, version.by_point, version.no_location, version.outside)
    if placed != stated or not _equal(counted, kept):
        return [f"{what}: its counts must follow from its rows, and they do not; restore the store from a backup."]
    return []


def _count_again(table: pa.Table, areas: AreaSet) -> tuple[tuple[int, ...], pd.DataFrame]:
    """Place and count rows again: rows by code, by point, without location and outside; and the non-empty cells."""
    rows = Rows(table, read=table.num_rows)
    placement = place(rows_at_rest.located(table), areas.codes, areas.frame.geometry.to_numpy())
    cube = importing.count_rows(rows, placement, areas.codes, {})
    return (placement.by_code, placement.by_point, placement.no_location, placement.outside), cells(cube)


def _equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    names = [c.AREA, c.MONTH, c.CATEGORY, c.COUNT]
    if len(one) != len(other) or not set(names) <= set(other.columns):
        return False
    key = names[:3]
    pairs = (frame.sort_values(key, ignore_index=True) for frame in (one, other))
    first, second = ([frame[name].astype(str).to_list() for name in names] for frame in pairs)
    return first == second
