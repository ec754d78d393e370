"""The sheet of a session is a page of A3 made of lines and letters, and its template comes in once it is filled in."""

import io
import re
from datetime import date
from pathlib import Path

import pypdf
import pytest

from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sources import from_upload
from data.principal import LOCAL_USER
from data.records.marks import read_marks
from data.screening import require_clean
from data.services import session_sheets
from data.services.opening import open_store
from data.store import places
from data.store.store import Store
from geo.areas.proximity import Place, labelled
from geo.errors import InputError
from geo.safety_marks.session_map import SIDES, read_code

MM = 72 / 25.4


@pytest.fixture
def town(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of the demonstration town."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(demo_home))
    return open_store()


@pytest.fixture
def school(town: Store) -> Place:
    """The academy of the town."""
    return labelled(places.schools(town, LOCAL_USER))["Castlebrook Academy"]


@pytest.mark.parametrize("side", SIDES)
def test_the_sheet_is_one_page_of_a3_with_squares_code_names_and_words_for_staff(
    town: Store, school: Place, side: int
) -> None:
    [page] = pypdf.PdfReader(io.BytesIO(session_sheets.sheet_pdf(town, LOCAL_USER, school, side))).pages
    width, height = (float(length) / MM for length in page.mediabox[2:])
    assert (width, height) == (pytest.approx(420, abs=0.1), pytest.approx(297, abs=0.1))
    assert len(page.images) == 0
    told = page.extract_text()
    code = re.search(rf"TA\d{{8}}-{side}", told)
    assert code is not None
    assert read_code(code[0]) == session_sheets.session_map(school, side)
    for words in ("Castlebrook Academy", "Millbank Road", f"{side} m, one square", "999", "No names on this sheet"):
        assert words in told
    words = told.split()
    assert [letter for letter in "ABCDEFGHIJKLMNOPQ" if words.count(letter) < 2] == []
    assert [number for number in range(1, 13) if words.count(str(number)) < 2] == []


def test_the_template_comes_in_as_it_is_once_it_is_filled_in(school: Place) -> None:
    header, first, second, *rest = session_sheets.template_csv(school).splitlines()
    assert header == "map,cell,mark,session date,number"
    filled = [header, first.replace(",,,,", ",C7,unsafe,14/09/2025,4"), second.replace(",,,,", ",Q12,safe,,"), *rest]
    source = from_upload("session-900001-100.csv", "\n".join(filled).encode())
    sheets = read_sheets(source)
    require_clean(sheets)
    rows = read_marks(choose_sheet(sheets), today=date(2026, 1, 5))
    assert rows.table["category"].to_pylist() == ["Unsafe"] * 4 + ["Safe"]


def test_without_streets_there_is_no_map_and_it_is_said_what_to_bring(store: Store) -> None:
    with pytest.raises(InputError, match=r"^A map for marks needs the streets around Hill School, .*\.$"):
        session_sheets.sheet_pdf(store, LOCAL_USER, Place("Hill School", -1.4, 53.3, "1"))


def test_squares_of_another_size_are_refused(school: Place) -> None:
    with pytest.raises(InputError, match="squares of 100 or 200 m"):
        session_sheets.session_map(school, 50)
