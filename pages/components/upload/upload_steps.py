"""The steps of an upload after choosing: check, see what would be saved, import. Only importing changes things."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from data.records.area_files import AreasFound, read_area_set
from data.records.base_map import BaseMapFound
from data.records.mapping import ColumnMapping
from data.records.reading_jobs import read_registers, read_term_dates
from data.records.rows import DatasetKind
from data.sandbox import run_sandboxed
from data.services import base_mapping, import_report, importing, locating, setting_up
from data.services.importing import ImportRequest, PreparedImport, Progress
from data.services.locating import NamesAsked
from data.services.opening import open_store
from data.store import actions as stored_actions
from data.store import area_sets, datasets, mappings
from data.store.actions import ActionTally
from data.store.datasets import Access
from data.store.place_names import PlaceMeaning
from data.store.store import AlreadyThereError
from geo.errors import InputError
from geo.wording import how_many
from pages.components.cached import loads
from pages.components.datasets import release_view
from pages.components.frame import chrome, exact_views, my_school
from pages.components.upload import base_map_view, checked_view, months_view, opening_view, place_picker
from pages.components.upload.upload_choice import ACTIONS, AREAS, HOTSPOTS, TERM_DATES, UploadRequest

BEGIN: Final = "Bring a dataset in: nothing is saved until you have seen what it holds."
BEGIN_WITH_AREAS: Final = "Bring in the areas of your place first: incidents are counted in them."
_DONE: Final = "_upload_done"
_CHECKED: Final = "_upload_checked"
_ASKED: Final = "_upload_places_asked"


@dataclass(frozen=True)
class Register:
    """Known hotspots that were read and not yet kept, as ``geo`` takes them."""

    hotspots: Any


@dataclass(frozen=True)
class Actions:
    """Actions that were read and not yet kept, and how many of them are new, now done and known already."""

    listed: Any
    counted: ActionTally


@dataclass(frozen=True)
class TermDates:
    """Term dates that were read and not yet kept."""

    entries: Any


Checked = PreparedImport | NamesAsked | Register | Actions | TermDates | AreasFound | BaseMapFound


@dataclass(frozen=True)
class ImportResult:
    """What was kept, in one sentence, and the dataset where it is one: its title and its number."""

    sentence: str
    title: str | None = None
    number: int | None = None


def areas_are_loaded() -> bool:
    """Return whether there is an area set that incidents can be counted in."""
    return bool(area_sets.area_sets(open_store(), loads.who()))


def finished() -> ImportResult | None:
    """Return what the last import kept, until another upload is begun."""
    done: ImportResult | None = st.session_state.get(_DONE)
    return done


def forget() -> None:
    """Let go of what was checked: other files were chosen."""
    st.session_state.pop(_CHECKED, None)


def check(upload: UploadRequest) -> Checked | None:
    """Read, place and count when asked to, and return what that came to. Nothing is kept."""
    before, cancel = st.container(), st.empty()
    if before.button("Check the files", type="primary"):
        forget()
        # Another click runs the page again, and the next word of progress then ends this run and what it reads.
        cancel.button("Cancel")
        _try_check(upload)
        cancel.empty()
    held: tuple[UploadRequest, Checked] | None = st.session_state.get(_CHECKED)
    if held is None or held[0] != upload:
        return None
    checked = held[1]
    if isinstance(checked, PreparedImport) and upload.request is not None:
        return _with_words(checked, upload.request)
    return checked


def _with_words(checked: PreparedImport, request: ImportRequest) -> PreparedImport | None:
    """Return what was checked with the title and source as they are typed by now; None where these are refused."""
    try:
        return importing.with_words(checked, request)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return None


def show_and_offer(upload: UploadRequest, checked: Checked) -> None:
    """Show what would be saved and what would not and why, and offer to import it."""
    if isinstance(checked, NamesAsked):
        _ask_for_places(upload, checked)
        return
    checked_view.heading()
    if isinstance(checked, PreparedImport):
        checked_view.show_figures(checked)
        checked_view.show_problems(checked)
        picked = checked_view.pick_harms(checked)
        meant = importing.with_harms(checked, picked) if picked else checked
        _offer_count_again(upload, checked, meant)
        checked_view.show_other(meant)
        _note_exact(meant)
        meant = opening_view.ask(months_view.show(meant))
        refused = months_view.is_refused(meant) or opening_view.is_refused(meant)
        _offer_import(upload, meant, _label(meant), refused=refused)
        _offer_places(upload)
        checked_view.show_map(meant)
    elif isinstance(checked, AreasFound):
        checked_view.show_areas(checked)
        _offer_import(upload, checked, "Import")
        checked_view.show_areas_map(checked)
    elif isinstance(checked, BaseMapFound) and upload.base_map is not None:
        base_map_view.show_found(checked, base_mapping.warning(upload.base_map, checked))
        _offer_import(upload, checked, "Import")
    elif isinstance(checked, Actions):
        checked_view.show_actions(checked.listed, setting_up.said_of_actions(checked.counted))
        _offer_import(upload, checked, "Import")
    elif isinstance(checked, TermDates):
        tiles = setting_up.half_terms_with(open_store(), loads.who(), checked.entries, upload.school)
        checked_view.show_term_dates(checked.entries, tiles)
        _offer_import(upload, checked, "Import")
    elif isinstance(checked, Register):
        new, replaced = setting_up.new_and_replaced(open_store(), loads.who(), checked.hotspots)
        checked_view.show_register(checked.hotspots, new, replaced)
        _offer_import(upload, checked, "Import")
        checked_view.show_register_map(checked.hotspots)


def _note_exact(prepared: PreparedImport) -> None:
    """Note that the months of a dataset that is here are shown with their rows, beside those that are brought."""
    number = prepared.description.replaces
    if number is not None and prepared.change is not None:
        exact_views.note(datasets.load_dataset(open_store(), loads.who(), number))


def _offer_count_again(upload: UploadRequest, checked: PreparedImport, meant: PreparedImport) -> None:
    """Offer to read again where rows name several categories, and other harm groups make another of them the first."""
    if not checked.rows.several or meant.cube.harm == checked.cube.harm or upload.request is None:
        return
    st.caption("Rows that name several categories were counted by the harm groups before this change.")
    if st.button("Count again with these harm groups", key="_upload_harms_again"):
        request = replace(upload.request, mapping=meant.request.mapping)
        forget()
        _try_check(replace(upload, request=request), upload)
        if _CHECKED in st.session_state:
            st.rerun()


def _ask_for_places(upload: UploadRequest, asked: NamesAsked) -> None:
    """Ask what the names of places mean, and then count the rows."""
    chrome.subheading(place_picker.HEADING)
    meant = place_picker.ask(asked, upload.sources[0].fingerprint())
    if st.button("Count the rows at these places", type="primary", key="_upload_places"):
        _keep_places(upload, meant)


def _offer_places(upload: UploadRequest) -> None:
    """Show what the names of places mean in what was checked, open to change."""
    held: tuple[UploadRequest, NamesAsked] | None = st.session_state.get(_ASKED)
    if held is None or held[0] != upload or not held[1].guesses:
        return
    with st.expander(place_picker.HEADING):
        meant = place_picker.ask(held[1], upload.sources[0].fingerprint())
        if st.button("Count again at these places", key="_upload_places_again"):
            _keep_places(upload, meant)


def _keep_places(upload: UploadRequest, meant: Sequence[PlaceMeaning]) -> None:
    place_picker.keep(meant)
    forget()
    _try_check(upload)
    if _CHECKED in st.session_state:
        st.rerun()


def show_done(done: ImportResult) -> None:
    """Say what was kept, and offer the next steps and a way back."""
    st.success(chrome.plain(done.sentence))
    with st.container(horizontal=True, key="next_steps"):
        if done.title is not None:
            st.page_link("area_map.py", label="See it on the map", query_params={"dataset": done.title})
        st.page_link("datasets.py", label="See all datasets")
        if st.button("Upload more"):
            st.session_state.pop(_DONE)
            st.rerun()
        if done.number is not None and st.button("Undo this import"):
            _undo(done.number)
    if done.number is not None:
        release_view.show(datasets.load_dataset(open_store(), loads.who(), done.number), expanded=True)


def _undo(number: int) -> None:
    try:
        stays = importing.undo(open_store(), loads.who(), number)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    released = " What others see stays as it was released, and the next version corrects it." if stays else ""
    st.session_state[_DONE] = ImportResult(f"The import is undone: nothing of it is saved.{released}")
    st.rerun()


def _label(prepared: PreparedImport) -> str:
    left_out = checked_view.rows_left_out(prepared)
    return f"Import without {how_many(left_out, 'row', 'rows')}" if left_out else "Import"


def _try_check(upload: UploadRequest, shown_as: UploadRequest | None = None) -> None:
    """Read an upload, and hold what that came to for ``shown_as``, or for the upload itself."""
    bar = st.progress(0.0, "Reading")

    def tell(share: float, what: str) -> None:
        bar.progress(min(1.0, max(0.0, share)), what)

    try:
        checked = _read(upload, tell)
    except AlreadyThereError as same:
        st.info(chrome.plain(str(same)))
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
    else:
        st.session_state[_CHECKED] = (shown_as or upload, checked)
    bar.empty()


def _read(upload: UploadRequest, tell: Progress) -> Checked:
    if upload.kind == HOTSPOTS:
        return Register(run_sandboxed(read_registers, upload.sources, upload.sheet, progress=tell))
    if upload.kind == ACTIONS:
        actions = setting_up.read_actions(open_store(), loads.who(), upload.sources, upload.sheet, tell=tell)
        return Actions(actions, stored_actions.count_actions(open_store(), loads.who(), actions))
    if upload.kind == TERM_DATES:
        return TermDates(run_sandboxed(read_term_dates, upload.sources[0], progress=tell))
    if upload.kind == AREAS:
        return run_sandboxed(read_area_set, upload.areas, progress=tell)
    if upload.base_map is not None:
        return base_mapping.prepare(open_store(), loads.who(), upload.base_map, tell)
    if upload.request is None:
        raise InputError("An upload needs to say what its rows are; choose what it is.")
    asked = _names_asked(upload, upload.request, tell)
    if asked is not None and asked.new:
        return asked
    return importing.prepare(open_store(), loads.who(), upload.request, tell)


def _names_asked(upload: UploadRequest, request: ImportRequest, tell: Progress) -> NamesAsked | None:
    """Return the names of places in files that have a column of them, and remember them for this upload."""
    if not isinstance(request.mapping, ColumnMapping) or request.mapping.place is None:
        return None
    store, person = open_store(), loads.who()
    reading = locating.located(store, person, importing.reading_of(request, Access.PROTECTED), request.site)
    asked = locating.names_in(store, person, reading, my_school.remembered(), tell)
    st.session_state[_ASKED] = (upload, asked)
    return asked


def _offer_import(upload: UploadRequest, checked: Checked, label: str, *, refused: bool = False) -> None:
    if not st.button(label, type="primary", key="_upload_import", disabled=refused):
        return
    try:
        with st.spinner("Keeping the data: all of it or nothing", show_time=True):
            st.session_state[_DONE] = _keep(upload, checked)
    except AlreadyThereError as same:
        st.info(chrome.plain(str(same)))
        return
    except (InputError, OSError) as fault:
        st.error(chrome.plain(_said(fault)))
        return
    forget()
    st.rerun()


def _said(fault: InputError | OSError) -> str:
    if isinstance(fault, OSError):
        return f"Nothing was saved, since the store could not be written: {fault.strerror or 'the system refused'}."
    return str(fault)


def _keep(upload: UploadRequest, checked: Checked) -> ImportResult:
    store, person = open_store(), loads.who()
    if isinstance(checked, PreparedImport):
        number = importing.keep(store, person, checked)
        _remember(checked)
        title = checked.description.title
        shown = None if checked.request.kind is DatasetKind.MARKS else title
        said = [import_report.of_import(checked)[0], *([checked.change.sentence()] if checked.change else [])]
        return ImportResult(f"“{title}” is saved: {' '.join(said)}", shown, number)
    if isinstance(checked, AreasFound):
        if upload.areas is None:
            raise InputError("Areas need to be read before they are saved; check the files first.")
        number, _ = setting_up.keep_areas(store, person, upload.areas, checked)
        return ImportResult(f"“{checked.areas.title}” is saved: {how_many(len(checked.areas.frame), 'area', 'areas')}.")
    if isinstance(checked, BaseMapFound) and upload.base_map is not None:
        base_mapping.keep(store, person, upload.base_map, checked)
        return ImportResult(f"“{checked.title}” is saved, and lies beneath the maps of its place.")
    if isinstance(checked, Actions):
        tally = setting_up.said_of_actions(setting_up.put_actions(store, person, upload.sources, checked.listed))
        return ImportResult(f"The actions are on the register: {tally}.")
    if isinstance(checked, TermDates):
        setting_up.keep_calendar(store, person, upload.sources[0], checked.entries, upload.school)
        whose = "all schools" if upload.school is None else "the school"
        return ImportResult(f"Term dates of {whose} are saved: {how_many(len(checked.entries), 'period', 'periods')}.")
    if not isinstance(checked, Register):
        raise InputError("A base map needs its files to be read before it is saved; check them first.")
    number = setting_up.put_hotspots(store, person, upload.sources, checked.hotspots)
    return ImportResult(f"{how_many(number, 'known hotspot is', 'known hotspots are')} on the register.")


def _remember(prepared: PreparedImport) -> None:
    """Keep what the columns of the source meant, and its categories so far, for its next file."""
    if prepared.request.mapping is None or prepared.request.kind is DatasetKind.POLICE:
        return
    kind, source = prepared.description.kind, prepared.description.source
    mapping = prepared.request.mapping.model_dump()
    if "harm" in mapping:
        before = mappings.mappings(open_store(), loads.who(), kind).get(source, {})
        mapping["harm"] = before.get("harm", {}) | mapping["harm"]
    mappings.put_mapping(open_store(), loads.who(), kind, source, mapping)
