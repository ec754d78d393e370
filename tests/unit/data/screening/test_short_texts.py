"""A text that somebody writes is short and names nobody, and a refusal never says what it was."""

import pytest

from data.screening.screen import kinds_in
from data.screening.short_texts import MAX_LENGTH, require_clean_words
from geo.errors import InputError

REALISTIC = (
    "Extra patrols on Friday evenings",
    "Lighting repaired in the underpass",
    "Assembly on online safety for Year 9",
    "Hedges cut back beside the play area",
    "Training for takeaway staff on the signs of exploitation",
    "Evening patrols, new lighting and earlier closing of the car park at Riverside Retail Park",
    "Youth workers on Saturday afternoons",
    "CCTV camera moved to face the bus stands",
    "Met the licensing team about late sales of alcohol",
    "Letter to parents about safe routes home",
    "Staff at the gate until 15:45 at home time",
    "Garage court gated and lit",
    "Shop banned the sale of vapes to under 18s",
    "Bus company asked to add staff on route 52",
    "Dispersal order for the town centre",
    "Benches moved away from the station entrance",
    "Knife arch at the college gate",
    "Detached youth work in May half-term",
    "Safer Neighbourhood Team drop-in at St Mary's Church hall",
    "Police, council and school walked the site together and agreed what each would do by the summer",
)


@pytest.mark.parametrize("text", REALISTIC)
def test_what_people_do_about_a_place_passes(text: str) -> None:
    require_clean_words("An action", text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Spoke with Jane Smith about the car park", "names of people"),
        ("Call 07700 900123 about the gate", "telephone numbers"),
        ("Write to a.person@example.org", "e-mail addresses"),
    ],
)
def test_what_tells_who_a_person_is_is_refused_by_its_kind(text: str, kind: str) -> None:
    with pytest.raises(InputError, match=f"An action must .* {kind}") as refused:
        require_clean_words("An action", text)
    assert text not in str(refused.value)
    assert str(refused.value).count(".") == 1


@pytest.mark.parametrize("text", ["", " \n ", "no", "a" * (MAX_LENGTH + 1)])
def test_a_text_says_something_in_a_few_words(text: str) -> None:
    with pytest.raises(InputError, match="A reason must have from 3 to 200 characters"):
        require_clean_words("A reason", text)


def test_a_story_is_free_text() -> None:
    assert kinds_in(["we did this and that " * 6]) == [["free text"]]


def test_of_several_texts_each_has_its_own_answer_in_their_order() -> None:
    assert kinds_in(["Patrol", "Jane Smith", "Patrol", "Jane Smith"]) == [
        [],
        ["names of people"],
        [],
        ["names of people"],
    ]
    assert kinds_in([]) == []
