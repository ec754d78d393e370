"""Ways home in made-up towns: how often a planted dangerous stretch is named, and how often one is where none is.

A town is an uneven grid of streets, a third of them missing, with a gate in the middle and twelve places to set out
from. Incidents are published at one point for each street between junctions, as the police do it. How many a point has
follows a gamma (or, with a far longer tail, a lognormal) distribution beside chance; neighbouring points are alike.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pyproj
from scipy.spatial import cKDTree

from geo.arrays import Floats
from geo.evidence import stretches
from geo.walking.corridors import corridors
from geo.walking.named_stretches import Stretch, cut_into_stretches
from geo.walking.ready_network import ReadyNetwork, make_ready
from geo.walking.way_network import WayNetwork
from tests.unit.geo.samples import SOUTH, WEST

SIDE: Final = 26  # junctions on each side of a town
STEP: Final = 90  # metres between them
ORIGINS: Final = 12
TIMES: Final = (6.0, 8.0, 10.0)  # as many incidents at each point of the planted stretch as a point usually has
ALIKE: Final = (0.5, 0.0)  # the share of their luck that neighbouring points have in common
SEEN: Final = 4.0  # incidents a point has in the middle of towns
_DEGREES: Final = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
Tail = Literal["gamma", "lognormal"]
TAILS: Final[tuple[Tail, ...]] = ("lognormal", "gamma")


@dataclass(frozen=True)
class Told:
    """What was said of one town: whether the planted stretch was among the first three, and how many were named."""

    found: bool
    named: int


def named_without_reason(tail: Tail, alike: float, seed: int) -> float:
    """Return 1 where a stretch is named in a town in which none is planted, else 0."""
    return float(tell(10_000 + seed, None, tail, alike).named > 0)


def found(tail: Tail, alike: float, times: float, seed: int) -> float:
    """Return 1 where the planted stretch is among the first three of those that are named, else 0."""
    return float(tell(seed, times, tail, alike).found)


def tell(seed: int, times: float | None, tail: Tail, alike: float) -> Told:
    """Make a town, plant a stretch with so many ``times`` as many if at all, and say which stretches stand out."""
    rng = np.random.default_rng(seed)
    network = make_ready(_streets(rng))
    gate = network.xy.mean(axis=0)
    parts = cut_into_stretches(corridors(network, gate, _origins(network, gate, rng)), [10] * ORIGINS)
    points = _points(network, rng)
    lines = [one.line for one in parts]
    rates = _rates(points, rng, tail, alike)
    at = None if times is None else _planted(parts, points, rng)
    if at is not None:
        near = stretches.nearest_stretch(lines, points) == at
        rates[near] = (times or 1.0) * SEEN
    judged = stretches.by_points(lines, points, rng.poisson(rates).astype(float))
    told = judged[judged["told"]].sort_values("p").head(3)
    return Told(at in told.index, int(judged["told"].sum()))


def _streets(rng: np.random.Generator) -> WayNetwork:
    column, row = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    x = WEST + STEP * column.ravel() + rng.uniform(-20, 20, SIDE * SIDE)
    y = SOUTH + STEP * row.ravel() + rng.uniform(-20, 20, SIDE * SIDE)
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    start = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    kept = rng.random(len(start)) < 2 / 3
    lon, lat = _DEGREES.transform(x, y)
    name = np.concatenate([np.repeat(np.arange(SIDE), SIDE - 1), SIDE + np.tile(np.arange(SIDE), SIDE - 1)])[kept]
    names = tuple(f"{kind} {at}" for kind in ("Row", "Column") for at in range(SIDE))
    return WayNetwork(lon, lat, start[kept], end[kept], {}, name, names)


def _origins(network: ReadyNetwork, gate: Floats, rng: np.random.Generator) -> Floats:
    angle, away = rng.uniform(0, 2 * np.pi, ORIGINS), rng.uniform(400, 1_050, ORIGINS)
    return gate + np.column_stack([away * np.cos(angle), away * np.sin(angle)])


def _points(network: ReadyNetwork, rng: np.random.Generator) -> Floats:
    middle = (network.xy[network.start] + network.xy[network.end]) / 2
    kept = middle[rng.random(len(middle)) < 0.8]  # some streets have no published point
    return kept + rng.normal(0, 5, kept.shape)


def _rates(points: Floats, rng: np.random.Generator, tail: Tail, alike: float) -> Floats:
    """Return how many incidents each point is to have; ``alike`` is the share of its luck that neighbours have too."""
    own = rng.gamma(1.2, 1 / 1.2, len(points)) if tail == "gamma" else np.exp(rng.normal(-0.36, 0.85, len(points)))
    near = cKDTree(points).query(points, k=8)[1]
    shared = own[near].mean(axis=1)
    rates: Floats = SEEN * ((1 - alike) * own + alike * shared)
    return rates


def _planted(parts: list[Stretch], points: Floats, rng: np.random.Generator) -> int:
    """Choose a stretch that at least two places share and that has a published point or more."""
    of = stretches.nearest_stretch([one.line for one in parts], points)
    able = [at for at, one in enumerate(parts) if len(one.origins) > 1 and (of == at).sum() > 1]
    return int(rng.choice(able))
