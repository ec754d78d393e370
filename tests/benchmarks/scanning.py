"""The space-time scan of a whole police force area, where nothing, much or everything stands out."""

import time
from typing import Final

import numpy as np

from geo.arrays import Floats
from geo.findings.clusters import PERIODS, RADIUS, STRONG
from geo.statistics.scan import scan
from tests.benchmarks.figures import middle

RUNS: Final = 3
AREAS: Final = 853
GOAL: Final = 20  # seconds
_SPREAD: Final = 50_000  # metres


def run() -> None:
    """Measure and print."""
    rng = np.random.default_rng(0)
    points, sizes = rng.uniform(0, _SPREAD, (AREAS, 2)), rng.uniform(0.7, 1.3, AREAS)
    expected = np.repeat(sizes[:, None], PERIODS, axis=1)
    planted = expected.copy()
    planted[np.argsort(np.hypot(*(points - points[0]).T))[:3], -3:] *= 5
    restless = rng.gamma(1 / 3, 3, expected.shape)
    places = {"no cluster": expected, "one cluster": planted, "clusters everywhere": expected * restless}
    print(f"Space-time scan of {AREAS} areas, 6 windows, 999 replications (goal: {GOAL} s; medians of {RUNS} runs)")
    for rate in (2, 40):
        for name, usual in places.items():
            counts = rng.poisson(rate * usual).astype(np.float64)
            taken = middle([_timed(counts, points) for _ in range(RUNS)])
            print(f"  {rate:>2} cases an area and period, {name + ':':<20} {taken:5.1f} s")


def _timed(counts: Floats, points: Floats) -> float:
    start = time.perf_counter()
    scan(counts, points, seed=0, radius=RADIUS, times=STRONG)
    return time.perf_counter() - start
