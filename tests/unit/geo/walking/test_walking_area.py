"""Walking area: what a walk reaches, cut where it ends, in one shape that can be drawn."""

import itertools
import json

import numpy as np
import pytest
import shapely

from geo.walking.walking_area import WIDTH, area_drawing, as_feature, in_degrees, reached_lines, walking_area
from geo.walking.walks import metres_to, walks_from
from tests.unit.geo.walking.hand_made import at, ready

ROUNDED = 0.01


def length(limit: float, east: float = 0, north: float = 0) -> float:
    """How many metres of street a walk reaches, each counted once."""
    lines = shapely.linestrings(reached_lines(walks_from(ready(), at(east, north), limit)))
    return shapely.length(shapely.union_all(shapely.set_precision(lines, 1e-4)))


@pytest.mark.parametrize(
    ("limit", "metres"),
    [(0, 0), (50, 100), (100, 200), (150, 400), (200, 80 + 5 * 100), (300, 80 + 7 * 100 + 100), (5000, 880 + 7 * 100)],
)
def test_stretches_are_reached_as_far_as_the_walk_goes(limit: float, metres: float) -> None:
    assert length(limit) == pytest.approx(metres, abs=0.1)


def test_a_stretch_that_is_reached_from_both_ends_has_a_gap_where_the_walks_end() -> None:
    # From the middle of the southern side, 195 m lead round the block to 5 m before the middle of the northern one, and
    # as far along the road that goes on from there.
    lines = reached_lines(walks_from(ready(), at(50, 0), 195))
    northern = [line for line in lines if (np.abs(line[:, 1] - at(0, 100)[1]) < ROUNDED).all()]
    assert sum(np.hypot(*(end - start)) for start, end in northern) == pytest.approx(2 * 45 + 45, abs=ROUNDED)


def test_a_walk_within_one_long_stretch_reaches_both_ways_along_it() -> None:
    assert length(100, 500, 130) == pytest.approx(30 + 2 * 70, abs=0.1)


def test_the_area_holds_the_place_and_the_ways_and_little_else() -> None:
    walks = walks_from(ready(), at(500, 130), 300)
    area = walking_area(walks)
    assert (area.geom_type, area.is_valid) == ("Polygon", True)
    assert area.contains(shapely.Point(at(500, 130)))
    assert area.contains(shapely.LineString([at(500 - 270, 100), at(500 + 270, 100)]))
    assert not area.intersects(shapely.Point(at(500 - 270 - WIDTH - 5, 100)))
    assert area.area < 2 * WIDTH * (540 + 2 * WIDTH + 30)


def test_a_longer_walk_covers_a_shorter_one_and_its_points_are_reached() -> None:
    areas = [walking_area(walks_from(ready(), at(20, 10), limit)) for limit in (50, 150, 400, 900)]
    for shorter, longer in itertools.pairwise(areas):
        assert shorter.difference(longer).area < 0.02 * shorter.area
    reached = walks_from(ready(), at(20, 10), 400)
    places = np.array([at(east, 100) for east in range(0, 900, 20)])
    inside = shapely.contains_xy(areas[2], places)
    assert (np.isfinite(metres_to(reached, places)) <= inside).all()


def test_without_a_way_near_nothing_is_reached() -> None:
    assert walking_area(walks_from(ready(), at(500, 5000), 800)).is_empty
    assert walking_area(walks_from(ready(), at(500, 130), 20)).is_empty


def test_it_is_written_as_geojson_in_degrees() -> None:
    area = in_degrees(walking_area(walks_from(ready(), at(0, 0), 400)))
    feature = json.loads(as_feature(area, {"school": 'A "quoted" name', "minutes": 5}))
    assert feature["type"] == "Feature"
    assert feature["properties"] == {"school": 'A "quoted" name', "minutes": 5}
    drawn = json.loads(area_drawing(area))
    assert [one["geometry"] for one in drawn["features"]] == [feature["geometry"]]
    lon, lat = feature["geometry"]["coordinates"][0][0]
    assert -2 < lon < -1
    assert 53 < lat < 54
