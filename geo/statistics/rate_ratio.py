"""Rate ratios: two counts of one place compared as a ratio of rates, with its interval and how likely chance alone is.

Given their sum, the later of two Poisson counts is binomial, and its share depends on the ratio of the two rates only
(Przyborowski and Wilenski 1940). The interval of the ratio is the exact one of that share (Clopper and Pearson 1934)
turned into a ratio. The p-value is twice the smaller tail, 1 at most: the two-sided definition that agrees with this
interval, so that a 95 % interval leaves 1 out exactly where p is under 0.05.

Recorded incidents scatter more than Poisson counts do. Where a count's variance is φ times chance's, x / φ is as good
as a Poisson count (quasi-likelihood, McCullagh and Nelder 1989), so that the same tails are taken of x / φ, with √φ in
place of the one incident by which the exact ones allow for counts being whole. Both ends of an interval are widened
then, also the only one where a count is nothing, and p goes with them. At φ = 1 this is the exact test. On negative
binomial counts with a mean of 6 to 200 and φ up to 8 the interval holds the true ratio in 95.4 to 98.7 % of cases; 1 in
place of √φ would give down to 91.7 %, and φ up to 99.7 %. Where φ is an estimate, Student's t with its degrees of
freedom takes the place of the normal distribution.

Protected counts are known to within a few only. The true counts may then be any in a rectangle around the two that
are shown, and the result is the worst case. The tails and the ends of the interval all move one way as a count grows,
so the worst lies in two corners: the maximum before with the minimum now, and the opposite one.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from geo.arrays import Floats
from geo.errors import ThinDataError
from geo.statistics.rate_interval import CONFIDENCE

MIN_EVENTS: Final = 10  # events in the two periods together; with fewer nothing is said


@dataclass(frozen=True)
class Ratios:
    """Comparisons of many pairs of counts; all arrays have one shape.

    ``ratio`` is the rate now over the rate before, infinite where there was none before; the true one lies from
    ``low`` to ``high`` (95 %). ``p`` is two-sided. These four are NaN where the two counts together are under 10, a
    count is unknown, or an exposure is unknown or nothing.
    """

    before: Floats
    now: Floats
    ratio: Floats
    low: Floats
    high: Floats
    p: Floats


@dataclass(frozen=True)
class Ratio:
    """One comparison; its figures are those of ``Ratios``, and none is NaN."""

    before: float
    now: float
    ratio: float
    low: float
    high: float
    p: float


def compare_all(
    before: npt.ArrayLike,
    now: npt.ArrayLike,
    exposure_before: npt.ArrayLike,
    exposure_now: npt.ArrayLike,
    off_by: float = 0.0,
    *,
    dispersion_before: npt.ArrayLike = 1.0,
    dispersion_now: npt.ArrayLike | None = None,
    df: float = math.inf,
) -> Ratios:
    """Return the ratio of each count now to the one before; all arrays are broadcast to one shape.

    An exposure is what a count is divided by: days, school days, residents times days. The unit does not matter, if
    it is the same for both. ``off_by`` is how far each true count may lie from the one given, 5 for protected counts:
    ``low``, ``high`` and ``p`` are then the lowest, the highest and the largest that the true counts allow. A
    dispersion is how many times chance's variance the counts before and now have (that of before where only one is
    given), and ``df`` how many degrees of freedom it was estimated with: interval and p are wider and larger by both.
    Raises ValueError for a dispersion under 1.
    """
    both = (dispersion_before, dispersion_before if dispersion_now is None else dispersion_now)
    given = [np.asarray(each, dtype=np.float64) for each in (before, now, exposure_before, exposure_now, *both)]
    x_before, x_now, t_before, t_now, d_before, d_now = (np.array(each) for each in np.broadcast_arrays(*given))
    if (d_before < 1).any() or (d_now < 1).any():
        raise ValueError("counts vary as much as chance has it or more")
    known = (x_before >= 0) & (x_now >= 0) & (x_before + x_now >= MIN_EVENTS) & (t_before > 0) & (t_now > 0)
    t_before, t_now = (np.where(known, each, np.nan) for each in (t_before, t_now))
    min_before, min_now = (np.maximum(each - off_by, 0) for each in (x_before, x_now))
    max_before, max_now = x_before + off_by, x_now + off_by
    # A count over its dispersion is as good as a Poisson count of so much less exposure.
    per_now = t_before / d_before / (t_now / d_now)
    share = 1 / (1 + per_now)
    lows_now, highs_before = (min_now / d_now, (max_before + np.sqrt(d_before)) / d_before)
    lows_before, highs_now = (min_before / d_before, (max_now + np.sqrt(d_now)) / d_now)
    tails = _chance(lows_now, highs_before, share), _chance(lows_before, highs_now, 1 - share)
    z = special.ndtri(np.minimum(*tails))
    p = np.minimum(2 * special.stdtr(df, z), 1)
    tail = float(special.ndtr(special.stdtrit(df, (1 - CONFIDENCE) / 2)))
    # Nothing before means a ratio without upper end, and no error.
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = x_now / x_before * t_before / t_now
        high = per_now / _lowest_odds(lows_before, highs_now, tail)
    low = per_now * _lowest_odds(lows_now, highs_before, tail)
    return Ratios(x_before, x_now, ratio, low, high, p)


def compare(
    before: float,
    now: float,
    exposure_before: float,
    exposure_now: float,
    off_by: float = 0.0,
    *,
    dispersion: float = 1.0,
    df: float = math.inf,
) -> Ratio:
    """Return the ratio of one count now to the one before, as ``compare_all`` does.

    Raises ThinDataError when the two together are under 10, when one is unknown, and when an exposure is unknown or
    nothing.
    """
    if np.isnan(before + now):
        raise ThinDataError(
            "A comparison needs the counts of both periods, and one of them was never supplied; "
            "choose periods that the data cover."
        )
    if before + now < MIN_EVENTS:
        # How many there are is not said: of protected counts nobody gets a sum under 10.
        raise ThinDataError(
            f"A comparison needs {MIN_EVENTS} incidents or more in the two periods together, and there are fewer; "
            "choose longer periods, a larger area or more kinds of harm."
        )
    if not (exposure_before > 0 and exposure_now > 0):
        raise ThinDataError(
            "A comparison needs a known number of days or residents behind both counts, and one of them has none; "
            "choose other periods or areas."
        )
    found = compare_all(before, now, exposure_before, exposure_now, off_by, dispersion_before=dispersion, df=df)
    return Ratio(before, now, float(found.ratio), float(found.low), float(found.high), float(found.p))


def _chance(count: Floats, rest: Floats, share: Floats) -> Floats:
    """Return the chance of ``count`` or more, where each event counts with the chance ``share``.

    ``rest`` is how many others there are, and the step to the next count: 1, of what has no dispersion.
    """
    return np.where((count == 0) & ~np.isnan(share), 1.0, special.betainc(count, rest, share))


def _lowest_odds(count: Floats, rest: Floats, tail: float) -> Floats:
    """Return the lower end of the odds of ``count`` against the rest: those with which so many have little chance."""
    share, other = special.betaincinv(count, rest, tail), special.betainccinv(rest, count, tail)
    return np.where(count == 0, 0.0, share / other)
