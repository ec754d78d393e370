"""The governors' page and the note for partners: one page each, of what matters to who reads it."""

from dataclasses import replace

import pytest

from geo.briefing.facts import Facts
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience, Picture, words_of
from tests.unit.geo.briefing.sample import PICTURE, RISE, TREND, empty_facts, sample_facts
from tests.unit.geo.briefing.test_board_paper import section_of, told_in

MAP = replace(PICTURE, title="Map")
CLOCK = replace(PICTURE, title="Clock")
QUIET = replace(TREND, side=0)


@pytest.mark.parametrize(
    ("trends", "area_map", "shown"),
    [
        ((TREND,), MAP, TREND.picture),
        ((QUIET, TREND), MAP, TREND.picture),
        ((QUIET,), MAP, QUIET.picture),
        ((), MAP, MAP),
        ((), None, CLOCK),
    ],
)
def test_governors_see_one_picture_a_change_first(trends, area_map, shown) -> None:
    facts = replace(sample_facts(), trends=trends, area_map=area_map, clock=CLOCK)
    sections = outline(facts, Audience.GOVERNORS).sections
    assert [one for section in sections for one in section.blocks if isinstance(one, Picture)] == [shown]


@pytest.mark.parametrize(("facts", "many"), [(sample_facts(), 3), (empty_facts(), 1)], ids=["full", "empty"])
def test_governors_are_told_the_headline_and_three_things_at_most(facts: Facts, many: int) -> None:
    headline, *things = told_in(section_of(outline(facts, Audience.GOVERNORS), "headline"))
    assert headline == facts.headline.sentence
    assert len(things) == many


def test_the_picture_of_a_signal_stands_beside_its_sentence() -> None:
    told = replace(RISE, sentence="Violence: a real fall.")
    facts = replace(sample_facts(), changes=(), trends=(replace(TREND, side=-1, told=told),))
    assert told_in(section_of(outline(facts, Audience.GOVERNORS), "headline"))[1] == told.sentence


def test_governors_get_questions_and_their_duty_without_paragraph_numbers() -> None:
    words = {one.key: one.text for one in words_of(outline(sample_facts(), Audience.GOVERNORS))}
    assert all(question.endswith("?") for question in words["questions"].split("\n\n"))
    assert not any(map(str.isdigit, words["duty"]))


def test_partners_are_told_what_is_seen_and_each_is_asked_something() -> None:
    facts = sample_facts()
    paper = outline(facts, Audience.PARTNERS)
    seen = told_in(section_of(paper, "seen"))
    assert seen == [one.sentence for one in (facts.headline, *facts.changes, *facts.clusters, facts.when)]
    asked = next(one.text for one in words_of(paper) if one.key == "asked")
    assert [one.split(":")[0] for one in asked.split("\n\n")][:2] == ["Police", "Council"]
    assert told_in(section_of(paper, "young-people")) == [one.sentence for one in facts.young_people]


def test_partners_are_told_nothing_that_is_not_there() -> None:
    keys = [one.key for one in outline(empty_facts(), Audience.PARTNERS).sections]
    assert keys == ["seen", "asked", "handling"]
