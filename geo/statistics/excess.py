"""Excess: does one place hold more than places like it near by, allowing for how much these differ by themselves?

A Poisson test of a place against the mean of its surroundings calls every busy corner high, since places differ for
reasons of their own. So the counts of comparable places are taken as negative binomial: with a mean that goes by their
exposure, and a dispersion that is seen from them (variance m + αm², α by moments: Cameron and Trivedi 1986, Journal of
Applied Econometrics 1(1)). p is the upper tail of that distribution at the place's own exposure: how often a place that
is like those around it holds as much or more.
"""

from dataclasses import dataclass
from typing import Final

from scipy import special

from geo.arrays import Floats
from geo.statistics.rate_interval import poisson_interval

FEWEST: Final = 10  # comparable places, under which it is not known how much they differ
USUAL: Final = 0.95  # of comparable places hold no more than ``usual`` says


@dataclass(frozen=True)
class Excess:
    """What a place holds beside what its surroundings lead one to expect.

    ``low`` and ``high`` are the ends of the 95 % interval of observed over expected, ``usual`` is what 19 in 20 places
    like those around hold at most, and ``p`` how often one holds as much as this or more.
    """

    observed: float
    expected: float
    low: float
    high: float
    usual: float
    p: float


def excess(observed: float, exposure: float, counts: Floats, exposures: Floats, power: float = 1.0) -> Excess | None:
    """Return what a place holds beside what comparable places lead one to expect; None where these are too few.

    ``counts`` and ``exposures`` have an entry for each comparable place; what is expected goes by exposure to the
    ``power``. None as well where no comparable place holds anything, or the exposure is unknown or nothing anywhere.
    """
    weights, own = exposures**power, exposure**power
    if len(counts) < FEWEST or not (weights > 0).all() or not own > 0 or counts.sum() == 0:
        return None
    rate = counts.sum() / weights.sum()
    usual = rate * weights
    alpha = max(0.0, float(((counts - usual) ** 2 - usual).sum() / (usual**2).sum()))
    # The dispersion of few places is known badly, and what is expected of them is an estimate too.
    alpha = (alpha + 1 / len(counts) * (1 + alpha)) * (1 + 2 / (len(counts) - 1))
    expected = rate * own
    spread = 1 + alpha * expected
    low, high = poisson_interval(observed / spread)
    return Excess(
        observed,
        expected,
        float(low) * spread / expected,
        float(high) * spread / expected,
        _most(expected, alpha),
        _upper_tail(observed, expected, alpha),
    )


def _upper_tail(observed: float, mean: float, alpha: float) -> float:
    """Return the chance that a negative binomial count is ``observed`` or more."""
    if observed <= 0:
        return 1.0
    size = 1 / alpha
    return float(special.betainc(observed, size, alpha * mean / (1 + alpha * mean)))


def _most(mean: float, alpha: float) -> float:
    """Return the least count that a negative binomial one passes in 5 % at most."""
    below, above = -1, 1
    while _upper_tail(above + 1, mean, alpha) > 1 - USUAL:
        below, above = above, 2 * above
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if _upper_tail(middle + 1, mean, alpha) > 1 - USUAL else (below, middle)
    return float(above)
