"""Decisions asked for come from what is open, name it, and are a note where nothing is."""

from dataclasses import replace

import pytest

from geo.briefing.decisions import proposals
from geo.briefing.facts import Decision, LastPaper
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience, words_of
from tests.unit.geo.briefing.sample import TREND, empty_facts, sample_facts


def asked(**known: object) -> str:
    facts = replace(empty_facts(), **known)
    return next(one.text for one in words_of(outline(facts, Audience.BOARD)) if one.key == "decisions")


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "Note this paper."),
        (
            {"trends": (TREND,)},
            "Decide what we and our partners do about higher figures for violence, and who leads.",
        ),
        ({"trends": (replace(TREND, side=-1),)}, "Note this paper."),
        ({"overdue": ("Bus station",)}, "Agree who reviews “Bus station” by 29 Oct 2025."),
        (
            {"overdue": ("A", "B", "C", "D")},
            "Agree who reviews “A”, “B”, “C” and the others by 29 Oct 2025.",
        ),
        ({"unregistered": ("Mill Lane",)}, "Decide whether “Mill Lane” goes on the register of known hotspots."),
        ({"unregistered": ("A", "B")}, "Decide whether “A” and “B” go on the register of known hotspots."),
        ({"late": ("Lighting",)}, "Agree who finishes “Lighting” by 29 Oct 2025."),
        (
            {"before": LastPaper("Paper", "2025-06-01", (Decision("Lights"), Decision("Patrol", done=True)))},
            "Decide how to go on with “Lights”, which is not done since last time.",
        ),
    ],
)
def test_what_is_open_is_asked(known: dict[str, object], sentence: str) -> None:
    assert asked(**known) == sentence


def test_each_decision_is_a_paragraph_and_all_that_is_open_is_asked() -> None:
    facts = sample_facts()
    words = next(one for one in words_of(outline(facts, Audience.BOARD)) if one.key == "decisions")
    assert words.text.split("\n\n") == [one.asked for one in proposals(facts)]
    assert len(proposals(facts)) == 5


def test_a_name_of_several_lines_stays_in_its_paragraph() -> None:
    assert asked(overdue=("Bus\n\nstation",)) == "Agree who reviews “Bus station” by 29 Oct 2025."
