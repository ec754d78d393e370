"""What exact figures of protected datasets a custodian was shown, written to the access log once a session and page.

A page notes what it shows, and it is written when the page stands: nobody waits for the disk before they see a figure.
"""

from typing import Final

import streamlit as st

from data.services import access_log, visibility
from data.services.access_log import AccessKind
from data.store.datasets import Access, Dataset
from pages.components.cached import loads
from pages.components.frame.selection import Figures, Selection

_NOTED: Final = "_exact_noted"  # datasets whose exact figures this run shows
_WRITTEN: Final = "_exact_written"  # datasets and pages that are in the log already
_NOT_WRITTEN: Final = (
    "That exact figures were shown here could not be written to the access log; free some space on the disk, or tell "
    "whoever looks after Local Context."
)


def note(dataset: Dataset) -> None:
    """Note that a page shows exact figures of a dataset, where it is protected and they are exact for who looks."""
    if dataset.access is Access.PROTECTED and visibility.is_custodian(loads.viewer(), dataset):
        st.session_state.setdefault(_NOTED, set()).add(dataset.id)


def note_figures(chosen: Selection) -> None:
    """Note that a page shows the figures of a selection, where they are exact ones."""
    if chosen.figures is Figures.EXACT:
        note(chosen.dataset)


def write(page: str) -> None:
    """Write what was noted in this run of a page, and was not yet in this session, to the access log."""
    noted: set[int] = st.session_state.pop(_NOTED, set())
    written: set[tuple[int, str]] = st.session_state.setdefault(_WRITTEN, set())
    new = sorted({(number, page) for number in noted} - written)
    try:
        for number, where in new:
            access_log.record(loads.who(), AccessKind.VIEW, where, number)
            written.add((number, where))
    except OSError:
        st.error(_NOT_WRITTEN)
