"""First phase: which points of a baseline are so odd that they do not say what is usual (Montgomery's phase I).

One month of three times as many lifts the mean and widens the limits, so that what comes later does not stand out.
Montgomery (2013), Introduction to Statistical Quality Control, 7.3, leaves such points out and works the limits out
again. Leaving out whatever lies outside would narrow the limits of any bursty series until it cried wolf, so that a
point goes only where the others make it next to impossible, and only a few go.

A point with a known reason goes as one without: what a lockdown or an action made is no more usual, and a chart must
not move because somebody noted why.
"""

from typing import Final

import numpy as np
from scipy import special

from geo.arrays import Bools, Floats
from geo.statistics.control.scatter import SIGMAS, Scatter, scatter

_MOST: Final = 8  # of so many points, one at most
_SELDOM: Final = 0.00025  # that the others would give a point so far on its side: one in 2,000 on either side
_CHANCE: Final = 1.0001  # variance over mean of counts that vary by chance alone, or a hair more


def left_out(counts: Floats, exposure: Floats, chosen: Bools, *, rounded: bool = False) -> Bools:
    """Return the points of a baseline that are left out when limits are set, by series × period.

    ``chosen`` are the points of the baseline, ``exposure`` (series × period) is 1 for plain counts, and ``rounded`` is
    as ``scatter`` takes it. First the points furthest beyond what chance alone makes around the median are set aside,
    one in eight at most; of those, the ones that the others can explain return to them, until none does. What stays out
    lies beyond three standard deviations of the others, and they would give a point so far out less than once in 2,000
    (negative binomial, with their own scatter, and their drift where they have one). Where more points than those are
    as odd, it is no point that is odd but the baseline, as after a step, and none is left out.
    """
    by_chance = Scatter(_median(np.where(chosen, counts / exposure, np.nan)), *[np.ones((len(counts), 1))] * 2)
    out = _furthest(counts, exposure, _impossible(counts, exposure, chosen, by_chance), chosen, by_chance)
    while True:
        odd = _impossible(counts, exposure, chosen, scatter(counts, exposure, chosen & ~out, rounded=rounded))
        if not (out & ~odd).any():
            return np.asarray(out & ~(odd & ~out).any(axis=1, keepdims=True))
        out &= odd


def _furthest(counts: Floats, exposure: Floats, odd: Bools, chosen: Bools, by: Scatter) -> Bools:
    """Return those of the odd points that lie furthest out, at most one in eight of the chosen ones of each series."""
    mean = by.centre * exposure
    far = np.where(odd, np.abs(counts - mean) / np.sqrt(np.maximum(mean, 1.0)), -1.0)
    rank = np.argsort(np.argsort(-far, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(odd & (rank < chosen.sum(axis=1, keepdims=True) // _MOST))


def _impossible(counts: Floats, exposure: Floats, among: Bools, by: Scatter) -> Bools:
    """Return which of some points are next to impossible where counts have a level and a scatter."""
    mean = by.centre * exposure
    far = among & (np.abs(counts - mean) > SIGMAS * np.sqrt(by.with_drift * mean))  # of nothing known (NaN) none is
    n, mean = counts[far], mean[far]
    # Chance by itself is a negative binomial whose variance is all but its mean.
    variance = np.maximum(np.broadcast_to(by.with_drift, counts.shape)[far], _CHANCE)
    size, share = mean / (variance - 1), 1 / variance
    below = special.betainc(size, np.maximum(n, 0) + 1, share)
    above = special.betainc(np.maximum(n, 1), size, 1 - share)
    odd = np.zeros(counts.shape, dtype=np.bool_)
    odd[far] = np.where(n < mean, below, above) < _SELDOM
    return odd


def _median(rate: Floats) -> Floats:
    """Return the median of each row's known values, as a column; NaN where there is none."""
    known = (~np.isnan(rate)).sum(axis=1, keepdims=True)
    ordered = np.sort(rate, axis=1)  # NaN last
    low, high = (
        np.take_along_axis(ordered, np.maximum(at, 0), axis=1)
        for at in ((known - 1) // 2, np.minimum(known // 2, rate.shape[1] - 1))
    )
    return np.asarray((low + high) / 2)
