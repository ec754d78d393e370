"""Saving a change of the register: what is saved can be undone, and what somebody changed meanwhile is kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Final

import streamlit as st

from data.services.opening import open_store
from data.store import hotspots
from data.store.hotspots import ChangedMeanwhileError
from geo.errors import InputError
from geo.register.hotspot import Hotspot
from geo.register.wording_advice import advise
from pages.components.cached import loads
from pages.components.frame import chrome
from pages.components.frame.addresses import HOTSPOT

_SAVED: Final = "_hotspot_saved"
_TASK: Final = "_hotspot_task"
_CONFLICT: Final = "_hotspot_conflict"
ADDING: Final = "add"  # in the address while a hotspot is being added


@dataclass(frozen=True)
class OpenTask:
    """What somebody is doing to an entry: the kind of change, and the entry as it was when they began."""

    kind: str
    entry: Hotspot


@dataclass(frozen=True)
class Conflict:
    """A change that somebody else was quicker than: as it was begun, as it was to be, and what the store said."""

    before: Hotspot
    mine: Hotspot
    what: str
    note: str | None
    sentence: str


@dataclass(frozen=True)
class Saved:
    """What was saved last: of which entry, its revision, and advice on its words."""

    reference: str
    revision: int
    said: str
    advice: tuple[str, ...] = ()


def begin(entry: Hotspot, kind: str) -> None:
    """Begin to change an entry: its form stays as it is filled in, whatever others do meanwhile."""
    st.session_state[_TASK] = OpenTask(kind, entry)
    st.session_state.pop(_CONFLICT, None)
    st.session_state.pop(_SAVED, None)


def end() -> None:
    """Leave what was being done."""
    st.session_state.pop(_TASK, None)
    st.session_state.pop(_CONFLICT, None)


def task_of(reference: str) -> OpenTask | None:
    """Return what is being done to an entry."""
    task: OpenTask | None = st.session_state.get(_TASK)
    return task if task is not None and task.entry.reference == reference else None


def conflict_of(reference: str) -> Conflict | None:
    """Return the change of an entry that somebody else was quicker than."""
    found: Conflict | None = st.session_state.get(_CONFLICT)
    return found if found is not None and found.before.reference == reference else None


def save_change(before: Hotspot, mine: Hotspot, what: str, note: str | None) -> None:
    """Save a change of an entry that was begun from ``before``; a refusal is shown, and nothing typed is lost."""
    try:
        revision = hotspots.change(open_store(), loads.who(), mine, what, note)
    except ChangedMeanwhileError as told:
        st.session_state[_CONFLICT] = Conflict(before, mine, what, note, str(told))
        st.rerun()
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
    else:
        end()
        _note(Saved(mine.reference, revision, "Saved.", _advice(mine, note)))
        st.rerun()


def save_new(entry: Hotspot, note: str | None, forget: Callable[[], None]) -> None:
    """Save a new entry and open it; a refusal is shown, and nothing typed is lost."""
    try:
        reference = hotspots.add(open_store(), loads.who(), entry, note)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    forget()
    _note(Saved(reference, 1, "Saved as a known hotspot.", _advice(entry, note)))
    st.query_params.pop(ADDING, None)
    st.query_params[HOTSPOT] = reference
    st.rerun()


def undo(reference: str, revision: int) -> None:
    """Take the last change of an entry back; a refusal is shown."""
    try:
        made = hotspots.undo_last(open_store(), loads.who(), reference, revision)
        there = any(one.reference == reference for one in hotspots.entries(open_store(), loads.who()))
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return
    end()
    _note(Saved(reference, made if there else 0, "Undone." if there else "Undone: it is not on the register any more."))
    if not there:
        st.query_params.pop(HOTSPOT, None)
    st.rerun()


def show_saved(reference: str | None = None) -> None:
    """Say what was saved last of an entry, with the button that takes it back, and what may be said better.

    Without a ``reference`` it is that an entry was taken off the register.
    """
    saved: Saved | None = st.session_state.get(_SAVED)
    if saved is None or (saved.reference if saved.revision else None) != reference:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="hotspot_saved"):
        mark = f"{saved.reference} {saved.revision} {saved.said}"
        said = escape(saved.said)
        told = f'<p class="lc-done lc-focus" role="status" tabindex="-1" data-focus="{escape(mark)}">{said}</p>'
        st.html(told, width="content")
        if saved.revision and st.button("Undo", key="hotspot_undo_saved"):
            undo(saved.reference, saved.revision)
    chrome.together(*map(chrome.notice, saved.advice))


def without_shape_change(entry: Hotspot, mine: Hotspot) -> Hotspot:
    """Return an entry with the very shape of another where both are the same place."""
    return replace(mine, shape=entry.shape) if mine.shape.equals(entry.shape) else mine


def _note(saved: Saved) -> None:
    st.session_state[_SAVED] = saved


def _advice(entry: Hotspot, note: str | None) -> tuple[str, ...]:
    """Say of each wording that blames children why it does not help, and what is better; it stays as it was saved."""
    texts = (entry.name, entry.unsafe_because, entry.safer_because, entry.rag_reason, entry.closing_reason, note)
    found = [one for text in texts for one in advise(text)]
    return tuple(dict.fromkeys(f"About “{one.found}”: {one.why} Better: {one.instead}" for one in found))
