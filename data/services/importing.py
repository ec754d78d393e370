"""Importing incidents: read, place, count, and keep in one transaction. ``prepare`` writes nothing; ``keep`` does."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from data.formats.sources import Source
from data.principal import Principal
from data.records.mapping import ColumnMapping
from data.records.marks import MarkMapping
from data.records.problems import Faulty
from data.records.reading_jobs import Reading, names, read_rows
from data.records.rows import DatasetKind, Rows
from data.sandbox import run_sandboxed
from data.services import choosing_areas, releasing
from data.store import area_sets, datasets, releases, releases_at_rest, rows_at_rest, versions
from data.store.coarse_rows import coarse
from data.store.datasets import Access, Dataset
from data.store.releases import Release
from data.store.store import Store
from data.store.versions import Description
from geo import columns as c
from geo import harms
from geo.areas.area_set import AreaSet
from geo.areas.placing import Placement, place
from geo.calendar import months
from geo.counts.cube import Cube, count
from geo.errors import InputError
from geo.register.markers import say_day

Progress = Callable[[float, str], None]  # share done from 0 to 1, what is being done


# Police street files are published already; unsure means protected.
USUAL_ACCESS: Final = {
    DatasetKind.POLICE: Access.OPEN,
    DatasetKind.INCIDENTS: Access.PROTECTED,
    DatasetKind.MARKS: Access.PROTECTED,
}
USUAL_SOURCE: Final = {
    DatasetKind.POLICE: "data.police.uk, street-level crime (Open Government Licence v3.0)",
    DatasetKind.INCIDENTS: "Supplied by the organisation",
    DatasetKind.MARKS: "Young people, in safety-mapping sessions",
}


@dataclass(frozen=True)
class ImportRequest:
    """What is to be imported and what its bringer says of it; None means the usual for its kind."""

    kind: DatasetKind
    sources: Sequence[Source]
    access: Access | None = None
    source: str | None = field(default=None, compare=False)  # words that change nothing of what is read
    title: str | None = field(default=None, compare=False)
    area_set_id: int | None = None
    forces: Sequence[str] = ()
    first: str | None = None
    last: str | None = None
    mapping: ColumnMapping | MarkMapping | None = None
    sheet: str | None = None
    replaces: int | None = None  # the dataset whose next version it is
    faulty: Faulty = Faulty.REFUSE
    today: date = field(default_factory=date.today)


@dataclass(frozen=True)
class PreparedImport:
    """An import that is read, placed and counted, and not yet kept."""

    request: ImportRequest
    description: Description
    rows: Rows
    areas: AreaSet
    placement: Placement
    cube: Cube


def prepare(
    store: Store, principal: Principal, request: ImportRequest, progress: Progress | None = None
) -> PreparedImport:
    """Read, place and count an import; nothing is written. ``progress`` is called with the share done and with words.

    Raises InputError, in one sentence, for anything that cannot be imported as it is.
    """
    tell = progress or (lambda _share, _what: None)
    replaced = _replaced(store, principal, request)
    access = replaced.access if replaced else request.access or USUAL_ACCESS[request.kind]
    rows = run_sandboxed(read_rows, _reading(request, access), progress=lambda share, what: tell(0.8 * share, what))
    tell(0.8, "Placing incidents in areas")
    located = rows_at_rest.located(rows.table)
    chosen = request.area_set_id
    set_id = choosing_areas.best_set(store, principal, located) if chosen is None else chosen
    areas = area_sets.load_area_set(store, principal, set_id)
    placement = place(located, areas.codes, areas.frame.geometry.to_numpy())
    if not placement.placed:
        raise InputError(
            f"Incidents must lie in the loaded areas, and none of the {rows.read:,} rows of {names(request.sources)} "
            f"lies in “{areas.title}”; load the areas of this place first, or check the coordinates and area codes."
        )
    tell(0.9, "Counting")
    unnamed = _without_names(store, principal, _fingerprint(request, access, set_id), rows)
    cube = count_rows(rows, placement, areas.codes, unnamed.harm_of if unnamed else _harms(request, replaced))
    edition = choosing_areas.edition_notes(store, principal, set_id, placement)
    notes = (*rows.notes, *_again(unnamed), *edition, *_pooled(rows))
    tell(1.0, "Read, placed and counted")
    description = _describe(request, rows, set_id, cube, notes, replaced or unnamed)
    return PreparedImport(request, description, rows, areas, placement, cube)


def keep(store: Store, principal: Principal, prepared: PreparedImport) -> int:
    """Keep a prepared import in one transaction and return the dataset's id.

    The release of a protected dataset is made here and kept with it. Raises AlreadyThereError for the same bytes, and
    InputError as ``releasing.released_with`` does and when the dataset was released by other areas.
    """
    safe_rows = rows_at_rest.to_geoparquet(rows_to_keep(prepared))
    made = _released(store, principal, prepared)
    described = _with_moves(store, principal, prepared, released=made is not None and made.after is not None)
    return versions.add_version(store, principal, described, prepared.placement, prepared.cube, safe_rows, made)


def rows_to_keep(prepared: PreparedImport) -> pa.Table:
    """Return the rows as they are kept: coarsely, unless they are published already."""
    if prepared.description.access is Access.OPEN:
        return prepared.rows.table
    return coarse(prepared.rows.table, prepared.placement.area, prepared.areas.frame.geometry.to_numpy())


def _released(store: Store, principal: Principal, prepared: PreparedImport) -> Release | None:
    """Return the release of a protected dataset with what is brought in now; None for others."""
    described = prepared.description
    if described.access is Access.OPEN or not releasing.is_released(described.kind):
        return None
    before = _released_before(store, principal, prepared)
    made = releasing.released_with(
        store,
        principal,
        prepared.rows.table,
        prepared.placement.area,
        prepared.areas,
        described.harm_of,
        on=prepared.request.today,
        after=None if before is None else releases_at_rest.from_bytes(before),
    )
    return Release(releases_at_rest.to_bytes(made), before)


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


def with_harms(prepared: PreparedImport, harm_of: Mapping[str, str]) -> PreparedImport:
    """Return a prepared import whose categories count in the harm groups of ``harm_of``; others as before."""
    mapping = prepared.request.mapping or ColumnMapping()
    if not isinstance(mapping, ColumnMapping):
        return prepared
    request = replace(prepared.request, mapping=mapping.model_copy(update={"harm": dict(harm_of)}))
    harm = tuple(harms.harm_of(name, harm_of) for name in prepared.cube.categories)
    description = replace(
        prepared.description,
        harm_of=dict(zip(prepared.cube.categories, harm, strict=True)),
        fingerprint=_fingerprint(
            request,
            prepared.description.access,
            prepared.description.area_set_id,
            place_names=prepared.rows.has_place_names,
        ),
    )
    return replace(prepared, request=request, cube=replace(prepared.cube, harm=harm), description=description)


def with_words(prepared: PreparedImport, request: ImportRequest) -> PreparedImport:
    """Return a prepared import with the title and the source of a request that is otherwise its own."""
    follows = prepared.description.replaces is not None
    description = replace(
        prepared.description,
        title=prepared.description.title if follows else request.title or _title(request),
        source=request.source or (prepared.description.source if follows else USUAL_SOURCE[request.kind]),
    )
    return replace(prepared, request=request, description=description)


def undo(store: Store, principal: Principal, dataset_id: int) -> bool:
    """Take back the import that a dataset shows: the version before is shown again, or the dataset goes.

    Returns whether a release of it stays: what others may have seen cannot be taken back.
    """
    kept = datasets.history(store, principal, dataset_id)
    before = [version.number for version in kept if version.number < kept[0].current]
    if before:
        versions.restore(store, principal, dataset_id, max(before))
    versions.remove(store, principal, dataset_id, kept[0].current if before else None)
    return bool(before) and releasing.ledger_of(store, principal, kept[0]) is not None


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


def _reading(request: ImportRequest, access: Access) -> Reading:
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
    if request.replaces is None:
        return None
    found = datasets.load_dataset(store, principal, request.replaces)
    if found.kind != request.kind or request.access not in (None, found.access):
        raise InputError(
            f"A new version must be of the kind and access of its dataset, and dataset {found.id} is {found.access} "
            f"data of the kind {found.kind}; bring this as a dataset of its own."
        )
    return found


def _describe(
    request: ImportRequest, rows: Rows, set_id: int, cube: Cube, notes: tuple[str, ...], replaced: Dataset | None
) -> Description:
    access = replaced.access if replaced else request.access or USUAL_ACCESS[request.kind]
    return Description(
        title=replaced.title if replaced else request.title or _title(request),
        kind=request.kind.value,
        access=access,
        source=request.source or (replaced.source if replaced else USUAL_SOURCE[request.kind]),
        area_set_id=set_id,
        fingerprint=_fingerprint(request, access, set_id, place_names=rows.has_place_names),
        unnamed=_fingerprint(request, access, set_id) if rows.has_place_names else None,
        rows_read=rows.read,
        not_kept=dict(rows.not_kept),
        notes=notes,
        harm_of=dict(zip(cube.categories, cube.harm, strict=True)),
        replaces=replaced.id if replaced else None,
    )


def _fingerprint(request: ImportRequest, access: Access, set_id: int, *, place_names: bool = False) -> str:
    """Name an import by its bytes and by everything that decides what they become."""
    mapping = request.mapping
    # A meaning that came later must not make files that lack it new ones.
    later = {"contributor"} if isinstance(mapping, ColumnMapping) and mapping.contributor is None else set()
    meant = mapping.model_dump_json(exclude=later) if mapping else ""
    parts = [
        sorted(source.fingerprint() for source in request.sources),
        [request.kind.value, access.value, set_id, meant],
        [sorted(request.forces), request.first, request.last],
    ]
    if request.sheet is not None or request.faulty is not Faulty.REFUSE:
        parts.append([request.sheet, request.faulty])
    if place_names:
        parts.append([c.PLACE])
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _title(request: ImportRequest) -> str:
    if request.kind is DatasetKind.INCIDENTS:
        return f"Incidents from {names(request.sources)}"
    if request.kind is DatasetKind.MARKS:
        return f"Young people’s safety marks from {names(request.sources)}"
    slugs = {match[1] for source in request.sources if (match := _POLICE_NAME.search(source.name))}
    forces = sorted(slug.replace("-", " ").title().replace(" Of ", " of ") for slug in slugs or request.forces)
    return f"Police street data, {', '.join(forces)}" if forces else "Police street data"


_POLICE_NAME: Final = re.compile(r"\d{4}-\d{2}-(.+)-street\.csv")
