"""What a checked base map holds, before it is saved: how many roads, parks and stops, what was left out, its size."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from data.records.base_map import BaseMapFound, about
from geo.basemap.name_index import KIND_WORDS
from geo.wording import capital
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column

_COUNTED: Final = (Column("what", "What"), Column("n", "How many", 0))
_LEFT_OUT: Final = (Column("what", "Left out"), Column("n", "How many", 0))
_NAMES: Final = (Column("name", "Name"), Column("kind", "What it is"))
_LISTED: Final = 10


def show_found(found: BaseMapFound, warning: str | None) -> None:
    """Show what a base map that was read holds, and warn where no map would show it."""
    if warning is not None:
        st.warning(chrome.plain(warning))
    st.markdown(f"**{chrome.plain(found.title)}**")
    for line in (*about(found), *found.notes):
        st.markdown(f"- {chrome.plain(line)}")
    left, right = st.columns(2)
    with left:
        html_tables.show_table("What this map holds", _COUNTED, _rows(found.counts))
        if found.left_out:
            html_tables.show_table("What is left out, and why", _LEFT_OUT, _rows(found.left_out))
    names = found.names.head(_LISTED).to_dict("records")
    if names:
        with right:
            rows = [{**row, "kind": KIND_WORDS[row["kind"]]} for row in names]
            html_tables.show_table(f"The first of {len(found.names):,} names that can be searched for", _NAMES, rows)


def _rows(counts: Mapping[str, int]) -> list[dict[str, html_tables.Cell]]:
    return [{"what": capital(what), "n": number} for what, number in counts.items()]
