"""What is wrong with the rows of a file, all of it at once: as a table to look at and as a list to work through.

A problem reports a ``cells.Fault``, or a blank that a row cannot do without: its column and the rows as people see
them, and never what a row says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.formats import cells
from data.formats.csv_output import frame_csv
from data.formats.sheets import Sheet
from geo.arrays import Bools

Severity: TypeAlias = Literal["left out", "note"]

_SHOWN: Final = 3  # rows named in a table; the list has them all
_LIST_COLUMNS: Final = ("file", "sheet", "problem", "column", "row")


class Faulty(StrEnum):
    """What becomes of a file some of whose rows cannot be read: it is refused, or those rows are left out."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, eq=False)
class Problem:
    """One kind of problem in one column, or in none.

    ``what`` follows "3 rows with": "a date that cannot be read". ``rows`` are their numbers as people see them, as in
    ``Sheet``. A row ``left out`` is not kept, one with a ``note`` is. ``sheet`` is None
    where the file has one table only, ``file`` where one file alone was read.
    """

    what: str
    column: str | None
    rows: npt.NDArray[np.int64]
    severity: Severity
    sheet: str | None = None
    file: str | None = None


def problem_of(sheet: Sheet, what: str, column: str | None, bad: Bools, severity: Severity) -> Problem:
    """Return the problem of the rows of ``bad``, numbered as the sheet numbers them."""
    return Problem(what, column, np.flatnonzero(bad).astype(np.int64) + sheet.first, severity, sheet.name)


def grouped(problems: Sequence[Problem]) -> list[dict[str, str | int | None]]:
    """Return one line a problem: its "file", "sheet", "what" and "column", and what "happens".

    "count" is how many rows have it, and "rows" the first of them in words.
    """
    return [
        {
            "file": problem.file,
            "sheet": problem.sheet,
            "what": problem.what,
            "column": problem.column,
            "count": len(problem.rows),
            "rows": _first_rows(problem.rows),
            "happens": _what_happens(problem),
        }
        for problem in problems
    ]


def problems_csv(problems: Sequence[Problem], file: str) -> str:
    """Return every row of every problem as CSV with the columns file, sheet, problem, column and row.

    ``file`` names the file of the problems that name none. A spreadsheet opens no cell as a formula.
    """
    parts = [
        pd.DataFrame(
            {
                "file": problem.file or file,
                "sheet": problem.sheet or "",
                "problem": problem.what,
                "column": problem.column or "",
                "row": problem.rows,
            }
        )
        for problem in problems
    ]
    return frame_csv(pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_LIST_COLUMNS))


def _first_rows(rows: npt.NDArray[np.int64]) -> str:
    """Return the first rows in words: "3, 7 and 12", or "3, 7, 12 and 40 more"."""
    named = [str(row) for row in rows[:_SHOWN]]
    return f"{', '.join(named)} and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else cells.say_words(named)


def _what_happens(problem: Problem) -> str:
    return f"kept, counted as {problem.what}" if problem.severity == "note" else "left out"
