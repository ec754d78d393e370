"""Workbooks (XLSX and ODS): every sheet as a table of text, hidden ones and hidden rows and columns too.

What is hidden is read so that it can be screened. Cells are read by calamine, which runs no formula and follows no
link; it is given parts that have been unpacked, measured and found harmless.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import pyarrow as pa
import python_calamine

from data.formats.headers import column_names, made_names, no_rows, without_blank_end
from data.formats.sheets import Sheet
from data.formats.sources import printable_name
from data.formats.text_values import text_of, texts_of
from data.formats.workbook_annotations import annotations_of
from data.formats.workbook_parts import Parts, damaged, open_parts, packed
from data.formats.workbook_size import require_size
from geo.errors import InputError

Row: TypeAlias = list[Any]  # cells as calamine gives them: text, numbers, days, times

# What a spreadsheet shows where a formula fails.
_ERROR_VALUES: Final = frozenset(
    ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)


@dataclass(frozen=True)
class CellGrid:
    """The cells of a sheet from the first that is filled, which stands at ``row`` and ``column`` (from 1)."""

    title: str
    rows: list[Row]
    row: int
    column: int


def read_workbook(name: str, data: bytes) -> list[Sheet]:
    """Return every sheet that holds something; the first also carries the annotations of the workbook.

    The header is the first row that is not blank. A sheet whose header cannot be used, such as a page of notes, is
    read under made names with every row as data, unless it is the only one. Raises ``InputError`` for a workbook that
    is damaged, encrypted, harmful or too large, and for one without rows.
    """
    parts = open_parts(name, data)
    require_size(name, parts)
    grids = read_grids(name, parts)
    sheets = [sheet_of(name, grid, only=len(grids) == 1) for grid in grids]
    if not any(sheet.table.num_rows for sheet in sheets):
        raise no_rows(f"“{name}”")
    sheets[0] = replace(sheets[0], annotations=tuple(annotations_of(parts)))
    return sheets


def read_grids(name: str, parts: Parts) -> list[CellGrid]:
    """Return the cells of each sheet that is not blank; raises ``InputError`` where there is none, or damage."""
    grids: list[CellGrid] = []
    try:
        with python_calamine.load_workbook(packed(parts)) as workbook:
            for title in workbook.sheet_names:
                sheet = workbook.get_sheet_by_name(title)
                if sheet.start is not None:
                    grids.append(
                        CellGrid(printable_name(title), sheet.to_python(), sheet.start[0] + 1, sheet.start[1] + 1)
                    )
    except (python_calamine.CalamineError, ValueError, OSError):
        raise damaged(name) from None
    if not grids:
        raise no_rows(f"“{name}”")
    return grids


def sheet_of(name: str, grid: CellGrid, *, only: bool) -> Sheet:
    """Return the sheet of some cells, under the first row that is not blank.

    Raises ``InputError`` for a sheet that is the ``only`` one and whose first row holds no names.
    """
    blank = next((count for count, cells in enumerate(grid.rows) if any(map(cell_text, cells))), 0)
    rows, row = grid.rows[blank:], grid.row + blank
    given = [cell_text(cell) or "" for cell in rows[0]]
    try:
        names, rows, row = (
            column_names(f"“{name}”, sheet “{grid.title}”", given, row=row, start=grid.column),
            rows[1:],
            row + 1,
        )
    except InputError:
        if only:
            raise
        names = made_names(len(given), grid.column)
    columns = [texts_of(map(cell_text, cells)) for cells in zip(*rows, strict=True)]
    columns = columns or [pa.array([], pa.string())] * len(names)
    return Sheet(name, grid.title, without_blank_end(pa.table(columns, names=names)), first=row)


def cell_text(cell: object) -> str | None:
    """Return a cell as text, None where it is blank or shows that a formula failed."""
    return None if isinstance(cell, str) and cell in _ERROR_VALUES else text_of(cell)
