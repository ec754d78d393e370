"""What an analyst chooses in an upload: the kind, the files, and what they say of them. Nothing is counted yet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from data.formats import map_kinds
from data.formats.file_kinds import ENDINGS, GEOJSON, GEOPACKAGE
from data.formats.sources import Source, from_upload
from data.records.area_files import AreaFiles
from data.records.base_map import BaseMapFiles
from data.records.mapping import ColumnMapping
from data.records.marks import MarkMapping
from data.records.problems import Faulty
from data.records.rows import DatasetKind
from data.services import base_mapping, importing, setting_up
from data.services.importing import ImportRequest
from data.services.opening import open_store
from data.store.datasets import Access
from geo.areas.area_set import LEVELS
from geo.areas.spoken_names import is_below_wards
from geo.calendar import months
from geo.errors import InputError
from pages.components.cached import loads
from pages.components.cached.file_previews import look_at
from pages.components.frame import chrome, html_tables
from pages.components.upload import belonging, column_picker, handed_over
from pages.routes.templates import template_url

HOTSPOTS: Final = "hotspots"
ACTIONS: Final = "actions"
TERM_DATES: Final = "term dates"
AREAS: Final = "areas"
BASE_MAP: Final = "base map"
KINDS: Final = {
    DatasetKind.POLICE.value: "Police street files (data.police.uk)",
    DatasetKind.INCIDENTS.value: "Incidents (your own, anonymised)",
    HOTSPOTS: "Known hotspots",
    ACTIONS: "Actions taken",
    DatasetKind.MARKS.value: "Young people’s safety marks",
    TERM_DATES: "Term dates",
    AREAS: "Areas",
    BASE_MAP: "Base map (streets, parks, stops)",
}
_TABLES: Final = [*ENDINGS, "gz"]
_SHAPES: Final = [ending for ending, kind in ENDINGS.items() if kind in (GEOJSON, GEOPACKAGE)]
_TYPES: Final = {
    DatasetKind.POLICE.value: ["csv", "gz", "zip"],
    DatasetKind.INCIDENTS.value: _TABLES,
    HOTSPOTS: _TABLES,
    ACTIONS: _TABLES,
    TERM_DATES: [*_TABLES, "ics"],
    DatasetKind.MARKS.value: _TABLES,
    AREAS: _SHAPES,
    BASE_MAP: list(map_kinds.ENDINGS),
}
_ACCESS_WORDS: Final = {
    Access.PROTECTED: "Protected: exact figures stay with us (unsure means protected)",
    Access.OPEN: "Open: these figures are published already",
}
_TEMPLATES: Final = {
    DatasetKind.INCIDENTS.value: "incidents",
    HOTSPOTS: "hotspots",
    ACTIONS: "actions",
    DatasetKind.MARKS.value: "marks",
    TERM_DATES: "term-dates",
}
_TEMPLATE: Final = "Download a template to fill in (Excel)"
_ALL_SCHOOLS: Final = "All schools of the council"
_WARDS: Final = "Areas are then spoken of as people know them: “Boston Castle (Rotherham 017B)”."


@dataclass(frozen=True)
class UploadRequest:
    """What the analyst has chosen; ``school`` is the URN of the one school whose term dates they are."""

    kind: str
    sources: tuple[Source, ...]
    request: ImportRequest | None = None
    areas: AreaFiles | None = None
    base_map: BaseMapFiles | None = None
    sheet: str | None = None
    school: str | None = None


def choose(kinds: Iterable[str], on_change: Callable[[], None]) -> UploadRequest | None:
    """Draw the choice of kind, files and columns; None until there are files that can be checked."""
    offered = list(kinds)
    if DatasetKind.INCIDENTS.value in offered:
        handed_over.turn()
    kind = st.radio("What is it?", offered, format_func=KINDS.__getitem__, horizontal=True, key=handed_over.KIND)
    files = handed_over.take(kind) or _chosen(kind, on_change)
    if not files:
        if kind in _TEMPLATES:
            link = html_tables.download_link(_TEMPLATE, template_url(_TEMPLATES[kind]), {})
            st.html(f'<div class="lc-block">{link}</div>')
        return None
    try:
        return _described(kind, tuple(from_upload(name, content) for name, content in files))
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return None


def _chosen(kind: str, on_change: Callable[[], None]) -> list[tuple[str, bytes]]:
    files = st.file_uploader(
        "Files", type=_TYPES[kind], accept_multiple_files=True, key=f"_upload_files_{kind}", on_change=on_change
    )
    return [(file.name, file.getvalue()) for file in files or ()]


def _described(kind: str, sources: tuple[Source, ...]) -> UploadRequest:
    if kind == AREAS:
        return _areas(sources)
    if kind == BASE_MAP:
        return _base_map(sources)
    if kind in (HOTSPOTS, ACTIONS):
        return UploadRequest(kind, sources, sheet=_pick_sheet(kind, sources))
    if kind == TERM_DATES:
        return _term_dates(sources)
    if kind == DatasetKind.POLICE:
        forces, first, last = _pick_from_zip(sources)
        return UploadRequest(
            kind, sources, _request(DatasetKind.POLICE, sources, forces=forces, first=first, last=last)
        )
    sheet = _pick_sheet(kind, sources)
    columns = look_at(kind, sources, sheet).columns
    mapping = column_picker.pick(DatasetKind(kind), columns, f"{kind}_{sources[0].fingerprint()}_{sheet}")
    site = _pick_site() if isinstance(mapping, ColumnMapping) and not mapping.has_place else None
    request = _request(DatasetKind(kind), sources, columns=columns, mapping=mapping, sheet=sheet)
    return UploadRequest(kind, sources, replace(request, site=site), sheet=sheet)


def _pick_site() -> str | None:
    """Draw the choice of the school at whose site all rows of a file count that names no place; None for none."""
    schools = setting_up.schools_by_label(open_store(), loads.who())
    label = st.selectbox(
        "No column says where. At whose site did these incidents happen?",
        list(schools),
        index=None,
        placeholder="Choose a school, or match a column that says where",
        key="_upload_site",
    )
    return schools.get(label) if label else None


def _request(
    kind: DatasetKind,
    sources: tuple[Source, ...],
    *,
    columns: Sequence[str] = (),
    mapping: ColumnMapping | MarkMapping | None = None,
    sheet: str | None = None,
    forces: tuple[str, ...] = (),
    first: str | None = None,
    last: str | None = None,
) -> ImportRequest:
    belongs = belonging.pick(kind, sources, forces=forces, columns=columns)
    before = belongs.dataset if belongs else None
    access = before.access if before else _pick_access(kind)
    title_column, source_column = st.columns(2)
    title = title_column.text_input(
        "Title",
        placeholder=before.title if before else "Made from the file names",
        disabled=before is not None,
        key="_upload_title",
    )
    source = source_column.text_input(
        "Source, as shown beside the figures",
        placeholder=before.source if before else importing.USUAL_SOURCE[kind],
        key="_upload_source",
    )
    return ImportRequest(
        kind=kind,
        sources=sources,
        access=access,
        source=source.strip() or None,
        title=title.strip() or None,
        forces=forces,
        first=first,
        last=last,
        mapping=mapping,
        sheet=sheet,
        replaces=belongs.replaces if belongs else None,
        onto=belongs.onto if belongs else None,
        # Police rows are never faulty; saying so makes this the same import as that of the command.
        faulty=Faulty.REFUSE if kind is DatasetKind.POLICE else Faulty.LEAVE_OUT,
    )


def _pick_access(kind: DatasetKind) -> Access:
    if kind is DatasetKind.MARKS:  # a few of them can point at a child, whoever published them
        return Access.PROTECTED
    usual = importing.USUAL_ACCESS[kind]
    return st.radio(
        "May its counts be shared?", [Access.PROTECTED, Access.OPEN], index=int(usual is Access.OPEN),
        format_func=_ACCESS_WORDS.__getitem__, key=f"_upload_access_{kind}",
    )  # fmt: skip


def _pick_sheet(kind: str, sources: Sequence[Source]) -> str | None:
    sheets = look_at(kind, sources).sheets
    if len(sheets) < 2:
        return None
    return st.selectbox("Sheet", sheets, key=f"_upload_sheet_{sources[0].fingerprint()}")


def _term_dates(sources: tuple[Source, ...]) -> UploadRequest:
    if len(sources) > 1:
        raise InputError("Term dates come in one file at a time, and these are several; choose one of them.")
    schools = setting_up.schools_by_label(open_store(), loads.who())
    label = st.selectbox("Whose term dates are they?", [_ALL_SCHOOLS, *schools], key="_upload_school")
    return UploadRequest(TERM_DATES, sources, school=schools.get(label))


def _areas(sources: tuple[Source, ...]) -> UploadRequest:
    columns = look_at(AREAS, sources).columns
    code_column, name_column, level_column = st.columns(3)
    code = code_column.selectbox("Column of area codes", columns, index=_telling(columns, "cd", "code"))
    name = name_column.selectbox("Column of area names", columns, index=_telling(columns, "nm", "name"))
    guess = next((at for at, level in enumerate(LEVELS) if level in (code or "").lower()), 0)
    level = level_column.selectbox("What these areas are", list(LEVELS), index=guess, format_func=LEVELS.__getitem__)
    title = st.text_input("Title of this edition", placeholder="Made from the file name", key="_upload_areas_title")
    if code is None or name is None:
        raise InputError("Areas need a code and a name, and this file has no columns; export the layer with them.")
    lookups, parents = _wards() if is_below_wards(level) else ((), {})
    files = AreaFiles(sources[0], code, name, level, title.strip() or None, parents, lookups)
    return UploadRequest(AREAS, sources, areas=files)


def _wards() -> tuple[tuple[Source, ...], dict[str, tuple[str, str]]]:
    """Draw the choice of a file of wards, by whose names areas are spoken of; nothing until there is one."""
    file = st.file_uploader("Boundaries of wards, if you have them", type=_SHAPES, key="_upload_wards", help=_WARDS)
    if file is None:
        return (), {}
    source = from_upload(file.name, file.getvalue())
    columns = look_at(AREAS, [source]).columns
    code_column, name_column = st.columns(2)
    code = code_column.selectbox("Column of ward codes", columns, index=_telling(columns, "cd", "code"))
    name = name_column.selectbox("Column of ward names", columns, index=_telling(columns, "nm", "name"))
    return (source,), {"ward": (code, name)} if code and name else {}


def _base_map(sources: tuple[Source, ...]) -> UploadRequest:
    title = st.text_input("Title of the map", placeholder="Made from the file name", key="_upload_map_title")
    files = base_mapping.request(open_store(), loads.who(), sources, title.strip() or None)
    return UploadRequest(BASE_MAP, sources, base_map=files)


def _telling(columns: Sequence[str], *ends: str) -> int:
    """Return the position of the first column whose name ends in one of ``ends``, else 0."""
    return next((at for at, column in enumerate(columns) if column.lower().endswith(ends)), 0)


def _pick_from_zip(sources: tuple[Source, ...]) -> tuple[tuple[str, ...], str | None, str | None]:
    if not any(source.is_zip for source in sources):
        return (), None, None
    held = look_at(DatasetKind.POLICE.value, sources)
    forces = st.multiselect("Police forces in the zip", held.forces, placeholder="All of them", key="_upload_forces")
    first_column, last_column = st.columns(2)
    first = first_column.selectbox("First month", held.months, format_func=months.say, key="_upload_first")
    last = last_column.selectbox(
        "Last month", held.months, index=len(held.months) - 1, format_func=months.say, key="_upload_last"
    )
    return tuple(forces), first, last
