"""Releasing the protected datasets of the store: from safe rows to what may be shared.

A dataset is released when a version of it is brought in: of the half-terms that its rows cover, those that had been
over for 14 days by then. So what is shared follows from what was brought in, and never changes by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.principal import Principal
from data.records.rows import NO_CONTRIBUTOR, DatasetKind
from data.services import one_release, release_log, secret
from data.services.release_log import KnownRelease, ReleaseLog
from data.store import area_sets, datasets, places, releases, releases_at_rest, rows_at_rest
from data.store.datasets import Access, Dataset
from data.store.releases import Release
from data.store.store import Store
from data.store.versions import Description
from geo import columns as c
from geo.areas.area_set import AreaSet
from geo.areas.placing import place
from geo.arrays import Positions
from geo.calendar import half_terms, months
from geo.calendar.half_terms import HalfTerm
from geo.calendar.school_calendar import SchoolCalendar
from geo.calendar.school_day import BAND_NAMES, DAY_KINDS, WEEKDAYS, band_of, weekday_of
from geo.counts.cube import Counts
from geo.feelings import FEELING_OF
from geo.release import continuing
from geo.release.group_lists import HARMS, list_of
from geo.release.ledger import Ledger, keeping
from geo.release.release_steps import Basis, release
from geo.release.released_again import recognised


def ledger_of(store: Store, principal: Principal, dataset: Dataset) -> Ledger | None:
    """Load what has been released of a dataset; None when nothing has."""
    content = releases.load(store, principal, dataset)
    return None if content is None else releases_at_rest.from_bytes(content)


def released_with(
    store: Store,
    principal: Principal,
    rows: pa.Table,
    area: Positions,
    areas: AreaSet,
    harm_of: Mapping[str, str],
    *,
    on: date,
    after: Ledger | None = None,
) -> Ledger:
    """Return what is released of a dataset once these safe rows are brought in on a day, ``after`` what was before.

    Nothing is written. A half-term keeps the harm groups that it was first released by. Raises InputError when the
    secret that keys the rounding is lost or another.
    """
    before = after or Ledger()
    basis = basis_of(rows, area, areas, harm_of, places.school_calendar(store, principal), before)
    made = release(before, basis, areas, secret.of(store, principal).value, on)
    return replace(made, groupings=before.groupings).grouped_by(harm_of)


def catch_up(store: Store, principal: Principal) -> list[Dataset]:
    """Release the organisation's protected datasets that never were, as of the day they came in; return those.

    They were brought in before there were releases, or when the secret was lost. One whose rows were released in
    another dataset stays unreleased.
    """
    lacking = [one for one in datasets.datasets(store, principal) if _lacks_release(store, principal, one)]
    done = [one for one in lacking if _caught_up(store, principal, one)]
    if done:
        release_log.mark(store, principal)
    return done


def _caught_up(store: Store, principal: Principal, dataset: Dataset) -> bool:
    """Release one dataset as of the day it came in, and return whether that may be done."""
    secret.of(store, principal)
    log = release_log.begun(store, principal)
    rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, dataset))
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    area = place(rows_at_rest.located(rows), areas.codes, areas.frame.geometry.to_numpy()).area
    sketched = one_release.sketched(log, rows, area)
    [holder] = [
        (one.dataset_id, one.made_at) for one in releases.held(store, principal) if one.dataset_id == dataset.id
    ]
    own = log.of(holder)
    if one_release.others(log, sketched, own):
        return False
    grouping, on = grouping_of(dataset), date.fromisoformat(dataset.added_at[:10])
    before = None if own is None else taken_up(store, principal, log, own, rows, areas, grouping)
    made = releases_at_rest.to_bytes(released_with(store, principal, rows, area, areas, grouping, on=on, after=before))

    def logged(number: int, made_at: str) -> None:
        log.note(own.key if own else None, dataset.owner, (number, made_at), areas, made, sketched.sketch())

    releases.put(store, principal, dataset.id, Release(made, logged=logged))
    return True


def release_sessions(store: Store, principal: Principal, on: date) -> list[Dataset]:
    """Release the half-terms of the organisation's sessions of marks that are over on a day; return whose.

    A session is whole when it comes in, often on the day after it was held; incidents wait for the next that are
    brought instead. Raises InputError when the secret that keys the rounding is lost or another.
    """
    own = [one for one in datasets.datasets(store, principal) if one.owner == principal.organisation]
    sessions = [one for one in own if one.holds_marks and one.access is Access.PROTECTED]
    done = [one for one in sessions if _session_released(store, principal, one, on)]
    if done:
        release_log.mark(store, principal)
    return done


def _session_released(store: Store, principal: Principal, dataset: Dataset, on: date) -> bool:
    """Release what is over of one dataset of marks, and return whether that is more than was released before."""
    content = releases.load(store, principal, dataset)
    if content is None:
        return False
    before = releases_at_rest.from_bytes(content)
    rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, principal, dataset))
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    area = place(rows_at_rest.located(rows), areas.codes, areas.frame.geometry.to_numpy()).area
    made = released_with(store, principal, rows, area, areas, grouping_of(dataset), on=on, after=before)
    if len(made.frozen) == len(before.frozen):
        return False
    log = release_log.begun(store, principal)
    [holder] = [
        (one.dataset_id, one.made_at) for one in releases.held(store, principal) if one.dataset_id == dataset.id
    ]
    known, sketch, kept = (
        log.of(holder),
        one_release.sketched(log, rows, area).sketch(),
        releases_at_rest.to_bytes(made),
    )

    def logged(number: int, made_at: str) -> None:
        log.note(known.key if known else None, dataset.owner, (number, made_at), areas, kept, sketch)

    releases.put(store, principal, dataset.id, Release(kept, content, logged))
    return True


def taken_up(
    store: Store,
    principal: Principal,
    log: ReleaseLog,
    known: KnownRelease,
    rows: pa.Table,
    areas: AreaSet,
    harm_of: Mapping[str, str],
    kept: Ledger | None = None,
) -> Ledger:
    """Return what the log knows as released, with the exact counts of those of these safe rows that it came from.

    It is put together with what is ``kept`` of it in the store.
    """
    public = log.ledger_of(known, harm_of)
    area = place(rows_at_rest.located(rows), areas.codes, areas.frame.geometry.to_numpy()).area
    calendar = places.school_calendar(store, principal)
    whole = basis_of(rows, area, areas, harm_of, calendar, public)
    again = np.flatnonzero(area >= 0)[recognised(one_release.sketched(log, rows, area), known.sketch)]
    area_again = np.full_like(area, -1)
    area_again[again] = area[again]
    found = basis_of(rows, area_again, areas, harm_of, calendar, public)
    taken = continuing.with_exact(public, found, {one.key for one in whole.periods})
    before = kept or Ledger()
    together = continuing.put_together(before, taken)
    return continuing.with_recounted(together, before, (whole, found), areas, log.secret.value)


def _lacks_release(store: Store, principal: Principal, dataset: Dataset) -> bool:
    own = dataset.owner == principal.organisation and dataset.access is Access.PROTECTED
    return own and releases.load(store, principal, dataset) is None


def grouping_of(described: Dataset | Description) -> Mapping[str, str]:
    """Return the group that each category of a dataset is released in: its harm group, or of marks what is felt."""
    return FEELING_OF if described.kind == DatasetKind.MARKS else described.harm_of


def basis_of(
    rows: pa.Table,
    area: Positions,
    areas: AreaSet,
    harm_of: Mapping[str, str],
    calendar: SchoolCalendar,
    before: Ledger,
) -> Basis:
    """Count safe rows exactly by contributor, area, half-term and harm group, and by the clock of each school year.

    ``area`` gives the position of each row's area (−1: not placed). School years that were released from keep their
    half-terms, whatever term dates are loaded since.
    """
    tiles, period = _half_terms(rows, calendar, before)
    first, last = int(period.min()), _last_covered(rows, period, tiles)
    groups = list_of(harm_of.values())
    harm, contributor = _groups(rows, harm_of, groups, period, tiles, before), _contributors(rows)
    placed = area >= 0
    counted = placed & (period <= last)
    shape = (contributor[1], len(areas.codes), last - first + 1, len(groups))
    position = (contributor[0][counted], area[counted], period[counted] - first, harm[counted])
    n = np.bincount(np.ravel_multi_index(position, shape), minlength=int(np.prod(shape))).reshape(shape)
    years = sorted({one.year for one in tiles})
    year = np.array([years.index(one.year) for one in tiles], dtype=np.int64)[period]
    # A session is held when it suits the school: its time says nothing of when a place feels unsafe.
    clocks = _clocks(rows, placed, contributor, year, years, calendar) if groups == HARMS else {}
    return Basis(tiles, tiles[first : last + 1], n, clocks, groups)


def _coded(rows: pa.Table, column: str) -> tuple[Positions, list[str]]:
    """Return a text column without blanks as positions and its words: those that occur, in order."""
    position, words = rows_at_rest.positions(rows, column)
    occurring = sorted({words[at] for at in np.unique(position)})
    order = np.array([occurring.index(word) if word in occurring else -1 for word in words], dtype=np.int64)
    return order[position], occurring


def _last_covered(rows: pa.Table, period: Positions, tiles: Sequence[HalfTerm]) -> int:
    """Return the position of the last half-term that rows cover.

    Where only months are known, one whose last month is not there yet would be shown with too few.
    """
    last = int(period.max())
    if c.START in rows.column_names:
        return last
    _, names = _coded(rows, c.MONTH)
    return last - (half_terms.position_of_month(months.shift(names[-1], 1), tiles) == last)


def _half_terms(rows: pa.Table, calendar: SchoolCalendar, before: Ledger) -> tuple[tuple[HalfTerm, ...], Positions]:
    """Return all half-terms of the school years that rows lie in, and the position of each row's among them."""
    month, names = _coded(rows, c.MONTH)
    first = date.fromisoformat(f"{names[0]}-01")
    last = date.fromisoformat(f"{months.shift(names[-1], 1)}-01") - timedelta(days=1)
    year = timedelta(days=366)  # a released year may begin or end on other days than it would by now
    tiles = keeping(before.tiles, calendar.half_terms_of_years(first - year, last + year))
    if c.START in rows.column_names:
        days = rows[c.START].to_numpy().astype("datetime64[D]")
        return tiles, half_terms.positions_of_days(days, tiles)
    return tiles, np.array([half_terms.position_of_month(name, tiles) for name in names], dtype=np.int64)[month]


