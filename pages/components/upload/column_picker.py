"""Matching columns: what each column of a file means, guessed from its name and open to change."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from data.records.left_unread import guess_unread
from data.records.mapping import ColumnMapping, guess_mapping, guess_reasons
from data.records.marks import MarkMapping, guess_marks
from data.records.rows import DatasetKind
from data.records.school_systems import BY_NAME, UNKNOWN, SchoolSystem, recognise_system
from data.services.opening import open_store
from data.store import mappings
from pages.components.cached import loads
from pages.components.frame import chrome

NOT_THERE: Final = "– not in the file –"
_BY_NAMES: Final = "Guessed from the columns’ names."
_UNREAD: Final = "They are taken away before anything is read from them, and nothing of them is saved."
_SYSTEM_WORDS: Final = {**{name: name for name in BY_NAME}, UNKNOWN.name: "Another system, or a file of our own"}
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
            "time": "Time of day, beside a date",
            "month": "Month, where there are no dates",
        },
        "Where (one of these, or both of a pair)": {**_WHERE, "postcode": "Postcode", "place": "Name of a place"},
        "Whose": {"contributor": "School, for datasets of several schools"},
    },
    DatasetKind.MARKS: {
        "What is felt": {"feeling": "Safe or unsafe", "number": "How many marks, for squares"},
        "When": {"date": "Date of the session", "month": "Month, where there are no dates"},
        "Where (an area code, or both of a pair)": {
            **_WHERE,
            "map_code": "Code of the printed map, beside a square",
            "cell": "Square, beside the code of its map",
        },
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
    own = kind is DatasetKind.INCIDENTS
    system = _pick_system(columns, key) if own else None
    source, before = _last_time(kind, columns)
    picked: dict[str, Any] = {"harm": before["harm"]} if before and before.get("harm") else {}
    if system is not None and system != _usual_system(columns):  # another choice than the usual starts anew
        source, before = None, None
    guess = _guess(kind, columns, system) | (before or {})
    options = [NOT_THERE, *columns]
    groups = ROLES[kind]
    if system is not None:
        key = f"{key}_{system.name}"
    held = {role: st.session_state.get(f"_map_{key}_{role}", column) for role, column in guess.items()}
    summary = chrome.plain(_summary(kind, {role: None if held[role] == NOT_THERE else held[role] for role in held}))
    # What the file opens with: later choices must not open or close the part while somebody is in it.
    with st.expander(summary, expanded=not _is_enough(kind, guess), key=f"match_columns_{key}"):
        st.caption(chrome.plain(_why(columns, system, source) if own or source else _BY_NAMES))
        for place, (heading, roles) in zip(st.columns(len(groups), gap="medium"), groups.items(), strict=True):
            place.markdown(f"**{heading}**")
            for role, label in roles.items():
                guessed = guess.get(role)
                index = options.index(guessed) if guessed in options else 0
                chosen = place.selectbox(label, options, index=index, key=f"_map_{key}_{role}")
                picked[role] = None if chosen == NOT_THERE else chosen
    if own:
        picked["unread"] = _pick_unread(columns, picked, before, key)
    return _TYPES[kind].model_validate(picked)


def _pick_system(columns: Sequence[str], key: str) -> SchoolSystem:
    """Draw the choice of the system that a file was exported from, set to the one that its columns look like."""
    found = recognise_system(columns)
    names = [UNKNOWN.name, *BY_NAME]
    index = 0 if found is None else names.index(found.system.name)
    chosen = st.selectbox(
        "Which system is this file from?",
        names,
        index=index,
        format_func=_SYSTEM_WORDS.__getitem__,
        key=f"_system_{key}",
    )
    if found is not None and chosen == found.system.name:
        st.caption(chrome.plain(str(found)))
    return BY_NAME.get(chosen, UNKNOWN)


def _usual_system(columns: Sequence[str]) -> SchoolSystem:
    found = recognise_system(columns)
    return UNKNOWN if found is None else found.system


def _pick_unread(
    columns: Sequence[str], picked: Mapping[str, Any], before: Mapping[str, Any] | None, key: str
) -> list[str]:
    """Draw the choice of columns that are taken away before anything is read, and return it.

    It is set to columns about people and to what somebody wrote, by their names, and to what was chosen last time.
    """
    used = {column for role, column in picked.items() if role != "harm" and column is not None}
    free = [column for column in columns if column not in used]
    chosen = (before or {}).get("unread")
    usual = set(guess_unread(columns, used)) | set(chosen or ())
    return st.multiselect(
        "Leave these columns unread",
        free,
        default=[column for column in free if column in usual],
        help=_UNREAD,
        placeholder="None: every other column is searched for what tells who a person is",
        key=f"_unread_{key}_{len(used)}_{'_'.join(sorted(used))}",
    )


def _why(columns: Sequence[str], system: SchoolSystem | None, source: str | None) -> str:
    """Say why the columns are matched as they are."""
    if source:
        return f"Matched as they were last time for “{source}”."
    reasons = guess_reasons(columns, system)
    return f"{'; '.join(reasons.values())}. Change what is not so." if reasons else _BY_NAMES


def _summary(kind: DatasetKind, mapping: Mapping[str, Any]) -> str:
    """Say in a line what the columns mean; the names of others are not kept, nor are their cells."""
    labels = {role: label for roles in ROLES[kind].values() for role, label in roles.items()}
    meant = [f"{label.split(',')[0]}: “{mapping[role]}”" for role, label in labels.items() if mapping.get(role)]
    return f"Match columns: {' · '.join(meant)}. Others are not saved." if meant else "Match columns"


def _is_enough(kind: DatasetKind, mapping: Mapping[str, Any]) -> bool:
    """Return whether what, when and where are all known."""
    what, when, *_ = ROLES[kind].values()
    if mapping.get("map_code") and mapping.get("cell"):
        return bool(mapping.get("feeling"))
    pairs = (("area",), ("longitude", "latitude"), ("easting", "northing"), ("postcode",), ("place",))
    where = any(all(mapping.get(role) for role in pair) for pair in pairs)
    return where and all(any(mapping.get(role) for role in roles) for roles in (what, when))


def _guess(kind: DatasetKind, columns: Sequence[str], system: SchoolSystem | None) -> dict[str, Any]:
    marked = kind is DatasetKind.MARKS
    return (guess_marks(columns) if marked else guess_mapping(columns, system)).model_dump(exclude={"unread"})


def _last_time(kind: DatasetKind, columns: Sequence[str]) -> tuple[str | None, dict[str, Any] | None]:
    """Return the source whose mapping names only columns that this file has, and that mapping; the newest first."""
    for source, mapping in mappings.mappings(open_store(), loads.who(), kind.value).items():
        named = {column for role, column in mapping.items() if role not in ("harm", "unread") and column}
        if named and named <= set(columns):
            return source, mapping
    return None, None
