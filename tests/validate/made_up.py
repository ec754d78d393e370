"""Made-up worlds: counts of a negative binomial process whose every parameter is stated, where nothing is going on.

The log rate of an area and harm group is its level, plus the season of the month, plus a slow drift (a random walk),
plus a carry-over from month to month (an autoregression of order 1). A count is negative binomial around that, and now
and then a month bursts. What is looked for in such a world is chance and drift, and never an event.
"""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from scipy.signal import lfilter

from geo.areas.area_set import DEGREES, METRES, AreaSet
from geo.areas.contiguity import graph_of
from geo.calendar import months
from tests.validate.world import Counts, World

FIRST, LAST = "2018-01", "2021-09"
# Incidents of the middle area a month, as South Yorkshire's areas have them: often, seldom, often.
USUAL: Final = {"violence": 4.0, "substances": 0.3, "asb": 5.0}


@dataclass(frozen=True)
class Process:
    """How counts come about.

    ``spread`` is the standard deviation of areas' log levels, ``season`` the amplitude of the year's course in log
    rate, ``k`` the size of the negative binomial (its variance is m + m²/k; infinite: Poisson). A month of an area is a
    burst with probability ``bursts``, and then ``burst_times`` (from, to) as many are expected. ``carry_over`` is the
    correlation from month to month of a deviation in log rate whose standard deviation is ``carried``; ``drift`` is
    that of a month's step of the random walk.
    """

    spread: float = 0.8
    season: float = 0.15
    k: float = 8.0
    bursts: float = 1 / 60
    burst_times: tuple[float, float] = (2.0, 4.0)
    carry_over: float = 0.5
    carried: float = 0.1
    drift: float = 0.025

    def log_rates(self, shape: tuple[int, int, int], rng: np.random.Generator) -> npt.NDArray[np.float64]:
        """Return the log of what is expected over what the middle area has, [area, month, harm group], bursts apart."""
        areas, periods, harms = shape
        level = self.spread * rng.standard_normal((areas, 1, harms))
        course = self.season * np.cos(2 * np.pi * (np.arange(periods) - rng.integers(12)) / 12)[None, :, None]
        walk = self.drift * rng.standard_normal(shape).cumsum(axis=1)
        noise = rng.standard_normal(shape)
        noise[:, 1:] *= np.sqrt(1 - self.carry_over**2)  # so that the spread is that of the first month throughout
        carried = self.carried * lfilter([1.0], [1.0, -self.carry_over], noise, axis=1)
        return level + course + walk + carried

    def counts(self, expected: npt.NDArray[np.float64], rng: np.random.Generator) -> Counts:
        """Draw counts around what is expected, some months of some areas in a burst."""
        burst = np.where(rng.random(expected.shape) < self.bursts, rng.uniform(*self.burst_times, expected.shape), 1.0)
        mean = expected * burst
        return rng.poisson(mean if np.isinf(self.k) else mean * rng.gamma(self.k, 1 / self.k, mean.shape))


LIVELY: Final = Process()
SEASON_ONLY: Final = Process(k=float("inf"), bursts=0.0, carried=0.0, drift=0.0)
CHANCE: Final = "season only"
PROCESSES: Final = {"negative binomial": LIVELY, CHANCE: SEASON_ONLY}


def made_world(site: World, process: Process, rng: np.random.Generator) -> World:
    """Return a site with counts of a process."""
    return site.holding(process.counts(expected_in(site, process, rng), rng))


def expected_in(site: World, process: Process, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Return what a process expects in a site, [area, month, harm group], bursts left out."""
    usual = np.array([USUAL[harm] for harm in site.harms])
    return usual * np.exp(process.log_rates(site.n.shape, rng))


def grid(side: int, metres: float = 1_000.0) -> World:
    """Return a site of square areas without counts, a larger one above each four, and a school in the middle."""
    west, south = 400_000.0, 400_000.0
    row, column = np.indices((side, side)).reshape(2, -1)
    shapes = shapely.box(
        west + metres * column, south + metres * row, west + metres * (column + 1), south + metres * (row + 1)
    )
    parent = [f"M{at // 2:02d}{beside // 2:02d}" for at, beside in zip(row, column, strict=True)]
    codes = [f"A{at:02d}{beside:02d}" for at, beside in zip(row, column, strict=True)]
    frame = gpd.GeoDataFrame(
        {"area": codes, "name": codes, "msoa_code": parent, "msoa_name": parent, "residents": 1_600.0},
        geometry=shapes,
        crs=METRES,
    )
    areas = AreaSet("A made-up county", "lsoa", frame.to_crs(DEGREES))
    middle = np.array([west, south]) + metres * side / 2
    periods = tuple(months.between(FIRST, LAST))
    nothing = np.zeros((side * side, len(periods), len(USUAL)), dtype=np.int64)
    return World(
        areas, graph_of(areas.metres.to_numpy()), {"middle": middle}, periods, tuple(USUAL), frozenset(), nothing
    )
