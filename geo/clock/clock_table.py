"""Clock table: the cells of a clock as figures, for the export and for the chart."""

import pandas as pd

from geo import columns as c
from geo import disclosure
from geo.clock.week_clock import Clock
from geo.views.listing import SHOWN

_DECIMALS = 6  # an uncertain time is shared out in parts, whose sum is a whole number but for the last bits


def list_cells(clock: Clock) -> pd.DataFrame:
    """List every cell of a clock: ``kind``, ``day``, ``slot``, ``span``, ``days``, ``n``, ``per_day``.

    ``n`` are incidents, those of an uncertain time in parts; ``per_day`` is NaN where the periods have no such day. Of
    a release ``n`` and ``per_day`` are NaN where fewer than 10 are, and ``shown`` has the incidents in words.
    """
    cells = clock.table()
    n = pd.Series(clock.figures.ravel()).round(_DECIMALS)
    cells[c.COUNT] = n.where(n >= disclosure.THRESHOLD) if clock.protected else n
    cells["per_day"] = cells["value"].round(_DECIMALS)
    words = {SHOWN: cells["told"]} if clock.protected else {}
    kept = cells[["kind", "day", "slot", "span", "days", c.COUNT]].assign(**words)
    return kept.assign(per_day=cells["per_day"])


def chart_cells(clock: Clock) -> pd.DataFrame:
    """Return every cell for drawing: ``kind``, ``day``, ``slot``, ``value``, ``told`` and ``weak``.

    ``value`` is incidents per such day (NaN: the periods have no such day; 0 where they are too few to be shown),
    ``told`` the incidents in words. ``weak`` cells have some incidents and fewer than 10; of a release, fewer than 10
    or none.
    """
    listed = clock.table()
    figures = clock.figures.ravel()
    drawn = listed.drop(columns=["span", "days"])
    drawn["value"] = listed["value"].fillna(0.0).where(listed["days"] > 0)
    drawn["weak"] = listed["weak"] & (clock.protected | (figures > 0))
    return drawn


def is_faint(clock: Clock) -> bool:
    """Return whether no cell holds 10 incidents, so that no colour shows any of them."""
    return bool(clock.table()["weak"].all())
