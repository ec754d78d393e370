"""Tables for Excel: the cells of the CSV file, what they are on a second sheet, and written to the access log."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.services import access_log
from geo import harms
from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.trends.series import Figure
from geo.trends.trend_table import TrendTableRequest
from pages.routes import action_downloads, downloads, session_sheets, trend_downloads
from pages.routes.download_parts import in_form
from tests.unit.pages.routes.conftest import LOG

OPEN = 1
ALL = tuple(harms.HARM_GROUPS)
MONTHS = ("2021-08", "2021-09", "2021-10")
OPEN_AREAS = dict(downloads.areas_of(OPEN, "lsoa", MeasureRequest(Measure.COUNT), Choice(MONTHS, ALL)))
ZONES = dict(downloads.areas_of(LOG, "zone", MeasureRequest(Measure.COUNT), Choice(("2023/24-1",), ALL)))
MONTHLY = dict(trend_downloads.trend_of(OPEN, TrendTableRequest(ALL, None, None, "month", Figure.COUNT)))
TABLES = {
    "areas": (downloads.AREAS, OPEN_AREAS),
    "areas of a release": (downloads.AREAS, ZONES),
    "trend": (trend_downloads.TREND, MONTHLY),
    "clock of a release": (trend_downloads.CLOCK, dict(trend_downloads.clock_of_release(LOG, ["2023/24"]))),
    "actions": (action_downloads.ACTIONS, {}),
    "teaching": (action_downloads.TEACHING, {}),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Asked = dict[str, str | list[str]]


@pytest.fixture(scope="module")
def home(home_with_log: Path) -> Path:
    """The home of the store that is asked."""
    return home_with_log


def sheets(content: bytes) -> list[list[list[object]]]:
    return [[[cell.value for cell in row] for row in sheet] for sheet in load_workbook(io.BytesIO(content)).worksheets]


@pytest.mark.parametrize("table", TABLES)
def test_a_workbook_holds_the_cells_of_the_csv_file_says_what_they_are_and_is_logged(
    client: TestClient, table: str
) -> None:
    path, asked = TABLES[table]
    plain = list(csv.reader(io.StringIO(client.get(path, params=asked).text, newline="")))
    before = len(access_log.entries())
    given = client.get(in_form(path, "xlsx"), params=asked)
    assert given.status_code == 200, given.text
    assert given.headers["content-type"] == XLSX
    assert given.headers["content-disposition"].endswith('.xlsx"')
    assert given.headers["cache-control"] == "no-store"
    cells, about = sheets(given.content)
    assert [["" if cell is None else str(cell) for cell in row] for row in cells] == plain
    assert [row[0] for row in about] == ["What", "Shows", "Source", "Period", "Protection", "Made on"]
    assert all(row[1] for row in about)
    assert [one.where for one in access_log.entries()][before:] == [in_form(path, "xlsx").rpartition("/")[2]]


def test_a_workbook_says_whether_its_figures_are_open_or_protected(client: TestClient) -> None:
    for asked, word in ((OPEN_AREAS, "Open data"), (ZONES, "Protected")):
        _, about = sheets(client.get(in_form(downloads.AREAS, "xlsx"), params=asked).content)
        assert str(dict(about)["Protection"]).startswith(word)


def test_a_workbook_gives_nothing_finer_than_the_release(client: TestClient) -> None:
    for changed in ({"level": "lsoa"}, {"from": "2023-09", "to": "2023-10"}, {"category": "Drugs"}):
        given = client.get(in_form(downloads.AREAS, "xlsx"), params=ZONES | changed)
        assert given.status_code == 400
        assert "content-disposition" not in given.headers


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_marks_that_there_are_none_of_are_refused_in_every_form(home: Path, form: str) -> None:
    with pytest.MonkeyPatch.context() as patch, TestClient(Starlette(routes=session_sheets.routes())) as asking:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home))
        given = asking.get(in_form(session_sheets.MARKS, form), params={"dataset": str(OPEN), "year": "2023/24"})
        assert given.status_code in (400, 403)
        assert "content-disposition" not in given.headers


def test_a_table_in_another_form_is_not_found(client: TestClient) -> None:
    assert client.get(in_form(downloads.AREAS, "ods"), params=OPEN_AREAS).status_code == 404
