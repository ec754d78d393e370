"""One large chart: its limits, its signals and gaps, what was done when, and the same figures as a table."""

from geo.charts.control_layout import Mark
from geo.register.markers import say_day
from geo.statistics.control.g_chart import GChart
from geo.trends import chart_data
from geo.trends.drawn_charts import drawn, phases
from geo.trends.overview import Chart
from geo.trends.period_counts import starts_of
from geo.trends.responses import Response, position
from geo.trends.series import Figure
from pages.components.cached import trend_results
from pages.components.charts import control_view
from pages.components.charts.chart_downloads import ChartFoot, foot_of
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import Selection
from pages.components.trends import pickers
from pages.components.trends.pickers import TrendRequest
from pages.components.trends.trend_view import TrendContent


def show(chosen: Selection, request: TrendRequest, content: TrendContent, done: list[Response], where: str) -> None:
    """Show the one chart that is asked for."""
    one = content.overview.charts[0]
    harm = pickers.harm_label(request.harms[0])
    reasons, marks = _reasons(chosen, request, content), _marks(content, done)
    spec = drawn(one, f"{harm}, {where}", content.shaded, reasons, marks, about=chosen.about)
    control_view.show(spec, _foot(chosen, request))


def others(content: TrendContent) -> str:
    """List what else the chart shows, oldest first (HTML)."""
    listed = content.overview.charts[0].narrative.others
    heading = '<div class="lc-block"><h2>What else the chart shows</h2></div>'
    return heading + chrome.bullets(listed) if listed else ""


def table(chosen: Selection, request: TrendRequest, content: TrendContent, done: list[Response], where: str) -> None:
    """Show the figures of the chart as a table, newest first."""
    one = content.overview.charts[0]
    harm = pickers.harm_label(request.harms[0])
    figure = chart_data.unit(one.control_charts)
    noted = chart_data.list_points(
        [(round(mark.at), f"{mark.letter}: {mark.label}") for mark in _marks(content, done)]
        + [(phase.first, phase.label) for phase in phases(one, _reasons(chosen, request, content), about=chosen.about)]
    )
    counts = () if request.figure is Figure.COUNT else (Column("n", chrome.counted(chosen)),)
    columns = (
        Column("period", request.unit.capitalize()),
        *counts,
        Column("value", figure),
        Column("centre", "Usual level", wide_only=True),
        Column("usual", "Usual range"),
        Column("why", "What stands out"),
        Column("beside", "Noted", wide_only=True),
    )
    if one.rare is not None and one.rare.g_chart is not None:
        _show_g_chart_table(chosen, one, one.rare.g_chart, f"{harm}, {where}")
    caption = chrome.caption(chosen, f"{harm}, {where}, by {request.unit}")
    html_tables.show_table(caption, columns, chart_data.rows(one.control_charts, one.at, noted), order="newest first")


def _foot(chosen: Selection, request: TrendRequest) -> ChartFoot:
    return foot_of(chosen, request.harms[0], chosen.covered)


def _show_g_chart_table(chosen: Selection, one: Chart, g_chart: GChart, what: str) -> None:
    unit = one.control_charts.series_set.unit
    columns = (
        Column("period", "Incident in"),
        Column("value", f"{unit.capitalize()}s since the one before"),
        Column("usual", "Usual"),
        Column("why", "What stands out"),
    )
    caption = chrome.caption(chosen, f"{what}: from one incident to the next")
    rows = chart_data.g_chart_rows(one.control_charts, g_chart)
    html_tables.show_table(caption, columns, rows, order="newest first")


def _marks(content: TrendContent, done: list[Response]) -> list[Mark]:
    counts = content.counts
    placed = [(position(one.day, counts.firsts, counts.lasts), one) for one in done]
    return [
        Mark(at, one.letter, f"{one.what} ({one.where}, {say_day(one.day)})") for at, one in placed if at is not None
    ]


def _reasons(chosen: Selection, request: TrendRequest, content: TrendContent) -> dict[int, str]:
    """Say why limits were rebased, by the positions at which they begin."""
    rebases = trend_results.rebases_of(chosen.dataset, chosen.asking)
    starts = starts_of(content.counts, rebases, request.harms[0], *content.place)
    return {at: f"{by.reason} ({by.added_by}, {by.added_at[:10]})" for at, by in starts.items() if by is not None}
