"""Coarse rows: every row is placed and timed as it was, and none tells more than its cell and its quarter."""

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas.coarsening import CELL, coarsen
from geo.areas.placing import locate
from geo.calendar.quarter_hours import to_quarters
from geo.statistics.aoristic import quarters_touched

# Areas of the National Grid that no grid of cells fits: one is narrower than a cell, two overlap.
_METRES = [
    shapely.box(433_030, 390_010, 434_260, 391_020),
    shapely.box(434_260, 390_010, 434_310, 391_020),
    shapely.Polygon([(434_310, 390_010), (435_400, 390_010), (434_800, 391_470)]),
    shapely.box(434_700, 390_300, 435_900, 390_900),
]
SHAPES = gpd.GeoSeries(_METRES, crs="EPSG:27700").to_crs("EPSG:4326").to_numpy()
TO_DEGREES = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
places = st.tuples(st.floats(432_900, 436_000), st.floats(389_900, 391_600))
seconds = st.integers(1_600_000_000, 1_600_000_000 + 9 * 24 * 3600)


@settings(max_examples=60, deadline=None)
@given(st.lists(places, min_size=1, max_size=25))
def test_a_coarse_row_is_placed_where_it_was_and_stays_there(metres: list[tuple[float, float]]) -> None:
    lon, lat = map(np.asarray, TO_DEGREES.transform(*np.array(metres).T))
    area = locate(lon, lat, SHAPES)
    coarse = coarsen(lon, lat, area, SHAPES)
    inside = area >= 0
    assert np.isnan(coarse[0][~inside]).all()
    assert np.isnan(coarse[1][~inside]).all()
    assert (locate(coarse[0][inside], coarse[1][inside], SHAPES) == area[inside]).all()
    assert np.array_equal(coarsen(*coarse, area, SHAPES), coarse, equal_nan=True)


@settings(max_examples=30, deadline=None)
@given(places, st.floats(0.5, CELL - 0.5), st.floats(0.5, CELL - 0.5))
def test_places_of_one_cell_in_one_area_become_the_same(place: tuple[float, float], east: float, north: float) -> None:
    corner = np.floor(np.array(place) / CELL) * CELL
    lon, lat = map(np.asarray, TO_DEGREES.transform(*np.array([corner + 50, corner + np.array((east, north))]).T))
    area = locate(lon, lat, SHAPES)
    one, other = np.array(coarsen(lon, lat, area, SHAPES)).T
    assert area[0] != area[1] or np.array_equal(one, other, equal_nan=True)


@given(st.lists(st.tuples(seconds, st.none() | st.integers(-500, 170 * 3600)), min_size=1, max_size=30))
def test_coarse_times_touch_the_same_quarters(times: list[tuple[int, int | None]]) -> None:
    start = np.array([at for at, _ in times], dtype="datetime64[s]")
    end = np.array(["NaT" if long is None else at + long for at, long in times], dtype="datetime64[s]")
    coarse = to_quarters(start, end)
    before, after = quarters_touched(start, end, 15), quarters_touched(*coarse, 15)
    assert (before.first == after.first).all()
    assert (before.last == after.last).all()
    assert (coarse[0].astype(np.int64) % 900 == 0).all()
    again = to_quarters(*coarse)
    assert np.array_equal(again[0], coarse[0])
    assert np.array_equal(again[1].astype(np.int64), coarse[1].astype(np.int64))
