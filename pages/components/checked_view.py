"""What a checked file holds, before anything is kept: counts, a map, and what would not be kept and why."""

from typing import Final

import streamlit as st

from data import status_report
from data.importing import Prepared
from geo import counting, months, selecting
from geo.selecting import Choice
from pages.components import tables
from pages.components.map_panel import map_panel
from pages.components.tables import Column
from pages.components.value_map import Said, value_map

_COLUMNS: Final = (Column("category", "Recorded as"), Column("harm", "Counts in"), Column("n", "Incidents", 0))


def show(prepared: Prepared) -> None:
    """Show the figures of a prepared import beside a map of them."""
    for sentence in status_report.of_import(prepared):
        st.markdown(f"- {sentence}")
    story, where = st.columns([1, 2], gap="large")
    with story:
        told = months.say_range(prepared.cube.months)
        rows = counting.by_category(prepared.cube).to_dict("records")
        tables.show_table(f"What would be counted, {told}", _COLUMNS, rows)
    with where:
        _map(prepared)


def _map(prepared: Prepared) -> None:
    cube, set_id = prepared.cube, prepared.description.area_set_id
    counts = selecting.totals(cube, Choice(cube.months, tuple(set(cube.harm))))
    said = Said(
        "Incidents by area, as they would be counted",
        "incidents",
        months.say_range(cube.months),
        prepared.description.source,
    )
    drawn = value_map(set_id, prepared.areas.level, counts, said)
    map_panel(drawn.view, key="checked_map", height=420)
    st.html(drawn.legend)
