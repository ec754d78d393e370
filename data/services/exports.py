"""Exports: released counts as tables, and as CSV or JSON. Nothing else can be exported, and the types say so."""

import json
from collections.abc import Sequence

import pandas as pd

from data.formats import csv_output
from data.store.datasets import Dataset
from geo import columns as c
from geo import disclosure
from geo.areas.area_set import AreaSet
from geo.areas.contiguity import graph_of
from geo.calendar.school_calendar import SchoolCalendar
from geo.clock.clock_table import list_cells
from geo.clock.week_clock import Clock, Visibility
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from geo.maps.measures import MeasureRequest, covering, measured_by
from geo.release.kinds import Released
from geo.trends.funnel_plot import funnel_plot
from geo.trends.rebase import Rebase
from geo.trends.trend_table import TrendTableRequest, list_trend
from geo.views.listing import SHOWN, CountsRequest, list_counts
from geo.views.scene import scene_of
from geo.views.view import View, periods, view_counts, years_of


def counts_csv(released: Released, areas: AreaSet, request: CountsRequest) -> str:
    """Write released counts as CSV with a header; columns and errors are those of ``geo.views.listing.list_counts``."""
    return csv_output.frame_csv(list_counts(_released(released), areas, request))


def counts_json(released: Released, areas: AreaSet, request: CountsRequest) -> str:
    """Write released counts as a JSON list of objects, whose keys are the columns of ``counts_csv``."""
    table = list_counts(_released(released), areas, request)
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return json.dumps(rows, ensure_ascii=False, indent=0)


def areas_table(
    released: Released, areas: AreaSet, level: str, choice: Choice, request: MeasureRequest, source: str
) -> pd.DataFrame:
    """List the areas of a level, ranked by one measure: the table of the map with its period and source.

    Protected counts under 10 are left blank. Raises ThinDataError where the data are too thin for a statistic.
    """
    covered = covering(request, choice, periods(_released(released)))
    seen = view_counts(released, areas, level, years_of(released, covered))
    scene = scene_of(seen, areas, graph_of(areas.metres.to_numpy()), choice.periods[-1])
    found = measured_by(scene, choice, request)
    table = found.table.assign(period=f"{choice.periods[0]} to {choice.periods[-1]}", source=source)
    return _suppressed(table) if found.protected else table


def trend_table(
    released: Released,
    areas: AreaSet,
    request: TrendTableRequest,
    dataset: Dataset,
    calendar: SchoolCalendar,
    rebases: Sequence[Rebase],
    one: View | None = None,
) -> pd.DataFrame:
    """List counts by period with their usual range and signals, oldest first.

    ``calendar`` has the term dates that count, and ``rebases`` are the rebased limits of the dataset; ``one`` is a part
    of the map as one unit (``extent_counts.released_view``). See ``geo.trends.trend_table.list_trend`` for the columns,
    before which the harm groups stand, and for the errors.
    """
    listed = list_trend(_released(released), areas, request, dataset.gaps, calendar, rebases, one)
    listed.insert(0, c.HARM, _say_harms(request.harms))
    return listed.assign(source=dataset.source)


def compared_table(released: Released, areas: AreaSet, level: str, choice: Choice, source: str) -> pd.DataFrame:
    """List the table of the funnel plot: how the areas of a level compare, in alphabetical order.

    Areas with protected counts under 10 are left out, as on the page. Raises ThinDataError where they cannot
    be compared.
    """
    seen = view_counts(_released(released), areas, level, years_of(released, periods(released)))
    period = f"{choice.periods[0]} to {choice.periods[-1]}"
    found = funnel_plot(seen, choice).rows.assign(harm=_say_harms(choice.harms), period=period, source=source)
    return _suppressed(found) if seen.cube.protected else found


def clock_table(clock: Clock, period: str, harms: Sequence[str], source: str) -> pd.DataFrame:
    """List a clock of an open dataset or of a release.

    The columns are those of ``geo.clock.clock_table.list_cells``. Raises TypeError for a clock of exact counts.
    """
    if clock.visibility is Visibility.EXACT:
        raise TypeError("Only released figures can be exported.")
    listed = list_cells(clock)
    return listed.assign(harm=_say_harms(harms), period=period, source=source)


def _say_harms(harms: Sequence[str]) -> str:
    every = set(harms) == set(HARM_GROUPS)
    return "All harm groups" if every else "; ".join(HARM_GROUPS[code] for code in harms)


def _suppressed(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of protected counts with those under 10 blank, and a column that says every count in words."""
    shown = ["" if pd.isna(n) else disclosure.say(n) for n in table[c.COUNT]]
    return table.assign(**{c.COUNT: table[c.COUNT].where(table[c.COUNT] >= disclosure.THRESHOLD), SHOWN: shown})


def _released(counts: Released) -> Released:
    """Return released counts as they are. Raises TypeError for exact ones, where no type checker has refused them."""
    if not isinstance(counts, Released):
        raise TypeError("Only released counts can be exported.")
    return counts
