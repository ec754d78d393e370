"""What lies around one school within a radius, as the Local context page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from data.records.rows import DatasetKind
from geo import wording
from geo.areas import proximity
from geo.areas.proximity import RINGS, Place
from geo.calendar import periods
from geo.counts import filters
from geo.counts.filters import Choice
from geo.findings.nearby import nearby
from geo.maps import map_sentences
from geo.maps.measure import Measure, Measured, measured
from geo.register.due import WhatIsDue, due
from geo.register.markers import OVERDUE, register_table
from geo.views import widening
from geo.views.extent import Extent, Where, units_in
from geo.views.view import View
from geo.views.widening import Wide
from geo.wording import how_many
from pages.components.cached import loads
from pages.components.cached.cache_keys import ViewKey
from pages.components.context import counted
from pages.components.context.counted import Counted
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import MARGIN, Selection
from pages.components.maps.map_panel import MapView
from pages.components.maps.value_map import MapSpec, ValueMap, value_map

_COURSES: Final = {1: "lc-more", 0: "lc-same", -1: "lc-less"}


@dataclass(frozen=True, kw_only=True)
class Surroundings(Counted):
    """What is around a school: what is counted, the map and the table of areas, and the known hotspots.

    ``wide`` is the filter that they are shown for, which may be wider than what was chosen. ``areas`` are the positions
    of the areas of the ``extent`` that is looked at; ``left_out`` more hold too few incidents to show. Map and table
    are of whole areas, whether or not the counts are. ``compared`` says by harm group what the school's district did,
    where what is around the school is looked at, and ``due`` what is due at known hotspots near by.
    """

    extent: Extent
    compared: Mapping[str, str]
    due: WhatIsDue
    wide: Wide
    areas: Sequence[int]
    left_out: int
    absent: list[str]
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


def surroundings(chosen: Selection, school: Place) -> Surroundings:
    """Gather what lies in the part of the map that is looked at, and the known hotspots round the school."""
    asking, extent = chosen.asking, chosen.extent
    wide = _widened(chosen, extent)
    choice, key = wide.choice, _view_key(chosen, wide.choice, wide.level)
    view = loads.view(key)
    areas = units_in(view, extent)
    by_area, inside = measured(view, choice, Measure.COUNT), set(areas)
    by_distance = extent.points and bool(extent.areas)
    register = proximity.hotspots_within(loads.register(asking), school, max(RINGS))
    drawn = _draw(chosen, school, choice, key, by_area)
    within = counted.within(chosen, extent, choice) if by_distance else None
    return Surroundings(
        **vars(within or counted.of_areas(view.cube, choice, areas)),
        extent=extent,
        compared=_compared(chosen, view, choice),
        due=due(register, loads.hotspot_actions(asking), asking.today),
        wide=wide,
        areas=areas,
        left_out=_left_out(view, extent.areas, areas),
        absent=filters.not_supplied(view.cube, choice),
        shaded=(choice.periods[0], choice.periods[-1]),
        view=_placed(chosen, replace(drawn.view, school=school), areas),
        legend=drawn.legend,
        rows=by_area.rows(position for position in by_area.order if position in inside),
        hotspots=register_table(register, asking.today).to_dict("records"),
    )


def sentence(chosen: Selection, school: Place, around: Surroundings) -> str:
    """Answer the page's question: how much there is, counted how, how much a year before, and if that is a change."""
    said, short = _counts_said(chosen, school, around), around.over_all.short
    return said if around.two.before is None or not short else f"{said.removesuffix('.')}: {short}."


def _counts_said(chosen: Selection, school: Place, around: Surroundings) -> str:
    two, periods_shown = around.two, around.wide.choice.periods
    if around.by_distance:
        return map_sentences.within_distance(school, _radius(around.extent), two.now, two.before, periods_shown)
    if around.extent.circle is None:
        name = around.extent.name
        return map_sentences.in_part(name, two.now, two.before, periods_shown, protected=chosen.about)
    radius = _radius(around.extent)
    return map_sentences.around(
        school, radius, len(around.areas), two.now, two.before, periods_shown, protected=chosen.about
    )


def notes(chosen: Selection, around: Surroundings) -> str:
    """Say which areas near by are left out, and of police points whose places have no names that all are counted."""
    unnamed = around.by_distance and not around.named and chosen.dataset.kind == DatasetKind.POLICE
    apart = map_sentences.counted_apart(around.elsewhere) if around.by_distance else None
    counted_apart = chrome.quiet(apart) if apart else ""
    return (
        counted_apart
        + chrome.notice(map_sentences.left_out(around.left_out))
        + chrome.notice(map_sentences.UNNAMED if unnamed else None)
    )


def where(chosen: Selection, around: Surroundings) -> str:
    """Name what is counted: "within 800 m in a straight line", "in the zones touching 800 m", "in Rotherham"."""
    extent = around.extent
    if extent.circle is None:
        return f"in {extent.name}"
    metres = wording.say_metres(extent.circle[1])
    if around.by_distance:
        return f"within {metres} in a straight line"
    return f"in the {units_said(chosen).lower()} touching {metres}"


def of_whole_areas(chosen: Selection, around: Surroundings) -> str:
    """Name what the table lists: whole areas, which reach beyond the distance."""
    extent, units = around.extent, units_said(chosen)
    of = f"touching {wording.say_metres(_radius(extent))}" if extent.circle is not None else f"in {extent.name}"
    return f"{units} {of}, each counted whole, most incidents first"


