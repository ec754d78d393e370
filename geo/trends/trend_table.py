"""Trend table: a series of released counts with its limits and signals, as it is exported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo import columns as c
from geo import disclosure
from geo.areas.area_set import AreaSet
from geo.calendar.periods import Unit
from geo.calendar.school_calendar import SchoolCalendar
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.release.kinds import Released
from geo.trends import chart_data, narrative
from geo.trends.control_charts import ChartState, ControlCharts
from geo.trends.period_counts import charts, count_periods, starts_of
from geo.trends.rebase import Rebase
from geo.trends.series import Figure
from geo.views.listing import SHOWN, require_known
from geo.views.view import View, levels, periods, view_counts, years_of
from geo.wording import capital

_FIGURES = ["value", "usual", "low", "high"]


@dataclass(frozen=True)
class TrendTableRequest:
    """What is asked for: harm groups that are counted together, one area, or all together (both None), and how.

    ``area`` is a code at ``level``; figures are by periods of ``unit``.
    """

    harms: tuple[str, ...]
    level: str | None
    area: str | None
    unit: Unit
    figure: Figure


def list_trend(
    counts: Released,
    areas: AreaSet,
    request: TrendTableRequest,
    gaps: Sequence[str],
    calendar: SchoolCalendar,
    rebases: Sequence[Rebase],
    one: View | None = None,
) -> pd.DataFrame:
    """Return a series of released counts over all that they cover, as its chart shows it: see ``table``.

    ``one`` is a part of the map as a view of one unit, in the place of an area or of all areas together.

    ``gaps``, ``calendar`` and ``rebases`` are as ``geo.trends.period_counts`` takes them; a column ``area`` names the
    area before all others. Raises InputError for a level, an area or a harm group that there is none of, and ValueError
    for a unit smaller than the periods of the counts.
    """
    if (request.level is None) != (request.area is None):
        raise InputError("A level and an area must be asked for together, and one of them is left out; give both.")
    require_known("harm group", request.harms, tuple(HARM_GROUPS), ", ".join(HARM_GROUPS))
    view = one or view_counts(
        counts, areas, request.level or levels(counts, areas)[-1], years_of(counts, periods(counts))
    )
    place = view.units.codes if one else () if request.area is None else (request.area,)
    require_known("area", place, view.units.codes, "the listing by area")
    found = count_periods(counts, view, gaps, request.unit, calendar)
    units = [view.units.position[code] for code in place] or None
    _, made = charts(found, request.figure, [request.harms], units, (0, len(found.cube.periods) - 1), rebases)
    level, code = (view.units.level, view.units.codes[units[0]]) if units else ("", "")
    starts = starts_of(found, rebases, request.harms, level, code)
    reasons = {at: rebase.reason for at, rebase in starts.items() if rebase is not None}
    [chart] = made.charts
    rows = table(chart.control_charts, chart.at, reasons)
    rows.insert(0, c.AREA, capital(view.units.names[units[0]]) if units else "All areas together")
    return rows


def table(found: ControlCharts, row: int, reasons: Mapping[int, str]) -> pd.DataFrame:
    """Return one series, a row a period, oldest first; ``reasons`` say by position why limits were rebased there.

    ``period`` (its key), ``label`` (in words), ``n``, ``value`` (the figure that is charted), ``usual``, ``low`` and
    ``high`` (NaN: no limits), ``signal`` ("up", "down" or ""), ``why``, ``limits`` (which periods set them, or why
    there are none) and ``reason``. ``n`` and ``value`` are NaN in a period never supplied. Of protected counts they
    are NaN too where fewer than 10 are, ``shown`` says the count in words, and figures are rounded to the one decimal
    that is shown.
    """
    drawn = chart_data.frame(found, row)
    series_set, few = found.series_set, drawn["few"]
    limits, rebases = _limits(found, row, reasons)
    listed = pd.DataFrame(
        {
            c.PERIOD: series_set.periods,
            "label": drawn["label"],
            c.COUNT: pd.Series(series_set.counts[row]).mask(few),
            "value": drawn["value"].mask(few),
            "usual": drawn["centre"],
            "low": drawn["low"],
            "high": drawn["high"],
            "signal": drawn["course"],
            "why": drawn["why"],
            "limits": limits,
            "reason": rebases,
        }
    )
    if series_set.protected:
        words = ["" if np.isnan(n) else disclosure.say(n) for n in series_set.counts[row]]
        listed.insert(listed.columns.get_loc(c.COUNT) + 1, SHOWN, words)
        listed[_FIGURES] = listed[_FIGURES].round(1)
    return listed


def _limits(found: ControlCharts, row: int, reasons: Mapping[int, str]) -> tuple[list[str], list[str]]:
    """Say of each period which ones set its limits, or why there are none, and why limits were rebased with it."""
    number = len(found.series_set.periods)
    rebases = [reasons.get(at, "") for at in range(number)]
    if found.states[row] is not ChartState.CHARTED:
        return [narrative.narrate(found, row, (0, number - 1)).sentence] * number, rebases
    said = [""] * number
    ends = dict(found.phases)
    for span in chart_data.spans(found, row, reasons):
        end = ends[span.start]
        said[span.start : end] = [span.label] * (end - span.start)
    return said, rebases
