"""The staff briefing lasts ten minutes whatever the facts, in steps that say how long each takes."""

import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.briefing.facts import Facts
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience, Sentences, Table, Words, words_of
from tests.unit.geo.briefing.reading import all_areas, with_texts
from tests.unit.geo.briefing.sample import empty_facts, sample_facts

PARTS = [one.name for one in fields(Facts) if one.name not in ("name", "is_school", "today", "hotspots_told")]

WORDS_A_MINUTE = 130  # of somebody who speaks to a room


def spoken(facts: Facts) -> list[Words]:
    return [one for one in words_of(outline(facts, Audience.STAFF)) if one.spoken]


def words_spoken(facts: Facts) -> int:
    return sum(len(one.text.split()) for one in spoken(facts))


@given(parts=st.sets(st.sampled_from(PARTS)), of_school=st.booleans(), hostile=st.text(max_size=400))
def test_it_takes_ten_minutes_whatever_the_facts(parts: set[str], of_school: bool, hostile: str) -> None:
    facts = replace(empty_facts(), **{name: getattr(sample_facts(), name) for name in parts})
    facts = with_texts(facts, lambda _: hostile, kept=("today", "made_on", "due_on", "svg"))
    assert 900 <= words_spoken(replace(facts, is_school=of_school)) <= 1400


def test_minutes_of_the_steps_are_ten_and_fit_what_is_said() -> None:
    paper = outline(sample_facts(), Audience.STAFF)
    steps = [one for one in paper.sections if one.heading.startswith("Step ")]
    minutes = [int(re.search(r"\((\d) minutes?\)$", one.heading)[1]) for one in steps]
    assert (len(steps), sum(minutes)) == (6, 10)
    for step, long in zip(steps, minutes, strict=True):
        said = sum(len(one.text.split()) for one in step.blocks if isinstance(one, Words) and one.spoken)
        read = sum(len(told.sentence.split()) for one in step.blocks if isinstance(one, Sentences) for told in one.told)
        assert 0.6 * long <= said / WORDS_A_MINUTE
        assert (said + read) / WORDS_A_MINUTE <= long + 0.5


@pytest.mark.parametrize("facts", [sample_facts(), empty_facts()], ids=["full", "empty"])
def test_what_is_said_holds_no_name_and_no_figure(facts: Facts) -> None:
    words = " ".join(one.text for one in spoken(facts))
    assert re.findall(r"\d+", words) == ["999"]
    for name in ("Castlebrook", "Mill Lane", "Bus station", "underpass"):
        assert name not in words


def test_what_is_said_follows_the_facts() -> None:
    changed, quiet = (" ".join(one.text for one in spoken(facts)) for facts in (sample_facts(), empty_facts()))
    assert "names what has changed" in changed
    assert "shows no clear change" in quiet
    assert "our schools" in " ".join(one.text for one in spoken(all_areas(sample_facts())))


def test_who_to_tell_and_what_to_teach_are_on_paper() -> None:
    facts = sample_facts()
    blocks = [block for one in outline(facts, Audience.STAFF).sections for block in one.blocks]
    tables = [one for one in blocks if isinstance(one, Table)]
    assert facts.contacts in tables
    assert facts.teaching in [one.rows for one in tables]


def test_what_staff_should_know_stands_apart_from_what_to_teach() -> None:
    rows = (("Years 7 to 9: Where to turn", "…"), ("All staff: Sharing information", "…"))
    sections = outline(replace(sample_facts(), teaching=rows), Audience.STAFF).sections
    tables = {one.caption: one.rows for section in sections for one in section.blocks if isinstance(one, Table)}
    assert tables["What staff should know"] == rows[1:]
    assert tables["What to teach"] == rows[:1]
