"""What the Local context page shows, gathered for one school and one radius."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

import streamlit as st

from geo import wording
from geo.areas import proximity
from geo.areas.proximity import RINGS, Place
from geo.calendar import periods
from geo.counts import filters
from geo.counts.filters import Choice, TwoCounts
from geo.findings.nearby import Nearby, nearby
from geo.maps.measure import Measure, Measured, measured
from geo.register.markers import OVERDUE, register_table
from geo.views import widening
from geo.views.view import View
from geo.views.widening import Wide
from geo.wording import how_many
from pages.components.cached import loads
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import BOUND, Selection
from pages.components.maps.map_panel import MapView
from pages.components.maps.value_map import Said, ValueMap, value_map

_COURSES: Final = {1: "lc-more", 0: "lc-same", -1: "lc-less"}


@dataclass(frozen=True)
class Around:
    """What is around a school: positions of the areas, counts, chart frames, the map, and the known hotspots.

    ``wide`` is the filter that they are shown for, which may be wider than what was chosen; ``left_out`` areas near by
    hold too few incidents to show.
    """

    wide: Wide
    areas: Sequence[int]
    left_out: int
    two: TwoCounts
    changes: Sequence[Nearby]
    absent: list[str]
    by_harm: Any
    series: Any
    shaded: tuple[str, str]
    view: MapView
    legend: str
    rows: Sequence[Mapping[str, html_tables.Cell]]
    hotspots: Sequence[Mapping[str, html_tables.Cell]]


def columns(chosen: Selection) -> tuple[Column, ...]:
    """Return the columns of the table of areas."""
    rate = "About, per 1,000 residents" if chosen.about else "Per 1,000 residents"
    return (
        Column("name", "Area"),
        Column("n", chrome.counted(chosen), 0, about=chosen.about),
        Column("residents", "Residents", 0, wide_only=True),
        Column("rate", rate, 1),
    )


def pick_radius() -> int:
    """Draw the picker of the radius and give it in metres."""
    return st.segmented_control(
        "Areas within", RINGS, default=RINGS[1], format_func=wording.say_metres, key="radius", required=True, bind=BOUND
    )


def around_school(chosen: Selection, school: Place, radius: int) -> Around:
    """Gather what the areas within ``radius`` metres of a school hold."""
    asking, dataset = loads.asker(), chosen.dataset
    near_by = proximity.areas_within(loads.area_set(dataset.area_set_id, asking.principal), school, radius)
    wide = _widened(chosen, near_by)
    choice = wide.choice
    seen = _seen(chosen, choice, wide.level)
    areas = _units(seen, near_by)
    listed, inside = measured(seen, choice, Measure.COUNT), set(areas)
    register = proximity.hotspots_within(loads.register(asking), school, max(RINGS))
    drawn = _map(chosen, school, wide, listed)
    bounds = proximity.bounds_around(school, max(RINGS))
    return Around(
        wide=wide,
        areas=areas,
        left_out=_left_out(seen, near_by, areas),
        two=filters.with_year_before(seen.cube, choice, areas),
        changes=nearby(seen.cube, choice, areas),
        absent=filters.not_supplied(seen.cube, choice),
        by_harm=filters.mix_by_harm(seen.cube, choice, areas),
        series=filters.series(seen.cube, choice, areas),
        shaded=(choice.periods[0], choice.periods[-1]),
        view=replace(drawn.view, school=school, rings=RINGS, emphasise=areas, fit=bounds),
        legend=drawn.legend,
        rows=listed.rows(position for position in listed.order if position in inside),
        hotspots=register_table(register, asking.today).to_dict("records"),
    )


def _widened(chosen: Selection, near_by: Sequence[int]) -> Wide:
    """Return what is shown of the areas near by: what was chosen or, where that cannot be told, something wider."""
    if not chosen.about or not near_by:
        return Wide(chosen.choice, chosen.levels[0])

    def holds(choice: Choice, level: str) -> float:
        seen = _seen(chosen, choice, level)
        return filters.total(seen.cube, choice, _units(seen, near_by))

    return widening.widened(chosen.choice, chosen.levels[0], chosen.levels, chosen.covered, holds)


def _seen(chosen: Selection, choice: Choice, level: str) -> View:
    """Return the counts at a level, in units that stay the same from a year before the chosen periods on."""
    covering = (*periods.year_before(choice.periods), *choice.periods)
    return loads.view(chosen.dataset, level, covering, loads.asker())


def _units(seen: View, near_by: Sequence[int]) -> list[int]:
    """Return the positions of the units that some areas belong to.

    What is elsewhere lies all over the district, so it is left out where anything is nearer.
    """
    units = sorted({int(seen.units.member[area]) for area in near_by})
    return [unit for unit in units if not seen.elsewhere[unit]] or units


def _left_out(seen: View, near_by: Sequence[int], shown: Sequence[int]) -> int:
    """Count the areas near by whose counts are not among the shown ones."""
    return sum(int(seen.units.member[area]) not in set(shown) for area in near_by)


def _map(chosen: Selection, school: Place, wide: Wide, listed: Measured) -> ValueMap:
    asking, dataset, choice = loads.asker(), chosen.dataset, wide.choice
    covering = (*periods.year_before(choice.periods), *choice.periods)
    said = Said(
        title=f"Incidents by area around {school.name}",
        unit="incidents",
        period=periods.say_range(choice.periods),
        source=chrome.source(chosen),
        protected=chosen.about,
        multiples=chrome.MULTIPLES[chosen.about],
        aside=chrome.ASIDE[chosen.about],
    )
    return value_map(
        listed.values,
        said,
        loads.geometry(dataset, wide.level, covering, asking),
        loads.drawings(dataset.area_set_id, asking.principal).get("backdrop"),
        loads.hotspot_markers(dataset.area_set_id, asking),
    )


def changes_html(found: Around) -> str:
    """Say of each harm group what it did in the areas around since a year before, as HTML."""
    items = "".join(f'<li class="{_COURSES[one.direction]}">{escape(one.sentence)}</li>' for one in found.changes)
    return f'<ul class="lc-findings">{items}</ul>'


def known_hotspots_html(found: Around) -> str:
    """Say which known hotspots lie within the outermost ring, nearest first, as HTML."""
    within = wording.say_metres(max(RINGS))
    items = "".join(f"<li>{_hotspot_html(hotspot)}</li>" for hotspot in found.hotspots)
    late = sum(str(hotspot["review"]).startswith(OVERDUE) for hotspot in found.hotspots)
    overdue = f" ({how_many(late, 'review', 'reviews')} overdue)" if late else ""
    told = f"<p>{len(found.hotspots)} on the register within {within}{overdue}, nearest first:</p><ul>{items}</ul>"
    none = f"<p>None on the register within {within}.</p>"
    return f'<div class="lc-block lc-list"><h2>Known hotspots</h2>{told if items else none}</div>'


def _hotspot_html(hotspot: Mapping[str, html_tables.Cell]) -> str:
    facts = [
        wording.say_metres(round(float(hotspot["metres"] or 0))),
        str(hotspot["harm"]),
        str(hotspot["status"]).lower(),
        f"review {hotspot['review']}",
    ]
    return f"<strong>{escape(str(hotspot['name']))}</strong><br>{escape(' · '.join(facts))}"
