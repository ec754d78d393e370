"""A workbook as it is written: texts are texts, numbers are numbers, and a second sheet says what the first holds."""

import io

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from data.formats.csv_output import may_be_formula
from data.formats.workbook_output import LONGEST_TEXT, frame_workbook
from geo.errors import InputError


def sheets(frame: pd.DataFrame, about: dict[str, str] | None = None) -> list[list[list[Cell]]]:
    """Read the cells of both sheets by row."""
    book = load_workbook(io.BytesIO(frame_workbook(frame, "Table", about or {})))
    assert book.sheetnames == ["Table", "About"]
    return [[list(row) for row in sheet.iter_rows()] for sheet in book.worksheets]


def written(text: str) -> Cell:
    """Read the cell that a text was written to."""
    table, _ = sheets(pd.DataFrame({"a": pd.Series([text], dtype=object), "b": [1]}))
    return table[1][0]


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60))
@example("=HYPERLINK(1)")
@example("#N/A")
@example("\x00\ufffe")
@example("\uff1d1+1")
def test_no_text_is_ever_a_formula_and_what_looks_like_one_stays_text_when_edited(text: str) -> None:
    cell = written(text)
    assert cell.data_type == "s"
    assert cell.quotePrefix == may_be_formula(text)


@pytest.mark.parametrize("text", ["=1+1", "+441", "-2", "@SUM(A1)", "\tcmd", "#REF!", "12", " a", "Zoë’s café", "a\nb"])
def test_a_text_is_written_as_it_is(text: str) -> None:
    assert written(text).value == text


@pytest.mark.parametrize(("text", "kept"), [("a\rb", "a\nb"), ("a\r\nb", "a\nb"), ("a\x00b", "a\ufffdb")])
def test_what_no_cell_may_hold_is_written_as_a_sign(text: str, kept: str) -> None:
    assert written(text).value == kept


def test_a_text_that_looks_like_an_escaped_character_is_escaped_itself() -> None:
    assert written("_x0041_ and _x").value == "_x005F_x0041_ and _x"


def test_a_text_too_long_for_a_cell_is_refused_and_none_is_cut() -> None:
    assert written("a" * LONGEST_TEXT).value == "a" * LONGEST_TEXT
    with pytest.raises(InputError, match="at most 32,767 characters"):
        written("a" * (LONGEST_TEXT + 1))


def test_numbers_stay_numbers_and_what_is_missing_is_blank() -> None:
    frame = pd.DataFrame({"=n": [-1.0, 2.5, None], "rank": pd.array([1, None, 2], dtype="Int64"), "hot": [True] * 3})
    table, _ = sheets(frame)
    assert [[cell.value for cell in row] for row in table] == [
        ["=n", "rank", "hot"],
        [-1, 1, True],
        [2.5, None, True],
        [None, 2, True],
    ]
    assert [cell.data_type for cell in table[1]] == ["n", "n", "b"]
    assert table[0][0].data_type == "s"


def test_the_second_sheet_says_what_the_first_holds() -> None:
    _, about = sheets(pd.DataFrame({"a": [1]}), {"Source": "=police", "Made on": "30 November 2026"})
    assert [[cell.value for cell in row] for row in about] == [
        ["What", "Said"],
        ["Source", "=police"],
        ["Made on", "30 November 2026"],
    ]
    assert about[1][1].data_type == "s"


def test_an_empty_table_has_its_header() -> None:
    table, _ = sheets(pd.DataFrame({"area": [], "n": []}))
    assert [[cell.value for cell in row] for row in table] == [["area", "n"]]
