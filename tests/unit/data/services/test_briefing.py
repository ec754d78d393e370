"""A paper is prepared with what was decided last time, made with a person's words, and comes out the same again."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.papers.look import Look
from data.services import briefing, briefing_facts
from data.services.briefing_request import BriefingRequest
from data.store import datasets, papers
from data.store.store import Store
from geo.areas.proximity import Place
from geo.areas.reach import USUAL
from geo.briefing.facts import Decision
from geo.briefing.paper import Audience, Edits, edited, words_of
from geo.errors import InputError
from tests.unit.data.persons import DSL, STRANGER
from tests.unit.data.store.bringing import settle
from tests.unit.geo.briefing.sample import NO_EDITS, sample_facts

TODAY = date(2026, 1, 1)
SCHOOL = Place("Castlebrook Academy", -1.4, 53.4, "100001")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with open data, whose facts are those of the sample."""
    monkeypatch.setattr(briefing_facts, "facts", lambda *_: replace(sample_facts(), before=None))
    with closing(Store(f"sqlite:///{tmp_path / 'store.sqlite'}")) as opened:
        settle(opened)
        yield opened


@pytest.fixture
def request_(store: Store) -> BriefingRequest:
    [dataset] = datasets.datasets(store, DSL)
    return BriefingRequest(dataset, SCHOOL, USUAL, ("2021-08", "2021-09"), ("violence",))


def test_nothing_is_stored_before_a_paper_is_made(store: Store, request_: BriefingRequest) -> None:
    before = store.stamp(DSL)
    paper = briefing.prepare(store, DSL, request_, Audience.BOARD, TODAY)
    assert paper.audience is Audience.BOARD
    assert (store.stamp(DSL), papers.papers(store, DSL)) == (before, [])


def test_a_paper_is_made_with_the_words_given_and_its_school_and_periods(
    store: Store, request_: BriefingRequest
) -> None:
    paper = briefing.prepare(store, DSL, request_, Audience.STAFF, TODAY)
    said = Edits({words_of(paper)[0].key: "Welcome, everybody."})
    number = briefing.make(store, DSL, request_, paper, said)
    assert papers.load_paper(store, DSL, number) == edited(paper, said)
    [kept] = papers.papers(store, DSL)
    assert (kept.urn, kept.first, kept.last) == ("100001", "2021-08", "2021-09")


def test_what_was_decided_last_time_stands_in_the_next_paper_of_the_same_place_alone(
    store: Store, request_: BriefingRequest
) -> None:
    paper = briefing.prepare(store, DSL, request_, Audience.BOARD, TODAY)
    number = briefing.make(store, DSL, request_, paper, NO_EDITS)
    papers.record_decisions(store, DSL, number, [], [Decision("Repair the lamps", "Site manager", "2025-09-15")])
    said = "Repair the lamps: not done, was due 15 Sep 2025; Site manager leads."

    def says(request: BriefingRequest, audience: Audience) -> bool:
        return said in repr(briefing.prepare(store, DSL, request, audience, TODAY))

    assert says(request_, Audience.BOARD)
    assert not says(replace(request_, school=None), Audience.BOARD)
    assert not says(request_, Audience.PARTNERS)


def test_the_same_file_comes_out_again_and_in_the_look_of_now(
    store: Store, request_: BriefingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Look] = []

    def written(_paper: object, form: str, look: Look) -> bytes:
        looks.append(look)
        return f"{form}{len(looks)}".encode()

    monkeypatch.setattr(briefing, "written", written)
    briefing._written.cache_clear()
    paper = briefing.prepare(store, DSL, request_, Audience.BOARD, TODAY)
    number = briefing.make(store, DSL, request_, paper, NO_EDITS)
    assert [briefing.paper_file(store, DSL, number, "pdf") for _ in range(2)] == [b"pdf1", b"pdf1"]
    briefing.paper_look.put_name(store, DSL, "Castlebrook  Trust")
    assert briefing.paper_file(store, DSL, number, "pdf") == b"pdf2"
    assert [look.organisation for look in looks] == ["", "Castlebrook Trust"]
    briefing._written.cache_clear()


def test_others_get_no_file(store: Store, request_: BriefingRequest) -> None:
    paper = briefing.prepare(store, DSL, request_, Audience.BOARD, TODAY)
    number = briefing.make(store, DSL, request_, paper, NO_EDITS)
    with pytest.raises(InputError, match="there is no paper"):
        briefing.paper_file(store, STRANGER, number, "html")
