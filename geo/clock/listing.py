"""Listing: a clock as a table of figures, as it is exported."""

import pandas as pd

from geo import columns as c
from geo.clock.clock import Clock
from geo.listing import SHOWN
from geo.release import display

_DECIMALS = 6  # an uncertain time is shared out in parts, whose sum is a whole number but for the last bits


def listed(clock: Clock) -> pd.DataFrame:
    """List every cell of a clock: ``kind``, ``day``, ``slot``, ``span``, ``days``, ``n``, ``per_day``.

    ``n`` are incidents, those of an uncertain time in parts; ``per_day`` is NaN where the periods have no such day. Of
    a release ``n`` and ``per_day`` are NaN where fewer than 10 are, and ``shown`` says the incidents in words.
    """
    cells = clock.table()
    n = pd.Series(clock.figures.ravel()).round(_DECIMALS)
    cells[c.COUNT] = n.where(n >= display.LEAST) if clock.protected else n
    cells["per_day"] = cells["value"].round(_DECIMALS)
    told = {SHOWN: cells["told"]} if clock.protected else {}
    kept = cells[["kind", "day", "slot", "span", "days", c.COUNT]].assign(**told)
    return kept.assign(per_day=cells["per_day"])
