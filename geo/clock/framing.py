"""Framing: a clock as a chart draws it, and whether it has enough for colours."""

import pandas as pd

from geo.clock.clock import Clock


def cells(clock: Clock) -> pd.DataFrame:
    """Give every cell for drawing: ``kind``, ``day``, ``slot``, ``value``, ``told`` and ``weak``.

    ``value`` is incidents per such day (NaN: the periods have no such day; 0 where too few may be told), ``told`` the
    incidents in words. ``weak`` cells have some incidents and fewer than 10; of a release, fewer than 10 or none.
    """
    listed = clock.table()
    figures = clock.figures.ravel()
    drawn = listed.drop(columns=["span", "days"])
    drawn["value"] = listed["value"].fillna(0.0).where(listed["days"] > 0)
    drawn["weak"] = listed["weak"] & (clock.protected | (figures > 0))
    return drawn


def is_faint(clock: Clock) -> bool:
    """Answer whether no cell holds 10 incidents, so that none can be told by a colour."""
    return bool(clock.table()["weak"].all())
