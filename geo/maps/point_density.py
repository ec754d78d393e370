"""Point density: how thickly incidents of an open dataset that a choice includes lie round a school."""

from dataclasses import replace
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo import columns as c
from geo.areas.area_set import METRES, AreaSet
from geo.areas.proximity import RINGS, Place
from geo.arrays import Floats
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.statistics.density import QUARTIC_FOR_GAUSSIAN, Density, Grid, around, density
from geo.views.published_points import PublishedPoints

REACH: Final = max(RINGS)  # metres that the squares reach from a school
SIDE: Final = 100  # metres, of a square


def squares_around(school: Place) -> Grid:
    """Return the squares round a school that a density map shows."""
    return around(school, REACH, SIDE)


def density_around(points: PublishedPoints, choice: Choice, grid: Grid, areas: AreaSet) -> Density:
    """Return how thickly the incidents of a choice lie in each square; NaN where its middle lies in no area.

    A dataset is known for its areas only: beyond them nothing is drawn rather than that there is none. Raises
    ThinDataError as ``density`` does, and where no square lies in an area.
    """
    known = _inside(areas, grid)
    if not known.any():
        raise ThinDataError(
            "A density map needs a school with areas of the map around it, and none lies within "
            f"{REACH:,} m of this one; choose another school."
        )
    near = _reaching(points.xy, grid)
    found = density(points.xy[near], points.at_places(choice)[near], grid)
    return replace(found, values=np.where(known, found.values, np.nan))


def highest(found: Density, school: Place) -> str:
    """Say where incidents lie thickest, and how thickly, to two digits: the figures are estimates."""
    at = int(np.nanargmax(found.values))
    value = float(f"{found.values.flat[at]:.2g}")
    return f"Highest: about {value:,.0f} per km², {found.grid.shapes[c.NAME].iloc[at]} of {school.name}."


def _reaching(xy: Floats, grid: Grid) -> npt.NDArray[np.bool_]:
    """Return which places can count in a square: no bandwidth that ``density`` may choose is wider than this.

    The widest that it tries is, as a Gaussian one, the standard deviation of what lies on the grid, which is at most
    half its side.
    """
    half = grid.cell * np.array([grid.columns, grid.rows]) / 2
    middle = np.array([grid.west, grid.south]) + half
    return np.asarray((np.abs(xy - middle) <= half + QUARTIC_FOR_GAUSSIAN * half.max()).all(axis=1))


def _inside(areas: AreaSet, grid: Grid) -> npt.NDArray[np.bool_]:
    """Return of which squares the middle lies in an area, [rows, columns]."""
    x, y = np.meshgrid(grid.x, grid.y)
    middles = gpd.points_from_xy(x.ravel(), y.ravel(), crs=METRES)
    met, _ = areas.metres.sindex.query(middles, predicate="intersects")
    return np.isin(np.arange(x.size), met).reshape(x.shape)
