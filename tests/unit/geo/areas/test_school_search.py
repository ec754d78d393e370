"""A school is found by whatever people know of it, with typing errors, and nothing else is put before it."""

import pandas as pd
import pytest

from geo.areas.school_search import FoundSchools, ready, search_schools
from tests.unit.geo.many_schools import many_schools

LISTED = ready(
    pd.DataFrame(
        [
            ("106957", "Oakwood High School", "Rotherham", "S60 2UH"),
            ("106958", "Oakwood Primary School", "Doncaster", "DN4 9AA"),
            ("106959", "Broom Valley Community School", "Rotherham", "S60 2QU"),
            ("106960", "St Mary's Catholic Primary School", "Rotherham", "S65 3AB"),
            ("106961", "Wath Academy", "Rotherham 003", None),
            ("106962", "Bath Lane School", None, "S1 2AB"),
            ("106963", "Ysgol Môn", "Llangefni", "LL77 7RP"),
            ("107064", "The Oakwood Centre", "Sheffield", "S10 2TN"),
        ],
        columns=["urn", "name", "town", "postcode"],
    )
)
OAKWOOD = "Oakwood High School"


def found(typed: str) -> list[str]:
    return [one.name for one in search_schools(LISTED, typed).shown]


@pytest.mark.parametrize(
    "typed",
    [
        "Oakwood High School", "oakwood HIGH", "high oakwood", "Oakwod High", "Okwood High", "Oakwoood high schol",
        "Oawkood High", "oakwood rotherham", "Oakwood, Rotherham", "okwood rotheram", "oakw roth", "S60 2UH", "s602uh",
        "s60 2uh", "106957", " 106957 ", "Oakwood S60",
    ],
)  # fmt: skip
def test_a_school_is_found_first_by_name_town_postcode_and_urn(typed: str) -> None:
    assert found(typed)[0] == OAKWOOD


@pytest.mark.parametrize("typed", ["S60", "s60 2", "s602"])
def test_the_first_half_of_a_postcode_finds_all_schools_there(typed: str) -> None:
    assert found(typed) == [OAKWOOD, "Broom Valley Community School"]


def test_a_postcode_of_no_school_finds_those_of_its_district() -> None:
    assert found("S60 9ZZ") == [OAKWOOD, "Broom Valley Community School"]


def test_a_whole_postcode_finds_its_school_only() -> None:
    assert found("S60 2QU") == ["Broom Valley Community School"]


@pytest.mark.parametrize("typed", ["Saint Marys", "st mary's", "ST. MARY’S", "st-marys", "saint mary"])
def test_saints_apostrophes_and_hyphens_may_be_written_in_any_way(typed: str) -> None:
    assert found(typed) == ["St Mary's Catholic Primary School"]


def test_accents_make_no_difference() -> None:
    assert found("mon") == found("Môn") == ["Ysgol Môn"]


def test_a_word_that_is_on_the_list_is_not_taken_for_a_typing_error() -> None:
    assert found("wath") == ["Wath Academy"]
    assert found("math")[:2] == ["Wath Academy", "Bath Lane School"]


def test_names_that_begin_so_come_before_those_that_hold_the_word() -> None:
    assert found("oakwood") == [OAKWOOD, "Oakwood Primary School", "The Oakwood Centre"]


def test_a_word_that_fits_no_school_leaves_those_that_fit_the_others() -> None:
    assert found("Oakwood Middlesbrough")[0] == OAKWOOD


@pytest.mark.parametrize("typed", ["", "  ", "?!", "xyzzy", "999999", "106", "ZZ9 9ZZ"])
def test_what_says_nothing_finds_nothing_or_what_begins_so(typed: str) -> None:
    result = search_schools(LISTED, typed)
    assert result.total == (7 if typed == "106" else 0)


def test_a_result_says_how_many_fit_beyond_those_it_lists() -> None:
    assert search_schools(LISTED, "school", most=2).total == 5
    assert len(search_schools(LISTED, "school", most=2).shown) == 2


def test_a_place_without_schools_finds_none() -> None:
    empty = ready(pd.DataFrame(columns=["urn", "name", "town", "postcode"], dtype="str"))
    assert search_schools(empty, "oakwood") == FoundSchools((), 0)


def test_a_word_that_many_schools_have_is_no_find_beside_one_that_none_has() -> None:
    assert search_schools(ready(many_schools(1_000)), "Xyzzy School").total == 0


def test_every_one_of_many_schools_is_found_by_its_urn_its_postcode_and_its_name_with_its_town() -> None:
    schools = many_schools(1_000)
    among = ready(schools)
    for row in schools.iloc[::20].itertuples():
        for typed in (row.urn, row.postcode, row.postcode.replace(" ", "").lower(), f"{row.name} {row.town}"):
            result = search_schools(among, typed)
            assert row.urn in [one.urn for one in result.shown] or result.total > len(result.shown)
        assert search_schools(among, row.urn).total == 1
