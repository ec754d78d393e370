"""Made-up worlds to attack: a town of 48 areas, three school years, and skewed incidents that are known exactly."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from data.records.rows import CONTRIBUTOR_FIELD, REQUIRED_FIELDS, TIME_FIELDS
from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet, Units
from geo.calendar.half_terms import HalfTerm
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.calendar.school_day import BAND_NAMES, DAY_KINDS, WEEKDAYS
from geo.counts.cube import Counts
from geo.harms import HARM_GROUPS

SIZES: Final = (60, 180, 900, 3000)  # incidents in three school years: 20, 60, 300 and 1,000 a year
HARMS: Final = tuple(HARM_GROUPS)
FIRST, LAST = date(2022, 9, 1), date(2025, 8, 31)
TODAY: Final = LAST + timedelta(days=30)  # every half-term is over

_EAST, _NORTH, _SIDE = 430_000, 390_000, 800  # metres on the British National Grid
_WIDE, _HIGH = 8, 6  # areas; an MSOA is two by two of them, a district four by six
_SEASONS: Final = (1.2, 1.3, 0.9, 1.0, 1.1, 0.6)
CLOCK: Final = (len(BAND_NAMES), len(WEEKDAYS), len(DAY_KINDS))
_BANDS: Final = (0.05, 0.12, 0.15, 0.14, 0.3, 0.14, 0.04, 0.06)  # most at home time
_WEEKDAYS: Final = (0.17, 0.17, 0.17, 0.17, 0.2, 0.07, 0.05)
_KINDS: Final = (0.85, 0.15)  # in term, in holidays
_GROUPS: Final = (0.03, 0.05, 0.22, 0.2, 0.1, 0.3, 0.1)  # cse, cce, violence, peer, substances, asb, other


@dataclass(frozen=True)
class World:
    """What really happened: ``n`` counts contributor × area × half-term × harm group.

    ``clock`` counts the same incidents by contributor × school year × band × weekday × term or holiday.
    """

    seed: int
    size: int
    n: Counts
    clock: Counts

    @property
    def clocks(self) -> dict[str, Counts]:
        """The exact clock of each school year, as it is released from."""
        return {year: self.clock[:, at] for at, year in enumerate(years())}

    @property
    def pooled(self) -> Counts:
        """Area × half-term × harm group over all contributors."""
        total: Counts = self.n.sum(axis=0)
        return total


def make(seed: int, size: int, schools: int = 1, one_harm: bool = False) -> World:
    """Make the world of a seed: few areas and groups hold most of its ``size`` incidents, and seasons differ.

    With ``one_harm`` all of the same incidents are of one harm group, another one from seed to seed.
    """
    rng = np.random.default_rng([seed, size, schools])
    places = rng.lognormal(0, 1.3, _WIDE * _HIGH)
    times = np.tile(_SEASONS, 3) * rng.lognormal(0, 0.25, 18)
    groups = np.array(_GROUPS) * rng.lognormal(0, 0.4, len(_GROUPS))
    mixture = rng.lognormal(0, 0.5, (_WIDE * _HIGH, len(_GROUPS)))  # what happens differs from place to place
    weight = np.einsum("a,p,h,ah->aph", places, times, groups, mixture)
    shares = rng.dirichlet(np.full(schools, 4.0), _WIDE * _HIGH).T  # who brings in how much of an area
    expected = np.einsum("ca,aph->caph", shares, weight).ravel()
    n = rng.multinomial(size, expected / expected.sum()).reshape(schools, *weight.shape).astype(np.int64)
    clock = _clock_of(n, rng)
    if one_harm:
        together = n.sum(axis=3)
        n = np.zeros_like(n)
        n[..., seed % len(HARMS)] = together
    return World(seed, size, n, clock)


def one_more(world: World, area: int, period: int, harm: int) -> World:
    """Return the world in which one more incident happened there and then, brought in by the first contributor.

    It happened at home time, on a Monday in term.
    """
    n, clock = world.n.copy(), world.clock.copy()
    n[0, area, period, harm] += 1
    clock[0, period // len(_SEASONS), _BANDS.index(max(_BANDS)), 0, 0] += 1
    return World(world.seed, world.size + 1, n, clock)


def rows(world: World) -> pa.Table:
    """Write a world as the incidents that readers hand on, shuffled; contributors are numbers from 1, as text."""
    rng = np.random.default_rng([world.seed, 1])
    where = np.repeat(np.argwhere(world.n), world.n[world.n > 0], axis=0)
    contributor, area, period, harm = rng.permutation(where).T
    first, last = (
        np.array([getattr(tile, end) for tile in tiles()], "datetime64[s]")[period] for end in ("first", "last")
    )
    start = first + rng.integers(0, (last - first).astype(int) + 24 * 60 * 60)
    nowhere = np.full(len(area), np.nan)
    columns = {
        c.MONTH: np.datetime_as_string(start, unit="M"),
        c.CATEGORY: np.array(HARMS)[harm],
        c.STATED: np.array(town().codes)[area],
        c.LON: pa.array(nowhere, from_pandas=True),
        c.LAT: pa.array(nowhere, from_pandas=True),
        c.START: start,
        c.END: pa.nulls(len(area), pa.timestamp("s")),
        c.CONTRIBUTOR: (contributor + 1).astype(str),
    }
    fields = (*REQUIRED_FIELDS, *TIME_FIELDS, CONTRIBUTOR_FIELD)
    return pa.table({field.name: pa.array(columns[field.name]).cast(field.type) for field in fields})


def _clock_of(n: Counts, rng: np.random.Generator) -> Counts:
    """Draw when in the week incidents happened: some parts of it are much fuller than others."""
    weight = np.einsum("b,w,k->bwk", _BANDS, _WEEKDAYS, _KINDS) * rng.lognormal(0, 0.7, CLOCK)
    by_year = n.sum(axis=(1, 3)).reshape(len(n), -1, len(_SEASONS)).sum(axis=2)
    drawn = rng.multinomial(by_year, weight.ravel() / weight.sum())
    return drawn.reshape(*by_year.shape, *CLOCK).astype(np.int64)


class Town(AreaSet):
    """An area set that works out its levels once, since attackers ask for thousands of exports."""

    @cache  # noqa: B019 - there is one town, and it is never let go
    def units(self, level: str) -> Units:
        return super().units(level)

    def __hash__(self) -> int:
        return id(self)


@cache
def tiles() -> tuple[HalfTerm, ...]:
    """Return the 18 half-terms of a world."""
    return NATIONAL_PATTERN.half_terms(FIRST, LAST)


def years() -> tuple[str, ...]:
    """Return the three school years of a world."""
    return tuple(dict.fromkeys(one.year for one in tiles()))


@cache
def town() -> Town:
    """Return the areas: 48 squares in 12 MSOAs in 2 districts, with 300 to 1,800 residents each."""
    at = [(row, column) for row in range(_HIGH) for column in range(_WIDE)]
    west_south = [(_EAST + _SIDE * column, _NORTH + _SIDE * row) for row, column in at]
    msoas = [f"M{row // 2}{column // 2}" for row, column in at]
    districts = [f"D{column // 4}" for _, column in at]
    values = {
        c.AREA: [f"A{row}{column}" for row, column in at],
        c.NAME: [f"Area {row}{column}" for row, column in at],
        c.RESIDENTS: np.random.default_rng(48).integers(300, 1800, len(at)),
        c.parent_code("msoa"): msoas,
        c.parent_name("msoa"): [f"Ward {code}" for code in msoas],
        c.parent_code("district"): districts,
        c.parent_name("district"): [f"District {code}" for code in districts],
    }
    shapes = [shapely.box(west, south, west + _SIDE, south + _SIDE) for west, south in west_south]
    return Town("Town under attack", "area", gpd.GeoDataFrame(values, geometry=shapes, crs=METRES).to_crs(DEGREES))
