"""Rate ratios: two counts of one place compared as a ratio of rates, with its interval and how likely chance alone is.

Given their sum, the later of two Poisson counts is binomial, and its share depends on the ratio of the two rates only
(Przyborowski and Wilenski 1940). The interval of the ratio is the exact one of that share (Clopper and Pearson 1934)
turned into a ratio. The p-value is twice the smaller tail, 1 at most: the two-sided definition that agrees with this
interval, so that a 95 % interval leaves 1 out exactly where p is under 0.05.

Protected counts are known to within a few only. The true counts may then be any in a rectangle around the two that
are shown, and the result is the worst case. The tails and the ends of the interval all move one way as a count grows,
so the worst lies in two corners: the maximum before with the minimum now, and the opposite one.
"""

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
) -> Ratios:
    """Return the ratio of each count now to the one before; the four arrays are broadcast to one shape.

    An exposure is what a count is divided by: days, school days, residents times days. The unit does not matter, if
    it is the same for both. ``off_by`` is how far each true count may lie from the one given, 5 for protected counts:
    ``low``, ``high`` and ``p`` are then the lowest, the highest and the largest that the true counts allow.
    """
    given = [np.asarray(each, dtype=np.float64) for each in (before, now, exposure_before, exposure_now)]
    x_before, x_now, t_before, t_now = (np.array(each) for each in np.broadcast_arrays(*given))
    known = (x_before >= 0) & (x_now >= 0) & (x_before + x_now >= MIN_EVENTS) & (t_before > 0) & (t_now > 0)
    t_before, t_now = (np.where(known, each, np.nan) for each in (t_before, t_now))
    per_now, share = t_before / t_now, t_now / (t_before + t_now)
    min_before, min_now = (np.maximum(each - off_by, 0) for each in (x_before, x_now))
    max_before, max_now = x_before + off_by, x_now + off_by
    tails = _chance(min_now, max_before, share), _chance(min_before, max_now, 1 - share)
    # Nothing before means a ratio without upper end, and no error.
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = x_now / x_before * per_now
        high = per_now / _lowest_odds(min_before, max_now)
    low = per_now * _lowest_odds(min_now, max_before)
    return Ratios(x_before, x_now, ratio, low, high, np.minimum(2 * np.minimum(*tails), 1))


def compare(before: float, now: float, exposure_before: float, exposure_now: float, off_by: float = 0.0) -> Ratio:
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
    found = compare_all(before, now, exposure_before, exposure_now, off_by)
    return Ratio(before, now, float(found.ratio), float(found.low), float(found.high), float(found.p))


def _chance(count: Floats, other: Floats, share: Floats) -> Floats:
    """Return the chance of ``count`` or more, of ``count + other`` events that each count with the chance ``share``."""
    return np.where((count == 0) & ~np.isnan(share), 1.0, special.betainc(count, other + 1, share))


def _lowest_odds(count: Floats, other: Floats) -> Floats:
    """Return the lower end of the odds of ``count`` against ``other``: those with which so many have little chance."""
    tail = (1 - CONFIDENCE) / 2
    share, rest = special.betaincinv(count, other + 1, tail), special.betainccinv(other + 1, count, tail)
    return np.where(count == 0, 0.0, share / rest)
