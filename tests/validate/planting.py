"""Planted truths: what begins at a known place in a world where nothing else is going on.

A cluster is twice what is expected in three neighbouring areas, a step half as much again in one, and a trend a share
that doubles in 18 months. In a made-up world the place is given the level that is asked for; in a null of real counts a
place is taken that has it, within a quarter, and there is none where no place has.
"""

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from tests.validate import made_up
from tests.validate.made_up import Process
from tests.validate.nulls import NULLS
from tests.validate.sources import site_there
from tests.validate.told import Point
from tests.validate.world import World

Areas = npt.NDArray[np.intp]

HARM: Final = 0  # violence, by position: often enough for all that is planted
NEAR: Final = 4_000.0  # metres from a school, within which areas are planted that it should hear of
WITHIN: Final = 1.25  # times more or less than what is asked for
STEP: Final = 1.5
GROWN: Final = 2.0
TREND: Final = 18  # months
AVERAGE: Final = 20.0  # incidents a month in a place that steps
HOT: Final = 32.0  # incidents a month, six times what areas hold on average: a place that has always been hot


@dataclass(frozen=True)
class Plant:
    """What begins: in how many ``areas``, over how many last ``months``, where ``usual`` a month are expected there.

    ``times`` is how many times as many there are at the end; a trend grows to that, and all else has it at once.
    """

    name: str
    areas: int
    months: int
    usual: float
    times: float
    growing: bool = False

    @property
    def course(self) -> npt.NDArray[np.float64]:
        """How many times what is usual each of the last months has."""
        return self.times ** (np.arange(1, self.months + 1) / self.months if self.growing else np.ones(self.months))


CLUSTERS: Final = tuple(
    Plant(f"cluster, {expected} expected in {months} month{'s' if months > 1 else ''}", 3, months, expected / months, 2)
    for months, expected in product((1, 3, 6), (20, 40, 60, 120))
)
STEPS: Final = tuple(Plant(f"step {months} months ago", 1, months, AVERAGE, STEP) for months in (3, 6, 12))
TRENDS: Final = (
    Plant("trend, 20 a month before", 1, TREND, AVERAGE, GROWN, growing=True),
    Plant("trend in a hot area", 1, TREND, HOT, GROWN, growing=True),
)
PLANTS: Final = (*CLUSTERS, *STEPS, *TRENDS)


def planted_world(null: str, plant: Plant, school: str | None, seed: int) -> tuple[World, Areas] | None:
    """Return a world of a null with something planted, near a school or anywhere, and in which areas.

    None where no place of a real null holds as much as is asked for.
    """
    site, rng = site_there(), np.random.default_rng(seed)
    near = None if school is None else site.schools[school]
    if null in NULLS:
        return _in_real_counts(site.holding(NULLS[null](site.n, site.known, rng)), plant, near, rng)
    return in_made_up(site, made_up.PROCESSES[null], plant, near, rng)


def in_made_up(
    site: World, process: Process, plant: Plant, near: Point | None, rng: np.random.Generator
) -> tuple[World, Areas]:
    """Return a world of a process with something planted, and in which areas."""
    expected = made_up.expected_in(site, process, rng)
    areas = rng.choice(_candidates(site, plant.areas, near))
    there = expected[areas, :, HARM]
    there *= plant.usual / there.sum(axis=0).mean()
    there[:, -plant.months :] *= plant.course
    expected[areas, :, HARM] = there
    return site.holding(process.counts(expected, rng)), areas


def _in_real_counts(
    world: World, plant: Plant, near: Point | None, rng: np.random.Generator
) -> tuple[World, Areas] | None:
    usual = world.n[:, world.known, HARM].mean(axis=1)
    candidates = _candidates(world, plant.areas, near)
    there = usual[candidates].sum(axis=1)
    fitting = candidates[np.abs(np.log(there / plant.usual)) <= np.log(WITHIN)]
    if not len(fitting):
        return None
    areas = rng.choice(fitting)
    n = world.n.copy()
    more = usual[areas, None] * (plant.course - 1)
    n[areas[:, None], np.arange(-plant.months, 0), HARM] += rng.poisson(more)
    return world.holding(n), areas


def _candidates(site: World, size: int, near: Point | None) -> npt.NDArray[np.intp]:
    """Return the places where something may be planted, [place, area]: an area with the nearest of its neighbours."""
    middles = np.column_stack([site.areas.metres.centroid.x, site.areas.metres.centroid.y])
    close = np.ones(len(middles), dtype=bool) if near is None else np.hypot(*(middles - near).T) <= NEAR
    found = []
    for area in np.flatnonzero(close):
        around = site.graph.indices[site.graph.indptr[area] : site.graph.indptr[area + 1]]
        if len(around) >= size - 1:
            away = np.hypot(*(middles[around] - middles[area]).T)
            found.append([area, *around[np.argsort(away, kind="stable")[: size - 1]]])
    return np.array(found)
