"""What the place is made of, beside incidents: areas and what is known of them, schools, term dates, the register."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.services.inventory import PlacePart
from geo.register.markers import say_day
from pages.components.cached import deliveries, loads
from pages.components.datasets import deliveries_view
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column

CAPTION: Final = "Areas, schools and all else but incidents and base maps"
_NOT_RECORDED: Final = "not recorded"
_BEFORE: Final = (
    "Edition, publisher and files of what came in before November 2026 were not recorded: it has no entry in the "
    "history and no Undo."
)
_COLUMNS: Final = (
    Column("what", "What"),
    Column("holds", "Holds"),
    Column("edition", "Edition", wide_only=True),
    Column("source", "Publisher", wide_only=True),
    Column("added", "Brought in"),
    Column("used", "Used by", wide_only=True),
)


def show() -> None:
    """Show what the place is made of and all that came in, and let it be undone; nothing in an empty store."""
    parts = deliveries.place_parts(loads.asker())
    history = deliveries.all_deliveries(loads.asker())
    if parts or history:
        chrome.subheading("What the place is made of")
    if parts:
        st.html(table(parts))
    if history:
        deliveries_view.show(history)
    if any(part.added_at is not None and not part.recorded for part in parts):
        st.html(chrome.quiet(_BEFORE))


def table(parts: Sequence[PlacePart]) -> str:
    """Write the parts of a place as an HTML table; every text is escaped."""
    rows: list[dict[str, html_tables.Cell]] = [
        {
            "what": part.what,
            "holds": part.holds,
            "edition": part.edition or _NOT_RECORDED,
            "source": part.source or _NOT_RECORDED,
            "added": "with the areas" if part.added_at is None else f"{say_day(part.added_at[:10])} by {part.added_by}",
            "used": part.used_by,
        }
        for part in parts
    ]
    return html_tables.html_table(CAPTION, _COLUMNS, rows, search=False)
