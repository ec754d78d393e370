"""Verifying the store: is everything in it as it was written, and do the counts follow from the rows?"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd
import pyarrow as pa

from data.principal import Principal
from data.records.rows import Rows
from data.services import importing, release_log_state, releasing
from data.services import secret as release_secret
from data.store import area_sets, datasets, integrity, places, rows_at_rest
from data.store.bounds import LARGEST_ID
from data.store.datasets import Access, Dataset
from data.store.seals import AuditEnd
from data.store.store import Store
from geo import columns as c
from geo.areas.area_set import AreaSet
from geo.areas.placing import place
from geo.counts.cube import cells
from geo.errors import InputError
from geo.release.ledger import Ledger
from geo.release.protected_clock import YearClock
from geo.release.release_steps import differing

_DIGEST: Final = re.compile("[0-9a-f]{64}")


def verify(
    store: Store, principal: Principal, tell: importing.Progress | None = None, noted: AuditEnd | None = None
) -> list[str]:
    """Return what is not as it was written, a sentence each; an empty list means a sound store.

    It checks the integrity of the database, every hash and seal, the chain of the audit with its end (and one that
    somebody ``noted`` once), the release log, and for every version of the organisation's datasets that placing and
    counting its rows again yields its counts, and that what is released of the protected ones follows from what was
    counted.
    """
    report = tell or (lambda _share, _what: None)
    report(0.0, "Looking at hashes, seals and the audit")
    found = [*integrity.find_damage(store, principal), *_lacking(store, principal, noted)]
    if found:  # what cannot be read cannot be counted again
        return found
    log, said = release_log_state.look(store, principal)
    found += [] if log.is_fine else [said]
    versions = [one for dataset in _own(store, principal) for one in datasets.history(store, principal, dataset.id)]
    for done, version in enumerate(versions):
        report(done / len(versions), f"Counting “{version.title}”, version {version.number}, again")
        found += _recounted(store, principal, version)
    shown = [one for one in _own(store, principal) if one.access is Access.PROTECTED]
    found += [fault for one in shown for fault in _released_again(store, principal, one)]
    report(1.0, "Verified")
    return found


def read_head(text: str) -> AuditEnd:
    """Return the end of an audit as ``newest_write`` writes it. Raises InputError for any other text."""
    number, _, digest = text.strip().partition(":")
    if not (number.isdecimal() and _DIGEST.fullmatch(digest)) or int(number) > LARGEST_ID:
        raise InputError(
            "A newest write must be a number, a colon and 64 digits and letters, as `verify` prints it, and this is "
            "none; copy all of it."
        )
    return AuditEnd(int(number), digest)


def newest_write(store: Store, principal: Principal) -> str:
    """Return the end of the audit as people note it outside of the store: "57:3f0c…"."""
    return "{}:{}".format(*integrity.head(store, principal))


def _lacking(store: Store, principal: Principal, noted: AuditEnd | None) -> list[str]:
    if noted is None or integrity.is_part(store, principal, noted):
        return []
    why = "the store was cut back or changed, or since then restored from a backup or sealed again, as the audit says"
    return [f"Write {noted.number} is not in the audit as it was noted: {why}."]


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


def _released_again(store: Store, principal: Principal, dataset: Dataset) -> Iterator[str]:
    """Say which half-terms of a protected dataset, and clocks of its years, do not follow from what they were made of.

    Nothing is said where the secret that rounded them is not there: then their seals alone vouch for them.
    """
    secret = release_secret.present(store, principal)
    try:
        ledger = releasing.ledger_of(store, principal, dataset)
    except (OSError, ValueError, KeyError, TypeError):
        yield f"Dataset {dataset.id}: what is released cannot be read; restore the store from a backup."
        return
    if ledger is None or not ledger.frozen:
        return
    wrong = [year for year, n in _totals(ledger).items() if any(int(one.n.sum()) != n for one in _clocks(ledger, year))]
    kept = datasets.history(store, principal, dataset.id)
    if secret is not None and _same_contributors(store, principal, kept):
        rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, dataset))
        areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
        area = place(rows_at_rest.located(rows), areas.codes, areas.frame.geometry.to_numpy()).area
        calendar = places.school_calendar(store, principal)
        basis = releasing.basis_of(rows, area, areas, releasing.grouping_of(dataset), calendar, ledger)
        one_a_day = len({one.added_at[:10] for one in kept}) == kept[0].number  # versions that are removed may be alike
        wrong += differing(ledger, basis, areas, secret.value, one_a_day=one_a_day)
    for when in wrong:
        yield (
            f"Dataset {dataset.id}: what is released of {when} must follow from what was counted, and it does not; "
            "restore the store from a backup."
        )


def _totals(ledger: Ledger) -> dict[str, int]:
    """Return what is released of each school year."""
    years = dict.fromkeys(one.period.year for one in ledger.frozen)
    return {year: sum(int(one.shown.sum()) for one in ledger.frozen if one.period.year == year) for year in years}


def _clocks(ledger: Ledger, year: str) -> Iterator[YearClock]:
    return (one for one in ledger.clocks if one.year == year)


def _same_contributors(store: Store, principal: Principal, kept: Sequence[Dataset]) -> bool:
    """Return whether the versions of a dataset that are kept have the same contributors."""
    rows = (datasets.load_rows(store, principal, one) for one in kept)
    contributors = {tuple(rows_at_rest.words_of(content, c.CONTRIBUTOR)) for content in rows}
    return len(contributors) == 1 and (contributors == {()} or kept[-1].number == 1)


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
