"""Period counts: counts by the periods of a chart with the days those have, and the charts made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.arrays import Floats
from geo.calendar import half_terms
from geo.calendar.exposure import Exposure
from geo.calendar.half_terms import HalfTerm
from geo.calendar.periods import Unit
from geo.calendar.school_calendar import SchoolCalendar
from geo.calendar.school_years import Days
from geo.counts import regrouping
from geo.counts.cube import Cube
from geo.release.kinds import Exact, Protected, Released
from geo.trends.overview import Overview, overview
from geo.trends.rebase import AnyRebase, Rebase, concerning
from geo.trends.series import Figure, SeriesSet, build_series
from geo.views.view import View


@dataclass(frozen=True)
class PeriodCounts:
    """Counts by unit of area and by period of a chart: the units, the cube, the days of its periods.

    ``seen`` is the view they come from; ``firsts`` and ``lasts`` are the first and the last day of each period.
    """

    view: View
    cube: Cube
    exposure: Exposure
    firsts: Days
    lasts: Days


def count_periods(
    counts: Released | Exact, view: View, gaps: Sequence[str], unit: Unit, calendar: SchoolCalendar
) -> PeriodCounts:
    """Return the counts of a view by periods of a unit, with the days of those periods.

    ``gaps`` are the months that the dataset lacks, and ``calendar`` has the term dates that count. Half-terms of a
    release keep the days they were released with. Raises ValueError when ``unit`` is smaller than the periods of the
    counts.
    """
    tiles = counts.periods if isinstance(counts, Protected) else ()
    base = _with_holes(view.cube, gaps, tiles)
    made = regrouping.regrouped(base, unit, calendar)
    days = regrouping.exposure_of(base.periods, unit, calendar, tiles)
    return PeriodCounts(view, made, days, *regrouping.spans_of(base.periods, unit, calendar, tiles))


def _with_holes(cube: Cube, gaps: Sequence[str], tiles: Sequence[HalfTerm]) -> Cube:
    """Mark the half-terms of a release in which a month of the series is missing: their counts are incomplete."""
    if not tiles:
        return cube
    holes = {tiles[half_terms.position_of_month(month, tiles)].key for month in gaps}
    return replace(cube, missing=cube.missing | (holes & set(cube.periods)))


def by_unit(found: PeriodCounts, harms: Sequence[str]) -> Floats:
    """Return the counts of some harms, unit × period, NaN in a period never supplied."""
    every = np.arange(len(found.view.units.codes))
    return build_series(found.cube, found.exposure, Figure.COUNT, [harms], every).counts


def charts(
    found: PeriodCounts,
    figure: Figure,
    harms: Sequence[Sequence[str]],
    units: Sequence[int] | None,
    chosen: tuple[int, int],
    rebases: Sequence[Rebase],
) -> tuple[SeriesSet, Overview]:
    """Return a series, and its chart, for each group of harms in each of some units (positions), or in all (None).

    Signals are looked for in the ``chosen`` periods (first and last position). ``rebases`` are all the rebased limits
    of the dataset.
    """
    made = build_series(found.cube, found.exposure, figure, harms, None if units is None else np.array(units, np.int64))
    starts = {
        row: tuple(begun)
        for row in range(len(made.counts))
        if len(begun := starts_of(found, rebases, *_chart(found, harms, units, row))) > 1
    }
    return made, overview(made, chosen, starts)


def starts_of(
    found: PeriodCounts, rebases: Sequence[AnyRebase], harms: Sequence[str], level: str, area: str
) -> Mapping[int, AnyRebase | None]:
    """Return the positions at which the limits of a chart begin, with the rebase that did it; the first is 0.

    ``level`` and ``area`` are empty for all areas together. A day inside a period counts from the next period on.
    """
    starts: dict[int, AnyRebase | None] = {0: None}
    for one in concerning(rebases, harms, level, area):
        at = int(np.searchsorted(found.firsts, np.datetime64(one.first_day)))
        if 0 < at < len(found.cube.periods):
            starts[at] = one
    return dict(sorted(starts.items()))


def _chart(
    found: PeriodCounts, harms: Sequence[Sequence[str]], units: Sequence[int] | None, row: int
) -> tuple[Sequence[str], str, str]:
    """Return the harms, the level and the code of a row of series, level and code empty for all areas together."""
    if units is None:
        return harms[row], "", ""
    return harms[row // len(units)], found.view.units.level, found.view.units.codes[units[row % len(units)]]
