import pytest

from geo import harms
from geo.harms import HARM_GROUPS, harm_of, present

POLICE = {
    "Anti-social behaviour": "asb",
    "Bicycle theft": "other",
    "Burglary": "other",
    "Criminal damage and arson": "asb",
    "Drugs": "substances",
    "Other crime": "other",
    "Other theft": "other",
    "Possession of weapons": "violence",
    "Public order": "asb",
    "Robbery": "violence",
    "Shoplifting": "other",
    "Theft from the person": "other",
    "Vehicle crime": "other",
    "Violence and sexual offences": "violence",
}


@pytest.mark.parametrize(("category", "harm"), POLICE.items())
def test_police_types_belong_to_the_harm_groups_that_the_guide_names(category, harm):
    assert harm_of(category) == harm


def test_the_older_name_of_the_violence_series_continues_it():
    assert harm_of("Violent crime") == harm_of("Violence and sexual offences")


@pytest.mark.parametrize("category", ["ROBBERY", " robbery ", "Robbery"])
def test_capitals_and_spaces_make_no_difference(category):
    assert harm_of(category) == "violence"


@pytest.mark.parametrize(("code", "label"), HARM_GROUPS.items())
def test_a_group_is_known_by_its_code_and_by_its_label(code, label):
    assert harm_of(code) == harm_of(label) == harm_of(code.upper()) == harm_of(label.upper()) == code


def test_the_list_of_groups_is_closed():
    assert list(HARM_GROUPS) == ["cse", "cce", "violence", "peer", "substances", "asb", "other"]


def test_a_category_that_nobody_mapped_is_other():
    assert harm_of("Something new") == "other"
    assert harm_of("") == "other"


def test_the_datasets_own_mapping_wins_over_everything():
    own = {"Robbery": "cce", "asb": "peer", "Something new": "cse"}
    assert [harm_of(category, own) for category in ("Robbery", "asb", "Something new")] == ["cce", "peer", "cse"]


def test_what_the_datasets_own_mapping_leaves_out_is_mapped_as_usual():
    assert harm_of("Drugs", {"Robbery": "cce"}) == "substances"


def test_everything_but_other_is_shown_to_a_school_at_first():
    assert set(HARM_GROUPS) - set(harms.SCHOOL_DEFAULT) == {"other"}


def test_groups_that_occur_come_in_the_order_of_the_list():
    assert present(["Burglary", "Public order", "Robbery", "Drugs", "Robbery"]) == [
        "violence", "substances", "asb", "other"
    ]  # fmt: skip
    assert present(["Taxi"], {"Taxi": "cse"}) == ["cse"]
    assert present([]) == []


@pytest.mark.parametrize(
    ("category", "harm"),
    [
        ("Bullying", "peer"),
        ("Knife carrying", "violence"),
        ("Firearms", "violence"),
        ("Controlled drugs", "substances"),
        ("Grooming online", "cse"),
        ("County lines", "cce"),
        ("Fire-setting", "asb"),
        ("Fireworks", "other"),
        ("Missing from home", "other"),
        ("Supply of class A", "substances"),
        ("Possession with intent to supply", "substances"),
        ("Supplementary", "other"),
        ("Vapes with spice", "substances"),
        ("Cuckooing", "cce"),
        ("Gangs", "cce"),
        ("Gang violence", "violence"),
        ("Harmful sexual behaviour", "peer"),
    ],
)
def test_a_schools_own_words_find_their_group(category, harm):
    assert harms.harm_of(category) == harm
