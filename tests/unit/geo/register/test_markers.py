import json
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.areas.area_set import DEGREES
from geo.areas.proximity import hotspots_within
from geo.register.markers import markers, register_table, say_day, say_review
from tests.unit.geo.samples import degrees, place

TODAY = date(2021, 12, 1)
PARK = shapely.box(-1.55, 53.4, -1.54, 53.41)
HORSESHOE = shapely.box(-1.55, 53.4, -1.54, 53.41) - shapely.box(-1.549, 53.401, -1.541, 53.41)


def register(*shapes, **columns):
    number = len(shapes)
    known = {
        "name": [f"Place {at}" for at in range(number)],
        "type": ["park or open space"] * number,
        "harm": ["cce"] * number,
        "status": ["active"] * number,
        "last_reported": ["2021-09-03"] * number,
        "next_review": [None] * number,
        **columns,
    }
    return gpd.GeoDataFrame(known, geometry=list(shapes), crs=DEGREES)


def test_what_is_known_of_a_hotspot_is_said_in_words():
    (marker,) = markers(register(shapely.Point(-1.5, 53.4)), TODAY)
    assert (marker.name, marker.place_type, marker.status) == ("Place 0", "park or open space", "active")
    assert marker.harm == "Child criminal exploitation"
    assert (marker.last_reported, marker.review) == ("3 Sep 2021", "not planned")


def test_a_point_is_a_sign_without_an_extent():
    (marker,) = markers(register(shapely.Point(-1.5, 53.4)), TODAY)
    assert (marker.lon, marker.lat, marker.extent) == (-1.5, 53.4, None)


@pytest.mark.parametrize("shape", [PARK, HORSESHOE, shapely.LineString([(-1.55, 53.4), (-1.54, 53.41), (-1.5, 53.4)])])
def test_the_sign_of_a_larger_place_stands_on_it(shape):
    (marker,) = markers(register(shape), TODAY)
    assert shape.distance(shapely.Point(marker.lon, marker.lat)) < 1e-9


def test_the_extent_can_be_sent_as_geojson_and_is_the_shape_to_a_metre():
    (marker,) = markers(register(HORSESHOE), TODAY)
    drawn = shapely.geometry.shape(json.loads(json.dumps(marker.extent)))
    assert drawn.hausdorff_distance(HORSESHOE) <= 1e-5


def test_extents_carry_five_decimals_at_most():
    wiggly = shapely.Point(-1.5, 53.4).buffer(0.01)
    (marker,) = markers(register(wiggly), TODAY)
    numbers = shapely.get_coordinates(shapely.geometry.shape(marker.extent)).ravel()
    assert numbers.tolist() == [round(number, 5) for number in numbers]


@pytest.mark.parametrize(
    "narrow", [shapely.box(-1.500001, 53.4, -1.5, 53.41), shapely.LineString([(-1.500001, 53.4), (-1.5, 53.4)])]
)
def test_a_place_narrower_than_the_rounding_is_still_drawn(narrow):
    (marker,) = markers(register(narrow), TODAY)
    assert not shapely.geometry.shape(marker.extent).is_empty


def test_signs_keep_the_order_of_the_register():
    found = markers(register(PARK, shapely.Point(-1.5, 53.4), HORSESHOE), TODAY)
    assert [marker.name for marker in found] == ["Place 0", "Place 1", "Place 2"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-09-03", "3 Sep 2021"),
        ("2020-12-31", "31 Dec 2020"),
        (None, "not recorded"),
        (float("nan"), "not recorded"),
        (pd.NaT, "not recorded"),
    ],
)
def test_days_are_written_as_people_do(day, said):
    assert say_day(day) == said


def test_the_register_near_a_school_is_listed_in_words_with_its_distance():
    points = [degrees(500, 700), degrees(500, 600)]
    frame = register(*points, harm=["asb", "cse"], next_review=["2022-01-10", None], last_reported=[None, "2021-09-03"])
    listed = register_table(hotspots_within(frame, place(500, 500), 800), TODAY)
    assert listed["name"].tolist() == ["Place 1", "Place 0"]
    assert listed["harm"].tolist() == ["Child sexual exploitation and abuse", "Anti-social behaviour"]
    assert listed["status"].tolist() == ["Active", "Active"]
    assert listed["review"].tolist() == ["not planned", "due 10 Jan 2022"]
    assert listed["metres"].tolist() == pytest.approx([100, 200], abs=1)


def test_an_empty_register_makes_an_empty_list_and_no_signs():
    columns = ["name", "type", "harm", "status", "last_reported", "next_review"]
    empty = gpd.GeoDataFrame(pd.DataFrame([], columns=columns), geometry=[], crs=DEGREES)
    assert markers(empty, TODAY) == []
    assert register_table(hotspots_within(empty, place(500, 500), 800), TODAY).to_dict("records") == []


@pytest.mark.parametrize(
    ("day", "status", "said"),
    [
        ("2021-12-01", "active", "due 1 Dec 2021"),
        ("2021-11-30", "active", "was due 30 Nov 2021"),
        (pd.Timestamp(2021, 11, 30), "monitoring", "was due 30 Nov 2021"),
        (None, "active", "not planned"),
        (pd.NaT, "proposed", "not planned"),
        ("2021-11-30", "closed", "not needed"),
    ],
)
def test_a_review_is_overdue_the_day_after_it_was_due(day, status, said):
    assert say_review(day, status, TODAY) == said
