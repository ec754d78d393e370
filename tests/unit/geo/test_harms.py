import pytest

from geo import harms
from geo.harms import HARM_GROUPS, category_label, harm_of, moves, present, say_moves

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


SEXUAL = {
    "Sexual harassment": "peer",
    "Harassment": "peer",
    "Sexual violence": "peer",
    "Sexual assault": "peer",
    "Sexually harmful behaviour": "peer",
    "Inappropriate  sexual behaviour": "peer",
    "Sexualised language": "peer",
    "Sexting": "peer",
    "Nudes and semi-nudes": "peer",
    "Sharing of intimate images": "peer",
    "Youth-produced imagery": "peer",
    "Upskirting": "peer",
    "Voyeurism": "peer",
    "Indecent assault": "peer",
    "Unwanted touching": "peer",
    "Sexism": "peer",
    "Child-on-child sexual abuse": "peer",
    "Peer-on-peer abuse": "peer",
    "Relationship abuse": "peer",
    "Controlling relationship": "peer",
    "Sexual abuse": "cse",
    "Sexual offences": "cse",
    "Sex offences": "cse",
    "Rape": "cse",
    "Indecent images of children": "cse",
    "Indecent exposure": "cse",
    "Sextortion": "cse",
    "Child sexual exploitation": "cse",
}


@pytest.mark.parametrize(("category", "harm"), SEXUAL.items())
def test_sexual_harm_and_harassment_are_harm_between_children_or_abuse(category, harm):
    assert harm_of(category) == harm_of(category.upper()) == harm


@pytest.mark.parametrize("start", ["", "Alleged ", "Online ", "Suspected violent "])
@pytest.mark.parametrize("end", ["", " by a stranger", " and assault", " (other)"])
@pytest.mark.parametrize("category", SEXUAL)
def test_sexual_harm_is_never_left_to_other_nor_counted_as_violence(start, category, end):
    assert harm_of(f"{start}{category}{end}") in ("peer", "cse")


@pytest.mark.parametrize(
    ("category", "harm"),
    [
        ("Non-sexual assault", "violence"),
        ("Non sexual assault", "violence"),
        ("Sexual health advice", "other"),
        ("Sex education", "other"),
        ("Essex trip", "other"),
        ("Grapes", "other"),
    ],
)
def test_words_that_only_sound_of_sexual_harm_are_not_taken_for_it(category, harm):
    assert harm_of(category) == harm


@pytest.mark.parametrize("name", ["Violence and sexual offences", "violence & sexual offences"])
def test_the_police_series_of_violence_is_no_own_category_about_sexual_harm(name):
    assert harm_of(name) == harm_of(f"{name} (police)") == "violence"


def test_the_police_series_of_violence_is_shown_as_that_of_the_police():
    assert category_label("Violence and sexual offences") == "Violence and sexual offences (police)"
    assert [category_label(one) for one in ("Robbery", "Sexual violence", "Violence")] == [
        "Robbery", "Sexual violence", "Violence",
    ]  # fmt: skip


def test_what_moved_is_what_both_mappings_have_in_other_groups():
    before = {"a": "asb", "b": "asb", "c": "peer", "gone": "asb"}
    found = moves(before, {"a": "other", "b": "other", "c": "peer", "new": "cse"})
    assert found == {("asb", "other"): ("a", "b")}
    assert moves(before, before) == {}


def test_a_move_is_said_with_who_and_when_and_by_the_names_that_are_shown():
    found = moves(
        {"Theft": "violence", "Violence and sexual offences": "violence", "Taunts": "other"},
        {"Theft": "other", "Violence and sexual offences": "other", "Taunts": "peer"},
    )
    assert say_moves(found, "3 Sep 2026", "Ann") == (
        "Harm groups changed on 3 Sep 2026 by Ann: "
        "“Taunts” counts under “Harm between children”, before under “Other”; "
        "“Theft” and “Violence and sexual offences (police)” count under “Other”, before under “Violence and weapons”."
    )


def test_the_group_other_is_spoken_of_as_other_incidents():
    assert harms.spoken("Other") == "other incidents"
    assert harms.spoken("Drugs and alcohol") == "drugs and alcohol"
    assert harms.spoken_groups(("violence", "other")) == "violence and weapons and other incidents"


@pytest.mark.parametrize(
    ("counted", "codes", "said"),
    [
        ("12 incidents", ("asb",), "12 incidents of anti-social behaviour"),
        ("12 incidents", ("other",), "12 other incidents"),
        ("1 incident", ("other",), "1 other incident"),
        ("fewer than 10 incidents", ("other",), "fewer than 10 other incidents"),
    ],
)
def test_a_count_says_of_which_group_it_is(counted, codes, said):
    assert harms.counted_of(counted, codes) == said


def test_pages_start_with_all_groups_but_others_and_with_these_where_there_are_none_else():
    assert harms.usual_harms(("violence", "other")) == ("violence",)
    assert harms.usual_harms(("other",)) == ("other",)
