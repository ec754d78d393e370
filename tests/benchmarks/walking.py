"""Walking from a school on a made-up county of a million points, against scipy on the whole of it at once."""

import time
from collections.abc import Callable
from typing import Final

import numpy as np
import pyproj
from scipy.sparse.csgraph import dijkstra

from geo.arrays import Floats
from geo.walking.corridors import FARTHEST_WALK, corridors
from geo.walking.named_stretches import cut_into_stretches
from geo.walking.ready_network import ReadyNetwork, make_ready
from geo.walking.walking_area import walking_area
from geo.walking.walks import metres_between, metres_to, walks_from
from geo.walking.way_network import WayNetwork
from tests.benchmarks.figures import middle, peak_mb
from tests.unit.geo.samples import SOUTH, WEST

SIDE: Final = 1_000  # points on each side of the county
STEP: Final = 40  # metres between them
PLACES: Final = 1_000  # published, around a school
SCHOOLS: Final = 20
GOAL: Final = 50  # milliseconds
ORIGINS: Final = 30  # places that pupils set out from
WAYS_GOAL: Final = 2  # seconds


def run() -> None:
    """Measure and print."""
    rng = np.random.default_rng(15)
    network, before = county(rng), peak_mb()
    start = time.perf_counter()
    ready = make_ready(network)
    took = time.perf_counter() - start
    print(f"Walking on {len(network.lon):,} points and {len(network.start):,} stretches (goal: {GOAL} ms a school)")
    print(f"  making it ready, once after it is loaded: {took:.1f} s, {_held(ready):.0f} MB at rest, ", end="")
    print(f"{peak_mb() - before:.0f} MB more at most")
    schools = np.array([WEST, SOUTH]) + rng.uniform(0.1, 0.9, (SCHOOLS, 2)) * SIDE * STEP
    for limit in (400, 800, 1600):
        around = [school + rng.uniform(-limit, limit, (PLACES, 2)) for school in schools]
        count = _each(lambda at, limit=limit, around=around: _answer(ready, schools[at], limit, around[at]))
        area = _each(lambda at, limit=limit: walking_area(walks_from(ready, schools[at], limit)))
        print(f"  within {limit:>5,} m: {count:6.1f} ms for {PLACES:,} places, {area:6.1f} ms for the area (medians)")
    between = _each(lambda at: metres_between(ready, schools[at], schools[at - 1]))
    print(f"  to another school, anywhere in the county: {between:.0f} ms")
    for reach in (2_000, FARTHEST_WALK):
        origins = [school + _in_a_circle(rng, reach) for school in schools]
        ways = _each(lambda at, origins=origins: _ways_home(ready, schools[at], origins[at]), runs=3)
        print(
            f"  the ways home from {ORIGINS} places within {reach:,.0f} m, cut into stretches: {ways:,.0f} ms", end=""
        )
        print(f" ({ways / 1000 / WAYS_GOAL:.2f} of the {WAYS_GOAL} s that they may take)")
    whole = _each(lambda at: dijkstra(ready.graph, indices=at), runs=3)
    print(f"  scipy on the whole network, from one point to all: {whole:,.0f} ms")


def county(rng: np.random.Generator) -> WayNetwork:
    """Make up streets on an uneven grid, of which a third are missing."""
    column, row = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    x = WEST + STEP * column.ravel() + rng.uniform(-12, 12, SIDE * SIDE)
    y = SOUTH + STEP * row.ravel() + rng.uniform(-12, 12, SIDE * SIDE)
    lon, lat = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform(x, y)
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    start = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    there = rng.random(len(start)) < 2 / 3
    return WayNetwork(lon, lat, start[there], end[there])


def _in_a_circle(rng: np.random.Generator, reach: float) -> Floats:
    angle, away = rng.uniform(0, 2 * np.pi, ORIGINS), reach * np.sqrt(rng.random(ORIGINS))
    return np.column_stack([away * np.cos(angle), away * np.sin(angle)])


def _ways_home(ready: ReadyNetwork, school: Floats, origins: Floats) -> object:
    return cut_into_stretches(corridors(ready, school, origins), [10] * ORIGINS)


def _answer(ready: ReadyNetwork, school: Floats, limit: float, places: Floats) -> Floats:
    return metres_to(walks_from(ready, school, limit), places)


def _each(act: Callable[[int], object], runs: int = SCHOOLS) -> float:
    taken = []
    for at in range(runs):
        start = time.perf_counter()
        act(at)
        taken.append(1000 * (time.perf_counter() - start))
    return middle(taken)


def _held(ready: ReadyNetwork) -> float:
    graph = ready.graph
    arrays = (ready.xy, ready.start, ready.end, ready.metres, ready.of_point, graph.data, graph.indices, graph.indptr)
    return sum(array.nbytes for array in arrays) / 1e6
