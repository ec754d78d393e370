"""Matching columns: what each column of a file means, guessed from its name and open to change."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from data.records.mapping import ColumnMapping, guess_mapping
from data.records.marks import MarkMapping, guess_marks
from data.records.rows import DatasetKind
from data.services.opening import open_store
from data.store import mappings
from pages.components.cached import loads
from pages.components.frame import chrome

NOT_THERE: Final = "– not in the file –"
_WHERE: Final = {
    "area": "Area code",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "easting": "Easting",
    "northing": "Northing",
}
# What an answer needs, and the meanings that give it.
ROLES: Final[Mapping[DatasetKind, Mapping[str, Mapping[str, str]]]] = {
    DatasetKind.INCIDENTS: {
        "What happened": {"category": "Category"},
        "When": {
            "date": "Date",
            "start": "Time or date from",
            "end": "Time or date to",
            "month": "Month, where there are no dates",
        },
        "Where (an area code, or both of a pair)": _WHERE,
        "Whose": {"contributor": "School, for datasets of several schools"},
    },
    DatasetKind.MARKS: {
        "What is felt": {"feeling": "Safe or unsafe"},
        "When": {"date": "Date of the session", "month": "Month, where there are no dates"},
        "Where (an area code, or both of a pair)": _WHERE,
    },
}
_TYPES: Final[Mapping[DatasetKind, type[ColumnMapping] | type[MarkMapping]]] = {
    DatasetKind.INCIDENTS: ColumnMapping,
    DatasetKind.MARKS: MarkMapping,
}


def pick(kind: DatasetKind, columns: Sequence[str], key: str) -> ColumnMapping | MarkMapping:
    """Draw a picker per meaning, set to what it meant last time or to a guess, and return the mapping they hold.

    ``key`` names the file. No value of a row is shown.
    """
    source, before = _last_time(kind, columns)
    guess = _guess(kind, columns) | (before or {})
    options = [NOT_THERE, *columns]
    picked: dict[str, Any] = {"harm": before["harm"]} if before and before.get("harm") else {}
    groups = ROLES[kind]
    held = {role: st.session_state.get(f"_map_{key}_{role}", column) for role, column in guess.items()}
    summary = chrome.plain(_summary(kind, {role: None if held[role] == NOT_THERE else held[role] for role in held}))
    # What the file opens with: later choices must not open or close the part while somebody is in it.
    with st.expander(summary, expanded=not _is_enough(kind, guess), key=f"match_columns_{key}"):
        said = f"Matched as they were last time for “{source}”." if source else "Guessed from the columns’ names."
        st.caption(chrome.plain(said))
        for place, (heading, roles) in zip(st.columns(len(groups), gap="medium"), groups.items(), strict=True):
            place.markdown(f"**{heading}**")
            for role, label in roles.items():
                guessed = guess.get(role)
                index = options.index(guessed) if guessed in options else 0
                chosen = place.selectbox(label, options, index=index, key=f"_map_{key}_{role}")
                picked[role] = None if chosen == NOT_THERE else chosen
    return _TYPES[kind].model_validate(picked)


def _summary(kind: DatasetKind, mapping: Mapping[str, Any]) -> str:
    """Say in a line what the columns mean; the names of others are not kept, nor are their cells."""
    labels = {role: label for roles in ROLES[kind].values() for role, label in roles.items()}
    meant = [f"{label.split(',')[0]}: “{mapping[role]}”" for role, label in labels.items() if mapping.get(role)]
    return f"Match columns: {' · '.join(meant)}. Others are not saved." if meant else "Match columns"


def _is_enough(kind: DatasetKind, mapping: Mapping[str, Any]) -> bool:
    """Return whether what, when and where are all known."""
    what, when, *_ = ROLES[kind].values()
    pairs = (("area",), ("longitude", "latitude"), ("easting", "northing"))
    where = any(all(mapping.get(role) for role in pair) for pair in pairs)
    return where and all(any(mapping.get(role) for role in roles) for roles in (what, when))


def _guess(kind: DatasetKind, columns: Sequence[str]) -> dict[str, Any]:
    return (guess_marks(columns) if kind is DatasetKind.MARKS else guess_mapping(columns)).model_dump()


def _last_time(kind: DatasetKind, columns: Sequence[str]) -> tuple[str | None, dict[str, Any] | None]:
    """Return the source whose mapping names only columns that this file has, and that mapping; the newest first."""
    for source, mapping in mappings.mappings(open_store(), loads.who(), kind.value).items():
        named = {column for role, column in mapping.items() if role != "harm" and column is not None}
        if named and named <= set(columns):
            return source, mapping
    return None, None
