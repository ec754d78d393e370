"""Importing incidents: read, place, count, and keep in one transaction. ``prepare`` writes nothing; ``keep`` does."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from data.principal import Principal
from data.records.mapping import ColumnMapping
from data.records.reading_jobs import Reading, names, read_rows
from data.records.rows import DatasetKind, Rows
from data.sandbox import run_sandboxed
from data.services import (
    adding_months,
    brought,
    choosing_areas,
    locating,
    one_release,
    release_log,
    releasing,
    restored_releases,
    secret,
)
from data.services.import_description import describe, fingerprint, require_clean_words, with_harms, with_words
from data.services.import_request import USUAL_ACCESS, USUAL_SOURCE, ImportRequest, PreparedImport, Progress
from data.services.month_changes import MonthChange
from data.services.release_log import KnownRelease, OvertakenError, ReleaseLog
from data.store import area_sets, datasets, releases, releases_at_rest, rows_at_rest, versions
from data.store.coarse_rows import coarse
from data.store.datasets import Access, Dataset
from data.store.releases import Release
from data.store.store import Store
from data.store.versions import Description, Opened
from geo import columns as c
from geo import harms
from geo.areas.area_set import AreaSet
from geo.areas.placing import Placement, place
from geo.calendar import months
from geo.counts.cube import Cube, count
from geo.errors import InputError
from geo.register.markers import say_day
from geo.release import continuing

__all__ = [
    "USUAL_ACCESS",
    "USUAL_SOURCE",
    "ImportRequest",
    "PreparedImport",
    "Progress",
    "count_rows",
    "keep",
    "prepare",
    "undo",
    "with_harms",
    "with_words",
]

_TRIES: Final = 20  # of an import that others overtake again and again


def prepare(
    store: Store, principal: Principal, request: ImportRequest, progress: Progress | None = None
) -> PreparedImport:
    """Read, place and count an import; nothing is written. ``progress`` is called with the share done and with words.

    Raises InputError, in one sentence, for anything that cannot be imported as it is.
    """
    tell = progress or (lambda _share, _what: None)
    require_clean_words(request)
    replaced = _replaced(store, principal, request)
    access = replaced.access if replaced else request.access or USUAL_ACCESS[request.kind]
    _require_protected_marks(request, access)
    reading = reading_of(request, access, replaced.harm_of if replaced else None)
    reading = locating.located(store, principal, reading, request.site, guess=request.guess_places)
    rows = run_sandboxed(read_rows, reading, progress=lambda share, what: tell(0.8 * share, what))
    tell(0.8, "Placing incidents in areas")
    rows, change = _beside_before(store, principal, request, replaced, rows)
    located = rows_at_rest.located(rows.table)
    set_id = _area_set(request, replaced) or choosing_areas.best_set(store, principal, located)
    areas = area_sets.load_area_set(store, principal, set_id)
    placement = place(located, areas.codes, areas.frame.geometry.to_numpy())
    _require_placed(request, rows, placement, areas)
    tell(0.9, "Counting")
    unnamed = _without_names(store, principal, fingerprint(request, access, set_id), rows)
    cube = count_rows(rows, placement, areas.codes, unnamed.harm_of if unnamed else _harms(request, replaced))
    edition = choosing_areas.edition_notes(store, principal, set_id, placement)
    said = [] if change is None else [change.note(rows=access is Access.OPEN)]
    notes = tuple(dict.fromkeys((*rows.notes, *_again(unnamed), *edition, *_pooled(rows), *said)))
    tell(1.0, "Read, placed and counted")
    description = describe(request, rows, set_id, cube, notes, replaced or unnamed)
    prepared = PreparedImport(request, description, rows, areas, placement, cube, change)
    return _beside_releases(store, principal, prepared)


def _beside_releases(store: Store, principal: Principal, prepared: PreparedImport) -> PreparedImport:
    """Return an import that knows how its rows stand to what was released before; raises InputError as that does."""
    released = one_release.of_import(store, principal, prepared)
    notes = prepared.description.notes
    if released.continues is not None and one_release.CONTINUED not in notes:
        notes = (*notes, one_release.CONTINUED)
    return replace(prepared, released=released, description=replace(prepared.description, notes=notes))


def _beside_before(
    store: Store, principal: Principal, request: ImportRequest, before: Dataset | None, rows: Rows
) -> tuple[Rows, MonthChange | None]:
    """Return the rows that a version will have, those added to included, and what changes beside the version before."""
    if before is None:
        return rows, None
    held = adding_months.held_rows(store, principal, before)
    areas = area_sets.load_area_set(store, principal, before.area_set_id)
    shapes = areas.frame.geometry.to_numpy()
    placement = place(rows_at_rest.located(rows.table), areas.codes, shapes)
    # Protected rows are laid beside those before as coarsely as these are kept.
    alike = rows if before.access is Access.OPEN else replace(rows, table=coarse(rows.table, placement.area, shapes))
    if request.onto is None:
        return rows, adding_months.replacing(held, alike)
    _require_placed(request, rows, placement, areas)
    return adding_months.added(held, alike)


def _require_protected_marks(request: ImportRequest, access: Access) -> None:
    if request.kind is DatasetKind.MARKS and access is Access.OPEN:
        raise InputError(
            "Young people’s marks must be protected, since a few of them can point at a child, and these were to be "
            "open; bring them as protected."
        )


def _require_placed(request: ImportRequest, rows: Rows, placement: Placement, areas: AreaSet) -> None:
    if not placement.placed:
        raise InputError(
            f"Incidents must lie in the loaded areas, and none of the {rows.read:,} rows of {names(request.sources)} "
            f"lies in “{areas.title}”; load the areas of this place first, or check the coordinates and area codes."
        )


def _area_set(request: ImportRequest, before: Dataset | None) -> int | None:
    """Return the areas that are asked for, or those of the dataset that months are added to; None for the best fit."""
    if request.area_set_id is None and request.onto is not None and before is not None:
        return before.area_set_id
    return request.area_set_id


def keep(store: Store, principal: Principal, prepared: PreparedImport) -> int:
    """Keep a prepared import in one transaction and return the dataset's id.

    The release of a protected dataset is made here and kept with it. Raises AlreadyThereError for the same bytes, and
    InputError as ``releasing.released_with`` does, when the dataset was released by other areas, when another version
    came in since this was prepared, and when it would lose months or rows that nobody has agreed to lose.
    """
    if prepared.change is not None and not prepared.request.lose_months:
        is_open = prepared.description.access is Access.OPEN
        (prepared.change if is_open else prepared.change.rounded()).require_nothing_lost()
    for _ in range(_TRIES - 1):
        with suppress(OvertakenError):
            return _kept(store, principal, prepared)
    return _kept(store, principal, prepared)


def _kept(store: Store, principal: Principal, prepared: PreparedImport) -> int:
    is_released = prepared.description.access is Access.PROTECTED
    log = _log(store, principal) if is_released or prepared.released.opened else None
    if log is not None and log.last != prepared.released.seen:
        prepared = _beside_releases(store, principal, prepared)
    one_release.require_reason(prepared)
    safe_rows = rows_at_rest.to_geoparquet(rows_to_keep(prepared))
    made = _released(store, principal, prepared, log) if is_released and log is not None else None
    described = _with_moves(store, principal, prepared, released=made is not None and made.after is not None)
    files = brought.of(described.title, prepared.request.sources, source=described.source, named=False)
    opened = _opened(prepared, log)
    counted = (prepared.placement, prepared.cube, safe_rows)
    number = versions.add_version(store, principal, described, *counted, made, files, opened)
    if log is not None:
        release_log.mark(store, principal)
    return number


def _log(store: Store, principal: Principal) -> ReleaseLog:
    """Read the release log as it is once it knows all that this store has released, begun if need be."""
    secret.of(store, principal)
    restored_releases.settle(store, principal)
    return release_log.begun(store, principal)


def _opened(prepared: PreparedImport, log: ReleaseLog | None) -> Opened | None:
    """Return why released rows are opened, and how that is logged; None where none are."""
    reason, keys = prepared.request.reason, list(prepared.released.opened)
    if log is None or not keys or reason is None:
        return None
    said = " ".join(reason.split())
    return Opened(said, lambda number, made_at: log.note_opened(keys, (number, made_at), said))


def rows_to_keep(prepared: PreparedImport) -> pa.Table:
    """Return the rows as they are kept: coarsely, unless they are published already."""
    if prepared.description.access is Access.OPEN:
        return prepared.rows.table
    return coarse(prepared.rows.table, prepared.placement.area, prepared.areas.frame.geometry.to_numpy())


def _released(store: Store, principal: Principal, prepared: PreparedImport, log: ReleaseLog) -> Release:
    """Return the release of a protected dataset with what is brought in now, and how it is logged."""
    described, rows, area = prepared.description, prepared.rows.table, prepared.placement.area
    before = _released_before(store, principal, prepared)
    known = _known(store, principal, prepared, log)
    after, grouping = None if before is None else releases_at_rest.from_bytes(before), releasing.grouping_of(described)
    if known is not None and (after is None or not continuing.is_whole(after)):
        after = releasing.taken_up(store, principal, log, known, rows, prepared.areas, grouping, after)
    made = releases_at_rest.to_bytes(
        releasing.released_with(
            store, principal, rows, area, prepared.areas, grouping, on=prepared.request.today, after=after
        )
    )
    sketch = one_release.sketched(log, rows, area).sketch()

    def logged(number: int, made_at: str) -> None:
        log.note(known.key if known else None, principal.organisation, (number, made_at), prepared.areas, made, sketch)

    return Release(made, before, logged)


def _known(store: Store, principal: Principal, prepared: PreparedImport, log: ReleaseLog) -> KnownRelease | None:
    """Return the release that this goes on with: its own dataset's, or that of one that was removed."""
    if prepared.released.continues is not None:
        return log.known[prepared.released.continues]
    held = releases.held(store, principal)
    own = [(one.dataset_id, one.made_at) for one in held if one.dataset_id == prepared.description.replaces]
    return log.of(own[0]) if own else None