def _groups(
    rows: pa.Table,
    harm_of: Mapping[str, str],
    codes: Sequence[str],
    period: Positions,
    tiles: Sequence[HalfTerm],
    before: Ledger,
) -> Positions:
    """Return the position of each row's group; in half-terms that are released, as they were released."""
    category, names = _coded(rows, c.CATEGORY)
    mappings = [before.harm_of(tile.key, harm_of) for tile in tiles]
    of_period = np.array([[codes.index(mapping[name]) for name in names] for mapping in mappings], dtype=np.int64)
    return of_period[period, category]


def _contributors(rows: pa.Table) -> tuple[Positions, int]:
    """Return the position of each row's contributing school, and how many there are; one where rows are of one school.

    Rows that do not say count with the school that brings most: they may be its own, and must not pass for another's.
    """
    if c.CONTRIBUTOR not in rows.column_names:
        return np.zeros(rows.num_rows, dtype=np.int64), 1
    position, names = _coded(rows, c.CONTRIBUTOR)
    named = [name for name in names if name != NO_CONTRIBUTOR]
    if len(named) < 2:
        return np.zeros(rows.num_rows, dtype=np.int64), 1
    order = np.array([-1 if name == NO_CONTRIBUTOR else named.index(name) for name in names], dtype=np.int64)[position]
    most = int(np.argmax(np.bincount(order[order >= 0], minlength=len(named))))
    return np.where(order < 0, most, order), len(named)


def _clocks(
    rows: pa.Table,
    placed: npt.NDArray[np.bool_],
    contributor: tuple[Positions, int],
    year: Positions,
    years: Sequence[str],
    calendar: SchoolCalendar,
) -> dict[str, Counts]:
    """Count placed rows by contributor, band, weekday and term or holiday in each school year, where days are known."""
    if c.START not in rows.column_names:
        return {}
    start, end = (rows[name].to_numpy() for name in (c.START, c.END))
    holiday = calendar.is_holiday(start.astype("datetime64[D]")).astype(np.int64)
    shape = (len(years), contributor[1], len(BAND_NAMES), len(WEEKDAYS), len(DAY_KINDS))
    cell = np.ravel_multi_index((year, contributor[0], band_of(start, end), weekday_of(start), holiday), shape)
    n = np.bincount(cell[placed], minlength=int(np.prod(shape))).reshape(shape)
    return dict(zip(years, n, strict=True))
