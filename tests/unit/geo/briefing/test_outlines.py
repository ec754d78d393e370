"""Papers of every audience: plain words, no figure where people edit, nothing empty, and hostile names stay names."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.briefing.facts import Facts
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience, Sentences, Table, Words, words_of
from geo.briefing.stored_paper import paper_from_json, paper_json
from geo.register.wording_advice import advise
from tests.architecture.phrases import old_phrases
from tests.unit.geo.briefing.reading import all_areas, prefilled, said, sentence_lengths, texts, with_texts
from tests.unit.geo.briefing.sample import empty_facts, sample_facts

FACTS = {
    "full": sample_facts(),
    "empty": empty_facts(),
    "all areas": all_areas(sample_facts()),
    "all areas, empty": all_areas(empty_facts()),
}
NEVER = re.compile(
    r"child prostitut|promiscuous|lifestyle choice|putting themselves at risk|sexual activity with|boyfriend|"
    r"troublesome|streetwise|\bspike|\bsurge|hotbed|problem famil",
    re.IGNORECASE,
)
# Times, days and telephone numbers, which words may hold, and names between quotation marks.
MAY_HOLD = re.compile(r"\d\d:\d\d|\d{1,2} [A-Z][a-z]{2} \d{4}|\b999\b|\b0800 1111\b|“[^”]*”")
every = pytest.mark.parametrize(
    ("facts", "audience"),
    [pytest.param(facts, audience, id=f"{name}, {audience}") for name, facts in FACTS.items() for audience in Audience],
)


@every
def test_keys_are_unique(facts: Facts, audience: Audience) -> None:
    paper = outline(facts, audience)
    for keys in ([one.key for one in paper.sections], [one.key for one in words_of(paper)]):
        assert len(keys) == len(set(keys))


def test_keys_do_not_depend_on_the_facts() -> None:
    for audience in Audience:
        full = {one.key for one in words_of(outline(sample_facts(), audience))}
        assert {one.key for one in words_of(outline(empty_facts(), audience))} <= full


@every
def test_every_section_says_something_and_has_words_to_edit(facts: Facts, audience: Audience) -> None:
    for section in outline(facts, audience).sections:
        words = [one for one in section.blocks if isinstance(one, Words)]
        assert words
        assert all(one.asked.endswith((".", "?")) for one in words)
        assert all(one.told for one in section.blocks if isinstance(one, Sentences))
        assert all(one.rows for one in section.blocks if isinstance(one, Table))
        assert len(words) < len(section.blocks) or any(one.text for one in words), section.key


@every
def test_no_heading_and_no_sentence_is_empty(facts: Facts, audience: Audience) -> None:
    paper = outline(facts, audience)
    told = [one for section in paper.sections for block in section.blocks for one in getattr(block, "told", ())]
    assert all(one.sentence.strip() for one in (*told, *paper.minutes))
    assert all(section.heading.strip() for section in paper.sections)


@every
def test_words_hold_no_figures(facts: Facts, audience: Audience) -> None:
    left = MAY_HOLD.sub("", prefilled(outline(facts, audience)))
    assert not re.search(r"[\d%]", left)


@every
def test_no_words_blame_or_frighten(facts: Facts, audience: Audience) -> None:
    words = prefilled(outline(facts, audience))
    assert advise(words) == []
    assert not NEVER.search(words)
    assert old_phrases(words) == []


@every
def test_sentences_can_be_read_aloud(facts: Facts, audience: Audience) -> None:
    lengths = sentence_lengths(prefilled(outline(facts, audience)))
    assert sum(lengths) / len(lengths) <= 22
    assert max(lengths) <= 40


@every
def test_no_paper_ranks_schools(facts: Facts, audience: Audience) -> None:
    assert not re.search(r"\brank|league table|\b(best|worst)\b", said(outline(facts, audience)), re.IGNORECASE)


@every
def test_for_whom_a_paper_is_names_the_place(facts: Facts, audience: Audience) -> None:
    paper = outline(facts, audience)
    assert paper.for_whom.startswith("For ")
    assert paper.for_whom.endswith(facts.name)


def test_a_paper_of_all_areas_says_so() -> None:
    said_so = "This paper is of all areas together, not of one school."
    for audience in set(Audience) - {Audience.PUPILS}:
        assert said_so in said(outline(all_areas(sample_facts()), audience))
        assert said_so not in said(outline(sample_facts(), audience))


@every
def test_figures_stand_as_the_facts_have_them(facts: Facts, audience: Audience) -> None:
    known = set(texts(facts))
    for section in outline(facts, audience).sections:
        for block in section.blocks:
            if isinstance(block, Table):
                assert {cell for row in block.rows for cell in row} <= known
            if isinstance(block, Sentences):
                percent = [one.sentence for one in block.told if "%" in one.sentence]
                assert set(percent) <= known


@given(hostile=st.text(max_size=60), audience=st.sampled_from(Audience))
def test_hostile_texts_change_nothing_but_themselves(hostile: str, audience: Audience) -> None:
    facts = with_texts(sample_facts(), lambda _: hostile, kept=("today", "harm", "made_on", "due_on", "svg"))
    paper = outline(facts, audience)
    assert paper_from_json(paper_json(paper)) == paper
    plain = outline(sample_facts(), audience)
    quotation = re.compile("“.*?”", re.DOTALL)
    for one in words_of(paper):
        usual = next(two for two in words_of(plain) if two.key == one.key)
        if "“" not in usual.text:
            assert one == usual
        elif "“" not in hostile and "”" not in hostile:
            assert quotation.sub("“”", one.text) == quotation.sub("“”", usual.text)


def test_the_longest_facts_stay_short_on_paper() -> None:
    facts = sample_facts()
    many = {
        name: getattr(facts, name) * 40
        for name in (
            "changes",
            "compared",
            "trends",
            "clusters",
            "young_people",
            "done",
            "owed",
            "followed",
            "teaching",
        )
    }
    table = replace(facts.kinds, rows=facts.kinds.rows * 40)
    long = replace(facts, **many, hotspots=table, areas=table, places=table, kinds=table, contacts=table)
    for audience in Audience:
        for section in outline(long, audience).sections:
            told = [one for block in section.blocks if isinstance(block, Sentences) for one in block.told]
            assert len(told) <= 16, section.key
            for one in section.blocks:
                if isinstance(one, Table):
                    assert len(one.rows) <= 12
                    assert re.search(rf"\(the first {len(one.rows)} of [48]0\)$", one.caption)


def test_no_two_sections_of_an_appendix_stand_before_the_body() -> None:
    for audience in Audience:
        stands = [one.appendix for one in outline(sample_facts(), audience).sections]
        assert all(before <= after for before, after in pairwise(stands))
