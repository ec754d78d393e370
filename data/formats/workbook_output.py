"""Excel workbooks as they are written: a table whose texts are never formulas, and a sheet that says what it is."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from data.formats.csv_output import may_be_formula
from geo.errors import InputError

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ABOUT: Final = "About"
LONGEST_TEXT: Final = 32_767  # characters that a cell holds
_NARROW, _WIDE = 10, 60  # letters
_LOOKED_AT: Final = 200  # rows, for the width of a column
_NOT_IN_A_CELL: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # which Excel would read as a character


def frame_workbook(frame: pd.DataFrame, name: str, about: Mapping[str, str]) -> bytes:
    """Return a workbook (.xlsx) with a frame on a sheet of this ``name``, and ``about`` it on a second one.

    Numbers stay numbers, and every text is a text: what a spreadsheet could read as a formula is marked as one that
    stays text when somebody edits it. Raises InputError for a text that is longer than a cell holds.
    """
    workbook = Workbook(write_only=True)
    sheets = [
        _sheet(workbook, name, [*map(str, frame.columns)], [*frame.itertuples(index=False, name=None)]),
        _sheet(workbook, ABOUT, ["What", "Said"], [*about.items()]),
    ]
    for sheet, rows in sheets:  # once every cell is made: a workbook that is begun must be saved
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _sheet(workbook: Any, name: str, header: list[str], rows: Sequence[tuple[object, ...]]) -> tuple[Any, list[Any]]:
    """Return a new sheet, with columns as wide as what they hold, and the rows of cells that it is to have."""
    sheet = workbook.create_sheet(name)
    for at, column in enumerate(header):
        longest = max((len(str(row[at])) for row in rows[:_LOOKED_AT]), default=0)
        width = min(_WIDE, max(_NARROW, longest, len(column)) + 2)
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    sheet.freeze_panes = "A2"
    head = [_text(sheet, column, bold=True) for column in header]
    return sheet, [head, *([_cell(sheet, value) for value in row] for row in rows)]


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _text(sheet, value)
    if pd.isna(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text(sheet: Any, value: str, *, bold: bool = False) -> Any:
    text = _NOT_IN_A_CELL.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    text = _ESCAPED.sub("_x005F_", text)
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"A cell of a workbook must hold at most {LONGEST_TEXT:,} characters, and a text here is longer; "
            "take the table as CSV."
        )
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # not the formula, nor the fault, that it may look like
    if bold:
        cell.font = Font(bold=True)
    if "\n" in text or len(text) > _WIDE:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if may_be_formula(value):
        cell.quotePrefix = True
    return cell
