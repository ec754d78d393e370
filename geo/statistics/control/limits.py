"""Control limits: between what figures a series normally moves, by period.

They come from how much the points of a baseline (see ``baseline``) differ from the one before, not from how far they
lie from their mean: a change inside a baseline then widens the limits by little. Sources: Wheeler (2000), Understanding
Variation; Montgomery (2013), Introduction to Statistical Quality Control; Laney (2002), Improved control charts for
attributes, Quality Engineering 14(4).

All arrays are series × period. A period without a figure is NaN; it is no zero, and no range crosses it. A series has
limits once two of its baseline's points follow each other, and NaN before.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.arrays import Bools, Floats

SIGMAS: Final = 3.0
NEAR: Final = 2 / 3  # of the way from the centre to a limit
_RANGE: Final = 1.128  # d₂ of two normal values: how many standard deviations they are apart on average
_TO_LIMIT: Final = 2.66  # mean moving ranges from the centre to a limit, 3 / d₂
_WIDEST: Final = 3.267  # D₄: mean moving ranges from which one is no usual range


@dataclass(frozen=True)
class ControlLimits:
    """What is usual in each period: a centre, and the low and the high limit, in the unit of the series.

    The low limits are 0 where they would be less, so that no count can pass them there. NaN where nothing can be said.
    """

    centre: Floats
    low: Floats
    high: Floats

    @property
    def near_low(self) -> Floats:
        """The near-limit below, two thirds of the way to where the low limit is, or would be if it was not 0."""
        return np.maximum(self.centre - NEAR * (self.high - self.centre), np.minimum(self.low, 0.0))

    @property
    def near_high(self) -> Floats:
        """The near-limit above, two thirds of the way to the high limit."""
        return self.centre + NEAR * (self.high - self.centre)


def xmr(values: Floats) -> ControlLimits:
    """Return the limits of figures one by one (XmR chart): the mean ± 2.66 times the mean moving range, at least 0.

    A moving range is how far a point lies from the one before. Those of 3.267 times their mean or more are left out of
    the mean once: a single odd point makes two.
    """
    return _around(*_xmr(values))


def of_counts(values: Floats) -> ControlLimits:
    """Return the limits of counts: those of ``xmr``, and never closer than chance alone spreads counts, 3√mean.

    Incidents that have nothing to do with each other make Poisson counts, and real ones vary no less. A mean moving
    range out of 24 points is often too small by itself, and each time so, limits from it alone would cry wolf. This is
    the c-chart as a least width. Meant for two incidents a period or more; rarer ones are for
    ``geo.statistics.control.g_chart``.
    """
    centre, half = _xmr(values)
    return _around(centre, np.maximum(half, SIGMAS * np.sqrt(centre)))


def rates(counts: Floats, exposure: npt.ArrayLike) -> Floats:
    """Return counts per unit of exposure: school days, or residents times days; NaN where that is 0 or unknown."""
    against = _usable(counts, exposure)
    return np.asarray(counts / against)


def u(counts: Floats, exposure: npt.ArrayLike) -> ControlLimits:
    """Return the limits of rates over unequal exposures (u-chart): ū ± 3√(ū/nₜ), at least 0, per unit of exposure.

    ``exposure`` nₜ is by period, or series × period; a period where it is 0 or unknown has no figure. ū is the
    baseline's incidents over its exposure.
    """
    centre, one, _ = _u(counts, exposure)
    return _around(centre, SIGMAS * one)


def of_rates(counts: Floats, exposure: npt.ArrayLike) -> ControlLimits:
    """Return the limits of rates over unequal exposures, as wide as they really vary (Laney's u′-chart).

    These are the limits of ``u`` times σ_z: the mean moving range of the baseline's z scores over 1.128, large ranges
    left out as for ``xmr``; it is 1 where chance is all there is. It never counts as less, for the reason that
    ``of_counts`` gives.
    """
    centre, one, sigma = _u(counts, exposure)
    return _around(centre, SIGMAS * np.maximum(sigma, 1.0) * one)


def _around(centre: Floats, half: Floats) -> ControlLimits:
    return ControlLimits(centre, np.maximum(centre - half, 0.0), centre + half)


def _xmr(values: Floats) -> tuple[Floats, Floats]:
    """Return mean and distance to the limits, by series × period."""
    usual = np.where(baseline(values), values, np.nan)
    half = _TO_LIMIT * _mean_range(usual)
    centre = np.where(np.isnan(half), np.nan, _mean(usual))
    return _by_period(centre, values), _by_period(half, values)


def _u(counts: Floats, exposure: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return ū, one standard deviation of a rate by chance alone, and σ_z, by series × period."""
    against = _usable(counts, exposure)
    rate = counts / against
    chosen = baseline(rate)
    incidents, exposed = np.where(chosen, counts, 0.0), np.where(chosen, against, 0.0)
    centre = _divided(incidents.sum(axis=1, keepdims=True), exposed.sum(axis=1, keepdims=True))
    one = np.sqrt(centre / against)
    # Without any incident there is no scatter to be measured in: every score is 0.
    scores = np.where(chosen, np.divide(rate - centre, one, out=np.zeros_like(rate), where=one > 0), np.nan)
    sigma = _mean_range(scores) / _RANGE
    centre = np.where(np.isnan(sigma), np.nan, centre)
    return _by_period(centre, counts), one, _by_period(sigma, counts)


def _by_period(column: Floats, values: Floats) -> Floats:
    """Return a figure of each series, a column, for every period of ``values``."""
    return np.repeat(column, values.shape[1], axis=1)


def _usable(counts: Floats, exposure: npt.ArrayLike) -> Floats:
    against = np.broadcast_to(np.asarray(exposure, dtype=np.float64), counts.shape)
    return np.where(against > 0, against, np.nan)


def _mean_range(usual: Floats) -> Floats:
    """Return the mean moving range of each row, as a column, without the ranges far too large for the others."""
    ranges = np.abs(np.diff(usual, axis=1))
    mean = _mean(ranges)
    return _mean(np.where((mean > 0) & (ranges >= _WIDEST * mean), np.nan, ranges))


def _mean(values: Floats) -> Floats:
    """Return the mean of each row's known values, as a column; NaN where there is none."""
    known = ~np.isnan(values)
    return _divided(np.where(known, values, 0.0).sum(axis=1, keepdims=True), known.sum(axis=1, keepdims=True))


def _divided(total: Floats, parts: npt.NDArray[np.integer] | Floats) -> Floats:
    return np.divide(total, parts, out=np.full(total.shape, np.nan), where=parts > 0)


BASELINE_POINTS: Final = 24  # known points that make the limits
MIN_POINTS: Final = 12  # known points, under which limits are on trial


def baseline(values: Floats) -> Bools:
    """Return which points make the limits: the first 24 known ones of each series, or all where there are fewer.

    ``values`` are series × period, NaN where there is no figure, and so is the answer.
    """
    known = ~np.isnan(values)
    return np.asarray(known & (known.cumsum(axis=1) <= BASELINE_POINTS))


def on_trial(chosen: Bools) -> Bools:
    """Return which limits are on trial: those of baselines of fewer than 12 points (last axis: periods)."""
    return np.asarray(chosen.sum(axis=-1) < MIN_POINTS)
