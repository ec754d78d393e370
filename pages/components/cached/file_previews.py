"""What the files of an upload show at first sight, each looked at once, in a process of its own."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.formats.sources import Source
from data.records.reading_jobs import Inspection, inspect_areas, inspect_police, inspect_rows
from data.records.rows import DatasetKind
from data.sandbox import run_sandboxed

_KEY: Final = "_upload_sights"
_MOST: Final = 12


def look_at(kind: str, sources: Sequence[Source], sheet: str | None = None) -> Inspection:
    """Return what files show at first sight: of police data all of them, of other kinds the first.

    Raises InputError for a file that cannot be used.
    """
    previews: dict[tuple[str, ...], Inspection] = st.session_state.setdefault(_KEY, {})
    key = (kind, sheet or "", *(source.fingerprint() for source in sources))
    if key not in previews:
        while len(previews) >= _MOST:
            previews.pop(next(iter(previews)))
        with st.spinner("Looking at the files"):
            previews[key] = _look(kind, sources, sheet)
    return previews[key]


def _look(kind: str, sources: Sequence[Source], sheet: str | None) -> Inspection:
    if kind == DatasetKind.POLICE:
        return run_sandboxed(inspect_police, tuple(sources))
    if kind == "areas":
        return run_sandboxed(inspect_areas, sources[0])
    return run_sandboxed(inspect_rows, sources[0], sheet)
