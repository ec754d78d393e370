"""People and homes are not taken for places, and what is named after people is."""

import pytest

from data.screening.place_texts import are_refused


@pytest.mark.parametrize(
    "text",
    ["12 Mill Lane", "14a Oak Rd", "Flat 3", "Jack Smith's house", "Home", "home address", "Nan's", "Aisha", "J. Smith",
     "Aisha Khan", "Mohammed Hussain", "Mr Thompson's office", "Mum's car", "On the way home", "07700 900123",
     "a corner where he was seen with two others by the shops after the end of school"],
)  # fmt: skip
def test_people_homes_and_stories_are_refused(text: str) -> None:
    assert are_refused([text]).all()


@pytest.mark.parametrize(
    "text",
    ["Mill Lane", "Victoria Road", "St James Hospital", "McDonald's", "Costa Coffee", "Canteen", "Room 12", "Top field",
     "Bus station", "Meadowhall", "Hyde Park", "Leeds Bus Station", "Well House Road", "Home bargains", "Y7 block",
     "Harehills Lane", "Trinity Leeds", "School house block"],
)  # fmt: skip
def test_places_pass(text: str) -> None:
    assert not are_refused([text]).any()


def test_a_place_of_one_word_that_is_known_passes_though_it_is_a_surname() -> None:
    assert are_refused(["Woodhouse"]).all()
    assert not are_refused(["Woodhouse"], {"woodhouse"}).any()
