"""Papers by command: released figures of what is asked for, one new file, one clear sentence where it cannot be."""

from pathlib import Path
from typing import Any

import pytest

from data.papers import written as papers
from data.papers.look import PLAIN, Look
from data.principal import Principal
from data.services import briefing_facts, paper_look
from data.services.briefing_request import BriefingRequest
from data.store import papers as stored_papers
from data.store.store import Store
from geo.areas.reach import Reach
from geo.briefing.facts import Decision, Facts, LastPaper
from geo.briefing.paper import Audience, Paper
from geo.briefing.stored_paper import paper_json
from tests.unit.data.running import Ran, copied, done, run

ACADEMY = "Castlebrook Academy"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Paper, str]]:
    """The papers that a command wrote, with their form; the file itself is not made here."""
    listed: list[tuple[Paper, str]] = []

    def write(paper: Paper, form: str, look: Look = PLAIN) -> bytes:
        listed.append((paper, form))
        return f"A paper as {form}".encode()

    monkeypatch.setattr(papers, "written", write)
    return listed


def refused(home: Path, *arguments: object) -> str:
    """Run the command where it must be refused; give the one sentence that it says."""
    ran: Ran = run(home, "briefing", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    return ran.err


@pytest.mark.parametrize(("form", "audience"), [("pdf", "board"), ("docx", "staff"), ("html", "pupils")])
def test_a_paper_is_written_for_an_audience_in_the_form_of_its_file(
    demo_home: Path, tmp_path: Path, made: list[tuple[Paper, str]], form: str, audience: str
) -> None:
    file = tmp_path / f"paper.{form}"
    ran = done(demo_home, "briefing", "--school", ACADEMY.upper(), "--for", audience, "--dataset", 1, file)
    ((paper, as_form),) = made
    assert (paper.audience, as_form) == (Audience(audience), form)
    assert file.read_bytes() == f"A paper as {form}".encode()
    assert ran.out == ""
    figures = "" if audience == "pupils" else ", in the zones touching 800 m, school year 2025/26"
    assert ran.err == f"paper.{form}: {ACADEMY}{figures}.\n"


def test_school_periods_harm_and_reach_are_those_that_are_asked_for(
    demo_home: Path, tmp_path: Path, made: list[tuple[Paper, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[BriefingRequest] = []
    gather = briefing_facts.facts

    def facts(store: Store, who: Principal, request: BriefingRequest, *rest: Any) -> Facts:
        asked.append(request)
        return gather(store, who, request, *rest)

    monkeypatch.setattr(briefing_facts, "facts", facts)
    options = ("--from", "2026-03", "--to", "2026-05", "--harm", "violence", "--within", 400, "--for", "board")
    said = done(demo_home, "briefing", "--school", ACADEMY, *options, tmp_path / "a.pdf").err
    assert said == f"a.pdf: {ACADEMY}, within 400 m in a straight line, Mar–May 2026.\n"
    assert [paper.period for paper, _ in made] == ["Mar–May 2026"]
    ((request),) = asked
    assert (request.dataset.id, request.harms, request.reach) == (2, ("violence",), Reach(400))


def test_a_school_may_be_named_by_its_urn_and_left_out(
    demo_home: Path, tmp_path: Path, made: list[tuple[Paper, str]]
) -> None:
    from data.principal import LOCAL_USER
    from data.services.opening import open_store
    from data.store import places

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(demo_home))
        schools = places.schools(open_store(), LOCAL_USER)
    urn = schools.loc[schools["name"] == ACADEMY, "urn"].item()
    done(demo_home, "briefing", "--school", urn, "--for", "partners", "--dataset", 1, tmp_path / "a.pdf")
    done(demo_home, "briefing", "--for", "board", "--dataset", 1, tmp_path / "b.pdf")
    assert [paper.place.split(",")[0] for paper, _ in made] == [ACADEMY, "Castlebrook"]


def test_a_paper_by_command_has_the_look_and_tells_what_was_decided_last_time(
    demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, told = copied(demo_home, tmp_path / "town"), []

    def write(paper: Paper, form: str, look: Look = PLAIN) -> bytes:
        told.append((paper, look.organisation))
        return form.encode()

    monkeypatch.setattr(papers, "written", write)
    monkeypatch.setattr(paper_look, "look_of", lambda *_: Look("Castlebrook Trust"))
    decided = LastPaper("Paper for the board", "2026-01-01", (Decision("Ask for lighting at Mill Lane"),))
    monkeypatch.setattr(stored_papers, "last_paper", lambda *_: decided)
    done(home, "briefing", "--school", ACADEMY, "--for", "board", "--dataset", 1, tmp_path / "a.pdf")
    ((paper, organisation),) = told
    assert organisation == "Castlebrook Trust"
    assert "Ask for lighting at Mill Lane" in paper_json(paper)


def test_what_is_written_out_is_in_the_access_log(
    demo_home: Path, tmp_path: Path, made: list[tuple[Paper, str]]
) -> None:
    home = copied(demo_home, tmp_path / "town")
    done(home, "briefing", "--for", "board", "--dataset", 1, tmp_path / "a.pdf")
    assert len(made) == 1
    assert "briefing" in done(home, "access-log").out


def test_each_fault_is_one_sentence_and_leaves_nothing(demo_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    board = ("--for", "board")
    assert "ends in one of .pdf, .docx, .html" in refused(demo_home, *board, tmp_path / "a.txt")
    assert "for one of board, governors" in refused(demo_home, "--for", "parents", file)
    assert "URN or the whole name" in refused(demo_home, *board, "--school", "Nowhere School", file)
    assert "400, 800, 1600, walk-5" in refused(demo_home, *board, "--within", "900", "--school", ACADEMY, file)
    assert "is none" in refused(demo_home, *board, "--from", "1999-01", file)
    assert "harm group" in refused(demo_home, *board, "--harm", "noise", file)
    assert "99" in refused(demo_home, *board, "--dataset", 99, file)
    assert not file.exists()


def test_a_file_that_is_there_stays_as_it_is(demo_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"mine")
    assert "must be a new file" in refused(demo_home, "--for", "board", file)
    assert file.read_bytes() == b"mine"
