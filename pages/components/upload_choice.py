"""What an analyst chooses in an upload: the kind, the files, and what they say of them. Nothing is counted yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from data import importing
from data.importing import Kind, Request
from data.reading.mapping import ColumnMapping
from data.reading.police import forces_in, months_in
from data.reading.sources import Source, from_upload
from data.store.datasets import Access
from geo import months
from geo.errors import InputError
from pages.components import column_picker

HOTSPOTS: Final = "hotspots"
KINDS: Final = {
    Kind.POLICE.value: "Police street files (data.police.uk)",
    Kind.INCIDENTS.value: "Incidents (your own, anonymised)",
    HOTSPOTS: "Known hotspots",
}
_TYPES: Final = {
    Kind.POLICE.value: ["csv", "gz", "zip"],
    Kind.INCIDENTS.value: ["csv", "gz"],
    HOTSPOTS: ["csv", "geojson", "json"],
}
_ACCESS_WORDS: Final = {
    Access.PROTECTED: "Protected: exact figures stay with us (unsure means protected)",
    Access.OPEN: "Open: these figures are published already",
}


@dataclass(frozen=True)
class Asked:
    """What the analyst has chosen."""

    kind: str
    sources: tuple[Source, ...]
    access: Access = Access.PROTECTED
    source: str = ""
    title: str = ""
    forces: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    mapping: ColumnMapping | None = None

    def request(self) -> Request:
        """Give the import that this asks for."""
        return Request(
            kind=Kind(self.kind),
            sources=self.sources,
            access=self.access,
            source=self.source or None,
            title=self.title or None,
            forces=self.forces,
            first=self.first,
            last=self.last,
            mapping=self.mapping,
        )


def choose(on_change: Callable[[], None]) -> Asked | None:
    """Draw the choice of kind, files and columns; None until there are files that can be checked."""
    kind = st.radio("What is it?", list(KINDS), format_func=KINDS.__getitem__, horizontal=True, key="_upload_kind")
    files = st.file_uploader(
        "Files", type=_TYPES[kind], accept_multiple_files=True, key=f"_upload_files_{kind}", on_change=on_change
    )
    if not files:
        return None
    try:
        return _described(kind, tuple(from_upload(file.name, file.getvalue()) for file in files))
    except InputError as fault:
        st.error(str(fault))
        return None


def _described(kind: str, sources: tuple[Source, ...]) -> Asked:
    if kind == HOTSPOTS:
        return Asked(kind, sources)
    forces, first, last = _pick_from_zip(sources) if kind == Kind.POLICE else ((), None, None)
    mapping = column_picker.pick(sources[0]) if kind == Kind.INCIDENTS else None
    usual = importing.USUAL_ACCESS[Kind(kind)]
    access = st.radio(
        "May its counts be shared?", [Access.PROTECTED, Access.OPEN], index=int(usual is Access.OPEN),
        format_func=_ACCESS_WORDS.__getitem__, key=f"_upload_access_{kind}",
    )  # fmt: skip
    title_column, source_column = st.columns(2)
    title = title_column.text_input("Title", placeholder="Made from the file names", key="_upload_title")
    source = source_column.text_input(
        "Source, as shown beside the figures", placeholder=importing.USUAL_SOURCE[Kind(kind)], key="_upload_source"
    )
    return Asked(kind, sources, access, source.strip(), title.strip(), forces, first, last, mapping)


def _pick_from_zip(sources: Sequence[Source]) -> tuple[tuple[str, ...], str | None, str | None]:
    zips = [source for source in sources if source.is_zip]
    if not zips:
        return (), None, None
    held = sorted({month for source in zips for month in months_in(source)})
    forces = st.multiselect(
        "Police forces in the zip", sorted({force for source in zips for force in forces_in(source)}),
        placeholder="All of them", key="_upload_forces",
    )  # fmt: skip
    first_column, last_column = st.columns(2)
    first = first_column.selectbox("First month", held, format_func=months.say, key="_upload_first")
    last = last_column.selectbox("Last month", held, index=len(held) - 1, format_func=months.say, key="_upload_last")
    return tuple(forces), first, last
