"""Control limits: between what figures a series normally moves, by period.

They come from how much the points of a baseline (see ``baseline``) differ from the one before, not from how far they
lie from their mean: a change inside a baseline then widens the limits by little. Points that are too odd are left out
first (``geo.statistics.control.first_phase``). ``xmr`` and ``u`` are as published; ``of_counts`` and ``of_rates`` are
what charts have. Sources: Wheeler (2000), Understanding Variation; Montgomery (2013), Introduction to Statistical
Quality Control; Laney (2002), Improved control charts for attributes, Quality Engineering 14(4).

All arrays are series × period. A period without a figure is NaN; it is no zero, and no range crosses it. A series has
limits once two of its baseline's points follow each other, and NaN before.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.arrays import Bools, Floats
from geo.statistics.control.first_phase import left_out
from geo.statistics.control.scatter import SIGMAS, mean_of, scatter

NEAR: Final = 2 / 3  # of the way from the centre to a limit
_TO_LIMIT: Final = 2.66  # mean moving ranges from the centre to a limit, 3 / d₂, where d₂ is 1.128
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
    usual = np.where(baseline(values), values, np.nan)
    half = _TO_LIMIT * _mean_range(usual)
    centre = np.where(np.isnan(half), np.nan, mean_of(usual))
    return _around(_by_period(centre, values), _by_period(half, values))


def of_counts(counts: Floats, out: Bools | None = None, *, rounded: bool = False) -> ControlLimits:
    """Return the limits of counts, an individuals chart: those of ``of_rates`` where all exposures are alike."""
    return of_rates(counts, 1.0, out, rounded=rounded)


def rates(counts: Floats, exposure: npt.ArrayLike) -> Floats:
    """Return counts per unit of exposure: school days, or residents times days; NaN where that is 0 or unknown."""
    against = _usable(counts, exposure)
    return np.asarray(counts / against)


def u(counts: Floats, exposure: npt.ArrayLike) -> ControlLimits:
    """Return the limits of rates over unequal exposures (u-chart): ū ± 3√(ū/nₜ), at least 0, per unit of exposure.

    ``exposure`` nₜ is by period, or series × period; a period where it is 0 or unknown has no figure. ū is the
    baseline's incidents over its exposure.
    """
    against = _usable(counts, exposure)
    found = scatter(counts, against, baseline(counts / against))
    return _around(_by_period(found.centre, counts), SIGMAS * np.sqrt(found.centre / against))


def of_rates(
    counts: Floats, exposure: npt.ArrayLike, out: Bools | None = None, *, rounded: bool = False
) -> ControlLimits:
    """Return the limits of rates over unequal exposures, as wide as they really vary (u′-chart, after Laney).

    These are the limits of ``u`` times the square root of the dispersion (``geo.statistics.control.scatter``), which is
    1 where chance is all there is. They are never closer than that: incidents that have nothing to do with each other
    make Poisson counts, and real ones vary no less. Meant for two incidents a period or more; rarer ones are for
    ``geo.statistics.control.g_chart``.

    Points of the baseline that are ``out`` set no limits; None is for those of a first phase by the same counts
    (``geo.statistics.control.first_phase``). Counts that were ``rounded`` vary by that too.
    """
    against = _usable(counts, exposure)
    chosen = baseline(counts / against)
    if out is None:
        out = left_out(counts, against, chosen, rounded=rounded)
    found = scatter(counts, against, chosen & ~out, rounded=rounded)
    return _around(
        _by_period(found.centre, counts), SIGMAS * np.sqrt(found.dispersion) * np.sqrt(found.centre / against)
    )


def _around(centre: Floats, half: Floats) -> ControlLimits:
    return ControlLimits(centre, np.maximum(centre - half, 0.0), centre + half)


def _by_period(column: Floats, values: Floats) -> Floats:
    """Return a figure of each series, a column, for every period of ``values``."""
    return np.repeat(column, values.shape[1], axis=1)


def _usable(counts: Floats, exposure: npt.ArrayLike) -> Floats:
    against = np.broadcast_to(np.asarray(exposure, dtype=np.float64), counts.shape)
    return np.where(against > 0, against, np.nan)


def _mean_range(usual: Floats) -> Floats:
    """Return the mean moving range of each row, as a column, without the ranges far too large for the others."""
    ranges = np.abs(np.diff(usual, axis=1))
    mean = mean_of(ranges)
    return mean_of(np.where((mean > 0) & (ranges >= _WIDEST * mean), np.nan, ranges))


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
