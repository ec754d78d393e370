"""Briefing: a paper is read, put in one's own words, made, decided on, and found again as it was made."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from data.papers.word_template import TAGS
from data.papers.written import MEDIA
from data.principal import LOCAL_USER
from data.services import briefing, briefing_facts, paper_look
from data.services.briefing_request import BriefingRequest
from data.store import papers
from data.store.papers import KeptPaper, NewPaper
from data.store.store import Store
from geo.briefing.facts import Decision, Facts
from geo.briefing.paper import Paper, words_of
from geo.calendar import periods
from geo.errors import RefusedError
from pages.components.briefing import making, paper_list
from pages.components.briefing.asked import AUDIENCES
from pages.components.cached import briefings
from tests.conftest import CHECKOUT
from tests.pages.conftest import Open, again, turn_to
from tests.pages.facts import POLICE, SCHOOL
from tests.pages.shown import Shown
from tests.unit.geo.briefing.sample import NO_EDITS, sample_facts, sample_paper

PAGE: Final = "briefing"
OPENING: Final = "words_board_900006_opening"
SAID: Final = "The lamps at Mill Lane are out. We ask the board for a patrol."


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BriefingRequest]]:
    """List what facts were gathered for; they are those of the sample, and no PDF is written."""
    gathered: list[BriefingRequest] = []

    def facts(_store: Store, _who: object, request: BriefingRequest, today: Any, _tell: object = None) -> Facts:
        gathered.append(request)
        return replace(sample_facts(), today=today.isoformat())

    monkeypatch.setattr(briefing_facts, "facts", facts)
    monkeypatch.setattr(briefing, "written", lambda _paper, form, _look: form.encode())
    briefings._gathered.clear()
    yield gathered
    briefings._gathered.clear()


def kept(home: Path) -> list[tuple[KeptPaper, Paper]]:
    """Return the papers of a store, newest first."""
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        return [(one, papers.load_paper(store, LOCAL_USER, one.id)) for one in papers.papers(store, LOCAL_USER)]


def pressed(shown: Shown, label: str) -> Shown:
    next(each for each in shown.app.main.button if each.label == label).click()
    return again(shown)


def made(open_page: Open, home: Path, **address: str) -> Shown:
    return pressed(open_page(home, PAGE, {"school": "Brookfield School", **address}), "Make the paper")


def test_the_paper_stands_as_it_will_be_with_its_figures_fixed_and_its_words_in_boxes(
    open_demo: Open, asked: list[BriefingRequest]
) -> None:
    shown = open_demo(PAGE, {"school": "Brookfield School"})
    assert shown.failed == []
    assert shown.headline == "Board paper about Brookfield School, Sep 2025 – Aug 2026."
    assert making.RELEASED in shown.text
    assert paper_list.NONE in shown.text
    facts = sample_facts()
    assert facts.headline.sentence in shown.text
    assert facts.headline.certainty in shown.text
    labels = [box.label for box in shown.app.text_area]
    assert labels
    assert all(label.endswith(".") for label in labels)
    assert [request.school.name if request.school else None for request in asked] == ["Brookfield School"]


@pytest.mark.parametrize("words", AUDIENCES.values())
def test_each_audience_has_its_paper(open_demo: Open, asked: list[BriefingRequest], words: str) -> None:
    shown = open_demo(PAGE, {"audience": words})
    assert shown.failed == []
    assert shown.headline.startswith(f"{words} about ")
    assert len(asked) == 1


def test_what_is_made_is_stored_as_it_was_put_in_words(
    open_page: Open, home: Path, asked: list[BriefingRequest]
) -> None:
    shown = open_page(home, PAGE)
    shown.app.text_area(key=OPENING).set_value(SAID)
    shown = again(shown)
    next(each for each in shown.app.checkbox if each.label == "Leave out “Known hotspots”").check()
    shown = pressed(again(shown), "Make the paper")
    assert shown.failed == []
    [(one, paper)] = kept(home)
    assert words_of(paper)[0].text == SAID
    assert "Known hotspots" not in [section.heading for section in paper.sections]
    assert (one.urn, one.first, one.last) == ("900006", "2025-09", "2026-08")
    assert shown.app.query_params["paper"] in (str(one.id), [str(one.id)])
    for form in ("pdf", "docx", "html"):
        assert f"/lc/papers/{one.id}.{form}" in shown.links
    assert SAID in shown.text
    assert len(asked) == 1


def test_words_survive_another_choice_and_another_page_and_figures_are_gathered_once(
    open_demo: Open, asked: list[BriefingRequest]
) -> None:
    shown = open_demo(PAGE)
    shown.app.text_area(key=OPENING).set_value(SAID)
    shown = again(shown)
    assert len(asked) == 1
    shown = turn_to(turn_to(shown, "guide"), "briefing")
    assert shown.app.text_area(key=OPENING).value == SAID
    assert len(asked) == 1
    shown.app.segmented_control(key="audience").set_value("staff")
    shown = again(shown)
    assert SAID not in [box.value for box in shown.app.text_area]
    shown.app.segmented_control(key="audience").set_value("board")
    shown.app.selectbox(key="from").set_value("Jan 2026")
    shown = again(shown)
    assert shown.app.text_area(key=OPENING).value == SAID
    assert len(asked) == 2
    shown = pressed(shown, "Put the prepared words back")
    assert shown.app.text_area(key=OPENING).value == ""


def test_words_that_tell_of_a_person_are_refused_and_stay_in_their_box(
    open_page: Open, home: Path, asked: list[BriefingRequest]
) -> None:
    shown = open_page(home, PAGE)
    shown.app.text_area(key=OPENING).set_value("Sarah Thompson, 07700 900123")
    shown = pressed(again(shown), "Make the paper")
    [refused] = shown.failed
    assert "tells who a person is" in refused
    assert "Sarah" not in refused
    assert shown.app.text_area(key=OPENING).value == "Sarah Thompson, 07700 900123"
    assert kept(home) == []
    assert len(asked) == 1


def test_a_decision_is_filled_in_recorded_ticked_off_and_stands_in_the_next_paper(
    open_page: Open, home: Path, asked: list[BriefingRequest]
) -> None:
    shown = made(open_page, home)
    [box] = [each for each in shown.app.text_area if each.label == "What was decided"]
    asked_for = next(words.text for words in words_of(kept(home)[0][1]) if words.key == "decisions")
    assert box.value == asked_for.split("\n\n", maxsplit=1)[0]
    box.set_value("Ask the council for lamps")
    next(each for each in shown.app.selectbox if each.label.startswith("Who leads")).set_value("Headteacher")
    shown = pressed(shown, "Record this decision")
    assert shown.failed == []
    assert kept(home)[0][0].decisions == (Decision("Ask the council for lamps", "Headteacher"),)
    assert "Headteacher leads" in shown.text
    assert "Decided last time" in pressed(shown, "All papers, and a new one").text
    shown = again(shown)
    assert "Ask the council for lamps: not done; Headteacher leads." in shown.text
    assert "1 decided, 0 done, 1 owed" in shown.tables[0][1]
    shown.app.query_params["paper"] = str(kept(home)[0][0].id)
    shown = pressed(again(shown), "Mark done")
    assert kept(home)[0][0].decisions[0].done
    shown = pressed(shown, "Take out")
    assert kept(home)[0][0].decisions == ()
    assert len(asked) == 1


def test_minutes_are_copied_with_figure_certainty_and_source(
    open_page: Open, home: Path, asked: list[BriefingRequest]
) -> None:
    shown = made(open_page, home)
    [(_, paper)] = kept(home)
    copied = [piece for piece in shown.markup if "lc-copies" in piece.html]
    assert len(copied) == 1
    for one in paper.minutes:
        assert one.sentence in copied[0].text
        assert f"Source: {one.source}." in copied[0].text
    assert asked


def test_a_board_reads_and_downloads_and_changes_nothing(
    open_page: Open, home: Path, asked: list[BriefingRequest]
) -> None:
    made(open_page, home)
    number = kept(home)[0][0].id
    for address in ({"board": "true", "dataset": SCHOOL}, {"board": "true", "dataset": SCHOOL, "paper": str(number)}):
        shown = open_page(home, PAGE, address)
        assert shown.failed == []
        assert making.READS_ONLY in shown.text
        assert f"/lc/papers/{number}.pdf" in shown.links
        assert len(shown.app.text_area) == 0
        assert [each.label for each in shown.buttons if each.label != "All papers, and a new one"] == []
    assert asked


def test_exact_figures_stay_out_and_it_is_said_so(open_demo: Open, asked: list[BriefingRequest]) -> None:
    shown = open_demo(PAGE, {"dataset": SCHOOL})
    assert shown.failed == []
    assert "as a board sees" in shown.text
    assert "do not share" not in shown.text
    assert {periods.unit_of(request.periods) for request in asked} == {"half-term"}


def test_all_areas_are_one_paper_too(open_demo: Open, asked: list[BriefingRequest]) -> None:
    shown = open_demo(PAGE, {"where": "Everywhere", "dataset": POLICE})
    assert shown.headline.startswith("Board paper about all areas, ")
    assert [request.school for request in asked] == [None]


def test_what_may_not_be_shared_is_refused_in_a_sentence(
    open_demo: Open, asked: list[BriefingRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Facts:
        raise RefusedError("Counts can be shared only once they are protected, and none is; wait.")

    monkeypatch.setattr(briefing_facts, "facts", refuse)
    shown = open_demo(PAGE)
    assert shown.failed == []
    assert "Counts can be shared only once" in shown.text
    assert "Make the paper" not in [each.label for each in shown.buttons]
    assert asked == []


def test_a_paper_is_removed_for_good(open_page: Open, home: Path, asked: list[BriefingRequest]) -> None:
    shown = made(open_page, home)
    number = kept(home)[0][0].id
    shown.app.checkbox(key=f"paper_sure_{number}").check()
    shown = pressed(again(shown), "Remove the paper")
    assert shown.failed == []
    assert kept(home) == []
    assert paper_list.NONE in shown.text
    assert asked


def test_papers_are_found_though_all_data_are_gone(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(tmp_path, PAGE)
    assert shown.headline == "Nothing is loaded yet."
    with closing(Store(f"sqlite:///{tmp_path / 'local-context.sqlite'}")) as store:
        number = papers.put_paper(store, LOCAL_USER, NewPaper(sample_paper(), NO_EDITS, None, "2024-09", "2025-08"))
    shown = again(shown)
    assert shown.failed == []
    assert f"/lc/papers/{number}.pdf" in shown.links
    shown = open_page(tmp_path, PAGE, {"paper": str(number)})
    assert shown.failed == []
    assert sample_facts().headline.sentence in shown.text


@pytest.mark.parametrize("named", ["0", "-1", "999", "x", "1; drop"])
def test_an_address_of_no_paper_shows_the_page(open_demo: Open, asked: list[BriefingRequest], named: str) -> None:
    shown = open_demo(PAGE, {"paper": named})
    assert shown.failed == []
    assert shown.headline.startswith("Board paper about ")
    assert asked


def test_the_name_of_the_organisation_goes_on_papers_and_off_again(
    open_page: Open, home: Path, asked: list[BriefingRequest]
) -> None:
    shown = open_page(home, PAGE)
    for name, said in (
        ("Castlebrook Trust", "Castlebrook Trust"),
        ("ring 07700 900123", "Castlebrook Trust"),
        ("", ""),
    ):
        next(each for each in shown.app.text_input if each.label.startswith("Name of")).set_value(name)
        shown = pressed(shown, "Put the name on papers")
        shown = again(shown)
        with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
            assert paper_look.look_of(store, LOCAL_USER).organisation == said
    assert asked


@pytest.mark.parametrize("page", ["trends", "local_context"])
def test_other_pages_lead_to_a_paper_of_what_they_show(open_demo: Open, page: str) -> None:
    shown = open_demo(page, {"school": "Brookfield School", "from": "Jan 2026", "harm": ["Drugs and alcohol"]})
    [link] = [one for one in shown.links if one.startswith("briefing?")]
    assert "school=Brookfield+School" in link
    assert "from=Jan+2026" in link
    assert "harm=Drugs+and+alcohol" in link
    assert "audience=Board+paper" in link


def test_what_the_guide_says_of_papers_is_what_there_is() -> None:
    told = (CHECKOUT / "docs" / "guide" / "papers.md").read_text(encoding="utf-8")
    for words in AUDIENCES.values():
        assert f"| {words} |" in told
    assert paper_look.MOST_LOGO == 1_000_000
    assert "PNG or JPEG up to 1 MB" in told
    for tag in TAGS.values():
        assert f"`{tag}`" in told or "section" in tag
    for form in MEDIA:
        assert f"`.{form}`" in told
