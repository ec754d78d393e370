"""Scatter: how much counts of a baseline vary beyond chance, which is how much wider than chance their limits are.

It is seen from how far each point lies from the one before (mean square successive difference; von Neumann and others
1941, Annals of Mathematical Statistics 12(2); Holmes and Mergen 1993, Quality Engineering 5(4)), so a step inside a
baseline widens limits by little. It is more exact than the mean moving range, by which limits of stable counts are
often too wide, and of bursty ones too narrow, by luck. All arrays are series × period, NaN where there is no figure.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from geo.arrays import Bools, Floats

SIGMAS: Final = 3.0  # from the centre to a limit
_DRIFT: Final = 2.0  # standard errors that von Neumann's ratio lies below 1 where points drift
_DOUBT: Final = 0.25  # how seldom chance alone scatters counts so much, from which on they scatter by more than chance


@dataclass(frozen=True)
class Scatter:
    """The incidents per unit of exposure of each series (a column), and the dispersion of its counts (a column).

    ``dispersion`` is their variance over that of chance, at least 1; NaN, as ``centre``, where no two points of the
    baseline follow each other. ``with_drift`` is that around the mean where points drift, as in a slow change
    (von Neumann's ratio), and else the same.
    """

    centre: Floats
    dispersion: Floats
    with_drift: Floats


def scatter(counts: Floats, exposure: Floats, chosen: Bools, *, rounded: bool = False) -> Scatter:
    """Return the level of some chosen points of each series, and how much they vary.

    Counts that chance alone scatters as much in one of four baselines or more (index of dispersion, χ²) are taken to
    vary by chance: their dispersion is 1, and no accident of a stable baseline widens limits. Those that are
    ``rounded`` vary by more than chance in any case, and have what is measured.
    """
    held, exposed = np.where(chosen, counts, 0.0), np.where(chosen, exposure, 0.0)
    centre = _divided(held.sum(axis=1, keepdims=True), exposed.sum(axis=1, keepdims=True))
    mean = centre * exposure
    # Without any incident there is no scatter to be measured in: every score is 0.
    scores = np.divide(counts - mean, np.sqrt(mean), out=np.zeros_like(mean), where=mean > 0)
    scores = np.where(chosen, scores, np.nan)
    number, squares = chosen.sum(axis=1, keepdims=True), np.nansum(scores**2, axis=1, keepdims=True)
    near = mean_of(np.diff(scores, axis=1) ** 2) / 2
    around = _divided(squares, number - 1)
    dispersion = np.maximum(near, 1.0)
    if not rounded:
        by_chance = special.chdtrc(number - 1, squares) >= _DOUBT
        dispersion = np.where(by_chance & ~np.isnan(near), 1.0, dispersion)
    drifts = near < around * (1 - _DRIFT / np.sqrt(np.maximum(number, 1)))
    with_drift = np.where(drifts, np.maximum(around, dispersion), dispersion)
    return Scatter(np.where(np.isnan(near), np.nan, centre), dispersion, with_drift)


def mean_of(values: Floats) -> Floats:
    """Return the mean of each row's known values, as a column; NaN where there is none."""
    known = ~np.isnan(values)
    return _divided(np.where(known, values, 0.0).sum(axis=1, keepdims=True), known.sum(axis=1, keepdims=True))


def _divided(total: Floats, parts: npt.NDArray[np.integer] | Floats) -> Floats:
    return np.divide(total, parts, out=np.full(total.shape, np.nan), where=parts > 0)
