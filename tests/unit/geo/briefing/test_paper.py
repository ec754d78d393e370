"""A paper: people edit its words and nothing else, and what is stored of it comes out the same."""

from dataclasses import replace

import pytest

from geo.briefing.paper import Audience, Edits, Section, Words, edited, words_of
from geo.briefing.stored_paper import paper_from_json, paper_json
from geo.errors import InputError
from tests.unit.geo.briefing.sample import PICTURE, TABLE, sample_paper


def test_edits_change_words_alone() -> None:
    paper = sample_paper()
    key = words_of(paper)[0].key
    changed = edited(paper, Edits({key: "Other words", "no such": "nothing"}))
    assert words_of(changed)[0].text == "Other words"
    back = edited(changed, Edits({key: words_of(paper)[0].text}))
    assert back == paper


def test_a_section_is_left_out_whole() -> None:
    paper = sample_paper()
    left = edited(paper, Edits({}, frozenset({paper.sections[0].key})))
    assert left.sections == paper.sections[1:]


@pytest.mark.parametrize("audience", list(Audience))
def test_a_stored_paper_comes_out_the_same(audience: Audience) -> None:
    paper = sample_paper(audience)
    more = Section("more", "More", (TABLE, PICTURE, Words("own", "“#[x]” \\ <b>", "", spoken=True)), appendix=True)
    whole = replace(paper, sections=(*paper.sections, more))
    assert paper_from_json(paper_json(whole)) == whole


def test_what_is_no_stored_paper_is_refused() -> None:
    for text in ("", "[]", "{}", '{"sections": 3}', paper_json(sample_paper()).replace('"kind"', '"sort"')):
        with pytest.raises(InputError, match="as it was written"):
            paper_from_json(text)
