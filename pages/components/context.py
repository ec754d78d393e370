"""What the Local context page shows, gathered for one school and one radius."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

import streamlit as st

from geo import comparing, near, selecting
from geo.comparing import TwoCounts
from geo.markers import OVERDUE, register_table
from geo.measuring import Measure, measured
from geo.near import RINGS, Place
from geo.sentences import how_many
from pages.components import cached, tables
from pages.components.map_panel import MapView
from pages.components.selection import BOUND, Selection
from pages.components.tables import Column
from pages.components.value_map import Said, value_map

COLUMNS: Final = (
    Column("name", "Area"),
    Column("n", "Incidents", 0),
    Column("residents", "Residents", 0, wide_only=True),
    Column("rate", "Per 1,000 residents", 1),
)


@dataclass(frozen=True)
class Around:
    """What is around a school: positions of the areas, counts, chart frames, the map, and the known hotspots."""

    areas: list[int]
    two: TwoCounts
    absent: list[str]
    by_harm: Any
    series: Any
    shaded: tuple[str, str]
    view: MapView
    legend: str
    rows: Sequence[Mapping[str, tables.Cell]]
    hotspots: Sequence[Mapping[str, tables.Cell]]


def pick_radius() -> int:
    """Draw the picker of the radius and give it in metres."""
    return st.segmented_control(
        "Areas within", RINGS, default=RINGS[1], format_func=say_metres, key="radius", required=True, bind=BOUND
    )


def around_school(chosen: Selection, school: Place, radius: int) -> Around:
    """Gather what the areas within ``radius`` metres of a school hold."""
    asking, dataset = cached.asker(), chosen.dataset
    person = asking.principal
    area_set = cached.area_set(dataset.area_set_id, person)
    cube, units = cached.counts(dataset, person).cube, cached.units(dataset.area_set_id, area_set.level, person)
    areas = near.areas_within(area_set, school, radius)
    counts = selecting.totals(cube, chosen.choice)
    listed, inside = measured(units, counts, Measure.COUNT), set(areas)
    said = Said(f"Incidents by area around {school.name}", "incidents", chosen.period, dataset.source)
    markers = cached.hotspot_markers(dataset.area_set_id, asking)
    drawn = value_map(dataset.area_set_id, area_set.level, counts, said, markers)
    bounds = near.bounds_around(school, max(RINGS))
    register = near.hotspots_within(cached.register(asking), school, max(RINGS))
    return Around(
        areas=areas,
        two=comparing.with_year_before(cube, chosen.choice, areas),
        absent=selecting.not_supplied(cube, chosen.choice),
        by_harm=selecting.mix_by_harm(cube, chosen.choice, areas),
        series=selecting.series(cube, chosen.choice, areas),
        shaded=(chosen.choice.months[0], chosen.choice.months[-1]),
        view=replace(drawn.view, school=school, rings=RINGS, emphasise=areas, fit=bounds),
        legend=drawn.legend,
        rows=listed.rows(position for position in listed.order if position in inside),
        hotspots=register_table(register, asking.today).to_dict("records"),
    )


def known_hotspots_html(found: Around) -> str:
    """Say which known hotspots lie within the outermost ring, nearest first, as HTML."""
    within = say_metres(max(RINGS))
    items = "".join(f"<li>{_hotspot_html(hotspot)}</li>" for hotspot in found.hotspots)
    late = sum(str(hotspot["review"]).startswith(OVERDUE) for hotspot in found.hotspots)
    overdue = f" ({how_many(late, 'review', 'reviews')} overdue)" if late else ""
    told = f"<p>{len(found.hotspots)} on the register within {within}{overdue}, nearest first:</p><ul>{items}</ul>"
    none = f"<p>None on the register within {within}.</p>"
    return f'<div class="lc-block lc-list"><h2>Known hotspots</h2>{told if items else none}</div>'


def _hotspot_html(hotspot: Mapping[str, tables.Cell]) -> str:
    facts = [
        say_metres(round(float(hotspot["metres"] or 0))),
        str(hotspot["harm"]),
        str(hotspot["status"]).lower(),
        f"review {hotspot['review']}",
    ]
    return f"<strong>{escape(str(hotspot['name']))}</strong><br>{escape(' · '.join(facts))}"


def say_metres(radius: int) -> str:
    """Write a radius: "800 m", "1,600 m"."""
    return f"{radius:,} m"
