"""Told rates: how often a search of a null tells anything of a kind, in a county and around a school.

A null is a world in which nothing is going on (``nulls``, ``made_up``). What a search tells of it is told by chance.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from multiprocessing.pool import Pool
from typing import Final

import numpy as np
from scipy.stats import binom

from tests.validate import south_yorkshire
from tests.validate.around_school import changes_of_areas, told_of_points
from tests.validate.nulls import months_shuffled
from tests.validate.sources import POINTS, REAL, world_of
from tests.validate.told import KINDS, told

COUNTY, SCHOOL = "county", "school"
MOST: Final = 0.10  # of the searches of a null may tell anything of one kind
SURE: Final = 0.01  # how seldom a rate of exactly that is called missed


@dataclass(frozen=True)
class Rate:
    """How many searches there were, how many of them told anything of a kind, and how much they told together."""

    searches: int
    telling: int
    told: int

    @property
    def rate(self) -> float:
        """The share of the searches that told anything."""
        return self.telling / self.searches

    @property
    def error(self) -> float:
        """The binomial standard error of the rate."""
        return float(np.sqrt(self.rate * (1 - self.rate) / self.searches))

    @property
    def mean(self) -> float:
        """How many were told in a search."""
        return self.told / self.searches

    @property
    def missed(self) -> bool:
        """Whether the rate is above the bar by more than chance has it, one time in a hundred."""
        return self.telling > allowed(self.searches)


Key = tuple[str, str, str]  # null, county or school, kind
Rates = Mapping[Key, Rate]


def allowed(searches: int, bar: float = MOST) -> int:
    """Return how many of some searches may tell anything: more come one time in 100 where the rate is the bar."""
    return int(binom.ppf(1 - SURE, searches, bar))


def measure(pool: Pool, nulls: Iterable[str], counties: int, schools: int, seed: int = 0) -> Rates:
    """Search nulls: in each, some worlds as a county, and some around each of their schools."""
    worlds = {null: max(counties if null != POINTS else 0, schools) if null != REAL else 1 for null in nulls}
    jobs = [(null, seed + at, at < counties, at < schools) for null, some in worlds.items() for at in range(some)]
    return added(one for some in pool.imap_unordered(_search, jobs) for one in some)


def added(every: Iterable[tuple[str, str, Mapping[str, int]]]) -> dict[Key, Rate]:
    """Add up what searches told, each with its null and where it looked."""
    numbers: dict[Key, list[int]] = defaultdict(list)
    for null, scope, found in every:
        for kind, n in found.items():
            numbers[null, scope, kind].append(n)
    return {key: Rate(len(some), sum(n > 0 for n in some), sum(some)) for key, some in numbers.items()}


def _search(job: tuple[str, int, bool, bool]) -> list[tuple[str, str, Mapping[str, int]]]:
    null, seed, county, schools = job
    if null == POINTS:
        return _search_points(null, seed)
    world = world_of(null, seed)
    found: list[tuple[str, str, Mapping[str, int]]] = [(null, COUNTY, _of_all_kinds(told(world)))] if county else []
    if schools:
        found += [
            (null, SCHOOL, {**_of_all_kinds(told(world, school)), **changes_of_areas(world, school)})
            for school in world.schools.values()
        ]
    return found + (_search_points(null, seed) if null == REAL else [])


def _search_points(null: str, seed: int) -> list[tuple[str, str, Mapping[str, int]]]:
    """Look around the six schools in points, as they are or with months shuffled."""
    points = south_yorkshire.points()
    if null == POINTS:
        points = points.holding(months_shuffled(points.n, points.known, np.random.default_rng(seed)))
    chosen = south_yorkshire.world().chosen
    every = told_of_points(points, south_yorkshire.schools(), chosen)
    return [(null, SCHOOL, one) for one in every]


def _of_all_kinds(found: Counter[str]) -> dict[str, int]:
    return {kind: found[kind] for kind in KINDS}
