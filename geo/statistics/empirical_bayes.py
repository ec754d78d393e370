"""Empirical Bayes smoothing: rates of small areas drawn towards the rate of all, more so where few people live.

A place with 20 residents and one incident tops every map of crude rates and means nothing. Empirical Bayes with global
moments (Marshall 1991) asks how much areas differ beyond what chance makes of their size, and lets each area's own
figure count for as much as it is worth.
"""

from typing import Final

import numpy as np

from geo.arrays import Floats
from geo.errors import ThinDataError

MIN_EVENTS: Final = 10
MIN_AREAS: Final = 3


def empirical_bayes(events: Floats, population: Floats) -> Floats:
    """Return the smoothed rate of each area, events per resident: between its own rate and that of all areas together.

    ``events`` and ``population`` are by area. An area is NaN, and counts for nothing in the others, where its events
    are unknown or its population is unknown or nobody. Where areas differ no more than by chance all get the rate of
    all. Raises ThinDataError for fewer than 3 areas with residents or fewer than 10 events in these.
    """
    mean, weight = _moments(events, population)
    return mean + weight * (events / _residents(events, population) - mean)


def shrinkage(events: Floats, population: Floats) -> Floats:
    """Return how much of each smoothed rate is the area's own: 0 (the rate of all counts alone) to nearly 1.

    NaN and ThinDataError as ``empirical_bayes``.
    """
    _, weight = _moments(events, population)
    return weight


def _moments(events: Floats, population: Floats) -> tuple[float, Floats]:
    """Return the rate of all, and the weight of each area's own rate."""
    residents = _residents(events, population)
    known = ~np.isnan(residents)
    _refuse_thin(events[known])
    total = residents[known].sum()
    mean = float(events[known].sum() / total)
    spread = (residents[known] * (events[known] / residents[known] - mean) ** 2).sum() / total
    # What the areas differ by, less what chance alone would make of areas of their average size.
    between = max(0.0, float(spread - mean / residents[known].mean()))
    return mean, between / (between + mean / residents)


def _residents(events: Floats, population: Floats) -> Floats:
    """Return the population of the areas that can have a rate; NaN for the others."""
    return np.where((population > 0) & ~np.isnan(events), population, np.nan)


def _refuse_thin(events: Floats) -> None:
    if len(events) < MIN_AREAS:
        raise ThinDataError(
            f"Smoothed rates need {MIN_AREAS} areas or more with counts and residents, and there are {len(events)}; "
            "look at the counts, or load the residents of the areas."
        )
    if events.sum() < MIN_EVENTS:
        # How many there are is not said: of protected counts nobody gets a sum under 10.
        raise ThinDataError(
            f"Smoothed rates need {MIN_EVENTS} incidents or more in areas with residents, and there are fewer; "
            "choose a longer period or more kinds of harm."
        )
