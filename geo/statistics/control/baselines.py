"""Baselines: the points of a series that say what is usual.

They are its first known points, and these stay as they are however many follow: limits that moved with the points would
follow a change in place of showing it (Provost and Murray 2011, The Health Care Data Guide; NHS England, Making Data
Count). Where a person lets the usual range begin anew, another series begins (``geo.trends.phases``).
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LOCKED: Final = 24  # known points that make the limits
LEAST: Final = 12  # known points, under which limits are on trial


def baseline(values: Floats) -> Bools:
    """Tell which points make the limits: the first 24 known ones of each series, or all where there are fewer.

    ``values`` are series × period, NaN where there is no figure, and so is the answer.
    """
    known = ~np.isnan(values)
    return np.asarray(known & (known.cumsum(axis=1) <= LOCKED))


def trial(chosen: Bools) -> Bools:
    """Tell which limits are on trial: those of baselines of fewer than 12 points (any shape, its last axis periods)."""
    return np.asarray(chosen.sum(axis=-1) < LEAST)
