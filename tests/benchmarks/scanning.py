"""The space-time scan of a whole police force area, where nothing, much or everything stands out."""

import time
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.statistics.scan import scan
from tests.benchmarks.figures import middle

RUNS: Final = 3
AREAS: Final = 853
PERIODS: Final = 24
GOAL: Final = 20  # seconds
_SPREAD: Final = 50_000  # metres


def run() -> None:
    """Measure and print."""
    rng = np.random.default_rng(0)
    points, residents = rng.uniform(0, _SPREAD, (AREAS, 2)), rng.uniform(1_000, 2_000, AREAS)
    expected = np.repeat(residents[:, None] / residents.mean(), PERIODS, axis=1)
    planted = expected.copy()
    planted[np.argsort(np.hypot(*(points - points[0]).T))[:3], -3:] *= 5
    restless = rng.gamma(1 / 3, 3, expected.shape)
    places = {"no cluster": expected, "one cluster": planted, "clusters everywhere": expected * restless}
    print(f"Space-time scan of {AREAS} areas, 6 windows, 999 replications (goal: {GOAL} s; medians of {RUNS} runs)")
    for rate in (2, 40):
        for name, usual in places.items():
            counts = rng.poisson(rate * usual).astype(np.float64)
            taken = [_timed(counts, points, by) for by in (residents, None) for _ in range(RUNS)]
            by_residents, by_permutation = middle(taken[:RUNS]), middle(taken[RUNS:])
            print(
                f"  {rate:>2} cases an area and period, {name + ':':<20} {by_residents:5.1f} s by residents, "
                f"{by_permutation:5.1f} s by permutation"
            )


def _timed(
    counts: npt.NDArray[np.float64], points: npt.NDArray[np.float64], residents: npt.NDArray[np.float64] | None
) -> float:
    start = time.perf_counter()
    scan(counts, points, residents=residents, seed=0)
    return time.perf_counter() - start
