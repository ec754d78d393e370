"""The steps of an upload after choosing: check, see what would be kept, import, done. Only importing changes things."""

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from data import importing, setting_up, status_report
from data.importing import Prepared, Progress
from data.opening import open_store
from data.store import area_sets, places
from data.store.store import AlreadyThereError
from geo.errors import InputError
from geo.sentences import how_many
from pages.components import cached, checked_view
from pages.components.upload_choice import HOTSPOTS, Asked

_DONE: Final = "_upload_done"
_CHECKED: Final = "_upload_checked"


@dataclass(frozen=True)
class Register:
    """Known hotspots that were read and not yet kept, as ``geo`` takes them."""

    hotspots: Any


Checked = Prepared | Register


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


def forget() -> None:
    """Let go of what was checked: other files were chosen."""
    st.session_state.pop(_CHECKED, None)


def check(asked: Asked) -> Checked | None:
    """Read, place and count when asked to; give what was found. Nothing is kept."""
    before, cancel = st.container(), st.empty()
    if before.button("Check the files", type="primary"):
        forget()
        # Another click runs the page again, and the next word of progress then ends this run: nothing was written.
        cancel.button("Cancel")
        _try_check(asked)
        cancel.empty()
    held: tuple[Asked, Checked] | None = st.session_state.get(_CHECKED)
    return held[1] if held is not None and held[0] == asked else None


def show_and_offer(checked: Checked) -> None:
    """Show what would be kept and what would not and why, and offer to import it."""
    checked_view.heading()
    if isinstance(checked, Prepared):
        checked_view.show_figures(checked)
        _offer_import(checked)
        checked_view.show_map(checked)
    else:
        new, replaced = setting_up.new_and_replaced(open_store(), cached.who(), checked.hotspots)
        checked_view.show_register(checked.hotspots, new, replaced)
        _offer_import(checked)


def show_done(done: Done) -> None:
    """Say what was kept, and offer the next steps."""
    st.success(done.sentence)
    with st.container(horizontal=True, key="next_steps"):
        if done.title is not None:
            st.page_link("area_map.py", label="See it on the map", query_params={"dataset": done.title})
        st.page_link("datasets.py", label="See all datasets")
        if st.button("Upload more"):
            st.session_state.pop(_DONE)
            st.rerun()


def _try_check(asked: Asked) -> None:
    bar = st.progress(0.0, "Reading")

    def tell(share: float, what: str) -> None:
        bar.progress(share, what)

    try:
        checked = _read(asked, tell)
    except InputError as fault:
        st.error(str(fault))
    else:
        st.session_state[_CHECKED] = (asked, checked)
    bar.empty()


def _read(asked: Asked, tell: Progress) -> Checked:
    if asked.kind == HOTSPOTS:
        return Register(setting_up.read_registers(asked.sources))
    return importing.prepare(open_store(), cached.who(), asked.request(), tell)


def _offer_import(checked: Checked) -> None:
    if not st.button("Import", type="primary", key="_upload_import"):
        return
    try:
        with st.spinner("Keeping the data: all of it or nothing", show_time=True):
            st.session_state[_DONE] = _keep(checked)
    except AlreadyThereError as same:
        st.info(str(same))
        return
    except InputError as fault:
        st.error(str(fault))
        return
    forget()
    st.rerun()


def _keep(checked: Checked) -> Done:
    store, person = open_store(), cached.who()
    if isinstance(checked, Prepared):
        importing.keep(store, person, checked)
        title = checked.description.title
        return Done(f"“{title}” is kept: {status_report.of_import(checked)[0]}", title)
    number = places.put_hotspots(store, person, checked.hotspots)
    return Done(f"{how_many(number, 'known hotspot is', 'known hotspots are')} on the register.")
