"""Gi* of all months at once, against esda month by month; and what the chances of sparse months take."""

import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
from esda.getisord import G_Local
from libpysal.graph import Graph

from geo.areas.area_set import METRES
from geo.areas.contiguity import graph_of
from geo.statistics.gi_star import gi_star, hot_spots
from geo.statistics.permutation import PERMUTATIONS
from tests.benchmarks.figures import Row, middle, show

RUNS: Final = 7
MONTHS: Final = 44


def run(place: Path) -> None:
    """Measure both sides and print them."""
    shapes = gpd.read_file(place / "boundaries" / "lsoa11.geojson").to_crs(METRES).geometry.to_numpy()
    graph = graph_of(shapes)
    rng = np.random.default_rng(1)
    counts = rng.negative_binomial(2, 0.1, (len(shapes), MONTHS)).astype(float)
    sparse = rng.poisson(0.4, (len(shapes), MONTHS)).astype(float)
    theirs = Graph.from_sparse(graph)

    def month_by_month() -> None:
        for month in counts.T:
            G_Local(month, theirs, star=True, transform="B", permutations=0)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pairs = [(_taken(lambda: gi_star(counts, graph)), _taken(month_by_month)) for _ in range(RUNS)]
    ours, esda = (middle(side) for side in zip(*pairs, strict=True))
    chances = middle(_taken(lambda: hot_spots(sparse, graph, 1)) for _ in range(3))
    show(
        f"Hot spots: Gi* of {len(shapes)} areas x {MONTHS} months (median of {RUNS} runs each)",
        "Local Context",
        "esda",
        [
            Row("z", _ms(ours), _ms(esda), f"{esda / ours:.0f} × faster (goal: 20 ×)"),
            Row("chances of a sparse month", _ms(chances / MONTHS), "", f"{PERMUTATIONS:,} permutations"),
        ],
    )


def _taken(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ms(seconds: float) -> str:
    return f"{1_000 * seconds:,.1f} ms"
