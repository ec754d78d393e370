"""Maps for print: what a board may see of a dataset around a school, or of all its areas, as on the pages that show it.

They are made of released counts alone, by the same measures, classes and words as the Area map and Local context.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import shapely

from data.papers.print_frame import frame_of
from data.papers.print_map import print_map, print_map_png
from data.papers.print_spec import PrintMap
from data.principal import Principal
from data.services import map_ground, map_pieces
from data.store.datasets import Dataset
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.areas.contiguity import graph_of
from geo.areas.proximity import RINGS, point_of
from geo.areas.whole_names import name_of_whole
from geo.arrays import Shapes
from geo.briefing.paper import Picture
from geo.calendar import periods as p
from geo.counts import filters
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.harms import HARM_GROUPS, category_label
from geo.maps.extent_sentences import said_of_map
from geo.maps.map_sentences import NOT_THE_SAME, left_out
from geo.maps.map_words import DECIMALS, LEVEL_WORDS, MEASURE_WORDS, TOO_FEW, UNITS
from geo.maps.measure import Line, Measure, Measured, measured
from geo.maps.measures import STATISTICS, MeasureRequest, measured_by
from geo.maps.value_classes import ASIDE, MULTIPLES, value_classes, value_text
from geo.register.markers import say_day
from geo.release.kinds import Protected, Released
from geo.views import view, widening
from geo.views.extent import Extent, Where, units_in
from geo.views.published_points import PublishedPoints
from geo.views.scene import Scene, scene_of
from geo.views.view import View, view_counts, years_of
from geo.views.widening import Wide
from geo.wording import capital, could_not_check

_COUNT = MeasureRequest(Measure.COUNT)


@dataclass(frozen=True)
class MapAsk:
    """What a map for print is asked for: a measure of what a choice leaves, by the units of a level, and which part.

    ``covered`` are the periods through which units stay the same, and ``every_ring`` is whether all usual distances are
    drawn around the school. ``points`` are the published ones, where they are loaded already.
    """

    dataset: Dataset
    areas: AreaSet
    wide: Wide
    covered: Sequence[str]
    part: Extent
    request: MeasureRequest = _COUNT
    every_ring: bool = False
    points: PublishedPoints | None = None


@dataclass(frozen=True)
class PrintedMap:
    """A map as a paper has it.

    ``alt`` says for those who do not see it what it shows; ``rows`` are the lines of the areas that are looked at,
    highest first (``geo.maps.measure.Measured.rows``). ``wide`` is what is shown, which may be wider than what was
    asked for, and ``notes`` must stand beside it.
    """

    spec: PrintMap
    alt: str
    rows: Sequence[Line]
    wide: Wide
    notes: Sequence[str]

    @property
    def title(self) -> str:
        """What the map shows, and where."""
        return self.spec.title

    @property
    def source(self) -> str:
        """Where its figures are from, and of when."""
        return f"{self.spec.source} · {self.spec.period}"

    @cached_property
    def svg(self) -> str:
        """The map as SVG, without its title."""
        return print_map(self.spec, headed=False)

    @property
    def picture(self) -> Picture:
        """The map as a picture of a paper."""
        return Picture(self.title, self.alt, self.svg, self.source)

    def drawn(self, kind: str) -> bytes:
        """Return the map by itself, with its title, as "svg" or "png"."""
        return print_map_png(self.spec) if kind == "png" else print_map(self.spec).encode()


def map_of_part(
    store: Store,
    principal: Principal,
    dataset: Dataset,
    released: Released,
    areas: AreaSet,
    asked: Wide,
    part: Extent,
    today: date,
    points: PublishedPoints | None = None,
) -> PrintedMap:
    """Return the map of counts in a part as Local context shows them; the part has one area or more.

    Where protected counts are too few to tell, more is shown than was ``asked``, and ``wide`` says what. ``points`` are
    the published ones, where they are loaded already. Raises TypeError for exact counts.
    """
    _require_released(released)
    wide = _widened(released, areas, part, asked)
    ask = MapAsk(dataset, areas, wide, _looked_at(wide.choice, part), part, every_ring=True, points=points)
    return map_of(store, principal, released, ask, today)


def map_of(store: Store, principal: Principal, released: Released, ask: MapAsk, today: date) -> PrintedMap:
    """Return a map of released counts. Raises TypeError for exact ones, and ThinDataError as the measure does."""
    _require_released(released)
    seen = view_counts(released, ask.areas, ask.wide.level, years_of(released, ask.covered))
    choice, inside = ask.wide.choice, units_in(seen, ask.part)
    scene = _scene(seen, ask)
    found = measured(seen, choice, ask.request.measure)
    if scene is not None and ask.request.measure in STATISTICS:
        found = measured_by(scene, choice, ask.request)
    spec = _spec(store, principal, ask, seen, found, today)
    clusters, none = _clusters(scene, ask, spec.shapes)
    notes = [*filter(None, (*_notes(seen, ask, inside), none))]
    every = ask.part.where is Where.EVERYWHERE
    rows = found.rows(at for at in found.order.tolist() if every or at in set(inside))
    alt = f"Map. {spec.title}. {said_of_map(found, ask.part, inside, choice)}"
    return PrintedMap(replace(spec, notes=notes, clusters=clusters), alt, rows, ask.wide, notes)


def _spec(
    store: Store,
    principal: Principal,
    ask: MapAsk,
    seen: View,
    found: Measured,
    today: date,
) -> PrintMap:
    """Gather what a map shows: its areas and classes, the ground beneath them, and what stands on it."""
    part, choice = ask.part, ask.wide.choice
    shapes = map_pieces.shapes_of(ask.areas, seen)
    metres = max(RINGS) if ask.every_ring else 2 * (part.circle[1].metres if part.circle else 0)
    bounds = map_pieces.seen(ask.areas, part, metres)
    made = PrintMap(
        **_classes(found),
        title=_title(ask),
        shapes=shapes,
        what=_harms(choice),
        period=capital(_when(ask)),
        source=ask.dataset.source,
        day=say_day(today),
        bounds=bounds,
        ground=map_ground.ground_of(store, principal, ask.dataset, ask.areas, frame_of(bounds, 0.0)),
        attributions=map_pieces.owed(ask.areas),
        signs=map_pieces.signs(store, principal, ask.areas, today),
        protected=found.protected,
    )
    if part.where is not Where.EVERYWHERE:
        made = replace(made, counted=units_in(seen, part), counted_said=f"Areas {part.said}")
    if part.circle is None:
        return made
    return replace(
        made,
        school=point_of(part.circle[0]),
        school_name=part.circle[0].name,
        rings=map_pieces.rings_of(part, every=ask.every_ring),
        walk=map_pieces.reached(store, principal, ask.areas, part),
        places=map_pieces.places(store, principal, ask.dataset, ask.areas, part, choice, ask.points),
    )


def _classes(found: Measured) -> dict[str, Any]:
    """Say how areas are classed and coloured, by kinds where the measure has them and else by amounts."""
    measure, result = found.measure, found.result
    aside = TOO_FEW if measure is Measure.CHANGE else ASIDE[found.protected]
    if result is not None and result.painted is not None:
        painted = result.painted
        return {
            "classes": painted.classes,
            "colours": painted.colours,
            "letters": painted.letters,
            "unit": MEASURE_WORDS[measure],
            "method": result.method,
            "aside": aside,
            "are_kinds": True,
        }
    decimals = DECIMALS[measure]
    classed = value_classes(
        found.values,
        UNITS[measure],
        decimals=decimals,
        protected=found.protected,
        multiples=MULTIPLES[found.protected and measure is Measure.COUNT],
        method=result.method if result else None,
    )
    texts = [value_text(value, decimals=decimals, protected=found.protected) for value in found.values.tolist()]
    return {
        "classes": classed.classes,
        "colours": classed.colours,
        "unit": classed.unit,
        "zero": classed.zero,
        "method": classed.method,
        "aside": aside,
        "texts": texts,
    }


def _title(ask: MapAsk) -> str:
    if ask.every_ring and ask.part.circle is not None:
        return f"Incidents by area around {ask.part.circle[0].name}"
    level = LEVEL_WORDS[ask.wide.level]
    measure = "Incidents" if ask.request.measure is Measure.COUNT else MEASURE_WORDS[ask.request.measure]
    what = f"{measure} by {level if level.isupper() else level.lower()}"
    where = name_of_whole(ask.areas) if ask.part.where is Where.EVERYWHERE else ask.part.name
    if ask.part.circle is not None:
        where = f"around {ask.part.circle[0].name}"
    return f"{what}, {where}"


def _harms(choice: Choice) -> str:
    if choice.category:
        return f"Category: {category_label(choice.category)}"
    if set(choice.harms) == set(HARM_GROUPS):
        return "All harm groups"
    return f"Harm groups: {', '.join(HARM_GROUPS[code] for code in HARM_GROUPS if code in choice.harms)}"


def _when(ask: MapAsk) -> str:
    """Say which periods the figures on the map are from."""
    periods, measure = ask.wide.choice.periods, ask.request.measure
    if measure is Measure.CHANGE:
        return f"{p.say_range(periods)} beside {p.say_range(p.year_before(periods))}"
    return p.say_range(ask.covered if measure is Measure.PATTERN else periods)


def _notes(seen: View, ask: MapAsk, inside: Sequence[int]) -> Sequence[str | None]:
    """Say what was widened, which periods are missing, what is left out, and that areas are counted whole."""
    hidden = 0
    if ask.part.where is Where.SCHOOL:
        hidden = sum(int(seen.units.member[area]) not in set(inside) for area in ask.part.areas)
    absent = filters.not_supplied(seen.cube, ask.wide.choice)
    whole = NOT_THE_SAME if ask.part.points else None
    return widening.sentence(ask.wide), p.missing_periods(absent), left_out(hidden), whole


def _clusters(scene: Scene | None, ask: MapAsk, shapes: Shapes) -> tuple[Sequence[shapely.Geometry], str | None]:
    """Return the outlines of what is detected now, where that is asked for, or why there is none."""
    if scene is None or not ask.request.clusters:
        return (), None
    choice = ask.wide.choice
    try:
        found = map_pieces.outlines(scene, choice, ask.part, shapes)
    except ThinDataError as thin:
        return (), could_not_check("for current clusters", str(thin))
    return found, None if found else f"No cluster stands out from chance as of {p.say(choice.periods[-1])}."


def _scene(seen: View, ask: MapAsk) -> Scene | None:
    """Return what statistics look at; None where none is asked for."""
    if ask.request.measure not in STATISTICS and not ask.request.clusters:
        return None
    return scene_of(seen, ask.areas, graph_of(ask.areas.metres.to_numpy()), ask.wide.choice.periods[-1])


def _widened(released: Released, areas: AreaSet, part: Extent, asked: Wide) -> Wide:
    """Return what was asked for or, where that cannot be told of protected counts, something wider, as pages do."""
    if not isinstance(released, Protected):
        return asked

    def holds(choice: Choice, level: str) -> float:
        seen = view_counts(released, areas, level, years_of(released, _looked_at(choice, part)))
        if part.where is not Where.EVERYWHERE:
            return filters.total(seen.cube, choice, units_in(seen, part))
        counted = measured(seen, choice, Measure.COUNT)
        return float(counted.values.max(initial=0.0, where=~seen.elsewhere))

    return widening.widened(asked.choice, asked.level, view.levels(released, areas), view.periods(released), holds)


def _looked_at(choice: Choice, part: Extent) -> tuple[str, ...]:
    """Return the periods through which units stay the same: around a school, a year before is looked at too."""
    if part.where is Where.EVERYWHERE:
        return choice.periods
    return (*p.year_before(choice.periods), *choice.periods)


def _require_released(released: Released) -> None:
    if not isinstance(released, Released):
        raise TypeError("Only released counts can be printed.")
