"""Stretches of the ways home against the streets around: where more is recorded than streets like it have.

How many incidents a stretch has is set beside how many other streets around the school have. What streets have differs
far more than chance alone makes it, so counts are taken to follow a negative binomial distribution whose spread is that
of those streets (Hilbe 2011, Negative Binomial Regression, chapter 8) or, where that fits them better, a
Poisson-lognormal one (Bulmer 1974, Biometrics 30), whose tail is longer. One-sided, and corrected by Holm over all
stretches of the ways that can be tested.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree
from scipy.stats import nbinom, poisson

from geo.arrays import Floats, Positions, Shapes
from geo.statistics.false_discovery import holm

REACH: Final = 50.0  # metres: a published point this close to a stretch counts for it
FEWEST: Final = 30  # streets around that a stretch can be compared with; with fewer nothing is told
LEAST: Final = 5  # incidents; a stretch with fewer is never named
CHANCE: Final = 0.01  # as the tail is only fitted: with it at most 1 in 20 towns without a reason names any
_MOST_POINTS: Final = 12  # of one stretch, that are set beside as many others that lie together
_NOT_NEAR: Final = -1
_GRID: Final = np.linspace(-5, 5, 81)  # of a standard normal distribution
_STEPS: Final = tuple(np.geomspace(0.05, 12, 28).tolist())
_USUAL: Final = (0.025, 0.975)


@dataclass(frozen=True)
class StreetSpread:
    """What streets around have: ``rate`` incidents for each unit of exposure, and how far they lie apart.

    The variance of a count is its mean, and ``beyond`` times the square of the mean. Beside chance a street's own rate
    follows a gamma distribution or, with ``long_tail``, a lognormal one, of which few streets have very many.
    """

    rate: float
    beyond: float
    long_tail: bool = False

    def chance_of(self, observed: float, exposure: float) -> float:
        """Return how likely a street of this exposure has so many incidents or more."""
        mean = self.rate * exposure
        if self._is_gamma:
            return float(nbinom.sf(observed - 1, *self._of_gamma(mean)))
        return float((self._weights * poisson.sf(observed - 1, mean * self._luck)).sum())

    def usual(self, exposure: float) -> tuple[int, int]:
        """Return between how many incidents 19 in 20 streets of this exposure have."""
        most = self.rate * exposure * (1 + 8 * np.sqrt(self.beyond)) + 20
        counts = np.arange(int(most) + 1)
        if self._is_gamma:
            below = nbinom.cdf(counts, *self._of_gamma(self.rate * exposure))
        else:
            below = (self._weights * poisson.cdf(counts[:, None], self.rate * exposure * self._luck)).sum(axis=1)
        low, high = np.searchsorted(below, _USUAL)
        return int(low), int(high)

    def log_likelihood(self, counts: Floats, exposure: Floats, often: Positions) -> float:
        """Return the logarithm of how likely streets have these counts, each so often."""
        mean = self.rate * exposure
        if self._is_gamma:
            return float((often * nbinom.logpmf(counts, *self._of_gamma(mean))).sum())
        each = (self._weights * poisson.pmf(counts[:, None], mean[:, None] * self._luck)).sum(axis=1)
        return float((often * np.log(np.maximum(each, np.finfo(float).tiny))).sum())

    @property
    def _is_gamma(self) -> bool:
        return self.beyond > 0 and not self.long_tail

    def _of_gamma(self, mean: Any) -> tuple[float, Any]:
        return 1 / self.beyond, 1 / (1 + mean * self.beyond)

    @property
    def _luck(self) -> Floats:
        """How many times the mean a street's own rate is, at each of a grid of quantiles."""
        if self.beyond <= 0:
            return np.ones(1)
        sigma = np.sqrt(np.log1p(self.beyond))
        return np.asarray(np.exp(sigma * _GRID - sigma**2 / 2))

    @property
    def _weights(self) -> Floats:
        if self.beyond <= 0:
            return np.ones(1)
        weights = np.exp(-(_GRID**2) / 2)
        return np.asarray(weights / weights.sum())


def spread_of(counts: Floats, exposure: Floats) -> StreetSpread:
    """Return what streets have by their counts and exposures, [streets] each, of the two shapes the likelier one.

    The rate is that of all of them, and how far they lie apart is the likeliest of several steps.
    """
    rate = float(counts.sum() / exposure.sum())
    pairs, often = np.unique(np.column_stack([counts, exposure]), axis=0, return_counts=True)
    tried = [StreetSpread(rate, 0.0), *(StreetSpread(rate, b, tail) for tail in (False, True) for b in _STEPS)]
    return max(tried, key=lambda one: one.log_likelihood(pairs[:, 0], pairs[:, 1], often)) if rate else tried[0]


