"""Briefing trends: the course of each kind of harm over all that the data cover, as the Trends page judges it."""

from collections.abc import Mapping, Sequence
from typing import Final

from data.papers.pictures import paper_svg
from data.services.briefing_counts import UNLIKELY
from data.services.briefing_ground import BriefingGround
from data.store import rebases
from geo.briefing.facts import Trend
from geo.briefing.paper import PaperColumn, Picture, Table, Told
from geo.calendar import periods as p
from geo.calendar.periods import Unit
from geo.charts.control_chart import control_chart
from geo.counts import regrouping
from geo.harms import HARM_GROUPS
from geo.trends import chart_data, finest, period_counts
from geo.trends.drawn_charts import drawn
from geo.trends.overview import Chart
from geo.trends.period_counts import PeriodCounts
from geo.trends.rebase import Rebase
from geo.trends.series import Figure
from geo.views import circle, extent
from geo.views.extent import Where
from geo.views.view import View

WIDTH: Final = 680  # px of a picture from edge to edge


def trends(ground: BriefingGround, where: str) -> tuple[Trend, ...]:
    """Judge the course of each kind of harm, those with a signal first."""
    harms = [(code,) for code in ground.choice.harms]
    begun = rebases.rebased(ground.store, ground.board, ground.dataset.id)
    unit = _unit(ground, harms, begun)
    counts = _count(ground, unit)
    shaded = _shaded(ground, counts, unit)
    figure = Figure.COUNT if unit == "month" else Figure.WEEK
    units = None if ground.part.where is Where.EVERYWHERE else (0,)
    _, found = period_counts.charts(counts, figure, harms, units, shaded, begun)
    level, code = ("", "") if units is None else (counts.view.units.level, counts.view.units.codes[0])
    made = []
    for one in found.charts:
        starts = period_counts.starts_of(counts, begun, harms[one.row], level, code)
        reasons = {at: by.reason for at, by in starts.items() if by is not None}
        made.append(_trend(ground, one, HARM_GROUPS[harms[one.row][0]], where, shaded, reasons))
    return tuple(made)


def part_view(ground: BriefingGround) -> View:
    """Return the counts of the part that is looked at as a view of one unit; of everything by the largest areas."""
    if ground.part.where is Where.EVERYWHERE:
        return ground.seen(ground.levels[-1], ground.covered)
    if ground.near is not None:
        return extent.of_circle(circle.only_within(ground.near.counts), ground.part, len(ground.areas.codes))
    return extent.as_one(ground.seen(ground.levels[0], ground.covered), ground.part)


def _unit(ground: BriefingGround, harms: Sequence[Sequence[str]], begun: Sequence[Rebase]) -> Unit:
    """Return the periods that charts are by: those of open data, else the finest by which most harms can be judged."""
    base = p.unit_of(ground.covered)
    if not ground.protected:
        return base
    offered = []
    for unit in p.larger(base):
        counts = _count(ground, unit)
        last = len(counts.cube.periods) - 1
        _, found = period_counts.charts(counts, Figure.WEEK, harms, None, (last, last), begun)
        offered.append(finest.judgeable(found, unit))
    return finest.finest(offered)


def _count(ground: BriefingGround, unit: Unit) -> PeriodCounts:
    return period_counts.count_periods(ground.released, part_view(ground), ground.dataset.gaps, unit, ground.calendar)


def _shaded(ground: BriefingGround, counts: PeriodCounts, unit: Unit) -> tuple[int, int]:
    """Return the first and the last position of the chosen periods."""
    at = counts.cube.period_slice(regrouping.holding(ground.choice.periods, unit, ground.calendar))
    return at[0], at[-1]


def _trend(
    ground: BriefingGround, one: Chart, label: str, where: str, shaded: tuple[int, int], reasons: Mapping[int, str]
) -> Trend:
    source, narrative = ground.source(ground.covered), one.narrative
    told = Told(f"{label}: {narrative.sentence}", UNLIKELY if narrative.side else "", source)
    title = f"{label} {where}, by {one.control_charts.series_set.unit}"
    spec = drawn(one, f"{label} {where}", shaded, reasons, about=ground.protected)
    picture = Picture(title, spec.title, paper_svg(control_chart(spec), WIDTH), source)
    return Trend(label, told, narrative.side, picture, _table(one, title, source))


def _table(one: Chart, title: str, source: str) -> Table:
    unit = one.control_charts.series_set.unit
    columns = (
        PaperColumn(unit.capitalize()),
        PaperColumn(chart_data.unit(one.control_charts), figures=True),
        PaperColumn("Usual range", figures=True),
        PaperColumn("What stands out"),
    )
    rows = chart_data.rows(one.control_charts, one.at, {})
    listed = tuple((row["period"], row["value"], row["usual"], row["why"]) for row in rows)
    return Table(title, columns, listed, source)
