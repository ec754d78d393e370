"""The place to drop files, all at once, and the plan that is made of them; nothing is saved here.

Once files are done with, an empty box takes the place of theirs, and the server lets go of their bytes.
"""

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from data.formats.sources import from_upload
from data.services import bringing_in
from data.services.opening import open_store
from data.services.setup_plan import SetupPlan
from geo.errors import InputError
from pages.components.cached import loads
from pages.components.frame import chrome
from pages.components.setup import held_files, reach_picker

TYPES: Final = (
    "csv", "tsv", "txt", "gz", "zip", "xlsx", "ods", "parquet", "geojson", "json", "gpkg", "pbf", "osm", "ics",
)  # fmt: skip
_BOX: Final = "Drop the files you have, all at once"
_HELP: Final = (
    "Each is recognised by its columns. You see what it is taken for before anything is saved. Up to 200 MB a file, "
    "and 640 MB together."
)
_NUMBER: Final = "_setup_box"
_PLAN: Final = "_setup_plan"
DONE: Final = "_setup_done"
STOPPED: Final = "_setup_stopped"


@dataclass(frozen=True)
class _Planned:
    """A plan, and the files and the reach that it was made for."""

    key: tuple[Any, ...]
    plan: SetupPlan


def choose() -> SetupPlan | None:
    """Draw the box, and return the plan of what is in it; None while it is empty or cannot be planned."""
    st.html('<div id="drop-files"></div>')
    number = st.session_state.setdefault(_NUMBER, 0)
    files = st.file_uploader(
        _BOX,
        type=list(TYPES),
        accept_multiple_files=True,
        key=f"_setup_files_{number}",
        help=_HELP,
        on_change=_begin,
    )
    if not files:
        return None
    picked = reach_picker.chosen(number)
    key = (*(file.file_id for file in files), picked)
    held: _Planned | None = st.session_state.get(_PLAN)
    if held is None or held.key != key:
        plan = _plan(files, picked)
        if plan is None:
            if held is not None:  # what was chosen cannot be found, and can be chosen otherwise
                reach_picker.show(held.plan, number)
            return None
        held = _Planned(key, plan)
        st.session_state[_PLAN] = held
    return held.plan


def number() -> int:
    """Return the number of the box that is drawn."""
    return int(st.session_state.get(_NUMBER, 0))


def let_go() -> None:
    """Let go of the files and of their plan: an empty box takes the place of theirs."""
    st.session_state.pop(_PLAN, None)
    held_files.let_go(st.session_state.get(f"_setup_files_{number()}") or ())
    reach_picker.forget()
    st.session_state[_NUMBER] = number() + 1


def forget_plan() -> None:
    """Let go of the plan: it is carried out, or made again."""
    st.session_state.pop(_PLAN, None)


def stop() -> None:
    """Let go of the files since they are not wanted any more, and say so."""
    let_go()
    st.session_state[STOPPED] = True


def _begin() -> None:
    """Other files are dropped: what was said of the last ones is over."""
    for key in (DONE, STOPPED):
        st.session_state.pop(key, None)


def _plan(files: list[Any], picked: tuple[object, ...]) -> SetupPlan | None:
    bar, cancel = st.progress(0.0, "Looking at the files"), st.empty()
    # Another click runs the page again, and the next word of progress then ends this run and what it reads.
    cancel.button("Cancel", on_click=stop, key="_setup_cancel_look")

    def tell(share: float, what: str) -> None:
        bar.progress(min(1.0, max(0.0, share)), what)

    try:
        sources = [from_upload(file.name, file.getvalue()) for file in files]
        place = reach_picker.locality(picked, sources)
        return bringing_in.plan(open_store(), loads.who(), sources, place, tell)
    except InputError as fault:
        st.error(chrome.plain(str(fault)))
        return None
    finally:
        bar.empty()
        cancel.empty()
