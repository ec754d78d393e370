"""Coarse rows: protected incidents as they are kept, to 100 m inside their area and to a quarter of an hour.

Placing and counting coarse rows again gives the counts that the rows themselves gave.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo import columns as c
from geo.areas.coarsening import coarsen
from geo.arrays import Bools, Positions, Shapes
from geo.calendar.quarter_hours import to_quarters

OUTSIDE: Final = "outside"  # stands in the place of an area code, so that a row without its point still counts as such


def coarse(rows: pa.Table, area: Positions, shapes: Shapes) -> pa.Table:
    """Return rows with coarse positions and times; ``area`` is the position of each row's area among ``shapes``.

    A row that lies outside the areas keeps no position at all. ``shapes`` are in EPSG:4326.
    """
    lon, lat = (rows[name].to_numpy(zero_copy_only=False).astype(np.float64) for name in (c.LON, c.LAT))
    had_point = ~np.isnan(lon) & ~np.isnan(lat)
    lon, lat = coarsen(lon, lat, area, shapes)
    changed = {c.LON: pa.array(lon, from_pandas=True), c.LAT: pa.array(lat, from_pandas=True)}
    changed[c.STATED] = _stated(rows[c.STATED], had_point & np.isnan(lon))
    if c.START in rows.column_names:
        start, end = (rows[name].to_numpy().astype("datetime64[s]") for name in (c.START, c.END))
        times = to_quarters(start, end)
        changed |= {name: pa.array(at, pa.timestamp("s")) for name, at in zip((c.START, c.END), times, strict=True)}
    for name, values in changed.items():
        field = rows.schema.field(name)
        rows = rows.set_column(rows.schema.get_field_index(name), field, values.cast(field.type))
    return rows


def _stated(codes: pa.ChunkedArray, lost: Bools) -> pa.ChunkedArray:
    """Return stated codes as text, and ``OUTSIDE`` for rows that lost their point and state none."""
    unsaid = pc.and_(pa.array(lost), codes.is_null())
    if not pc.any(unsaid).as_py():
        return codes
    return pc.if_else(unsaid, pa.scalar(OUTSIDE), codes.cast(pa.string()))
