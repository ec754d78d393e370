"""Names on a map without a base map: wards and districts of every dataset, and streets of published points."""

import pandas as pd

from geo.areas.known_names import known_names, schools_by_name, streets_by_name
from geo.areas.name_labels import name_labels
from geo.areas.street_labels import short_name
from tests.unit.geo.samples import degrees, squares

PARENTS = {
    "ward_code": ["W1", "W1", "W2"], "ward_name": ["Oak", "Oak", "Elm"],
    "district_code": ["D1"] * 3, "district_name": ["Town"] * 3,
    "msoa_code": ["M1"] * 3, "msoa_name": ["Town 001"] * 3,
}  # fmt: skip
AREAS = squares(3, "lsoa", **PARENTS)


def places(*rows):
    """Make published points of (text, metres east, incidents)."""
    points = [degrees(east, 500) for _, east, _ in rows]
    return pd.DataFrame(
        {
            "place": [text for text, _, _ in rows],
            "lon": [point.x for point in points],
            "lat": [point.y for point in points],
            "n": [n for *_, n in rows],
        }
    )


PLACES = places(
    ("On or near Mill Lane", 100, 2),
    ("On or near Mill Lane", 300, 9),
    ("On or near Mill Lane", 2500, 1),
    ("On or near Supermarket", 700, 99),
    ("On or near St John'S Road", 900, 5),
    ("On or near ", 900, 50),
    ("On or near Far Road", 90_000, 50),
)


def test_streets_come_by_incidents_and_kinds_of_place_last():
    named = name_labels(AREAS, PLACES)
    assert list(zip(named["kind"], named["name"], strict=True)) == [
        ("district", "Town"), ("ward", "Oak"), ("ward", "Elm"),
        ("street", "Mill Lane"), ("street", "St John's Road"), ("street", "Mill Lane"), ("poi", "Supermarket"),
    ]  # fmt: skip
    assert named.geometry[3].x == round(degrees(300, 500).x, 4)


def test_without_published_points_wards_and_districts_remain():
    assert name_labels(AREAS, None)["kind"].tolist() == ["district", "ward", "ward"]
    assert len(name_labels(squares(2), None)) == 0


def test_msoas_label_a_map_without_wards_where_people_named_them():
    columns = {name: values for name, values in PARENTS.items() if name.startswith("msoa")}
    assert len(name_labels(squares(3, "lsoa", **columns), None)) == 0
    named = name_labels(squares(3, "lsoa", **columns | {"msoa_name": ["Chapeltown"] * 3}), None)
    assert named["name"].tolist() == ["Chapeltown"]


def test_all_that_can_be_searched_is_there_once_and_says_where_it_is():
    schools = pd.DataFrame(
        {"name": ["Hill School"], "lon": [degrees(100, 100).x], "lat": [degrees(100, 100).y], "postcode": ["S60 2UH"]}
    )
    mapped = streets_by_name(PLACES).assign(kind=["street"] * 3 + ["roof"] + ["street"] * 2)
    found = known_names(AREAS, [schools_by_name(schools), streets_by_name(PLACES), mapped])
    said = {(one.kind, one.name, one.where) for one in found.itertuples()}
    assert len(said) == len(found)
    assert said == {
        ("area", "Oak (Name of A0)", "Town"), ("area", "Oak (Name of A1)", "Town"),
        ("area", "Elm (Name of A2)", "Town"),
        ("area", "Oak (Town 001)", ""), ("district", "Town", ""), ("ward", "Oak", "Town"), ("ward", "Elm", "Town"),
        ("school", "Hill School", "Oak, Town"), ("street", "Mill Lane", "Oak, Town"),
        ("street", "Mill Lane", "Elm, Town"), ("street", "St John's Road", "Oak, Town"),
        ("place", "Supermarket", "Oak, Town"),
    }  # fmt: skip


def test_the_police_write_names_in_a_way_of_their_own():
    assert short_name("On or near St John'S Road") == "St John's Road"
    assert short_name("On or near ") == ""
    assert len(short_name("On or near " + "a" * 500)) == 80
