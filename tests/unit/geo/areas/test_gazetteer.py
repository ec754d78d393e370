"""A place is found by what people type of it, the exact and the near first; a postcode as far as it is typed."""

import pandas as pd
import pytest

from geo.areas.gazetteer import Gazetteer, ready_gazetteer, search

HERE, THERE = (-1.35, 53.42), (-1.55, 53.82)
PLACES = [
    ("Oakwood High School", "school", "Rotherham", "S60 2UH", *HERE),
    ("Moorgate Avenue", "street", "Boston Castle, Rotherham", "", -1.351, 53.421),
    ("Moorgate Road", "street", "Boston Castle, Rotherham", "", -1.352, 53.422),
    ("Moorgate", "place", "Rotherham", "", -1.353, 53.423),
    ("High Street", "street", "Sheffield", "", -1.47, 53.38),
    ("High Street", "street", "Rotherham", "", -1.356, 53.43),
    ("High Street", "street", "Leeds", "", *THERE),
    ("St John's Road", "street", "Rotherham", "", -1.36, 53.43),
    ("St Mary's Catholic Primary School", "school", "Rotherham", "S65 3AB", -1.33, 53.43),
    ("St Mary's High School, Rotherham", "school", "Rotherham", "", -1.33, 53.43),
    ("Rotherham Central Rail Station", "station", "Rotherham", "", -1.36, 53.432),
    ("Rotherham 017B", "area", "Boston Castle", "E01007763", -1.36, 53.425),
    ("Boston Castle", "ward", "Rotherham", "", -1.36, 53.425),
    ("Château Row", "street", "Leeds", "", *THERE),
    ("Elm Ave", "street", "Leeds", "", *THERE),
    ("S60 2UH", "postcode", "Boston Castle, Rotherham", "", *HERE),
    ("S60 2UA", "postcode", "Boston Castle, Rotherham", "", -1.37, 53.44),
    ("S60 1AA", "postcode", "Rotherham", "", -1.36, 53.41),
    ("S6 1AA", "postcode", "Sheffield", "", -1.5, 53.4),
]


def ready(places: list[tuple[object, ...]]) -> Gazetteer:
    return ready_gazetteer(pd.DataFrame(places, columns=["name", "kind", "where", "also", "lon", "lat"]))


LISTED = ready(PLACES)


def found(typed: str, near: tuple[float, float] | None = HERE) -> list[str]:
    return [one.name for one in search(LISTED, typed, near)]


@pytest.mark.parametrize(
    "typed",
    [
        "Moorgate Avenue", "MOORGATE avenue", "moorgate av", "Moorgate Ave", "moorgat aven", "Morgate Avenue",
        "moorgate avneue", "Moor Gate Avenue", "moorgateavenue", "12 Moorgate Avenue", "moorgate avenue, rotherham",
    ],
)  # fmt: skip
def test_a_street_is_found_first_as_people_write_it(typed: str) -> None:
    assert found(typed)[0] == "Moorgate Avenue"


def test_what_is_called_exactly_so_comes_before_what_begins_so() -> None:
    assert found("moorgate") == ["Moorgate", "Moorgate Avenue", "Moorgate Road"]


def test_of_places_of_one_name_the_nearest_comes_first() -> None:
    where = [one.where for one in search(LISTED, "high st", HERE)][:3]
    assert where == ["Rotherham", "Sheffield", "Leeds"]
    assert search(LISTED, "High Street", THERE)[0].where == "Leeds"
    assert search(LISTED, "High Street Sheffield", THERE)[0].where == "Sheffield"


@pytest.mark.parametrize("typed", ["st johns rd", "Saint John's Road", "ST. JOHN’S ROAD", "st john"])
def test_saints_and_roads_may_be_shortened(typed: str) -> None:
    assert found(typed)[0] == "St John's Road"


def test_a_saint_is_no_street() -> None:
    assert "St Mary's High School, Rotherham" not in found("high street rotherham")
    assert found("st marys high")[0] == "St Mary's High School, Rotherham"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("chateau row", "Château Row"), ("elm avenue", "Elm Ave"), ("elk avenue", "Elm Ave"),
        ("E01007763", "Rotherham 017B"), ("boston castle", "Boston Castle"), ("oakwod high", "Oakwood High School"),
        ("rotherham central", "Rotherham Central Rail Station"),
    ],
)  # fmt: skip
def test_places_of_every_kind_are_found(typed: str, name: str) -> None:
    assert found(typed)[0] == name


@pytest.mark.parametrize("typed", ["S60 2UH", "s602uh", " s60  2uh ", "12 Moorgate Road, S60 2UH"])
def test_a_postcode_is_found_with_its_space_or_without(typed: str) -> None:
    first = search(LISTED, typed)[0]
    assert (first.name, first.kind, first.where) == ("S60 2UH", "postcode", "Boston Castle, Rotherham")
    assert (first.lon, first.lat) == HERE


def test_a_postcode_finds_the_schools_that_have_it_as_well() -> None:
    assert found("S60 2UH") == ["S60 2UH", "Oakwood High School"]
    assert found("S60 2UA") == ["S60 2UA"]


def test_a_district_of_postcodes_is_in_the_middle_of_them() -> None:
    first = search(LISTED, "s60")[0]
    assert (first.name, first.where) == ("S60", "Postcode district")
    assert (first.lon, first.lat) == pytest.approx(((HERE[0] - 1.37 - 1.36) / 3, (HERE[1] + 53.44 + 53.41) / 3))
    assert found("S6")[0] == "S6"


def test_a_postcode_is_found_as_far_as_it_is_typed() -> None:
    assert found("s60 2")[:2] == found("s602")[:2] == ["S60 2", "Oakwood High School"]
    assert found("s60 2u")[:2] == ["S60 2UA", "S60 2UH"]
    assert found("s61")[0] == "S6 1"  # no S61 is on the list


def test_a_postcode_that_is_not_on_the_list_is_where_its_neighbours_are() -> None:
    assert found("S60 2ZZ")[0] == "S60 2"
    assert found("S60 9ZZ")[0] == "S60"


@pytest.mark.parametrize("typed", ["", "  ", "?!", "xyzzy", "ZZ9 9ZZ", "\0", "street" * 20])
def test_what_says_nothing_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_a_result_is_as_long_as_is_asked_for() -> None:
    assert len(search(LISTED, "rotherham", HERE, limit=2)) == 2
    assert len(found("rotherham")) <= 8


def test_the_order_is_the_same_whatever_the_order_of_the_list() -> None:
    turned = ready(PLACES[::-1])
    for typed in ("moorgate", "high street", "rotherham", "s60"):
        assert search(turned, typed, HERE) == search(LISTED, typed, HERE)


def test_a_postcode_is_never_taken_for_a_typing_error() -> None:
    assert search(ready([("A60", "street", "", "", *HERE)]), "s60") == []


def test_nothing_is_found_among_nothing() -> None:
    assert search(ready([]), "moorgate", HERE) == []
    assert search(ready(PLACES[-1:]), "moorgate S6 1AA") == search(ready(PLACES[-1:]), "S6 1AA")
