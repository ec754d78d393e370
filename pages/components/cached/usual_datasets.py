"""Which dataset files most likely bring more months of, looked at once for the same files and the same store."""

import hashlib
from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.formats.sources import Source
from data.records.rows import DatasetKind
from data.services import month_targets
from data.services.import_request import ImportRequest
from data.services.opening import open_store
from pages.components.cached.cache_keys import KEYS, SMALL, Asker

_BEGINNING: Final = 4_096  # bytes, which hold the force of the first rows


def mark_of(source: Source) -> str:
    """Return what an upload is known again by on a page: its name, its size and how it begins, which costs nothing."""
    content = source.content or b""
    return hashlib.sha256(f"{source.name} {len(content)} ".encode() + content[:_BEGINNING]).hexdigest()


def of_police(sources: Sequence[Source], forces: Sequence[str], asking: Asker) -> int | None:
    """Return the number of the one police dataset of the forces of these files; None if none or several.

    Raises InputError for files that cannot be opened.
    """
    return _of_police(tuple(sources), tuple(forces), asking)


@st.cache_resource(max_entries=SMALL, show_spinner="Looking at the files", hash_funcs=KEYS | {Source: mark_of})
def _of_police(sources: tuple[Source, ...], forces: tuple[str, ...], asking: Asker) -> int | None:
    request = ImportRequest(DatasetKind.POLICE, sources, forces=forces)
    found = month_targets.police_target(open_store(), asking.principal, request)
    return None if found is None else found.id


@st.cache_resource(max_entries=SMALL, show_spinner=False, hash_funcs=KEYS)
def by_columns(kind: str, columns: tuple[str, ...], asking: Asker) -> int | None:
    """Return the number of the one dataset whose source's columns these are; None if none or several."""
    found = month_targets.columns_target(open_store(), asking.principal, DatasetKind(kind), columns)
    return None if found is None else found.id
