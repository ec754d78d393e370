"""The register's closed lists understand the words that agencies write, and no others."""

import pytest

from geo.register.place_types import AREA_ONLY, PLACE_TYPES, STATUSES, place_type_of, status_of


@pytest.mark.parametrize("place_type", PLACE_TYPES)
def test_every_type_is_known_by_itself_and_by_its_halves_whatever_the_case(place_type: str) -> None:
    for words in (place_type, place_type.upper(), f" {place_type.title()} ", *place_type.split(" or ")):
        assert place_type_of(words) == place_type


@pytest.mark.parametrize(
    ("words", "place_type"),
    [
        ("Car-park", "stairwell or car park"),
        ("bus_stop", "transport hub or stop"),
        ("Cafe", "takeaway or café"),
        ("Residential address kept as area only", "residential address"),
    ],
)
def test_common_words_are_understood(words: str, place_type: str) -> None:
    assert place_type_of(words) == place_type


def test_unknown_words_have_no_answer() -> None:
    assert place_type_of("problem place") is None
    assert place_type_of("") is None
    assert status_of("open") is None


def test_statuses_are_known_whatever_the_case() -> None:
    assert [status_of(f" {status.upper()} ") for status in STATUSES] == list(STATUSES)


def test_homes_are_the_places_kept_as_an_area_only() -> None:
    assert set(PLACE_TYPES) >= AREA_ONLY
    assert place_type_of("home") in AREA_ONLY
