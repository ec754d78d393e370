"""Drawn charts: one judged course as a control chart draws it, on a screen and on paper."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from geo.charts.control_chart import ControlChartSpec
from geo.charts.control_layout import Mark, Phase
from geo.statistics.control.g_chart import GChart
from geo.trends import chart_data
from geo.trends.control_charts import MIN_PHASE_POINTS
from geo.trends.overview import Chart


def drawn(
    one: Chart,
    where: str,
    shaded: tuple[int, int],
    reasons: Mapping[int, str],
    marks: Sequence[Mark] = (),
    *,
    about: bool,
) -> ControlChartSpec:
    """Return the large chart of a course, or of its waits where its incidents are rare.

    ``where`` names its harm and place, ``shaded`` are the first and the last position that are chosen, and ``reasons``
    say by the position of its start why a usual range was rebased. Protected figures are ``about``.
    """
    if one.rare is not None and one.rare.g_chart is not None:
        return drawn_waits(one, one.rare.g_chart, where)
    return ControlChartSpec(
        chart_data.frame(one.control_charts, one.at),
        title=f"{where}: {one.narrative.in_full}",
        unit=chart_data.unit(one.control_charts),
        marks=marks,
        phases=phases(one, reasons, about=about),
        shaded=shaded,
        about=about,
    )


def drawn_waits(one: Chart, g_chart: GChart, where: str) -> ControlChartSpec:
    """Return the chart of how long it took from each incident of a rare harm to the next."""
    unit = one.control_charts.series_set.unit
    return ControlChartSpec(
        chart_data.g_chart_frame(one.control_charts, g_chart),
        title=f"{where}: {one.narrative.sentence}",
        unit=f"{unit.capitalize()}s since the incident before",
    )


def phases(one: Chart, reasons: Mapping[int, str], *, about: bool) -> list[Phase]:
    """List the usual ranges of a chart with the periods that set each, in their order."""
    spans, unit = chart_data.spans(one.control_charts, one.at, reasons), one.control_charts.series_set.unit
    made = [Phase(span.first, span.last, span.label, span.reason) for span in spans]
    # A range of too few periods has no limits to draw, and whoever looks must still read why those before it end.
    without = set(reasons) - {span.start for span in spans}
    few = ", most of them with 10 incidents or more" if about else ""
    label = f"No usual range yet: it needs {MIN_PHASE_POINTS} {unit}s{few}"
    made += [Phase(at, end - 1, label, reasons[at]) for at, end in one.control_charts.phases if at in without]
    return sorted(made, key=attrgetter("first"))
