"""Releasing protected datasets of two sizes: building zones and rounding 18 half-terms."""

import time
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.harms import HARM_GROUPS
from geo.release.ledger import Ledger
from geo.release.release_steps import Basis, release
from tests.benchmarks.figures import middle

RUNS: Final = 3
SIZES: Final = ((5_000, 24, 5), (100_000, 850, 60))  # incidents, areas that all are zones, seconds that it may take
FIRST, LAST, TODAY = date(2022, 9, 1), date(2025, 8, 31), date(2025, 10, 1)
_ROW: Final = 25  # areas side by side; five of them are an MSOA
_SIDE: Final = 1_000  # metres


def run() -> None:
    """Measure and print."""
    for incidents, number, goal in SIZES:
        areas, basis = _areas(number), _basis(incidents, number)
        taken, made = zip(*(_timed(areas, basis) for _ in range(RUNS)), strict=True)
        zones = [len(one.codes) for one in made[0].zones]
        print(
            f"Releasing {incidents:,} incidents in {number} areas ({min(zones)} to {max(zones)} zones) x "
            f"{len(basis.periods)} half-terms x {len(HARM_GROUPS)} harm groups: {middle(taken):.2f} s "
            f"(goal: {goal} s; median of {RUNS} runs)"
        )


def _timed(areas: AreaSet, basis: Basis) -> tuple[float, Ledger]:
    start = time.perf_counter()
    made = release(Ledger(), basis, areas, b"a secret of a benchmark", TODAY)
    return time.perf_counter() - start, made


def _areas(number: int) -> AreaSet:
    at = [divmod(position, _ROW) for position in range(number)]
    boxes = [
        shapely.box(400_000 + _SIDE * column, 400_000 + _SIDE * row, 401_000 + _SIDE * column, 401_000 + _SIDE * row)
        for row, column in at
    ]
    parents = [f"M{row}-{column // 5}" for row, column in at]
    values = {
        c.AREA: [f"A{position:03}" for position in range(number)],
        c.NAME: [f"Area {position:03}" for position in range(number)],
        c.parent_code("msoa"): parents,
        c.parent_name("msoa"): parents,
    }
    return AreaSet("A grid", "lsoa", gpd.GeoDataFrame(values, geometry=boxes, crs=METRES).to_crs(DEGREES))


def _basis(incidents: int, number: int) -> Basis:
    tiles = NATIONAL_PATTERN.half_terms(FIRST, LAST)
    rng = np.random.default_rng(number)
    # Some areas hold twice as many as others, but each enough to be a zone.
    weight = np.einsum("a,p,h->aph", rng.uniform(1, 2, number), rng.uniform(1, 2, len(tiles)), rng.uniform(1, 4, 7))
    n = rng.multinomial(incidents, (weight / weight.sum()).ravel()).reshape(1, *weight.shape)
    return Basis(tiles, tiles, n.astype(np.int64), {})
