"""What is attainable: how often the best test there could be tells what is planted in a made-up world.

It knows the level, season and drift of every place, and of what is planted where it is, when it began and how it grows:
it is the likelihood ratio of Neyman and Pearson. It only has to keep the promise: among as many places as are looked
at, and three harm groups, it tells anything in one search of ten where nothing is going on. What it cannot tell hardly
any search can (it takes months as independent, which they nearly are), and one that knows none of this does worse.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom, poisson

from tests.validate.made_up import Process
from tests.validate.planting import Plant
from tests.validate.told_rates import MOST

DRAWS: Final = 200_000
PLANTED_DRAWS: Final = 20_000
_TOGETHER: Final = 20_000
_LARGEST: Final = 2_000  # count of a month: far above any that is drawn
_STEPS: Final = 9  # at which bursts of different sizes are looked at

Floats = npt.NDArray[np.float64]


def attainable(process: Process, plant: Plant, places: int, harms: int = 3, seed: int = 0) -> float:
    """Return the share of worlds in which the best test tells what is planted in one of some ``places``."""
    rng = np.random.default_rng(seed)
    usual = plant.usual / plant.areas
    ratios = np.stack([_log_chances(process, usual * times) - _log_chances(process, usual) for times in plant.course])
    nothing = _statistics(process, plant, ratios, np.ones(plant.months), DRAWS, rng)
    bar = np.quantile(nothing, 1 - MOST / harms / places, method="higher")
    return float((_statistics(process, plant, ratios, plant.course, PLANTED_DRAWS, rng) > bar).mean())


def _log_chances(process: Process, mean: float) -> Floats:
    """Return the log of how likely a month holds 0, 1, 2 … incidents where so many are expected, burst or not."""
    times = np.append(1.0, np.linspace(*process.burst_times, _STEPS))
    weights = np.append(1 - process.bursts, np.full(_STEPS, process.bursts / _STEPS))
    n, means = np.arange(_LARGEST)[:, None], mean * times
    chances = (
        poisson.pmf(n, means) if np.isinf(process.k) else nbinom.pmf(n, process.k, process.k / (process.k + means))
    )
    return np.log(np.maximum(chances @ weights, np.finfo(float).tiny))


def _statistics(
    process: Process, plant: Plant, ratios: Floats, course: Floats, draws: int, rng: np.random.Generator
) -> Floats:
    """Return the log likelihood ratio of the planted months of all planted areas, one for each draw."""
    known = replace(process, spread=0.0, season=0.0, drift=0.0)
    found = []
    for _ in range(draws // _TOGETHER):
        rates = known.log_rates((_TOGETHER * plant.areas, plant.months, 1), rng)[:, :, 0]
        counts = process.counts(plant.usual / plant.areas * np.exp(rates) * course, rng)
        found.append(ratios[np.arange(plant.months), counts].reshape(_TOGETHER, -1).sum(axis=1))
    return np.concatenate(found)
