import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.basemap import themes as t
from geo.basemap.name_index import index_names

EAST, NORTH = 430_000, 435_000


def features(*rows):
    """Make features of (theme, kind, name, shape in metres from a corner)."""
    columns = dict(zip(("theme", "kind", "name"), zip(*(row[:3] for row in rows), strict=True), strict=True))
    moved = [shapely.transform(row[3], lambda xy: np.add(xy, (EAST, NORTH))) for row in rows]
    return gpd.GeoDataFrame({**columns, "rank": 0}, geometry=moved, crs=27700).to_crs(4326)


def street(name, *steps):
    return t.ROAD, t.LOCAL, name, shapely.LineString(steps)


def listed(*rows):
    found = index_names(features(*rows))
    return list(zip(found["name"], found["kind"], strict=True))


def test_stretches_of_one_street_are_listed_once():
    rows = [street("High Street", (n * 400, 0), (n * 400 + 400, 0)) for n in range(8)]
    assert listed(*rows) == [("High Street", "street")]


def test_a_street_whose_stretches_have_a_gap_is_listed_once_and_one_of_another_place_again():
    near = [street("High Street", (0, 0), (100, 0)), street("High Street", (330, 0), (400, 0))]
    far = street("High Street", (1_400, 0), (1_500, 0))
    assert listed(*near) == [("High Street", "street")]
    assert listed(*near, far) == [("High Street", "street")] * 2


def test_a_name_is_where_its_street_is_near_the_middle():
    found = index_names(
        features(street("High Street", (0, 0), (500, 0), (1_000, 0)), street("Low Road", (0, 9), (1, 9)))
    )
    at = gpd.GeoSeries(gpd.points_from_xy(found["lon"], found["lat"]), crs=4326).to_crs(27700)
    assert at.iloc[0].x - EAST == pytest.approx(500, abs=1)
    assert at.iloc[0].y - NORTH == pytest.approx(0, abs=1)


def test_kinds_are_those_that_people_search_for():
    yard = shapely.box(0, 0, 300, 300)
    rows = [
        (t.LAND, t.PARK, "Hill Park", yard), (t.LAND, t.GREEN, "Hill Fields", yard), (t.LAND, t.GROUNDS, "Hill", yard),
        (t.LAND, t.BUILT, "Hill Estate", yard), (t.WATER, t.LAKE, "The Lake", yard),
        (t.ROAD, t.PATH, "Snicket", yard.boundary),
        (t.POINT, t.STATION, "Central", shapely.Point(0, 0)), (t.ROAD, t.LOCAL, None, yard.boundary),
    ]  # fmt: skip
    assert listed(*rows) == [
        ("Central", "station"), ("Hill Fields", "park"), ("Hill Park", "park"), ("Snicket", "street"),
        ("The Lake", "water"),
    ]  # fmt: skip


def test_what_has_no_name_is_not_listed():
    found = index_names(features(street(None, (0, 0), (1, 0))))
    assert list(found.columns) == ["name", "kind", "lon", "lat"]
    assert found.empty
