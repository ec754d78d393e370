"""Minutes: each sentence can be copied alone, with its place, figure, certainty, source and period."""

import re
from dataclasses import replace

from geo.briefing.minutes import minutes
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience
from tests.unit.geo.briefing.sample import RISE, SOURCE, TREND, empty_facts, sample_facts

PLACE = "Castlebrook Academy, within 800 m in a straight line"


def test_each_sentence_has_a_source_with_a_period_or_a_day() -> None:
    for one in minutes(sample_facts()):
        assert re.search(r"\b20\d\d\b", one.source)
        assert one.sentence.endswith((".", "!", "?"))
    assert all(one.source for one in minutes(empty_facts()))


def test_what_is_counted_says_where_and_how_certain() -> None:
    headline = minutes(sample_facts())[0]
    assert headline.sentence == f"{PLACE}: {sample_facts().headline.sentence}"
    assert (headline.certainty, headline.source) == ("Unlikely to be chance.", SOURCE)


def test_a_sentence_that_names_the_place_does_not_say_it_twice() -> None:
    facts = replace(sample_facts(), headline=replace(RISE, sentence="Around Castlebrook Academy: 350 incidents."))
    assert minutes(facts)[0].sentence == "Around Castlebrook Academy: 350 incidents."


def test_what_is_owed_is_one_sentence_with_its_day() -> None:
    owed = [one for one in minutes(sample_facts()) if "what is owed" in one.sentence]
    assert [one.source for one in owed] == ["List of actions, 1 Oct 2025"]


def test_a_source_without_a_period_gets_that_of_the_facts() -> None:
    facts = replace(sample_facts(), source="Police", headline=replace(RISE, source=""))
    assert minutes(facts)[0].source == "Police; Sep 2024 to Aug 2025"


def test_decisions_are_in_neutral_form() -> None:
    noted = [one.sentence for one in minutes(sample_facts()) if one.sentence.startswith("The board noted")]
    assert noted == [
        "The board noted what is owed: Lighting at Mill Lane, late by 12 days; the council leads.",
        f"The board noted that figures for violence are higher than usual. {PLACE}: {RISE.sentence}",
        "The board noted that the review of “Bus station” is overdue.",
        "The board noted that “Mill Lane” stands out in the data and is not on the register of known hotspots.",
        "The board noted that “Ask the council for lighting”, decided last time, is not done.",
    ]


def test_a_change_is_said_once() -> None:
    changes = [one for one in minutes(sample_facts()) if RISE.sentence in one.sentence]
    assert len(changes) == 1
    unasked = minutes(replace(sample_facts(), trends=(replace(TREND, side=0),)))
    assert f"{PLACE}: {RISE.sentence}" in [one.sentence for one in unasked]


def test_of_nothing_open_the_paper_is_noted() -> None:
    assert minutes(empty_facts())[-1].sentence == f"The board noted the paper of 1 Oct 2025 on {PLACE}."


def test_the_board_alone_keeps_minutes() -> None:
    assert [one for one in Audience if outline(sample_facts(), one).minutes] == [Audience.BOARD]
