"""Responses at known hotspots: in which areas it was, in which order, and where on the axis of a chart."""

from datetime import date

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.counts.regrouping import spans_of
from geo.trends.responses import ActionTaken, letter, position, responses
from tests.unit.geo.samples import SIDE, SOUTH, WEST, squares

AREAS = squares(6)
DAY = date(2021, 3, 4)


def register(**shapes):
    """Return known hotspots by their reference, their shapes in metres from the first square's corner."""
    moved = [shapely.affinity.translate(shape, WEST, SOUTH) for shape in shapes.values()]
    frame = {c.REFERENCE: list(shapes), c.NAME: [f"Name of {reference}" for reference in shapes]}
    return gpd.GeoDataFrame(frame, geometry=moved, crs=METRES).to_crs(DEGREES)


def park(west, east, south=100, north=900):
    return shapely.box(west, south, east, north)


def areas_of(shape):
    found = responses([ActionTaken(1, "H", "Patrols", DAY)], register(H=shape), AREAS)
    return found[0].areas if found else None


@pytest.mark.parametrize(("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA")])
def test_letters_go_on_after_z(number, letters):
    assert letter(number) == letters


def test_a_point_is_in_the_area_that_holds_it():
    assert areas_of(shapely.Point(500, 500)) == (0,)
    assert areas_of(shapely.LineString([(500, 500), (1500, 500)])) == (0, 1)


def test_a_shape_that_only_touches_an_edge_is_not_in_the_area_beyond():
    assert areas_of(park(100, 1000)) == (0,)
    assert areas_of(park(100, 1010)) == (0,)


def test_a_shape_outside_that_touches_areas_is_in_none():
    (east, south), (west, end) = sorted(AREAS.metres.iloc[0].exterior.coords, key=lambda corner: corner[1])[:2]
    beyond = shapely.Polygon([(east, south), (west, end), (west, end - 400), (east, south - 400)])
    assert beyond.touches(AREAS.metres.iloc[0])
    known = gpd.GeoDataFrame({c.REFERENCE: ["H"], c.NAME: ["Beyond"]}, geometry=[beyond], crs=METRES)
    assert responses([ActionTaken(1, "H", "Patrols", DAY)], known, AREAS) == []


def test_a_quarter_of_the_ground_counts():
    assert areas_of(park(0, 1300)) == (0,)  # 300 of 1,300
    assert areas_of(park(100, 1350)) == (0, 1)  # 350 of 1,250


def test_ground_of_which_no_area_holds_a_quarter_is_where_most_of_it_is():
    assert areas_of(park(100, 5900)) != ()
    assert areas_of(shapely.box(500, 100, 5850, 900))[0] in range(1, 5)


def test_a_hotspot_outside_the_areas_is_left_out():
    done = [
        ActionTaken(1, "far", "Patrols", DAY),
        ActionTaken(2, "near", "Lights", DAY),
        ActionTaken(3, "gone", "Locks", DAY),
    ]
    found = responses(done, register(far=shapely.Point(90_000, 0), near=shapely.Point(500, 500)), AREAS)
    assert [(one.letter, one.id, one.what, one.where) for one in found] == [("A", 2, "Lights", "Name of near")]


def test_what_was_done_at_no_hotspot_is_where_its_position_says_or_left_out():
    lon, lat = shapely.Point(
        register(H=shapely.Point(1500, 500)).geometry.iloc[0]
    ).coords[0]  # fmt: skip
    done = [
        ActionTaken(1, None, "Assembly", DAY),
        ActionTaken(2, None, "Letter", DAY, "Mill Lane"),
        ActionTaken(3, None, "Lamps", DAY, "Mill Lane", lon, lat),
        ActionTaken(4, None, "Patrol", DAY, None, lon, lat),
    ]
    found = responses(done, register(H=shapely.Point(500, 500)), AREAS)
    assert [(one.id, one.where, one.areas) for one in found] == [
        (3, "Mill Lane", (1,)),
        (4, "A place on the map", (1,)),
    ]


def test_what_was_done_comes_oldest_first_and_by_number_on_one_day():
    done = [ActionTaken(3, "H", "c", DAY), ActionTaken(1, "H", "a", DAY), ActionTaken(2, "H", "b", date(2020, 1, 1))]
    found = responses(done, register(H=shapely.Point(SIDE * 1.5, 500)), AREAS)
    assert [(one.letter, one.what) for one in found] == [("A", "b"), ("B", "a"), ("C", "c")]
    assert found[0].areas == (1,)
    assert responses([], register(H=shapely.Point(500, 500)), AREAS) == []


def test_the_middle_of_a_period_is_at_its_whole_number():
    months = spans_of(["2021-01", "2021-02", "2021-03"], "month", NATIONAL_PATTERN)
    assert position(date(2021, 1, 16), *months) == 0
    assert position(date(2021, 2, 14), *months) == pytest.approx(1 - 0.5 / 28)
    assert position(date(2021, 3, 16), *months) == 2


def test_every_day_of_a_period_is_nearest_to_its_number():
    months = spans_of(["2021-01", "2021-02"], "month", NATIONAL_PATTERN)
    assert position(date(2021, 1, 1), *months) == pytest.approx(-0.5 + 0.5 / 31)
    assert round(position(date(2021, 1, 31), *months)) == 0
    assert round(position(date(2021, 2, 1), *months)) == 1


def test_days_lie_in_half_terms_by_their_own_lengths():
    halves = spans_of(["2018/19-1", "2018/19-2", "2018/19-3"], "half-term", NATIONAL_PATTERN)
    for at, (first, last) in enumerate(zip(*halves, strict=True)):
        assert round(position(first.item(), *halves)) == round(position(last.item(), *halves)) == at


def test_a_day_outside_all_periods_has_no_place():
    months = spans_of(["2021-01", "2021-02"], "month", NATIONAL_PATTERN)
    assert position(date(2020, 12, 31), *months) is None
    assert position(date(2021, 3, 1), *months) is None


def test_a_period_without_days_moves_no_other():
    firsts, lasts = spans_of(["2021-01", "2021-02", "2021-03"], "month", NATIONAL_PATTERN)
    firsts[1] = lasts[1] = np.datetime64("NaT", "D")
    assert position(date(2021, 1, 16), firsts, lasts) == 0
    assert position(date(2021, 3, 16), firsts, lasts) == 2
    assert position(date(2021, 2, 16), firsts, lasts) is None
