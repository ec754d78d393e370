"""Line and bar charts on a page. Each takes what its chart takes, and returns the line of its downloads (HTML)."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.charts import line_charts
from pages.components.charts.chart_downloads import ChartFoot
from pages.components.charts.chart_show import shown


def trend(
    frame: Any, shaded: tuple[str, str], title: str, *, about: bool = False, foot: ChartFoot | None = None
) -> str:
    """Show one line over time."""
    chart = line_charts.trend(frame, shaded, title, about=about)
    return shown(chart, foot, line_charts.trend_key(about=about))


def rates(frame: Any, shaded: tuple[str, str], title: str, unit: str, *, foot: ChartFoot | None = None) -> str:
    """Show several lines of rates over time."""
    return shown(line_charts.rates(frame, shaded, title, unit), foot, line_charts.RATES_KEY)


def shares(
    points: Sequence[Mapping[str, str | float | None]], names: list[str], title: str, foot: ChartFoot | None = None
) -> str:
    """Show several lines of shares over time."""
    return shown(line_charts.shares(points, names, title), foot)


def bars(frame: Any, label: str, title: str, *, about: bool = False, foot: ChartFoot | None = None) -> str:
    """Show one bar per row."""
    return shown(line_charts.bars(frame, label, title, about=about), foot)
