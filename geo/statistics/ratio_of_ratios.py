"""Ratio of ratios: a place before and after an action, compared with what the same time brought elsewhere.

The change at the place is a ratio, after over before. Had it gone as elsewhere, it would be the ratio of the comparison
areas; the one over the other, the ratio of ratios, is what is left, net of seasons and of what changed everywhere. Of
four Poisson counts its logarithm has the variance 1/a + 1/b + 1/c + 1/d (Wilson 2021, The relative incident rate ratio
effect size, Journal of Quantitative Criminology). Incidents come in bunches, so that each of these terms is taken as
many times as the counts there vary more than chance has it (quasi-Poisson; ``geo.statistics.overdispersion``). The
interval is the normal one on the scale of logarithms.

Where one of the counts is 0, half an incident is added to all that are compared (Haldane 1956, Anscombe 1956), for the
ends of the interval and for p. The ratio itself stays 0 or infinite, and so does the end on that side: no count says
how far it goes.

The same of the areas around a place says whether what left it went there. Neither says that the action did it: a place
chosen for its worst time gets better by itself.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from geo.arrays import Floats
from geo.errors import ThinDataError
from geo.statistics.rate_interval import CONFIDENCE
from geo.statistics.rate_ratio import MIN_EVENTS

ELSEWHERE: Final = 30  # incidents elsewhere in the two periods together; with fewer they show no change of their own


@dataclass(frozen=True)
class RatioOfRatios:
    """What followed an action at a place.

    ``before`` and ``after`` are the counts of the place; ``ratio`` is that of its rates, after over before, and the
    true one lies from ``low`` to ``high`` (95 %). ``elsewhere_before``, ``elsewhere_after`` and ``elsewhere`` are the
    counts and the ratio of the comparison areas. ``net`` is ratio over elsewhere, the change that elsewhere did not
    have: 0.5 is half of what was to be expected. The true one lies from ``net_low`` to ``net_high`` (95 %), and ``p``
    is how likely chance alone makes it differ from 1 as much, two-sided. A ratio and its upper end are infinite where
    what they are over is nothing.
    """

    before: float
    after: float
    ratio: float
    low: float
    high: float
    elsewhere_before: float
    elsewhere_after: float
    elsewhere: float
    net: float
    net_low: float
    net_high: float
    p: float


def ratio_of_ratios(
    before: float,
    after: float,
    elsewhere_before: float,
    elsewhere_after: float,
    *,
    exposure: tuple[float, float] = (1.0, 1.0),
    dispersion: float = 1.0,
    elsewhere_dispersion: float = 1.0,
    off_by: float = 0.0,
) -> RatioOfRatios:
    """Return the ratio of after to before at a place over that elsewhere in the same two periods.

    ``exposure`` is how long the periods before and after are, in days or in any one unit; it makes rates of the place's
    and the others' counts and leaves ``net`` as it is. ``dispersion`` and ``elsewhere_dispersion`` are how many times
    chance's variance the counts of each have. ``off_by`` is how far each of the four true counts may lie from the one
    given, 5 for protected counts: the ends of the intervals and ``p`` are then the lowest, the highest and the largest
    that the true counts allow.

    Raises ThinDataError when one of the counts is unknown, the place has under 10 incidents in the two periods
    together, the comparison areas have under 30, or none in one period. Raises ValueError when an exposure is not above
    nothing, or a dispersion is under 1.
    """
    if not (all(length > 0 for length in exposure) and dispersion >= 1 and elsewhere_dispersion >= 1):
        raise ValueError("a period has a length, and counts vary as much as chance has it or more")
    _refuse_thin(before, after, elsewhere_before, elsewhere_after)
    place, comparison = _Count(before, dispersion), _Count(elsewhere_before, elsewhere_dispersion)
    place_after, comparison_after = _Count(after, dispersion), _Count(elsewhere_after, elsewhere_dispersion)
    low, high, _ = _worst([place_after], [place], off_by)
    net_low, net_high, p = _worst([place_after, comparison], [place, comparison_after], off_by)
    per = exposure[0] / exposure[1]
    ratio = after / before * per if before else float("inf")
    elsewhere = elsewhere_after / elsewhere_before * per
    return RatioOfRatios(
        before=before,
        after=after,
        ratio=ratio,
        low=low * per,
        high=high * per,
        elsewhere_before=elsewhere_before,
        elsewhere_after=elsewhere_after,
        elsewhere=elsewhere,
        net=ratio / elsewhere,
        net_low=net_low,
        net_high=net_high,
        p=p,
    )


@dataclass(frozen=True)
class _Count:
    """A count, and how many times chance's variance it has."""

    n: float
    dispersion: float

    def possible(self, off_by: float) -> Floats:
        """Return the true counts among which the worst is: the minimum, the maximum, and the smallest above 0."""
        minimum, maximum = max(self.n - off_by, 0), self.n + off_by
        return np.unique([minimum, min(max(minimum, 1), maximum), maximum])


def _worst(over: list[_Count], under: list[_Count], off_by: float) -> tuple[float, float, float]:
    """Return low, high and p of the product of some counts over that of others: the worst that the true counts allow.

    As one count grows and the others stay, each end of the interval, and p, has no worst inside a range: it goes one
    way, or first to the better and then to the worse. So the worst of all lies where every count is at an end of its
    own, and 0, where half an incident is added, is such an end as well as that of the counts above it.
    """
    counts = [*over, *under]
    grid = np.meshgrid(*(one.possible(off_by) for one in counts), indexing="ij")
    given = np.stack([axis.ravel() for axis in grid])
    added = given + np.where((given == 0).any(axis=0), 0.5, 0.0)
    sign = np.repeat([1.0, -1.0], [len(over), len(under)])
    log_ratio = sign @ np.log(added)
    error = np.sqrt(np.array([one.dispersion for one in counts]) @ (1 / added))
    away = special.ndtri((1 + CONFIDENCE) / 2) * error
    # Nothing over some has no lower end but 0, and some over nothing no upper end.
    low = np.where((given[: len(over)] == 0).any(axis=0), 0.0, np.exp(log_ratio - away))
    high = np.where((given[len(over) :] == 0).any(axis=0), np.inf, np.exp(log_ratio + away))
    may_be_none = log_ratio.min() <= 0 <= log_ratio.max()
    z = 0.0 if may_be_none else float(np.abs(log_ratio / error).min())
    return float(low.min()), float(high.max()), float(2 * special.ndtr(-z))


def _refuse_thin(before: float, after: float, elsewhere_before: float, elsewhere_after: float) -> None:
    if np.isnan([before, after, elsewhere_before, elsewhere_after]).any():
        raise ThinDataError(
            "What followed an action is told from the counts before and after, at the place and elsewhere, and one of "
            "them was never supplied; choose periods that the data cover."
        )
    # How many there are is not said: of protected counts nobody gets a sum under 10.
    if before + after < MIN_EVENTS:
        raise ThinDataError(
            f"What followed an action is told from {MIN_EVENTS} incidents or more at the place, before and after "
            "together, "
            "and there are fewer; choose longer periods, a larger area or more kinds of harm."
        )
    if elsewhere_before + elsewhere_after < ELSEWHERE or not min(elsewhere_before, elsewhere_after):
        raise ThinDataError(
            f"What followed an action is told beside {ELSEWHERE} incidents or more elsewhere, some of them before "
            "and some after, and there are fewer; choose longer periods, more areas to compare with or more kinds of "
            "harm."
        )
