"""Briefing counts: how much there is around a place, what changed, what kinds, which areas, and the busiest places."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from data.services.briefing_ground import BriefingGround
from geo import columns as c
from geo.briefing.paper import PaperColumn, Table, Told
from geo.calendar import periods as p
from geo.counts import filters
from geo.counts.filters import Choice
from geo.disclosure import THRESHOLD
from geo.findings import counted as said_of
from geo.findings import place_sentences
from geo.findings.counted import Counted
from geo.findings.nearby import Nearby
from geo.harms import HARM_GROUPS
from geo.maps.measure import Measure, Measured, measured
from geo.views import busy_places
from geo.views.circle import WITHIN
from geo.views.extent import units_in
from geo.wording import capital, figure

UNLIKELY: Final = "Unlikely to be chance."
COULD_BE: Final = "Could be chance."
LISTED: Final = 10  # busiest places, as the page lists
MOST_AREAS: Final = 40  # rows of areas, beyond which a paper is no paper
_UNKNOWN: Final = "–"


def certainty_of(one: Nearby) -> str:
    """Say in a few words how certain a change is; "" where nothing can be said."""
    if one.direction:
        return UNLIKELY
    return COULD_BE if one.judged else ""


@dataclass(frozen=True)
class CountFacts:
    """What is told of counts, as ``geo.briefing.facts.Facts`` has it."""

    counted: Counted
    where: str
    headline: Told
    changes: tuple[Told, ...]
    unchanged: str
    kinds: Table
    areas: Table | None
    places: Table | None


def count_facts(ground: BriefingGround) -> CountFacts:
    """Count what is around a place, and say what changed there."""
    counted = count(ground)
    protected, source = ground.protected, ground.source()
    headline = said_of.sentence(
        counted, ground.part, len(ground.units), ground.wide.choice.periods, protected=protected
    )
    where = said_of.where(ground.part, by_distance=counted.by_distance, protected=protected)
    return CountFacts(
        counted=counted,
        where=where,
        headline=Told(headline, certainty_of(counted.over_all), source),
        changes=tuple(Told(one.sentence, certainty_of(one), source) for one in counted.changes if one.direction),
        unchanged=said_of.unchanged(counted.changes),
        kinds=_kinds(ground, counted, where),
        areas=_areas(ground),
        places=_places(ground, counted, where),
    )


def count(ground: BriefingGround) -> Counted:
    """Count the points within reach of a school, or the areas of the part that is looked at."""
    choice, near = ground.wide.choice, ground.near
    if near is None:
        return said_of.of_areas(ground.view.cube, choice, ground.units)
    return replace(
        said_of.of_areas(near.counts.cube, choice, [WITHIN]),
        by_distance=True,
        elsewhere=busy_places.elsewhere_within(near.points, near.inside, choice),
        busy=busy_places.busiest_places(
            near.points, near.inside, near.away, choice, _supplied(ground), first=LISTED, most=LISTED
        ),
        named=near.named,
    )


def _supplied(ground: BriefingGround) -> frozenset[str]:
    return frozenset(ground.dataset.months) - frozenset(ground.dataset.gaps)


def _kinds(ground: BriefingGround, counted: Counted, where: str) -> Table:
    """List the incidents of each kind of harm now and a year before, most first."""
    changes = {one.harm: one for one in counted.changes}
    code_of = {label: code for code, label in HARM_GROUPS.items()}
    order = [code_of[label] for label in counted.by_harm[c.HARM]]
    listed = [*order, *(code for code in changes if code not in order)]
    rows = [_kind(ground, code, changes[code]) for code in listed if code in changes]
    periods = capital(p.say_range(ground.wide.choice.periods))
    columns = (
        PaperColumn("Kind of harm"),
        PaperColumn(periods, figures=True),
        PaperColumn("A year before", figures=True),
        PaperColumn("Is that a change?"),
    )
    return Table(f"Incidents {where}, by kind of harm", columns, tuple(rows), ground.source())


def _kind(ground: BriefingGround, code: str, change: Nearby) -> tuple[str, ...]:
    choice = Choice(ground.wide.choice.periods, (code,))
    near = ground.near
    cube, units = (ground.view.cube, ground.units) if near is None else (near.counts.cube, [WITHIN])
    two = filters.with_year_before(cube, choice, units)
    said = capital(change.short) or _UNKNOWN
    return HARM_GROUPS[code], _figure(ground, two.now), _figure(ground, two.before), said


def _figure(ground: BriefingGround, n: float | None) -> str:
    return "no figures" if n is None or np.isnan(n) else figure(n, protected=ground.protected)


def _areas(ground: BriefingGround) -> Table | None:
    """List the areas that are looked at with their incidents and rate, of all areas the largest there are.

    None where there are none, or too many.
    """
    view, units = ground.view, ground.units
    if ground.school is None:
        view = ground.seen(ground.levels[-1], ground.compared_periods)
        units = units_in(view, ground.part)
    if not units or len(units) > MOST_AREAS:
        return None
    by_area, inside = measured(view, ground.wide.choice, Measure.COUNT), set(units)
    rows = tuple(
        (by_area.units.names[at], _figure(ground, by_area.counts[at]), _rate(ground, by_area, at))
        for at in by_area.order
        if at in inside
    )
    columns = (
        PaperColumn("Area"),
        PaperColumn("Incidents", figures=True),
        PaperColumn("Per 1,000 residents", figures=True),
    )
    caption = said_of.of_whole_areas(ground.part, protected=ground.protected)
    if ground.school is None:
        caption = "All areas, most incidents first"
    return Table(caption, columns, rows, ground.source())


def _rate(ground: BriefingGround, by_area: Measured, at: int) -> str:
    rate = by_area.rates[at]
    if np.isnan(rate) or (ground.protected and by_area.counts[at] < THRESHOLD):
        return _UNKNOWN
    return f"{'about ' if ground.protected else ''}{rate:,.1f}"


def _places(ground: BriefingGround, counted: Counted, where: str) -> Table | None:
    """List the busiest places by their names; None where none may be named, or there is none."""
    if counted.busy is None or not counted.named or not counted.busy.places:
        return None
    rows = tuple(
        (one.title, f"{one.n:,}", _UNKNOWN if one.before is None else f"{one.before:,}", _certainty(one.certain))
        for one in counted.busy.places
    )
    columns = (
        PaperColumn(place_sentences.NEAR),
        PaperColumn(capital(p.say_range(ground.wide.choice.periods)), figures=True),
        PaperColumn("A year before", figures=True),
        PaperColumn("Is that a change?"),
    )
    return Table(f"Busiest places {where}, most incidents first", columns, rows, ground.source())


def _certainty(certain: bool | None) -> str:
    if certain is None:
        return "Too few to say"
    return UNLIKELY if certain else COULD_BE