def _released_before(store: Store, principal: Principal, prepared: PreparedImport) -> bytes | None:
    """Return the release of the dataset whose next version this is; raises InputError when it is by other areas."""
    if prepared.description.replaces is None:
        return None
    dataset = datasets.load_dataset(store, principal, prepared.description.replaces)
    before = releases.load(store, principal, dataset)
    if before is not None and dataset.area_set_id != prepared.description.area_set_id:
        raise InputError(
            "A new version of a protected dataset must be counted in the areas that it was released by, and "
            f"this one lies in “{prepared.areas.title}”; name its own area set, or bring it as another dataset."
        )
    return before


def count_rows(rows: Rows, placement: Placement, codes: Sequence[str], mapping: Mapping[str, str]) -> Cube:
    """Count placed rows by area, month and category over the whole period of the rows."""
    month, month_names = rows_at_rest.positions(rows.table, c.MONTH)
    category, category_names = rows_at_rest.positions(rows.table, c.CATEGORY)
    all_months = months.between(min(month_names), max(month_names))
    of_month = np.array([all_months.index(name) for name in month_names], dtype=np.int64)
    order = np.argsort(np.array(category_names, dtype=object), kind="stable")
    of_category = np.empty(len(order), dtype=np.int64)
    of_category[order] = np.arange(len(order))
    shape = (len(codes), len(all_months), len(category_names))
    n = count(placement.area, of_month[month], of_category[category], shape)
    categories = tuple(sorted(category_names))
    harm = tuple(harms.harm_of(name, mapping) for name in categories)
    return Cube(tuple(codes), tuple(all_months), categories, harm, frozenset(rows.gaps), n)


