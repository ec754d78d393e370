"""A made-up town of street points a hundred metres apart, with places of the register in it."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.areas.area_set import DEGREES, METRES
from geo.calendar import months
from geo.evidence.beside import PointSource
from geo.evidence.hotspot_states import states
from geo.register.hotspot import Hotspot
from geo.views.published_points import publish_points
from tests.unit.geo.findings.making import SIDE, grid
from tests.unit.geo.samples import SOUTH, WEST

TODAY = date(2026, 10, 1)
YEAR = tuple(months.between("2025-09", "2026-08"))
AREAS = grid(8)
_STEP = 100.0
_SHOP = 8.0  # size of the negative binomial by which places differ


def town(hot=None, times=10, seed=0, months_of=YEAR, category="violence"):
    """Return a source of a street point every hundred metres; around ``hot`` (metres) are ``times`` as many."""
    rng = np.random.default_rng(seed)
    line = np.arange(50.0, 8 * SIDE, _STEP)
    xy = np.array([(WEST + east, SOUTH + north) for east in line for north in line])
    usual = 0.15 * rng.gamma(_SHOP, 1 / _SHOP, len(xy))
    if hot is not None:
        usual[np.hypot(*(xy - np.array(hot)).T) <= 250] *= times
    n = rng.poisson(usual[:, None], (len(xy), len(months_of)))
    place, month = np.nonzero(n)
    listed = pd.DataFrame(
        {
            "x": xy[place, 0],
            "y": xy[place, 1],
            "month": np.array(months_of)[month],
            "category": category,
            "n": n[place, month],
        }
    )
    return PointSource("Anytown police", tuple(months_of), publish_points(listed, {category: category}), AREAS)


def at(east, north, reference="P1", harm="violence", shape=None, **changed):
    """Return an entry at a point, metres east and north of the corner of the town, or of a shape there."""
    metres = shapely.Point(WEST + east, SOUTH + north) if shape is None else shape
    degrees = shapely.transform(metres, _to_degrees)
    return Hotspot(
        reference, "Mill Park", "park or open space", harm, changed.pop("status", "active"), degrees, **changed
    )


def _to_degrees(xy):
    points = gpd.GeoSeries.from_xy(*xy.T, crs=METRES).to_crs(DEGREES)
    return np.column_stack([points.x, points.y])


def said(entries, sources, today=TODAY):
    """Return what is said of entries, by reference."""
    return states(entries, sources, today).set_index("reference")
