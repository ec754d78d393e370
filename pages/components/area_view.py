"""What the Area map page shows: every area of a level by one measure, and one area's profile."""

from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

import streamlit as st

from geo import selecting
from geo.areas import LEVELS, Units
from geo.counting import Cube
from geo.measuring import Measure, Measured, measured
from geo.selecting import Choice
from geo.sentences import standing
from pages import downloads as download_routes
from pages.components import cached, tables
from pages.components.map_panel import MapView
from pages.components.selection import BOUND, Selection
from pages.components.tables import Column
from pages.components.value_map import Said, value_map

MEASURE_WORDS: Final = {Measure.COUNT: "Count", Measure.RATE: "Rate"}
LEVEL_WORDS: Final = LEVELS
UNITS: Final = {Measure.COUNT: "incidents", Measure.RATE: "incidents per 1,000 residents"}
DECIMALS: Final = {Measure.COUNT: 0, Measure.RATE: 1}
EVERY_CATEGORY: Final = "All of the harm groups"
NO_AREA: Final = "None"
ROWS_A_PAGE: Final = 20

COLUMNS: Final = (
    Column("rank", "Rank", 0),
    Column("name", "Area"),
    Column("area", "Code", wide_only=True),
    Column("n", "Incidents", 0),
    Column("residents", "Residents", 0, wide_only=True),
    Column("rate", "Per 1,000 residents", 1),
)
_CATEGORY_COLUMNS: Final = (Column("category", "Recorded as"), Column("n", "Incidents", 0))


@dataclass(frozen=True)
class Asked:
    """What the page's own pickers hold; ``choice`` is the shared choice with the category picked here."""

    measure: Measure
    level: str
    units: Units
    choice: Choice


@dataclass(frozen=True)
class Found:
    """Every area of the level, measured, as the map, the legend and the table show them; ``area`` is the chosen one."""

    area: str | None
    units: Units
    cube: Cube
    measured: Measured
    absent: list[str]
    shaded: tuple[str, str]
    view: MapView
    legend: str


@dataclass(frozen=True)
class Profile:
    """One area: its standing, months and mix."""

    name: str
    heading: str
    series: Any
    mix: Any
    categories: str


def pick(chosen: Selection) -> Asked:
    """Draw the page's pickers and give what they hold."""
    levels = cached.area_set(chosen.dataset.area_set_id, cached.who()).levels
    measure = st.segmented_control(
        "Measure", list(Measure), default=Measure.COUNT, format_func=MEASURE_WORDS.__getitem__,
        key="measure", required=True, bind=BOUND,
    )  # fmt: skip
    level = st.segmented_control(
        "Level", levels, default=levels[0], format_func=LEVEL_WORDS.__getitem__,
        key="level", required=True, bind=BOUND,
    )  # fmt: skip
    category = st.selectbox(
        "Recorded as", [EVERY_CATEGORY, *sorted(chosen.dataset.harm_of)], key="category", bind=BOUND
    )
    narrowed = None if category == EVERY_CATEGORY else category
    choice = Choice(chosen.choice.months, chosen.choice.harms, narrowed)
    return Asked(measure, level, cached.units(chosen.dataset.area_set_id, level, cached.who()), choice)


def gather(chosen: Selection, asked: Asked, area: str | None) -> Found:
    """Measure every area of the level and say how the map shows it, with ``area`` (a code) outlined."""
    asking, dataset = cached.asker(), chosen.dataset
    units = asked.units
    cube = cached.cube_at(dataset, asked.level, asking.principal)
    result = measured(units, selecting.totals(cube, asked.choice), asked.measure)
    said = Said(
        f"{MEASURE_WORDS[asked.measure]} by {LEVEL_WORDS[asked.level]}",
        UNITS[asked.measure],
        chosen.period,
        dataset.source,
        DECIMALS[asked.measure],
    )
    markers = cached.hotspot_markers(dataset.area_set_id, asking)
    drawn = value_map(dataset.area_set_id, asked.level, result.values, said, markers)
    view = replace(drawn.view, selected=area)
    shaded = (asked.choice.months[0], asked.choice.months[-1])
    return Found(area, units, cube, result, selecting.not_supplied(cube, asked.choice), shaded, view, drawn.legend)


def choose(code: str) -> None:
    """Take a click on the map as the choice of an area; what the browser sends is checked by the picker."""
    st.session_state["_clicked"] = code


def pick_area(asked: Asked) -> str | None:
    """Draw the picker of one area, which a click on the map sets; give the chosen area's code."""
    clicked = st.session_state.pop("_clicked", None)
    if clicked in asked.units.label_of:
        st.session_state["area"] = asked.units.label_of[clicked]
    label = st.selectbox("Area", [NO_AREA, *asked.units.by_label], key="area", bind=BOUND)
    return asked.units.by_label.get(label)


def profile(chosen: Selection, asked: Asked, found: Found) -> Profile | None:
    """Gather the chosen area's profile, or None when no area is chosen."""
    code = found.area
    if code is None:
        return None
    index = [found.units.position[code]]
    name = found.units.name_of(code)
    told = standing(found.measured, code, asked.choice.months)
    mix = selecting.mix(found.cube, asked.choice, index)
    return Profile(
        name=name,
        heading=f'<div class="lc-block"><h2>{escape(name)}</h2><p>{escape(told)}</p></div>',
        series=selecting.series(found.cube, asked.choice, index),
        mix=selecting.mix_by_harm(found.cube, asked.choice, index),
        categories=tables.html_table(
            f"What was recorded in {name}, {chosen.period}", _CATEGORY_COLUMNS, mix.to_dict("records")
        ),
    )


def table(found: Found) -> str:
    """Draw the picker of a page of rows, and write that page of the same facts as the map as a table (HTML)."""
    listed = found.measured.order
    pages = -(-len(listed) // ROWS_A_PAGE)
    # Another level can have fewer pages than the one that was turned to.
    page = min(pages, st.pagination(pages, key="rows", bind=BOUND)) if pages > 1 else 1
    rows = found.measured.rows(listed[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    return tables.html_table(f"All {len(listed):,} areas, highest first", COLUMNS, rows)


def download(chosen: Selection, asked: Asked) -> str:
    """Write the link to what is shown as CSV, or, where its figures are exact and must stay here, say so (HTML)."""
    if chosen.exact:
        return '<p class="lc-quiet">These figures are exact, so they cannot be downloaded.</p>'
    return tables.download_link(
        "Download these figures (CSV)",
        download_routes.AREAS,
        download_routes.asked_for(chosen.dataset.id, asked.level, asked.measure, asked.choice),
    )
