"""What is said of an import beside its rows: its title and source, its harm groups, and what it is known again by."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from data.records.mapping import ColumnMapping
from data.records.problems import Faulty
from data.records.reading_jobs import names
from data.records.rows import DatasetKind, Rows
from data.records.street_names import read_street_name, say_force
from data.records.whereabouts import digest_of_places
from data.screening.kept_words import require_clean_kept
from data.services.import_request import USUAL_ACCESS, USUAL_SOURCE, ImportRequest, PreparedImport
from data.store.datasets import Access, Dataset
from data.store.versions import Description
from geo import columns as c
from geo import harms
from geo.counts.cube import Cube

POLICE_TITLE: Final = "Police street data"
_MOST_NAMED: Final = 6  # forces in a title; a national archive has 44


def describe(
    request: ImportRequest, rows: Rows, set_id: int, cube: Cube, notes: tuple[str, ...], replaced: Dataset | None
) -> Description:
    """Return what is stored of an import beside its rows and counts; ``replaced`` is the version before, if any."""
    access = replaced.access if replaced else request.access or USUAL_ACCESS[request.kind]
    follows = request.replaces is not None or request.onto is not None
    after = replaced.number if replaced is not None and follows else None
    return Description(
        title=replaced.title if replaced else request.title or usual_title(request, rows),
        kind=request.kind.value,
        access=access,
        source=request.source or (replaced.source if replaced else USUAL_SOURCE[request.kind]),
        area_set_id=set_id,
        fingerprint=fingerprint(request, access, set_id, rows, place_names=rows.has_place_names, after=after),
        unnamed=fingerprint(request, access, set_id) if rows.has_place_names and request.onto is None else None,
        rows_read=rows.read,
        not_kept=dict(rows.not_kept),
        notes=notes,
        harm_of=dict(zip(cube.categories, cube.harm, strict=True)),
        replaces=replaced.id if replaced else None,
        after=after,
    )


def fingerprint(
    request: ImportRequest,
    access: Access,
    set_id: int,
    rows: Rows | None = None,
    *,
    place_names: bool = False,
    after: int | None = None,
) -> str:
    """Name an import by its bytes and by everything that decides what they become.

    Months that are added become what they do ``after`` the version that they are added to.
    """
    mapping = request.mapping
    meant = mapping.identity() if isinstance(mapping, ColumnMapping) else mapping.model_dump_json() if mapping else ""
    parts = [
        sorted(source.fingerprint() for source in request.sources),
        [request.kind.value, access.value, set_id, meant],
        [sorted(request.forces), request.first, request.last],
    ]
    if request.sheet is not None or request.faulty is not Faulty.REFUSE:
        parts.append([request.sheet, request.faulty])
    if place_names:
        parts.append([c.PLACE])
    if rows is not None and rows.by_words:  # what names and postcodes mean may change
        parts.append([digest_of_places(rows.table)])
    if request.onto is not None:
        parts.append(["onto", request.onto, after])
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def usual_title(request: ImportRequest, rows: Rows) -> str:
    """Return what a dataset is called where nobody says: after its files, or the forces that its rows are of."""
    if request.kind is DatasetKind.INCIDENTS:
        return f"Incidents from {names(request.sources)}"
    if request.kind is DatasetKind.MARKS:
        return f"Young people’s safety marks from {names(request.sources)}"
    named = {found.force for source in request.sources if (found := read_street_name(source.name))}
    forces = sorted(say_force(force) for force in named or request.forces or _forces_of(rows))
    return f"{POLICE_TITLE}, {', '.join(forces)}" if 0 < len(forces) <= _MOST_NAMED else POLICE_TITLE


def _forces_of(rows: Rows) -> list[str]:
    if c.FORCE not in rows.table.column_names:
        return []
    return [str(force) for force in rows.table[c.FORCE].unique().to_pylist() if force is not None]


def require_clean_words(request: ImportRequest) -> None:
    """Refuse a title or a source that tells of a person, before a file is read for it.

    Where no title is asked for, the name of a file stands in it. Raises InputError that names the field alone.
    """
    if request.title is None and request.kind is not DatasetKind.POLICE and request.onto is request.replaces is None:
        named = [source.name.split(".")[0] for source in request.sources[:1]]
        require_clean_kept("The name of a file", named, remedy="name the file anew, or choose a title")
    require_clean_kept("The title", [request.title])
    require_clean_kept("The source", [request.source])


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
        fingerprint=fingerprint(
            request,
            prepared.description.access,
            prepared.description.area_set_id,
            prepared.rows,
            place_names=prepared.rows.has_place_names,
            after=prepared.description.after,
        ),
    )
    return replace(prepared, request=request, cube=replace(prepared.cube, harm=harm), description=description)


def with_words(prepared: PreparedImport, request: ImportRequest) -> PreparedImport:
    """Return a prepared import with the title and the source of a request that is otherwise its own.

    Raises InputError as ``require_clean_words`` does.
    """
    require_clean_words(request)
    follows = prepared.description.replaces is not None
    description = replace(
        prepared.description,
        title=prepared.description.title if follows else request.title or usual_title(request, prepared.rows),
        source=request.source or (prepared.description.source if follows else USUAL_SOURCE[request.kind]),
    )
    return replace(prepared, request=request, description=description)