def nearest_stretch(lines: Sequence[shapely.LineString], points: Floats) -> Positions:
    """Return for each point ([points, 2], metres) the nearest line within ``REACH``, -1 where there is none."""
    of = np.full(len(points), _NOT_NEAR, dtype=np.int64)
    if len(lines) and len(points):
        at, line = shapely.STRtree(list(lines)).query_nearest(
            shapely.points(points), max_distance=REACH, all_matches=False
        )
        of[at] = line
    return of


def by_points(lines: Sequence[shapely.LineString], points: Floats, counts: Floats) -> pd.DataFrame:
    """Judge stretches by points to which incidents were moved, as the police publish them: one or two to a street.

    ``lines`` are the stretches and ``points`` ([points, 2]) all published points around, in metres, with their
    ``counts``. Each point counts once, for the stretch nearest to it. A stretch of some points is set beside the same
    number of points that lie together elsewhere around; one without any point has no data.
    """
    of = nearest_stretch(lines, points)
    units = np.bincount(of[of >= 0], minlength=len(lines)).astype(float)
    observed = np.bincount(of[of >= 0], counts[of >= 0], minlength=len(lines))
    spreads = {number: _together(points, counts, int(number)) for number in np.unique(units) if number}
    usual = {number: spread.usual(1.0) for number, spread in spreads.items() if spread is not None}
    rows = [
        _judged(count, 1.0, spreads[number], usual.get(number)) if number else _no_data()
        for count, number in zip(observed, units, strict=True)
    ]
    return _corrected(rows, units)


def by_metres(lengths: Floats, counts: Floats, street_metres: Floats, street_counts: Floats) -> pd.DataFrame:
    """Judge stretches by incidents where they happened: ``lengths`` and ``counts`` are [stretches], in metres.

    ``street_metres`` and ``street_counts`` are those of all streets around between two junctions.
    """
    known = street_counts.sum() > 0 and len(street_counts) >= FEWEST
    spread = spread_of(street_counts, street_metres) if known else None
    rows = [_judged(count, length, spread) for count, length in zip(counts, lengths, strict=True)]
    return _corrected(rows, lengths)


def _together(points: Floats, counts: Floats, number: int) -> StreetSpread | None:
    """Return what so many points have that lie together, each with those nearest to it; None with too few of them."""
    several = min(number, _MOST_POINTS)
    if len(points) < max(FEWEST, 2 * several):
        return None
    near = cKDTree(points).query(points, k=several)[1].reshape(len(points), several)
    sums = np.rint(counts[near].sum(axis=1) * (number / several))
    return spread_of(sums, np.ones(len(sums)))


def _judged(
    observed: float, exposure: float, spread: StreetSpread | None, usual: tuple[int, int] | None = None
) -> dict[str, float]:
    if spread is None or spread.rate == 0:
        return {**_no_data(), "observed": observed}
    low, high = usual or spread.usual(exposure)
    p = spread.chance_of(observed, exposure)
    return {"observed": observed, "expected": spread.rate * exposure, "low": low, "high": high, "p": p}


def _no_data() -> dict[str, float]:
    return dict.fromkeys(("observed", "expected", "low", "high", "p"), np.nan)


def _corrected(rows: list[dict[str, float]], units: Floats) -> pd.DataFrame:
    """Return the rows with ``units``, the corrected ``p`` and whether each stretch stands out."""
    frame = pd.DataFrame(rows, columns=["observed", "expected", "low", "high", "p"], dtype=float)
    adjusted = holm(frame["p"].to_numpy(dtype=float))
    told = (adjusted <= CHANCE) & (frame["observed"] >= LEAST)
    return frame.assign(units=units, adjusted=adjusted, told=told)


def lines_near(lines: Sequence[shapely.LineString], shapes: Shapes, metres: float) -> list[list[int]]:
    """Return for each line the positions of the shapes at most so many metres from it, the nearest first."""
    return [
        [int(at) for at in np.argsort(away, kind="stable") if away[at] <= metres]
        for away in (shapely.distance(shapes, line) if len(shapes) else np.zeros(0) for line in lines)
    ]