def undo(store: Store, principal: Principal, dataset_id: int) -> bool:
    """Take back the import that a dataset shows: the version before is shown again, or the dataset goes.

    Returns whether a release of it stays: what others may have seen cannot be taken back.
    """
    shown = datasets.load_dataset(store, principal, dataset_id)
    return versions.take_back(store, principal, dataset_id) and releasing.ledger_of(store, principal, shown) is not None


def _pooled(rows: Rows) -> list[str]:
    """Say what it means for protected counts that several schools bring the rows."""
    if rows.schools is None or rows.schools < 2:
        return []
    bar = "three or more of them have incidents, and the two with most have at most nine in ten"
    return [f"Rows of {rows.schools:,} schools: protected counts show a zone where {bar}."]


def _without_names(store: Store, principal: Principal, fingerprint: str, rows: Rows) -> Dataset | None:
    """Return the dataset that shows the same files as they were kept without the names of places that they have."""
    return datasets.imported_as(store, principal, fingerprint) if rows.has_place_names else None


def _again(unnamed: Dataset | None) -> list[str]:
    """Say that files which were imported without the names of places bring them to their dataset."""
    if unnamed is None:
        return []
    return [f"The same files as version {unnamed.number}, read again for the names of places."]


def reading_of(request: ImportRequest, access: Access, harms_before: Mapping[str, str] | None = None) -> Reading:
    """Return what is read of a request's files; ``harms_before`` are the harm groups of categories that are known."""
    return Reading(
        kind=request.kind,
        sources=request.sources,
        mapping=request.mapping,
        sheet=request.sheet,
        forces=request.forces,
        first=request.first,
        last=request.last,
        faulty=request.faulty,
        today=request.today,
        place_names=access is Access.OPEN,  # never of protected data
        harms=harms_before or {},
    )


def _harms(request: ImportRequest, replaced: Dataset | None) -> Mapping[str, str]:
    """Return the harm groups of categories as they are asked for, else as the version before has them."""
    before = {} if replaced is None else replaced.harm_of
    return {**before, **(request.mapping.harm if isinstance(request.mapping, ColumnMapping) else {})}


def _with_moves(store: Store, principal: Principal, prepared: PreparedImport, *, released: bool) -> Description:
    """Return the description of a next version with a note of the categories that count in another group in it."""
    described = prepared.description
    replaced = _replaced(store, principal, prepared.request)
    found = {} if replaced is None else harms.moves(replaced.harm_of, described.harm_of)
    if not found:
        return described
    note = harms.say_moves(found, say_day(prepared.request.today), principal.who)
    return replace(described, notes=(*described.notes, f"{note} {harms.KEPT}" if released else note))


def _replaced(store: Store, principal: Principal, request: ImportRequest) -> Dataset | None:
    """Return the dataset whose next version is asked for; raises InputError when it cannot have this as one."""
    number = request.replaces if request.onto is None else request.onto
    if number is None:
        return None
    found = datasets.load_dataset(store, principal, number)
    if found.kind != request.kind or request.access not in (None, found.access):
        raise InputError(
            f"A new version must be of the kind and access of its dataset, and dataset {found.id} is {found.access} "
            f"data of the kind {found.kind}; bring this as a dataset of its own."
        )
    if found.owner != principal.organisation:
        raise InputError(
            f"Only a dataset of your own organisation can be changed, and dataset {found.id} is none; choose another."
        )
    return found
