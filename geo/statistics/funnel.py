"""Funnel limits: which areas have more or fewer incidents than expected, beyond what chance gives areas of their size.

Around a ratio of observed to expected of 1 lie two pairs of limits, at 95 % and at 99.8 %. Those of chance alone are
exact: between them lie the Poisson means that a count as large as the expected one leaves possible (Garwood 1936).

Areas differ for reasons that no expected count knows, so most are beyond such limits where there are many incidents
(over-dispersion). Spiegelhalter (2005), Handling over-dispersion of performance indicators, Quality and Safety in
Health Care 14(5), lets the areas say by how much. On the scale of square roots the ratio y = √(O/E) varies around 1
with the standard error s = 1/(2√E) whatever is observed, and z = (y − 1)/s = 2(√O − √E). Its mean square φ, of scores
pulled in to the tenth and ninetieth percentile so that the areas looked for do not hide themselves, is 1 at most by
chance. Where it is above 1 + 2√(2/n), the areas themselves have a variance τ² on top of that of chance. It is the
estimate of DerSimonian and Laird (1986) with the weights w = 1/s² = 4E:

    τ² = (nφ − (n − 1)) / (Σw − Σw²/Σw)

A ratio of area and chance together then lies at y = 1 ± z·√(s² + τ²), z being that of the confidence, and the limits
are the squares of that; where the lower y would be under 0, no ratio is too low. Pulled in, φ is about 0.7 by chance
alone, so that a slight over-dispersion is not seen: the limits are for finding the few areas that differ most.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from geo.arrays import Bools, Floats
from geo.errors import ThinDataError
from geo.statistics.rate_interval import CONFIDENCE, EXACT_BELOW

FAR: Final = 0.998  # the confidence of the outer limits; that of the inner ones is CONFIDENCE
MIN_AREAS: Final = 10  # with fewer nobody can see how much areas differ
# With fewer expected, z² is above 1 on average by chance alone (1.8 at 1, 1.4 at 3), and tells nothing of the areas.
MIN_EXPECTED: Final = 5
WINSORISED: Final = 0.1  # the share of the scores that is pulled in at each end


@dataclass(frozen=True)
class Funnel:
    """Areas compared, one entry an area.

    ``ratio`` is observed over expected and ``z`` its score on the scale of square roots; both are NaN where the area is
    not ``usable``: its count is unknown, or its expected count unknown or nothing. ``phi`` says how many times as much
    as by chance the scores vary, and ``tau2`` is the variance of the areas themselves on the scale of √ratio, 0 where
    they vary no more than chance allows.

    ``beyond`` is 2 beyond the upper outer limit (99.8 %) that is drawn, 1 beyond the inner one (95 %), 0 inside, −1 and
    −2 the same below, and 0 for areas that are not usable.
    """

    observed: Floats
    expected: Floats
    ratio: Floats
    z: Floats
    phi: float
    tau2: float
    beyond: npt.NDArray[np.int8]
    usable: Bools

    @property
    def over_dispersed(self) -> bool:
        """Whether the areas differ more than chance allows, so that the limits drawn allow for it."""
        return self.tau2 > 0


def funnel_limits(expected: npt.ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """Return the limits of observed over expected by chance alone, for each expected count: low, high.

    They are half the chi-square quantiles with 2E and 2(E + 1) degrees of freedom, over E. NaN where the expected count
    is unknown or nothing. Raises ValueError for a confidence that is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError("a level lies between 0 and 1")
    means = np.asarray(expected, dtype=np.float64)
    means = np.where(means > 0, means, np.nan)
    tail = (1 - confidence) / 2
    return special.gammaincinv(means, tail) / means, special.gammainccinv(means + 1, tail) / means


def funnel(observed: npt.ArrayLike, expected: npt.ArrayLike, off_by: float = 0.0) -> Funnel:
    """Return how the counts of areas compare with those expected of them; two arrays of one length.

    ``off_by`` is how far each true count may lie from the one given, 5 for protected counts: an area is then beyond a
    limit only if it would be so with its count moved as much towards the expected one. Every lower limit is above 0,
    and none at all is no surprise where two are expected: with fewer than 10 expected, an area is below a limit only if
    chance alone seldom gives so few (2.5 % and 0.1 %).

    Raises ThinDataError for fewer than 10 areas that have a count and 5 or more expected; how much areas differ is seen
    from these, and areas with fewer expected are compared with the limits that follow.
    """
    counts, means = (np.asarray(each, dtype=np.float64) for each in (observed, expected))
    usable = (counts >= 0) & (means > 0)
    o, e = (np.where(usable, each, np.nan) for each in (counts, means))
    ratio, z = o / e, 2 * (np.sqrt(o) - np.sqrt(e))
    phi, tau2 = _dispersion(z, e)
    nearest = e + np.sign(o - e) * np.maximum(np.abs(o - e) - off_by, 0)
    beyond = sum(_beyond(nearest, e, tau2, confidence) for confidence in (CONFIDENCE, FAR))
    return Funnel(counts, means, ratio, z, phi, tau2, np.asarray(beyond, dtype=np.int8), usable)


def drawn(found: Funnel, expected: npt.ArrayLike, confidence: float, *, allowing: bool = True) -> tuple[Floats, Floats]:
    """Return the limits of a funnel for any expected counts, to draw them as lines: low, high.

    ``allowing`` for over-dispersion gives those by which the areas are judged, which are those of chance alone where
    there is none; otherwise they are those of chance alone. NaN and ValueError as ``funnel_limits``.
    """
    return _limits(expected, confidence, found.tau2 if allowing else 0.0)


def _limits(expected: npt.ArrayLike, confidence: float, tau2: float) -> tuple[Floats, Floats]:
    low, high = funnel_limits(expected, confidence)
    if tau2 == 0:
        return low, high
    means = np.asarray(expected, dtype=np.float64)
    away = special.ndtri((1 + confidence) / 2) * np.sqrt(1 / (4 * np.where(means > 0, means, np.nan)) + tau2)
    # Where few are expected the exact limits may be wider than the scale of square roots knows; never be narrower.
    return np.minimum(low, np.maximum(1 - away, 0) ** 2), np.maximum(high, (1 + away) ** 2)


def _dispersion(z: Floats, expected: Floats) -> tuple[float, float]:
    """Return φ and τ², from the areas with enough expected."""
    enough = expected >= MIN_EXPECTED
    n = int(np.count_nonzero(enough))
    if n < MIN_AREAS:
        raise ThinDataError(
            f"Comparing areas needs {MIN_AREAS} or more with a count and {MIN_EXPECTED} or more incidents expected, "
            f"and here are {n}; choose a longer period, more kinds of harm or larger areas."
        )
    ends = np.quantile(z[enough], (WINSORISED, 1 - WINSORISED))
    phi = float(np.mean(np.clip(z[enough], *ends) ** 2))
    if phi <= 1 + 2 * np.sqrt(2 / n):
        return phi, 0.0
    weights = 4 * expected[enough]
    return phi, float((n * phi - (n - 1)) / (weights.sum() - (weights**2).sum() / weights.sum()))


def _beyond(counts: Floats, expected: Floats, tau2: float, confidence: float) -> npt.NDArray[np.int64]:
    """Return 1 where a count is beyond the upper limit, −1 where it is beyond the lower one, and 0 elsewhere."""
    low, high = _limits(expected, confidence, tau2)
    seldom = (expected >= EXACT_BELOW) | (special.pdtr(counts, expected) <= (1 - confidence) / 2)
    return (counts > high * expected).astype(np.int64) - ((counts < low * expected) & seldom)
