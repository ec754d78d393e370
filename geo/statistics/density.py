"""Kernel density: how thickly incidents lie, on a grid of squares. For published points, and for no others.

Each incident is spread round its place by a kernel, and each square holds the sum at its middle. How far the kernel
reaches, its bandwidth, is found from the incidents by least-squares cross-validation.

Sources: B. W. Silverman, Density Estimation for Statistics and Data Analysis (1986), sections 3.4.3 and 4.2 to 4.3;
D. W. Scott, Multivariate Density Estimation (2nd edition, 2015), section 6.2.3 on bandwidths that are equivalent.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from scipy.signal import correlate
from scipy.spatial import cKDTree

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES
from geo.areas.proximity import Place
from geo.arrays import Floats
from geo.errors import InputError, ThinDataError

X: Final = "x"  # metres east, EPSG:27700
Y: Final = "y"  # metres north, EPSG:27700

MIN_INCIDENTS: Final = 30
MIN_POINTS: Final = 10  # places that differ
SQUARE_KILOMETRE: Final = 1e6  # square metres

# The quartic kernel that smooths as much as a Gaussian one of bandwidth 1. In d dimensions a kernel K counts by
# (∫K² / (∫x²K)²)^(1/(d + 4)), which in two is (64 · 9/(5π))^(1/6) for the quartic and (1/(4π))^(1/6) for the Gaussian.
QUARTIC_FOR_GAUSSIAN: Final = (64 * 36 / 5) ** (1 / 6)

_FINER: Final = 8  # pixels to the side of a square, by which places are distinguished when bandwidths are tried
_TRIED: Final = 150  # bandwidths, each about 2 % wider than the one before


class Kernel(StrEnum):
    """How an incident is spread: to nothing at one bandwidth (quartic), or ever thinner beyond it (Gaussian)."""

    QUARTIC = "quartic"
    GAUSSIAN = "gaussian"

    @property
    def for_gaussian(self) -> float:
        """The bandwidth of this kernel that smooths as much as a Gaussian one of bandwidth 1."""
        return QUARTIC_FOR_GAUSSIAN if self is Kernel.QUARTIC else 1.0


@dataclass(frozen=True)
class Grid:
    """Square cells of ``cell`` metres; the south-west corner lies at ``west``, ``south`` (metres, EPSG:27700).

    Rows count from the south and columns from the west. Whatever lists the cells does so row by row.
    """

    west: float
    south: float
    cell: float
    rows: int
    columns: int

    @cached_property
    def x(self) -> Floats:
        """The middle of each column, in metres."""
        return np.asarray(self.west + self.cell * (np.arange(self.columns) + 0.5), dtype=np.float64)

    @cached_property
    def y(self) -> Floats:
        """The middle of each row, in metres."""
        return np.asarray(self.south + self.cell * (np.arange(self.rows) + 0.5), dtype=np.float64)

    @cached_property
    def shapes(self) -> gpd.GeoDataFrame:
        """The cells as a map draws them (EPSG:4326), in their order: ``area``, ``name``, ``geometry``.

        ``area`` is a code such as "r12c07", both counted from 1; ``name`` tells where the middle of the cell lies from
        the middle of the grid.
        """
        x, y = (one.ravel() for one in np.meshgrid(self.x, self.y))
        half = self.cell / 2
        squares = gpd.GeoSeries(shapely.box(x - half, y - half, x + half, y + half), crs=METRES).to_crs(DEGREES)
        row, column = (one.ravel() + 1 for one in np.indices((self.rows, self.columns)))
        codes = [f"r{down:02d}c{along:02d}" for down, along in zip(row, column, strict=True)]
        names = [_way(east, north) for east, north in zip(x - self.x.mean(), y - self.y.mean(), strict=True)]
        return gpd.GeoDataFrame({c.AREA: codes, c.NAME: names}, geometry=squares.to_numpy(), crs=DEGREES)

    def holds(self, xy: Floats) -> npt.NDArray[np.bool_]:
        """Return which points ([n, 2], metres) lie on the grid."""
        corner = np.array([self.west, self.south])
        along = (xy - corner) / self.cell
        inside: npt.NDArray[np.bool_] = ((along >= 0) & (along < (self.columns, self.rows))).all(axis=1)
        return inside


@dataclass(frozen=True)
class Density:
    """Incidents per square kilometre at the middle of each cell: ``values`` is [rows, columns] of ``grid``.

    ``bandwidth`` is in metres, of this ``kernel``: the radius at which a quartic one ends, the standard deviation of a
    Gaussian one. ``floored`` says that the incidents asked for a narrower one than the cells can show.
    """

    grid: Grid
    values: Floats
    bandwidth: float
    kernel: Kernel
    floored: bool

    @property
    def sentence(self) -> str:
        """Say what the squares show, with the bandwidth."""
        why = "the least that these squares can show" if self.floored else "the distance that fits these incidents best"
        return f"Incidents per square kilometre, each spread over {self.bandwidth:,.0f} m round its place: {why}."


def around(place: Place, radius: float, cell: float) -> Grid:
    """Return the square grid with ``place`` in its middle that reaches ``radius`` metres each way, or just beyond.

    Raises InputError when cells (``cell`` metres wide) do not fit into it.
    """
    if not 0 < cell <= radius:
        raise InputError(
            f"The squares of a grid must be wider than nothing and no wider than it reaches, and {cell:g} m for "
            f"{radius:g} m is not; choose others."
        )
    middle = gpd.GeoSeries.from_xy([place.lon], [place.lat], crs=DEGREES).to_crs(METRES).iloc[0]
    half = int(np.ceil(radius / cell))
    return Grid(middle.x - half * cell, middle.y - half * cell, cell, 2 * half, 2 * half)


def density(xy: Floats, n: npt.ArrayLike, grid: Grid, kernel: Kernel = Kernel.QUARTIC) -> Density:
    """Return how thickly incidents lie in each cell of a grid, with the bandwidth that fits those on the grid best.

    Parameters
    ----------
    xy
        Where incidents are, [n, 2] in metres (EPSG:27700); a place may stand there more than once. Places off the grid
        count in the cells that they reach, so that the grid's edge is none; where the data end, density falls off.
    n
        Incidents at each.
    grid
        The cells.
    kernel
        How each incident is spread.

    Raises
    ------
    ThinDataError
        If fewer than 30 incidents, or 10 places that differ, lie on the grid.
    """
    places, at = np.unique(xy, axis=0, return_inverse=True)
    weights = np.asarray(np.bincount(at.ravel(), np.asarray(n, dtype=np.float64), len(places)), dtype=np.float64)
    places, weights = places[weights > 0], weights[weights > 0]
    inside = grid.holds(places)
    _require_enough(weights[inside])
    bandwidth, floored = _bandwidth(places[inside], weights[inside], grid.cell, kernel)
    values = spread(places, weights, grid, kernel, bandwidth)
    return Density(grid, values, bandwidth, kernel, floored)


def spread(xy: Floats, n: Floats, grid: Grid, kernel: Kernel, bandwidth: float) -> Floats:
    """Return incidents (``n`` at each of ``xy``) spread by a kernel: incidents per square km, [rows, columns]."""
    if kernel is Kernel.GAUSSIAN:  # a product of one part along x and one along y
        east, north = (_bell(xy[:, [axis]] - middle, bandwidth) for axis, middle in enumerate((grid.x, grid.y)))
        return north.T @ (n[:, None] * east) * SQUARE_KILOMETRE
    middles = np.column_stack([one.ravel() for one in np.meshgrid(grid.x, grid.y)])
    near = cKDTree(middles).sparse_distance_matrix(cKDTree(xy), bandwidth, output_type="ndarray")
    height = 3 / (np.pi * bandwidth**2) * (1 - (near["v"] / bandwidth) ** 2) ** 2
    values = np.asarray(np.bincount(near["i"], height * n[near["j"]], len(middles)), dtype=np.float64)
    return SQUARE_KILOMETRE * values.reshape(grid.rows, grid.columns)


def _require_enough(n: Floats) -> None:
    if n.sum() < MIN_INCIDENTS or len(n) < MIN_POINTS:
        raise ThinDataError(
            f"A density map needs at least {MIN_INCIDENTS} incidents at {MIN_POINTS} different places, and here "
            f"are {n.sum():,.0f} at {len(n):,}; choose a longer period, more kinds of harm or more kinds of harm."
        )


def _bandwidth(xy: Floats, n: Floats, cell: float, kernel: Kernel) -> tuple[float, bool]:
    """Return the bandwidth with the lowest cross-validation score, and whether it is the floor: the side of a cell.

    The widest that is tried is the best one for a single normal heap of the same spread. The score is the one of the
    Gaussian kernel; the quartic gets the bandwidth that smooths as much.
    """
    mean = np.average(xy, axis=0, weights=n)
    deviation = np.sqrt(np.average((xy - mean) ** 2, axis=0, weights=n).mean())
    widest = deviation * ((n**2).sum() / n.sum() ** 2) ** (1 / 6)
    floor = cell / kernel.for_gaussian
    if widest <= floor:
        return cell, True
    tried = np.geomspace(floor, widest, _TRIED)
    best = int(np.argmin(scores(xy, n, tried, cell / _FINER)))
    return (cell, True) if best == 0 else (float(tried[best] * kernel.for_gaussian), False)


def scores(xy: Floats, n: Floats, bandwidths: Floats, pixel: float) -> Floats:
    """Return the least-squares cross-validation score of Gaussian bandwidths (metres), the lower the better.

    The score is ∫f² − (2/N) Σᵢ nᵢ f₋ᵢ(xᵢ) in closed form, where f₋ᵢ leaves out place i with all its incidents. Leaving
    out one incident only would not do: the others that were put at the same point predict it perfectly, and the score
    falls without end as the bandwidth goes to 0. Places are rounded to pixels (metres), which moves the best bandwidth
    by less than 1 % where it is eight pixels or wider, and makes the time independent of their number.
    """
    column, row = np.floor((xy - xy.min(axis=0)) / pixel).astype(np.int64).T
    shape = (int(row.max()) + 1, int(column.max()) + 1)
    at, whole = np.ravel_multi_index((row, column), shape), n.sum()
    others = n / (whole - n)
    observed, predicting = (np.bincount(at, weights, int(np.prod(shape))).reshape(shape) for weights in (n, others))
    # How many pairs lie how far apart; a sum over pairs becomes one over distances along y and along x.
    pairs, left_out = correlate(observed, observed, method="fft"), correlate(observed, predicting, method="fft")
    left_out[shape[0] - 1, shape[1] - 1] -= (n * others).sum()
    wider = np.sqrt(2) * bandwidths  # a Gaussian kernel on top of itself
    return _summed(pairs, wider, pixel) / whole**2 - 2 * _summed(left_out, bandwidths, pixel) / whole


def _summed(pairs: Floats, widths: Floats, pixel: float) -> Floats:
    """Sum the two-dimensional normal density over pairs, for each width at once."""
    up, along = (_bell(pixel * (np.arange(side) - side // 2), widths[:, None]) for side in pairs.shape)
    total: Floats = ((up @ pairs) * along).sum(axis=1)
    return total


def _bell(distance: Floats, width: float | Floats) -> Floats:
    """Return the normal density with this standard deviation at each distance from its middle."""
    height: Floats = np.exp(-0.5 * (distance / width) ** 2) / (np.sqrt(2 * np.pi) * width)
    return height


def _way(east: float, north: float) -> str:
    """Say where something lies from the middle, for example "850 m east, 50 m south"."""
    across, along = "east" if east >= 0 else "west", "north" if north >= 0 else "south"
    return f"{abs(east):,.0f} m {across}, {abs(north):,.0f} m {along}"
