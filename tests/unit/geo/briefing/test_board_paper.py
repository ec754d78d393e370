"""The board paper: what a board expects is there, changes alone are told, and charts that do not fit stand behind."""

from dataclasses import replace

from geo.briefing.facts import Decision, LastPaper
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience, Paper, Picture, Section, Sentences
from tests.unit.geo.briefing.sample import PICTURE, RISE, SOURCE, TREND, empty_facts, sample_facts

EXPECTED = ["headline", "changed", "hotspots", "young-people", "last-time", "actions", "decisions"]


def section_of(paper: Paper, key: str) -> Section:
    return next(one for one in paper.sections if one.key == key)


def told_in(section: Section) -> list[str]:
    return [one.sentence for block in section.blocks if isinstance(block, Sentences) for one in block.told]


def pictures_in(section: Section) -> list[str]:
    return [block.title for block in section.blocks if isinstance(block, Picture)]


def test_what_a_board_expects_is_there_even_of_nothing() -> None:
    paper = outline(empty_facts(), Audience.BOARD)
    assert [one.key for one in paper.sections] == [*EXPECTED, "limits"]
    for key in set(EXPECTED) - {"headline", "decisions"}:
        assert told_in(section_of(paper, key))[0].startswith("Nothing ")


def test_the_body_comes_in_the_order_in_which_a_board_reads() -> None:
    body = [one.key for one in outline(sample_facts(), Audience.BOARD).sections if not one.appendix]
    assert body == [
        *("headline", "changed", "compared", "trends", "hotspots", "when", "young-people", "last-time", "actions"),
        "decisions",
    ]


def test_changes_are_told_one_by_one_and_the_rest_in_one_line() -> None:
    facts = sample_facts()
    assert told_in(section_of(outline(facts, Audience.BOARD), "changed")) == [RISE.sentence, facts.unchanged]


def test_one_chart_stands_in_the_body_and_behind_it_those_with_a_signal() -> None:
    trends = tuple(
        replace(TREND, side=side, told=replace(RISE, sentence=f"Course {at}."), picture=replace(PICTURE, title=str(at)))
        for at, side in enumerate((1, 1, -1, 0))
    )
    paper = outline(replace(sample_facts(), trends=trends, clock=None), Audience.BOARD)
    charts = {key: pictures_in(section_of(paper, key)) for key in ("trends", "more-charts")}
    assert charts == {"trends": ["0"], "more-charts": ["1", "2"]}
    assert told_in(section_of(paper, "trends")) == ["Course 0.", "Course 1.", "Course 2."]


def test_what_is_said_of_a_change_is_not_said_again() -> None:
    assert told_in(section_of(outline(sample_facts(), Audience.BOARD), "trends")) == []


def test_of_many_actions_the_rest_is_counted() -> None:
    facts = sample_facts()
    many = replace(facts, done=facts.done * 3, owed=facts.owed * 4, followed=facts.followed * 2)
    told = told_in(section_of(outline(many, Audience.BOARD), "actions"))
    assert told[-1] == "3 more stand on the page “What we did and owe”."
    assert told[:-1] == [one.sentence for one in (*facts.done * 2, *facts.owed * 3, *facts.followed)]


def test_the_map_stands_in_the_appendix_with_its_table() -> None:
    facts = sample_facts()
    section = section_of(outline(facts, Audience.BOARD), "map")
    assert section.appendix
    assert section.blocks[:2] == (facts.area_map, facts.areas)


def test_what_was_decided_last_time_is_told_with_who_leads_and_how_it_stands() -> None:
    section = section_of(outline(sample_facts(), Audience.BOARD), "last-time")
    assert told_in(section) == ["Ask the council for lighting: not done, was due 1 Sep 2025; DSL leads."]


def test_a_decision_that_ends_with_a_full_stop_is_told_within_a_sentence() -> None:
    before = LastPaper(
        "Paper for the board", "2025-06-01", (Decision("Repair the lamps."), Decision("Ask.", done=True))
    )
    section = section_of(outline(replace(sample_facts(), before=before), Audience.BOARD), "last-time")
    assert told_in(section) == ["Repair the lamps: not done; nobody leads it yet.", "Ask: done."]


def test_each_sentence_of_figures_says_where_they_are_from() -> None:
    paper = outline(sample_facts(), Audience.BOARD)
    for key in ("headline", "changed", "compared"):
        told = [one for block in section_of(paper, key).blocks if isinstance(block, Sentences) for one in block.told]
        assert all(SOURCE in one.source for one in told if any(map(str.isdigit, one.sentence)))
