"""Gi* in simulated places: how many areas it flags where nothing is, and whether it finds three that were planted."""

from typing import Final

import numpy as np

from geo.statistics.gi_star import hot_spots
from tests.validate.places import LAST, Place

RATES: Final = (7.0, 1.0)  # cases in the average area: enough for the normal distribution, and too few
LEVEL: Final = 2  # the bin of 95 %


def flagged(place: Place, rate: float, seed: int) -> float:
    """Return the part of the areas that is flagged, hot or cold, in counts without any cluster."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(place.usual(rate)[:, 0]).astype(np.float64)
    bins = hot_spots(counts, place.graph, int(rng.integers(2**32)), residents=place.residents).bins
    return float((np.abs(bins) >= LEVEL).mean())


def found(place: Place, usual: int, seed: int) -> bool:
    """Tell whether at least two of three planted areas are flagged as hot in the counts of the cluster's periods."""
    rng = np.random.default_rng(seed)
    three = place.three(rng)
    counts = rng.poisson(place.planted(three, usual)[:, -LAST:].sum(axis=1)).astype(np.float64)
    bins = hot_spots(counts, place.graph, int(rng.integers(2**32)), residents=place.residents).bins
    return bool((bins[three] >= LEVEL).sum() >= 2)
