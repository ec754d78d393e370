"""Many tests at once: p-values adjusted for those that chance alone makes extreme."""

import numpy as np
from scipy.stats import false_discovery_control

from geo.arrays import Floats


def benjamini_hochberg(p: Floats) -> Floats:
    """Return p ([area] or [area, period]) adjusted across the areas of each period; NaN stays NaN.

    Flag the areas at or under 0.05, and of all those flagged chance is expected to have flagged at most 5 %.
    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1).
    """
    adjusted = p.reshape(len(p), -1).copy()
    for period in range(adjusted.shape[1]):
        there = ~np.isnan(adjusted[:, period])
        adjusted[there, period] = false_discovery_control(adjusted[there, period])
    return adjusted.reshape(p.shape)


def holm(p: Floats) -> Floats:
    """Return p ([test]) adjusted so that any at all is at or under 0.05 by chance in at most 5 %; NaN stays NaN.

    Source: Holm (1979), Scandinavian Journal of Statistics 6(2).
    """
    adjusted = np.full(len(p), np.nan)
    order = np.argsort(p)[: int(np.count_nonzero(~np.isnan(p)))]
    steps = p[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted
