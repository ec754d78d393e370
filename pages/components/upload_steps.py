"""The steps of an upload: choose files, match columns, check, import, done. Only the last but one changes the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from data import importing, setting_up, status_report
from data.importing import Kind, Prepared, Request
from data.opening import open_store
from data.reading.mapping import ColumnMapping
from data.reading.police import forces_in, months_in
from data.reading.sources import Source, from_upload
from data.store import area_sets
from data.store.datasets import Access
from data.store.store import AlreadyThereError
from geo import months
from geo.errors import InputError
from pages.components import cached, checked_view, column_picker

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
_DONE: Final = "_upload_done"
_CHECKED: Final = "_upload_checked"


@dataclass(frozen=True)
class Asked:
    """What the analyst has chosen: the kind, the files, and what they say of them."""

    kind: str
    sources: tuple[Source, ...]
    access: Access
    source: str
    title: str
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


@dataclass(frozen=True)
class Done:
    """What was kept, in one sentence, and the dataset's title where there is one."""

    sentence: str
    title: str | None = None


def areas_are_loaded() -> bool:
    """Answer whether there is an area set that incidents can be counted in."""
    return bool(area_sets.area_sets(open_store(), cached.who()))


def finished() -> Done | None:
    """Give what the last import kept, until another upload is begun."""
    done: Done | None = st.session_state.get(_DONE)
    return done


def choose() -> Asked | None:
    """Draw the choice of kind, files and columns; None until there are files that can be checked."""
    kind = st.radio("What is it?", list(KINDS), format_func=KINDS.__getitem__, horizontal=True, key="_upload_kind")
    files = st.file_uploader(
        "Files", type=_TYPES[kind], accept_multiple_files=True, key=f"_upload_files_{kind}", on_change=_forget
    )
    if not files:
        return None
    try:
        sources = tuple(from_upload(file.name, file.getvalue()) for file in files)
        return _described(kind, sources)
    except InputError as fault:
        st.error(str(fault))
        return None


def check(asked: Asked) -> Prepared | Sequence[Source] | None:
    """Read, place and count when asked to; give what was found. Nothing is kept."""
    if asked.kind == HOTSPOTS:
        return asked.sources
    before, cancel = st.container(), st.empty()
    if before.button("Check the files", type="primary"):
        st.session_state.pop(_CHECKED, None)
        # Another click runs the page again, and the next word of progress then ends this run: nothing was written.
        cancel.button("Cancel")
        _try_check(asked)
        cancel.empty()
    held: tuple[Asked, Prepared] | None = st.session_state.get(_CHECKED)
    return held[1] if held is not None and held[0] == asked else None


def show_checked(prepared: Prepared | Sequence[Source]) -> None:
    """Show what would be kept, on a map and as counts, and what would not and why."""
    if isinstance(prepared, Prepared):
        checked_view.show(prepared)


def offer_import(prepared: Prepared | Sequence[Source]) -> None:
    """Offer to keep what was checked; on success show what was kept."""
    if not st.button("Import", type="primary", key="_upload_import"):
        return
    try:
        with st.spinner("Keeping the data: all of it or nothing", show_time=True):
            st.session_state[_DONE] = _keep(prepared)
    except AlreadyThereError as same:
        st.info(str(same))
        return
    except InputError as fault:
        st.error(str(fault))
        return
    st.session_state.pop(_CHECKED, None)
    st.rerun()


def show_done(done: Done) -> None:
    """Say what was kept, and offer the next steps."""
    st.success(done.sentence)
    with st.container(horizontal=True):
        if done.title is not None:
            st.page_link("area_map.py", label="See it on the map", query_params={"dataset": done.title})
        st.page_link("datasets.py", label="See all datasets")
        if st.button("Upload more"):
            st.session_state.pop(_DONE)
            st.rerun()


def _described(kind: str, sources: tuple[Source, ...]) -> Asked:
    if kind == HOTSPOTS:
        return Asked(kind, sources, Access.PROTECTED, "", "")
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


def _try_check(asked: Asked) -> None:
    bar = st.progress(0.0, "Reading")

    def tell(share: float, what: str) -> None:
        bar.progress(share, what)

    try:
        prepared = importing.prepare(open_store(), cached.who(), asked.request(), tell)
    except InputError as fault:
        st.error(str(fault))
    else:
        st.session_state[_CHECKED] = (asked, prepared)
    bar.empty()


def _keep(prepared: Prepared | Sequence[Source]) -> Done:
    store, person = open_store(), cached.who()
    if isinstance(prepared, Prepared):
        importing.keep(store, person, prepared)
        return Done(" ".join(status_report.of_import(prepared)[:1]), prepared.description.title)
    number = setting_up.add_hotspots(store, person, prepared)
    return Done(f"{number:,} known hotspots are on the register.")


def _forget() -> None:
    st.session_state.pop(_CHECKED, None)
