"""A paper is kept as it was made, its organisation's own; of what people write on it none tells of a person."""

from dataclasses import replace
from datetime import date

import pytest

from data.store import actions, organisation_looks, papers
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.organisation_looks import LookKind
from data.store.papers import NewPaper
from data.store.store import Store
from geo.briefing.facts import Decision
from geo.briefing.paper import Audience, Edits, edited, words_of
from geo.errors import InputError
from geo.register.action import Action
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.store.inside import change, held, rows
from tests.unit.geo.briefing.sample import NO_EDITS, sample_paper

PAPER = sample_paper()
KEY = words_of(PAPER)[0].key
SAID = Edits({KEY: "Lamps at Mill Lane are out. We ask the board for a patrol.\n\nمرحبا #[x] {{ a }} <b>"})
NEW = NewPaper(PAPER, SAID, "100001", "2024-09", "2025-08")
DECISION = Decision("Ask the council for lighting", "DSL", "2026-01-31")
TODAY = date(2026, 1, 1)


def test_the_same_paper_comes_out_again(store: Store) -> None:
    number = papers.put_paper(store, DSL, NEW)
    assert papers.load_paper(store, BOARD, number) == edited(PAPER, SAID)
    [one] = papers.papers(store, BOARD)
    assert (one.id, one.audience, one.urn, one.title) == (number, Audience.BOARD, "100001", PAPER.title)
    assert (one.place, one.made_on, one.first, one.last) == (PAPER.place, PAPER.made_on, "2024-09", "2025-08")
    assert one.decisions == ()


def test_others_see_none_and_a_board_changes_nothing(store: Store) -> None:
    welcome(store)
    number = papers.put_paper(store, DSL, NEW)
    before = held(store)
    assert papers.papers(store, STRANGER) == []
    for act in (papers.load_paper, papers.remove_paper):
        with pytest.raises(InputError, match=f"there is no paper {number}"):
            act(store, STRANGER, number)
    with pytest.raises(PermissionError):
        papers.put_paper(store, BOARD, NEW)
    with pytest.raises(PermissionError):
        papers.record_decisions(store, BOARD, number, [], [DECISION])
    with pytest.raises(PermissionError):
        papers.remove_paper(store, BOARD, number)
    assert held(store) == before


@pytest.mark.parametrize(
    "text",
    ["Sarah Thompson was seen there.", "Ring 07700 900123", "Write to a@school.example", "hid\u200bden", "x" * 10_001],
)
def test_words_that_tell_of_a_person_or_never_end_are_refused_and_nothing_is_stored(store: Store, text: str) -> None:
    before = held(store)
    with pytest.raises(InputError) as refused:
        papers.put_paper(store, DSL, replace(NEW, edits=Edits({KEY: text})))
    assert text not in str(refused.value)
    assert held(store) == before


def test_words_that_nobody_changed_may_name_what_the_data_name(store: Store) -> None:
    words = replace(words_of(PAPER)[0], text="Around Sarah Thompson School it is quiet.")
    section = replace(PAPER.sections[0], blocks=(words,))
    named = replace(NEW, paper=replace(PAPER, sections=(section,)), edits=Edits({KEY: words.text}))
    assert papers.put_paper(store, DSL, named)


def test_a_paper_without_any_section_is_refused(store: Store) -> None:
    every = frozenset(section.key for section in PAPER.sections)
    with pytest.raises(InputError, match="every section"):
        papers.put_paper(store, DSL, replace(NEW, edits=Edits({}, every)))


def test_decisions_are_written_down_and_ticked_off(store: Store) -> None:
    number = papers.put_paper(store, DSL, NEW)
    papers.record_decisions(store, DSL, number, [], [DECISION])
    papers.record_decisions(store, DSL, number, [DECISION], [replace(DECISION, done=True), Decision("Meet again")])
    assert papers.papers(store, DSL)[0].decisions == (replace(DECISION, done=True), Decision("Meet again"))
    assert papers.load_paper(store, DSL, number) == edited(PAPER, SAID)


def test_a_decision_somebody_else_recorded_meanwhile_is_not_lost(store: Store) -> None:
    number = papers.put_paper(store, DSL, NEW)
    papers.record_decisions(store, DSL, number, [], [DECISION])
    with pytest.raises(InputError, match="somebody has changed it"):
        papers.record_decisions(store, DSL, number, [], [Decision("Meet again")])
    assert papers.papers(store, DSL)[0].decisions == (DECISION,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "Sarah Thompson rings 07700 900123"},
        {"what": " "},
        {"what": "x" * 501},
        {"lead": "Sarah"},
        {"due_on": "soon"},
    ],
)
def test_a_decision_names_nobody_and_is_on_the_lists(store: Store, wrong: dict[str, str]) -> None:
    number = papers.put_paper(store, DSL, NEW)
    before = held(store)
    with pytest.raises(InputError):
        papers.record_decisions(store, DSL, number, [], [replace(DECISION, **wrong)])
    assert held(store) == before


def test_the_last_paper_is_of_the_same_people_and_place_and_no_draft_of_today(store: Store) -> None:
    def last(today: date, audience: Audience = Audience.BOARD, urn: str | None = "100001") -> int | None:
        found = papers.last_paper(store, DSL, audience, urn, today)
        return None if found is None else found.id

    made = date.fromisoformat(PAPER.made_on)
    number = papers.put_paper(store, DSL, NEW)
    assert last(TODAY) == number
    assert last(made) is None
    assert last(TODAY, Audience.STAFF) is None
    assert last(TODAY, urn=None) is None
    papers.record_decisions(store, DSL, number, [], [DECISION])
    assert last(made) == number
    newer = papers.put_paper(store, DSL, replace(NEW, edits=NO_EDITS))
    assert (last(made), last(TODAY)) == (number, newer)


def test_what_is_removed_leaves_no_word_behind(store: Store) -> None:
    number = papers.put_paper(store, DSL, NEW)
    papers.record_decisions(store, DSL, number, [], [DECISION])
    papers.remove_paper(store, DSL, number)
    assert (rows(store, t.paper), rows(store, t.blob)) == ([], [])
    assert "lighting" not in repr(held(store))
    assert rows(store, t.audit)[-1]["subject"] == f"paper {number}"


def test_a_paper_that_changed_on_disk_is_noticed(store: Store) -> None:
    number = papers.put_paper(store, DSL, NEW)
    change(store, t.paper.update().values(title="Another"))
    with pytest.raises(DamagedError, match=f"paper {number}"):
        papers.papers(store, DSL)
    with pytest.raises(DamagedError, match=f"paper {number}"):
        papers.load_paper(store, DSL, number)


def test_figures_that_changed_on_disk_are_noticed(store: Store) -> None:
    number = papers.put_paper(store, DSL, NEW)
    change(store, t.blob.update().values(content=b"{}"))
    with pytest.raises(DamagedError, match=f"paper {number}"):
        papers.load_paper(store, DSL, number)


def test_writing_papers_leaves_what_they_are_written_from_as_it_was(store: Store) -> None:
    before = papers.other_writes(store, DSL)
    number = papers.put_paper(store, DSL, NEW)
    papers.record_decisions(store, DSL, number, [], [DECISION])
    organisation_looks.put_look(store, DSL, LookKind.NAME, b"Castlebrook Trust")
    papers.remove_paper(store, DSL, number)
    assert papers.other_writes(store, DSL) == before
    actions.record(store, DSL, Action("Patrol"))
    assert papers.other_writes(store, DSL) > before
