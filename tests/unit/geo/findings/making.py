"""Scenes and findings to test on: grids of square areas, and the demonstration town as areas and counts."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet
from geo.areas.contiguity import graph_of
from geo.areas.proximity import Place
from geo.calendar import months
from geo.counts.cube import Cube
from geo.findings.finding import Finding, FindingKind
from geo.findings.told import told
from geo.harms import HARM_GROUPS, harm_of
from geo.release.kinds import Open
from geo.statistics.emerging import Pattern
from geo.views.scene import scene_of
from geo.views.view import view_counts
from tests.unit.geo.samples import SOUTH, WEST

SIDE = 500  # metres, so that several areas lie within a walk of 20 minutes
FIRST = "2018-01"


def grid(side, **columns):
    """Return an area set of ``side`` × ``side`` squares, counted from the south-west eastwards, ``A0``, ``A1`` …."""
    number = side**2
    corners = [(WEST + SIDE * (at % side), SOUTH + SIDE * (at // side)) for at in range(number)]
    shapes = [shapely.box(east, north, east + SIDE, north + SIDE) for east, north in corners]
    codes = [f"A{at}" for at in range(number)]
    values = {c.AREA: codes, c.NAME: [f"Mill {at}" for at in range(number)], c.RESIDENTS: 1500, **columns}
    return AreaSet("Grid", "lsoa", gpd.GeoDataFrame(values, geometry=shapes, crs=METRES).to_crs(DEGREES))


def cube_of(by_harm, areas, first=FIRST, missing=(), protected=False):
    """Return a cube of counts by area × month, for each harm group."""
    counts = np.stack([np.asarray(n, dtype=np.int64) for n in by_harm.values()], axis=2)
    periods = tuple(months.shift(first, at) for at in range(counts.shape[1]))
    labels = tuple(HARM_GROUPS[code] for code in by_harm)
    return Cube(areas.codes, periods, labels, tuple(by_harm), frozenset(missing), counts, protected)


def scene(n, areas, harm="violence", until=None, **of_cube):
    """Look at counts by area × month of one harm group, as of ``until`` or of the last month."""
    cube = cube_of({harm: n}, areas, **of_cube)
    return look(cube, areas, until)


def look(cube, areas, until=None, level=None):
    view = view_counts(Open(cube), areas, level or areas.level)
    return scene_of(view, areas, graph_of(areas.metres.to_numpy()), until or cube.periods[-1])


def even(areas, periods, each=6, seed=1):
    """Return Poisson counts of one mean: nothing happens."""
    return np.random.default_rng(seed).poisson(each, (len(areas.codes), periods))


def told_of(detected):
    """Return what is told of one harm group that is looked at by itself."""
    return [one for one, _ in told([detected])[0]]


def finding(kind=FindingKind.CLUSTER, **changed):
    """Return a finding; what is not named is usual."""
    usual = {
        "kind": kind,
        "harms": ("violence",),
        "level": "lsoa",
        "units": (0, 1),
        "periods": ("2024-06", "2024-07"),
        "observed": 40.0,
        "expected": 20.0,
        "ratio": 2.0,
        "p": 0.001,
        "share": 0.6,
        "low": 1.2,
        "high": 3.4,
        "elsewhere": 1.1,
        "pattern": Pattern.NEW if kind is FindingKind.PATTERN else Pattern.NONE,
    }
    return Finding(**{**usual, **changed})


def areas_of_town(town):
    """Return the areas of a demonstration town as they are kept."""
    named = {"code": c.AREA, "name": c.NAME}
    return AreaSet("Castlebrook", "lsoa", town.areas.rename(columns=named))


def cube_of_town(town, areas):
    """Count the street data of a demonstration town, leaving out what has no area of it."""
    rows = town.street[town.street["LSOA code"].isin(areas.codes)]
    categories = tuple(sorted(rows["Crime type"].unique()))
    periods = tuple(months.between(rows["Month"].min(), rows["Month"].max()))
    n = np.stack([_table(rows[rows["Crime type"] == one], areas, periods) for one in categories], axis=2)
    return Cube(areas.codes, periods, categories, tuple(harm_of(one) for one in categories), frozenset(), n)


def schools_of_town(town):
    """Return the schools of a demonstration town by name."""
    read = pd.read_csv(town.files.schools)
    points = gpd.GeoSeries(gpd.points_from_xy(read["Easting"], read["Northing"]), crs=METRES).to_crs(DEGREES)
    return {name: Place(name, at.x, at.y) for name, at in zip(read["EstablishmentName"], points, strict=True)}


def _table(rows, areas, periods):
    table = pd.crosstab(rows["LSOA code"], rows["Month"])
    return table.reindex(index=list(areas.codes), columns=list(periods), fill_value=0).to_numpy(dtype=np.int64)
