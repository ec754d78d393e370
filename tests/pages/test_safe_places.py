"""Safe and unsafe places: marks beside records by released counts alone, sessions brought in, and maps to print."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.principal import LOCAL_USER
from data.services import access_log
from data.store import datasets, versions
from data.store.store import Store
from pages.routes import session_sheets
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, SCHOOL
from tests.pages.shown import Shown
from tests.pages.uploading import pressed

ACADEMY = {"school": "Castlebrook Academy"}
CODE = "TA88704710-100"
MARKS = "Castlebrook young people’s marks (fictional)"


def kept(home: Path) -> list[datasets.Dataset]:
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        return datasets.datasets(store, LOCAL_USER)
    finally:
        store.close()


def of_marks(home: Path) -> datasets.Dataset:
    return next(one for one in kept(home) if one.title == MARKS)


@pytest.fixture
def sheets(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser of sorts that asks for sheets, templates and released marks of the demonstration town."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(demo_home))
    with TestClient(Starlette(routes=session_sheets.routes())) as asking:
        yield asking


def told(shown: Shown) -> list[dict[str, str]]:
    return shown.table("Marked unsafe")


def test_the_page_says_first_where_marks_and_records_disagree(open_demo: Open) -> None:
    shown = open_demo("safe_places", ACADEMY)
    assert shown.failed == []
    assert shown.headline.startswith("Young people feel unsafe in Millbank (Castlebrook 012")
    assert "the police recorded no more than elsewhere" in shown.headline
    assert "ask them why" in shown.text
    assert "both say the same" in shown.text


def test_every_figure_of_marks_is_a_released_one_for_custodians_and_boards_alike(open_demo: Open) -> None:
    pages = [open_demo("safe_places", ACADEMY | lens) for lens in ({}, {"board": "true"})]
    for shown in pages:
        cells = [row[column] for row in told(shown) for column in ("Marked unsafe", "Marked safe")]
        figures = [int(cell.removeprefix("about ").replace(",", "")) for cell in cells if cell != "fewer than 10"]
        assert figures
        assert {figure % 5 for figure in figures} == {0}
        assert min(figures) >= 10
    assert told(pages[0]) == told(pages[1])


def test_protected_incidents_are_laid_beside_marks_by_their_release(open_demo: Open) -> None:
    shown = open_demo("safe_places", ACADEMY | {"dataset": SCHOOL})
    assert shown.failed == []
    beside = {row["The schools recorded"] for row in told(shown)}
    assert all(cell == "fewer than 10" or re.fullmatch(r"about \d*[05]", cell) for cell in beside)


def test_two_maps_show_the_same_places_with_letters_beside_colour(open_demo: Open) -> None:
    shown = open_demo("safe_places", ACADEMY | {"dataset": POLICE})
    felt, recorded = shown.payloads
    assert felt["geometry"] == recorded["geometry"]
    assert felt["letters"] == ["S", "M", "U"]
    assert all("about" in text or "fewer than 10" in text for text in felt["texts"].split("|") if text)


def test_without_a_session_the_page_says_how_to_hold_one(open_page: Open, home: Path) -> None:
    remove(home)
    shown = open_page(home, "safe_places", ACADEMY)
    assert shown.failed == []
    assert "no session’s marks are shown yet" in shown.headline
    assert "A3 map around Castlebrook Academy" in shown.text
    assert "999" in shown.text


def remove(home: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home))
        store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
        versions.remove(store, LOCAL_USER, of_marks(home).id)
        store.close()


def test_a_filled_in_template_is_checked_and_saved_on_the_page(open_page: Open, home: Path) -> None:
    shown = open_page(home, "safe_places", ACADEMY)
    text = f"map,cell,mark,session date,number\n{CODE},I6,unsafe,03/06/2026,12\n{CODE},A1,safe,,3\n"
    shown.app.file_uploader[0].set_value(("session.csv", text.encode(), "text/csv"))
    shown = again(shown)
    assert shown.failed == []
    assert "15 marks read" in shown.text
    shown = pressed(shown, "Save these marks")
    assert shown.failed == []
    assert [one.value for one in shown.app.success] == [
        "Saved. These marks are shown when their half-term has been over for two weeks."
    ]
    assert of_marks(home).rows_read == 655


def test_a_square_that_the_map_has_not_is_refused_by_column_and_row(open_page: Open, home: Path) -> None:
    shown = open_page(home, "safe_places", ACADEMY)
    text = f"map,cell,mark\n{CODE},R9,unsafe\n"
    shown.app.file_uploader[0].set_value(("session.csv", text.encode(), "text/csv"))
    [fault] = again(shown).app.error
    assert "column “cell” must name a square of the map, A1 to Q12" in fault.value
    assert "row 2" in fault.value
    assert "R9" not in fault.value


def test_marks_are_in_no_picker_of_incidents(open_demo: Open) -> None:
    shown = open_demo("area_map")
    assert MARKS not in shown.app.selectbox(key="dataset").options


def test_the_sheet_and_the_template_are_files_of_the_school(sheets: TestClient) -> None:
    asked = {"school": "900001", "side": "100"}
    sheet, template = sheets.get(session_sheets.SHEET, params=asked), sheets.get(session_sheets.TEMPLATE, params=asked)
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "application/pdf")
    assert sheet.content.startswith(b"%PDF")
    assert sheet.headers["cache-control"] == "no-store"
    assert template.text.splitlines()[1] == "TA88704710-100,,,,"


@pytest.mark.parametrize(
    "asked",
    [{}, {"school": "1"}, {"school": "900001"}, {"school": "900001", "side": "x"}, {"school": "1", "side": "100"}],
)
def test_a_sheet_of_what_there_is_not_is_refused_in_one_sentence(sheets: TestClient, asked: dict[str, str]) -> None:
    for address in (session_sheets.SHEET, session_sheets.TEMPLATE):
        answer = sheets.get(address, params=asked)
        assert answer.status_code == 400
        assert answer.text.count(".") == 1


def test_the_download_holds_released_marks_and_is_logged(sheets: TestClient, demo_home: Path) -> None:
    number = of_marks(demo_home).id
    answer = sheets.get(session_sheets.MARKS, params={"dataset": number, "year": "2025/26"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    figures = [int(row[felt]) for row in rows for felt in ("safe", "unsafe") if row[felt]]
    assert answer.status_code == 200
    assert min(figures) >= 10
    assert {figure % 5 for figure in figures} == {0}
    assert "safety-marks.csv" in str(access_log.entries()[0]) + str(access_log.entries()[-1])


@pytest.mark.parametrize("year", ["2019/20", "x", ""])
def test_a_download_of_a_year_without_marks_is_refused(sheets: TestClient, demo_home: Path, year: str) -> None:
    answer = sheets.get(session_sheets.MARKS, params={"dataset": of_marks(demo_home).id, "year": year})
    assert answer.status_code == 400


def test_incidents_are_not_downloaded_as_marks(sheets: TestClient, demo_home: Path) -> None:
    other = next(one for one in kept(demo_home) if one.title == POLICE)
    answer = sheets.get(session_sheets.MARKS, params={"dataset": other.id, "year": "2025/26"})
    assert answer.status_code in (400, 403)


def test_each_place_that_stands_out_leads_to_what_to_do_next(open_demo: Open) -> None:
    shown = open_demo("safe_places", ACADEMY)
    assert [one.label for one in shown.app.expander if one.label == "What next?"] == ["What next?"] * 2