def units_said(chosen: Selection) -> str:
    """Name what whole areas are called in what is looked at."""
    return "Zones" if chosen.about else "Small areas"


def _radius(extent: Extent) -> int:
    return 0 if extent.circle is None else extent.circle[1]


def _compared(chosen: Selection, view: View, choice: Choice) -> Mapping[str, str]:
    """Say by harm group what the school's district did, where its surroundings are looked at."""
    if chosen.compared is None:
        return {}
    units = units_in(view, chosen.compared)
    changes = nearby(view.cube, choice, units)
    return {one.harm: f"{chosen.compared.name}: {one.short}." for one in changes if one.short}


def _placed(chosen: Selection, view: MapView, areas: Sequence[int]) -> MapView:
    """Return the map as it is looked at: around the school, or at its district, or at everything."""
    extent = chosen.extent
    if extent.circle is not None:
        school = extent.circle[0]
        return replace(view, rings=RINGS, emphasise=areas, fit=proximity.bounds_around(school, max(RINGS)))
    if extent.where is Where.DISTRICT:
        area_set = loads.area_set(chosen.dataset.area_set_id, chosen.asking.principal)
        return replace(view, emphasise=areas, fit=proximity.bounds_of(area_set, extent.areas, MARGIN))
    return view


def _widened(chosen: Selection, extent: Extent) -> Wide:
    """Return what is shown of the areas near by: what was chosen or, where that cannot be told, something wider."""
    if not chosen.about or not extent.areas:
        return Wide(chosen.choice, chosen.levels[0])

    def holds(choice: Choice, level: str) -> float:
        view = loads.view(_view_key(chosen, choice, level))
        return filters.total(view.cube, choice, units_in(view, extent))

    return widening.widened(chosen.choice, chosen.levels[0], chosen.levels, chosen.covered, holds)


def _view_key(chosen: Selection, choice: Choice, level: str) -> ViewKey:
    """Return what counts are kept by whose units stay the same from a year before the chosen periods on."""
    return chosen.view_key(level, (*periods.year_before(choice.periods), *choice.periods))


def _left_out(view: View, near_by: Sequence[int], shown: Sequence[int]) -> int:
    """Count the areas near by whose counts are not among the shown ones."""
    return sum(int(view.units.member[area]) not in set(shown) for area in near_by)


def _draw(chosen: Selection, school: Place, choice: Choice, key: ViewKey, by_area: Measured) -> ValueMap:
    ground = loads.map_ground(key, chosen.asking)
    spec = MapSpec(
        title=f"Incidents by area around {school.name}",
        unit="incidents",
        period=periods.say_range(choice.periods),
        source=chrome.source(chosen),
        geometry=ground.geometry,
        backdrop=ground.backdrop,
        markers=ground.markers,
        protected=chosen.about,
        multiples=chrome.MULTIPLES[chosen.about],
        aside=chrome.ASIDE[chosen.about],
    )
    return value_map(by_area.values, spec)


def changes_html(around: Surroundings) -> str:
    """Say of each harm group what it did in the areas around since a year before, as HTML."""
    items = "".join(
        f'<li class="{_COURSES[one.direction]}">{escape(one.sentence)}{_beside(around.compared.get(one.harm))}</li>'
        for one in around.changes
    )
    return f'<ul class="lc-findings">{items}</ul>'


def _beside(compared: str | None) -> str:
    return f' <span class="lc-beside">{escape(compared)}</span>' if compared else ""


def places_html(around: Surroundings) -> str:
    """List the busiest places within the distance, as HTML; nothing where no place has a name."""
    if not around.named or not around.places:
        return ""
    items = "".join(
        f"<li><strong>{escape(one.name or 'A place without a name')}</strong><br>"
        f"{how_many(one.n)} · {wording.say_metres(round(one.metres))}</li>"
        for one in around.places
    )
    apart = map_sentences.counted_apart(around.elsewhere)
    beside = "" if apart is None else f'<p class="lc-quiet">{escape(apart)}</p>'
    return f'<div class="lc-block lc-list"><h2>Busiest places</h2><ul>{items}</ul>{beside}</div>'


def known_hotspots_html(around: Surroundings) -> str:
    """Say which known hotspots lie within the outermost ring, nearest first, as HTML."""
    within = wording.say_metres(max(RINGS))
    items = "".join(f"<li>{_hotspot_html(hotspot)}</li>" for hotspot in around.hotspots)
    late = sum(str(hotspot["review"]).startswith(OVERDUE) for hotspot in around.hotspots)
    overdue = f" ({how_many(late, 'review', 'reviews')} overdue)" if late else ""
    listed = f"<p>{len(around.hotspots)} on the register within {within}{overdue}, nearest first:</p><ul>{items}</ul>"
    none = f"<p>None on the register within {within}.</p>"
    return f'<div class="lc-block lc-list"><h2>Known hotspots</h2>{listed if items else none}</div>'


def _hotspot_html(hotspot: Mapping[str, html_tables.Cell]) -> str:
    facts = [
        wording.say_metres(round(float(hotspot["metres"] or 0))),
        str(hotspot["harm"]),
        str(hotspot["status"]).lower(),
        f"review {hotspot['review']}",
    ]
    return f"<strong>{escape(str(hotspot['name']))}</strong><br>{escape(' · '.join(facts))}"
