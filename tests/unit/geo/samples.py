"""Small area sets and cubes with figures that can be checked by hand."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely

from geo import columns as c
from geo import harms
from geo.areas.area_set import DEGREES, METRES, AreaSet, Units
from geo.areas.proximity import Place
from geo.calendar import months
from geo.counts.cube import Cube
from geo.counts.filters import Choice
from geo.views.view import View

WEST, SOUTH = 430_000, 390_000  # metres on the British National Grid, in the north of England
SIDE = 1_000
CATEGORIES = ("Burglary", "Drugs", "Robbery")
ALL_OF_IT = Choice(("2021-01",), ("substances",))  # all that ``view`` counts


def squares(number, level="area", **columns):
    """Return an area set of squares of one kilometre in a row from west to east, ``A0``, ``A1`` …."""
    shapes = [shapely.box(WEST + SIDE * at, SOUTH, WEST + SIDE * (at + 1), SOUTH + SIDE) for at in range(number)]
    codes = [f"A{at}" for at in range(number)]
    values = {c.AREA: codes, c.NAME: [f"Name of {code}" for code in codes], **columns}
    return AreaSet("Squares", level, gpd.GeoDataFrame(values, geometry=shapes, crs=METRES).to_crs(DEGREES))


def degrees(east, north):
    """Return the point (EPSG:4326) that lies so many metres east and north of the first square's corner."""
    return gpd.GeoSeries([shapely.Point(WEST + east, SOUTH + north)], crs=METRES).to_crs(DEGREES).iloc[0]


def place(east, north, name="Hill School"):
    point = degrees(east, north)
    return Place(name, point.x, point.y)


def cube(n, first="2021-01", categories=CATEGORIES, missing=()):
    """Return a cube of ``n`` (area × month × category), whose months run from ``first``."""
    n = np.asarray(n, dtype=np.int64)
    areas = tuple(f"A{at}" for at in range(n.shape[0]))
    all_months = tuple(months.shift(first, step) for step in range(n.shape[1]))
    harm = tuple(harms.harm_of(category) for category in categories)
    return Cube(areas, all_months, categories, harm, frozenset(missing), n)


def units(residents, names=None):
    """Return units ``A0``, ``A1`` … with these residents."""
    number = len(residents)
    codes = tuple(f"A{at}" for at in range(number))
    names = tuple(names or (f"Name of {code}" for code in codes))
    return Units("area", codes, names, np.array(residents, float), np.full(number, np.nan), np.arange(number))


def view(counts, residents=None, names=None, protected=False, elsewhere=()):
    """Return a view of units ``A0``, ``A1`` … whose counts are these, or unknown when the first is NaN."""
    known = not np.isnan(counts[0])
    n = np.array(counts if known else [0] * len(counts), dtype=np.int64).reshape(-1, 1, 1)
    counted = cube(n, categories=("Drugs",), missing=() if known else ALL_OF_IT.periods)
    of_areas = units([1000] * len(counts) if residents is None else residents, names)
    return View(of_areas, replace(counted, protected=protected), np.isin(np.arange(len(counts)), elsewhere))
