"""Briefing trends: the course of each kind of harm over all that the data cover, as the Trends page judges it."""

from collections.abc import Sequence
from typing import Final

from data.services.briefing_counts import UNLIKELY
from data.services.briefing_ground import Ground
from data.store import rebases
from geo.briefing.facts import Trend
from geo.briefing.paper import PaperColumn, Picture, Table, Told
from geo.calendar import periods as p
from geo.calendar.periods import Unit
from geo.counts import regrouping
from geo.harms import HARM_GROUPS
from geo.trends import chart_data, finest, period_counts
from geo.trends.overview import Chart, Overview
from geo.trends.period_counts import PeriodCounts
from geo.trends.series import Figure
from geo.views import circle, extent
from geo.views.extent import Where
from geo.views.view import View


def trends(ground: Ground, where: str) -> tuple[Trend, ...]:
    """Judge the course of each kind of harm, those with a signal first."""
    harms = [(code,) for code in ground.choice.harms]
    unit = _unit(ground, harms)
    counts = _count(ground, unit)
    shaded = _shaded(ground, counts, unit)
    found = _judged(ground, counts, unit, harms, shaded)
    return tuple(_trend(ground, one, harms[one.row][0], where, unit) for one in found.charts)


def part_view(ground: Ground) -> View:
    """Return the counts of the part that is looked at as a view of one unit; of everything by the largest areas."""
    if ground.part.where is Where.EVERYWHERE:
        return ground.seen(ground.levels[-1], ground.covered)
    if ground.near is not None:
        return extent.of_circle(circle.only_within(ground.near.counts), ground.part, len(ground.areas.codes))
    return extent.as_one(ground.seen(ground.levels[0], ground.covered), ground.part)


def _unit(ground: Ground, harms: Sequence[Sequence[str]]) -> Unit:
    """Return the periods that charts are by: those of open data, else the finest by which most harms can be judged."""
    base = p.unit_of(ground.covered)
    if not ground.protected:
        return base
    offered = []
    for unit in p.larger(base):
        counts = _count(ground, unit)
        last = len(counts.cube.periods) - 1
        _, found = period_counts.charts(
            counts,
            Figure.WEEK,
            harms,
            None,
            (last, last),
            rebases.rebased(ground.store, ground.board, ground.dataset.id),
        )
        offered.append(finest.judgeable(found, unit))
    return finest.finest(offered)


def _count(ground: Ground, unit: Unit) -> PeriodCounts:
    return period_counts.count_periods(ground.released, part_view(ground), ground.dataset.gaps, unit, ground.calendar)


def _shaded(ground: Ground, counts: PeriodCounts, unit: Unit) -> tuple[int, int]:
    """Return the first and the last position of the chosen periods."""
    at = counts.cube.period_slice(regrouping.holding(ground.choice.periods, unit, ground.calendar))
    return at[0], at[-1]


def _judged(
    ground: Ground, counts: PeriodCounts, unit: Unit, harms: Sequence[Sequence[str]], shaded: tuple[int, int]
) -> Overview:
    figure = Figure.COUNT if unit == "month" else Figure.WEEK
    units = None if ground.part.where is Where.EVERYWHERE else (0,)
    begun = rebases.rebased(ground.store, ground.board, ground.dataset.id)
    return period_counts.charts(counts, figure, harms, units, shaded, begun)[1]


def _trend(ground: Ground, one: Chart, harm: str, where: str, unit: Unit) -> Trend:
    label, source = HARM_GROUPS[harm], ground.source(ground.covered)
    narrative = one.narrative
    told = Told(f"{label}: {narrative.sentence}", UNLIKELY if narrative.side else "", source)
    title = f"{label} {where}, by {unit}"
    picture = Picture(title, f"{label}, {where}: {narrative.in_full}", _EMPTY, source)
    return Trend(label, told, narrative.side, picture, _table(one, title, unit, source))


def _table(one: Chart, title: str, unit: Unit, source: str) -> Table:
    columns = (
        PaperColumn(unit.capitalize()),
        PaperColumn(chart_data.unit(one.control_charts), figures=True),
        PaperColumn("Usual range", figures=True),
        PaperColumn("What stands out"),
    )
    rows = chart_data.rows(one.control_charts, one.at, {})
    listed = tuple((row["period"], row["value"], row["usual"], row["why"]) for row in rows)
    return Table(title, columns, listed, source)


_EMPTY: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10"></svg>'
