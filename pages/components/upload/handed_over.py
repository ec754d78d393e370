"""Files that another page hands to Upload, so that nobody has to choose them twice."""

from typing import Final

import streamlit as st

from data.records.rows import DatasetKind
from pages.components.frame import chrome

_HANDED: Final = "_upload_handed"
_TURNED: Final = "_upload_turned"
KIND: Final = "_upload_kind"  # the key of the choice of what files are


def give(files: list[tuple[str, bytes]]) -> None:
    """Hand files of an organisation's own incidents over: their names and their bytes."""
    st.session_state[_HANDED] = files
    st.session_state.pop(_TURNED, None)


def names() -> list[str]:
    """List the names of the files that wait to be taken up."""
    return [name for name, _ in st.session_state.get(_HANDED, ())]


def turn() -> None:
    """Choose own incidents as what files are, the first time that Upload is opened with files that wait."""
    if names() and not st.session_state.get(_TURNED):
        st.session_state[KIND] = DatasetKind.INCIDENTS.value
        st.session_state[_TURNED] = True


def take(kind: str) -> list[tuple[str, bytes]]:
    """Return the files that wait, where they are of this kind, and offer to choose others in their place."""
    files: list[tuple[str, bytes]] = st.session_state.get(_HANDED, [])
    if not files or kind != DatasetKind.INCIDENTS:
        return []
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"From Set up: **{chrome.plain(', '.join(names()))}**")
        st.button("Choose other files", on_click=let_go)
    return files


def let_go() -> None:
    """Let go of the files: they are in, or others are chosen."""
    for key in (_HANDED, _TURNED):
        st.session_state.pop(key, None)
