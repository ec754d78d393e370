"""Overdispersion: how much more counts vary than chance alone makes them, which every test of a change allows for.

Recorded incidents come in bunches: one night counts several times, one patrol makes a month. How much of that is usual
in an area is seen from its own past, period by period, compared with what all areas do.
"""

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from geo.arrays import Floats


def dispersion_of_counts(counts: Floats, rounding: float = 0.0) -> Floats:
    """Return each area's variance over that of chance, from counts by area × period without NaN.

    What is expected is area's share × period's share of all, and the variance is seen from how what is left moves from
    one period to the next (von Neumann 1941, as control charts do): a slow change is no overdispersion. An area has its
    own figure; one that looks calmer than the middle area, or than chance, has that of the middle area, or 1.
    ``rounding`` is the variance that rounding adds to a count, which is none of the incidents' own. Of fewer than two
    periods nothing is known, and all have 1.
    """
    factors = np.ones(len(counts))
    if counts.shape[1] < 2:
        return factors
    usual = counts.mean(axis=1)
    some = usual > 0
    if some.any():
        expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
        moves = np.diff(counts - expected, axis=1)
        variance = (moves**2).mean(axis=1) / 2 - rounding
        factors[some] = variance[some] / usual[some]
        factors = np.maximum(factors, max(1.0, float(np.median(factors[some]))))
    return factors


def quasi_p_values(p: Floats, then: Floats, now: Floats, elsewhere_ratio: npt.ArrayLike, factors: Floats) -> Floats:
    """Return each p of a change, no smaller than the overdispersion of its area allows; NaN stays NaN.

    ``then`` and ``now`` are the counts of each area, ``elsewhere_ratio`` is the change that is nothing special (1 for
    none), and ``factors`` are those of ``dispersion_of_counts``. On the scale of square roots a count's variance is the
    same for all areas, and that of a change is as many times chance's as that of a count (quasi-likelihood, McCullagh
    and Nelder 1989).
    """
    elsewhere_ratio = np.asarray(elsewhere_ratio, dtype=np.float64)
    z = 2 * (np.sqrt(now) - np.sqrt(elsewhere_ratio * then)) / np.sqrt(1 + elsewhere_ratio)
    return np.where(np.isnan(p), np.nan, np.fmax(p, 2 * norm.sf(np.abs(z) / np.sqrt(factors))))


def widen_intervals(ratio: float, low: float, high: float, factor: float) -> tuple[float, float]:
    """Return the ends of a ratio's interval where counts vary ``factor`` times as much as chance has it.

    On the scale of logarithms an interval is as many times wider as the standard deviation is; an end that is nothing
    or without end stays so.
    """
    if not 0 < ratio < float("inf"):
        return low, high
    wider = factor**0.5
    return ratio * (low / ratio) ** wider, ratio * (high / ratio) ** wider
