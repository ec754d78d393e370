"""What checked files hold, before anything is kept: the figures, a map, and what would not be kept and why."""

from typing import Any, Final

import streamlit as st

from data import status_report
from data.importing import Prepared
from geo import counting, months, selecting
from geo.markers import register_table
from geo.selecting import Choice
from geo.sentences import how_many
from pages.components import cached, chrome, tables
from pages.components.dataset_card import facts
from pages.components.map_panel import map_panel
from pages.components.tables import Column
from pages.components.value_map import Said, value_map

_COLUMNS: Final = (Column("category", "Recorded as"), Column("harm", "Counts in"), Column("n", "Incidents", 0))
_HOTSPOT_COLUMNS: Final = (
    Column("name", "Known hotspot"),
    Column("type", "Type"),
    Column("harm", "Harm"),
    Column("status", "Status"),
    Column("review", "Review"),
)


def heading() -> None:
    """Show where the answer begins."""
    chrome.subheading("What would be kept")


def show_figures(prepared: Prepared) -> None:
    """Show how the rows that were read add up, and what is to know of them."""
    placement, description = prepared.placement, prepared.description
    counted = {
        "rows read": description.rows_read,
        "placed in an area": placement.placed,
        "no location": placement.no_location,
        "outside the areas": placement.outside,
        "not kept": sum(description.not_kept.values()),
    }
    st.html(f'<div class="lc-block lc-card">{facts(counted)}</div>')
    for sentence in status_report.of_import(prepared):
        st.markdown(f"- {sentence}")


def show_map(prepared: Prepared) -> None:
    """Show what would be counted, by category and on a map."""
    cube, told = prepared.cube, months.say_range(prepared.cube.months)
    story, where = st.columns([1, 2], gap="large")
    with story:
        rows = counting.by_category(cube).to_dict("records")
        tables.show_table(f"What would be counted, {told}", _COLUMNS, rows)
    counts = selecting.totals(cube, Choice(cube.months, tuple(set(cube.harm))))
    said = Said("Incidents by area, as they would be counted", "incidents", told, prepared.description.source)
    drawn = value_map(prepared.description.area_set_id, prepared.areas.level, counts, said)
    with where:
        map_panel(drawn.view, key="checked_map", height=420)
        st.html(drawn.legend)


def show_register(hotspots: Any, new: int, replaced: int) -> None:
    """Show the known hotspots that were read, and how many of them are on the register already."""
    told = how_many(new, "new known hotspot", "new known hotspots")
    st.markdown(f"{told}; {replaced:,} would replace what the register holds under the same reference.")
    rows = register_table(hotspots, cached.asker().today).to_dict("records")
    tables.show_table("Known hotspots in these files", _HOTSPOT_COLUMNS, rows)
