"""What a checked file holds, before anything is kept: counts, a map, and what would not be kept and why."""

from typing import Final

import streamlit as st

from data import status_report
from data.importing import Prepared
from geo import counting, months, selecting
from geo.classes import classify, ramp, shown
from geo.selecting import Choice
from pages.components import cached, tables
from pages.components.legend import legend
from pages.components.map_panel import MapView, map_panel
from pages.components.tables import Column

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
    classes = classify(counts, how="quantile")
    drawings = cached.drawings(set_id, cached.who())
    view = MapView(
        title="Incidents by area, as they would be counted",
        geometry=drawings[prepared.areas.level],
        marks=classes.marks,
        colours=ramp(classes),
        texts=[shown(value) if value == value else "" for value in counts],
        unit="incidents",
        backdrop=drawings.get("backdrop"),
    )
    map_panel(view, key="checked_map", height=420)
    told = prepared.description.source
    st.html(legend(classes, colours=ramp(classes), unit="incidents", period=months.say_range(cube.months), source=told))
