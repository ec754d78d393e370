"""The assembly outline: nothing of the facts but the school's own name gets into it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.briefing.outlines import outline
from geo.briefing.paper import Audience, Words, words_of
from geo.harms import HARM_GROUPS
from tests.unit.geo.briefing.reading import prefilled, said, with_texts
from tests.unit.geo.briefing.sample import TREND, empty_facts, sample_facts

KEPT = ("name", "today", "harm", "made_on", "due_on")


def test_no_text_of_the_facts_gets_in() -> None:
    planted = iter(range(10**6))
    facts = with_texts(sample_facts(), lambda _: f"Quarrydene{next(planted)}", KEPT)
    assert next(planted) > 60
    assert "Quarrydene" not in said(outline(facts, Audience.PUPILS))


@given(name=st.from_regex(r"[A-Z][a-z]{5,12} (Lane|Park|Parade|Estate)", fullmatch=True))
def test_no_name_of_a_place_gets_in(name: str) -> None:
    facts = with_texts(sample_facts(), lambda text: f"{name} {text}", KEPT)
    assert name not in said(outline(facts, Audience.PUPILS))


def test_it_is_words_alone() -> None:
    paper = outline(sample_facts(), Audience.PUPILS)
    assert all(isinstance(block, Words) for section in paper.sections for block in section.blocks)
    assert (paper.period, paper.minutes) == ("", ())
    assert paper.place == "Castlebrook Academy"


@pytest.mark.parametrize("facts", [sample_facts(), empty_facts()], ids=["full", "empty"])
def test_pupils_hear_whom_to_tell_and_that_it_is_not_their_fault(facts) -> None:
    words = prefilled(outline(facts, Audience.PUPILS))
    for said_aloud in ("It is never your fault.", "999", "0800 1111", "Tell an adult you trust"):
        assert said_aloud in words


@pytest.mark.parametrize("code", sorted(HARM_GROUPS.keys() - {"other"}))
def test_what_matters_here_is_spoken_of_without_saying_that_it_does(code: str) -> None:
    facts = replace(empty_facts(), trends=(TREND, replace(TREND, harm=HARM_GROUPS[code])))
    usual = {one.key: one.text for one in words_of(outline(empty_facts(), Audience.PUPILS))}
    other = {one.key: one.text for one in words_of(outline(facts, Audience.PUPILS))}
    assert [key for key in usual if usual[key] != other[key]] == ["outside"]
    assert other["outside"].endswith(usual["outside"])
