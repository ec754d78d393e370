"""The fields of an entry as a form draws them: closed lists are chosen from, days are picked, texts are short."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import streamlit as st

from geo.register.fields import FIELDS, RegisterField
from geo.register.hotspot import Hotspot
from pages.components.frame import chrome

OF_PLACE: Final = ("name", "place_type", "precision", "watched_by", "unsafe_because", "safer_because")
OF_CONCERN: Final = (
    "harm", "other_harms", "age_band", "times", "sources", "reliability", "first_reported", "last_reported", "reports",
)  # fmt: skip
OF_MANAGEMENT: Final = ("status", "rag", "rag_reason", "led_by", "next_review")
SECTIONS: Final = {"The place": OF_PLACE, "The concern": OF_CONCERN, "How it is managed": OF_MANAGEMENT}
OPEN_STATUSES: Final = ("proposed", "active", "monitoring")

LONGEST: Final = 200  # letters of a text
MOST_REPORTS: Final = 100_000
_NOT_SAID: Final = "Not said"
_NEEDED: Final = ("name", "place_type", "harm", "status")
_BY_NAME: Final = {one.attribute: one for one in FIELDS}
_HELP: Final = {
    "name": "How people call the place. Never the name of a person or a family.",
    "place_type": "A residential address is kept as an area only.",
    "precision": "How exactly the position is known.",
    "watched_by": "Who looks after the place: a role or a team, never a name.",
    "unsafe_because": "What about the place makes it unsafe: light, sight, who gathers. Not about children.",
    "safer_because": "What there is, or could be, that makes it safer.",
    "harm": "The kind of harm that it is known for first of all.",
    "age_band": "Of the children who are affected.",
    "sources": "Which agencies know of it.",
    "reliability": "How sure the information is.",
    "reports": "How many reports there have been, if anybody counts them.",
    "status": "A place can be proposed, active or monitored; closing it has a button of its own.",
    "rag": "Red, amber or green, with a reason.",
    "rag_reason": "A few words: why is it that colour?",
    "led_by": "The role that leads on this place, never a name.",
    "next_review": "The day on which somebody looks at it again.",
}


def draw(entry: Hotspot, names: Sequence[str], key: str) -> Hotspot:
    """Draw some fields of an entry, filled in from it, and return the entry as it is filled in now."""
    return replace(entry, **{name: _draw(_BY_NAME[name], getattr(entry, name), f"{key}_{name}") for name in names})


def draw_all(entry: Hotspot, key: str) -> Hotspot:
    """Draw every field but the place's shape, section by section."""
    for title, names in SECTIONS.items():
        chrome.subheading(title)
        with st.container(key=f"{key}_{names[0]}_fields", horizontal=True):
            entry = draw(entry, names, key)
    return entry


def _draw(field: RegisterField, value: Any, key: str) -> Any:
    name, label, tip = field.attribute, field.label, _HELP.get(field.attribute)
    if field.several:
        return tuple(_chosen_of(field, value, key, tip))
    if field.words:
        return _chosen(field, value, key, tip)
    if field.is_day:
        day = st.date_input(
            label, value=date.fromisoformat(value) if value else None, key=key, format="DD/MM/YYYY", help=tip
        )
        return day.isoformat() if isinstance(day, date) else None
    if name == "reports":
        return st.number_input(label, min_value=0, max_value=MOST_REPORTS, value=value, step=1, key=key, help=tip)
    text = st.text_input(label, value=value or "", key=key, max_chars=LONGEST, help=tip)
    return text.strip() or (None if name not in _NEEDED else "")


def _chosen(field: RegisterField, value: str | None, key: str, tip: str | None) -> str | None:
    offered = dict(field.words)
    if field.attribute == "status" and value != "closed":
        offered = {code: words for code, words in offered.items() if code in OPEN_STATUSES}
    codes: list[str | None] = list(offered) if field.attribute in _NEEDED else [None, *offered]
    return st.selectbox(
        field.label,
        codes,
        index=codes.index(value) if value in codes else None,
        format_func=lambda code: _NOT_SAID if code is None else offered[code],
        key=key,
        help=tip,
        placeholder="Choose",
    )


def _chosen_of(field: RegisterField, value: Sequence[str], key: str, tip: str | None) -> list[str]:
    return st.multiselect(
        field.label,
        list(field.words),
        default=[code for code in value if code in field.words],
        format_func=lambda code: field.words[code],
        key=key,
        help=tip,
        placeholder="None",
    )
