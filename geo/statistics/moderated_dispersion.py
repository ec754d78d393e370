"""Moderated dispersion: how much more each area's counts scatter than chance, drawn towards what is usual for all.

An area's own figure comes from few periods. Taken as it is, a calm area looks calmer than it is and stands out by
nothing; the same figure for all lets areas with bursts stand out. So each is drawn towards the middle one, the more so
the less the areas truly differ (empirical Bayes: Smyth 2004, Statistical Applications in Genetics 3(1), for variances).
"""

from typing import Final

import numpy as np

from geo.arrays import Floats

_RAREST: Final = 0.05  # incidents a period, under which an area's own figure says nothing
_SHARED: Final = 2 / 3  # of the moves tell something new: each value is in two of them


def moderated_dispersion(counts: Floats, expected: Floats) -> Floats:
    """Return how many times chance's variance counts have, at least 1; area × series.

    ``counts`` and ``expected`` are area × period × series: each series has its periods in an order of its own. The
    variance is seen from how what is left moves from one period to the next (von Neumann 1941), so that a change that
    lasts is no scatter and a burst is.
    """
    usual = counts.mean(axis=1)
    some = usual[:, 0] > 0
    if counts.shape[1] < 3 or not some.any():
        return np.ones(usual.shape)
    variance = (np.diff(counts - expected, axis=1) ** 2).mean(axis=1) / 2
    own = np.where(usual > 0, variance / np.where(usual > 0, usual, 1.0), 1.0)
    middle = np.maximum(1.0, np.median(own[some], axis=0))
    # What an area's own figure is off by: that of a variance, and of one of rare counts.
    freedom = _SHARED * (counts.shape[1] - 1)
    noise = (2 * middle**2 + middle / np.maximum(usual, _RAREST)) / freedom
    true = np.maximum(((own - middle) ** 2)[some].mean(axis=0) - noise[some].mean(axis=0), 0.0)
    moderated: Floats = np.maximum(middle + true / (true + noise) * (own - middle), 1.0)
    return moderated
