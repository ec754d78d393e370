"""Marks by the squares of a printed map: from what staff type after a session to positions, every square checked.

The map is told by the code on its sheet (``geo.safety_marks.session_map``). A session is a few dozen lines, so a line
that cannot be read refuses the file, in a sentence that names columns and rows and no value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.formats.sheets import Sheet
from geo.arrays import Bools, Positions
from geo.safety_marks.session_map import COLUMNS, ROWS, SIDES, SessionMap, read_code

MOST: Final = 200  # marks on one line; a class sets fewer in a square
EASTING: Final = "easting of the square"
NORTHING: Final = "northing of the square"
DATE: Final = "date of the session"
_CORNER: Final = f"{chr(ord('A') + COLUMNS - 1)}{ROWS}"
_Read = TypeVar("_Read")
_REMEDY: Final = "correct those rows by the marked sheet"


@dataclass(frozen=True)
class SquareColumns:
    """The columns of a session's file by meaning; ``number`` and ``date`` may be None."""

    code: str
    square: str
    feeling: str
    number: str | None
    date: str | None


@dataclass(frozen=True)
class PlacedMarks:
    """The lines of a session with a mark, ``EASTING``, ``NORTHING`` and ``DATE`` beside their columns.

    ``number`` is how many marks each line stands for. ``undated`` says that the file names no day.
    """

    sheet: Sheet
    number: Positions
    undated: bool


def place_marks(sheet: Sheet, columns: SquareColumns, today: date) -> PlacedMarks:
    """Return the marks of a sheet at the middles of their squares.

    Lines without square and feeling are passed over, as those that a template leaves free. A blank code or date is that
    of the lines around it; without any date the session is taken to have been held ``today``. Raises InputError for a
    code, a square, a number or a lacking feeling that cannot be.
    """
    square, feeling = (_texts(sheet, name) for name in (columns.square, columns.feeling))
    used = np.array([bool(one or other) for one, other in zip(square, feeling, strict=True)], dtype=np.bool_)
    codes = _around(_texts(sheet, columns.code))
    maps = {code: _map(code) for code in set(codes)}
    middles = [_middle(maps[code], text) for code, text in zip(codes, square, strict=True)]
    astray = [maps[code] is not None and one is None for code, one in zip(codes, middles, strict=True)]
    number = _numbers(sheet, columns.number)

    def checked(column: str, bad: Sequence[bool], must: str, found: str) -> list[cells.Fault]:
        wrong: Bools = np.array(bad, dtype=np.bool_) & used
        return [cells.Fault(found, column, wrong, must, found, _REMEDY)] if wrong.any() else []

    sides = " or ".join(map(str, SIDES))
    faults = [
        *checked(columns.code, [maps[code] is None for code in codes],
                 f"column “{columns.code}” must hold the code on the sheet (two letters, eight digits, a dash and "
                 f"{sides}), but it holds", "something else"),
        *checked(columns.square, astray,
                 f"column “{columns.square}” must name a square of the map, A1 to {_CORNER}, but it holds",
                 "something else"),
        *checked(columns.feeling, [not one for one in feeling],
                 f"column “{columns.feeling}” must say safe or unsafe for every square, but it holds", "nothing"),
        *checked(columns.number or "", (number < 1).tolist(),
                 f"column “{columns.number}” must hold how many marks there are, 1 to {MOST}, but it holds",
                 "something else"),
    ]  # fmt: skip
    cells.refuse(faults[:1], where=sheet.where, say=sheet.say)
    days = _around(_texts(sheet, columns.date)) if columns.date else [None] * len(used)
    undated = not any(days)
    added = {
        EASTING: [None if one is None else f"{one[0]:.0f}" for one in middles],
        NORTHING: [None if one is None else f"{one[1]:.0f}" for one in middles],
        DATE: [today.isoformat()] * len(used) if undated else days,
    }
    table = sheet.table
    for name, values in added.items():
        # Blank lines stay where they are, so that rows are numbered as people see them.
        kept = [value if there else None for value, there in zip(values, used, strict=True)]
        table = table.append_column(name, pa.array(kept, pa.string()))
    return PlacedMarks(replace(sheet, table=table), number[used], undated)


def _texts(sheet: Sheet, column: str) -> list[str | None]:
    found = cells.texts(sheet.table.column(column)).to_pylist()
    return [None if text is None else str(text) for text in found]


def _around(texts: Sequence[str | None]) -> list[str | None]:
    """Fill blanks with the text above them, those before the first one with it."""
    first = next((text for text in texts if text), None)
    filled: list[str | None] = []
    for text in texts:
        filled.append(text or (filled[-1] if filled else first))
    return filled


def _map(code: str | None) -> SessionMap | None:
    return _or_none(read_code, "" if code is None else "".join(code.split()).upper().replace("–", "-"))


def _middle(on: SessionMap | None, square: str | None) -> tuple[float, float] | None:
    return None if on is None or square is None else _or_none(on.middle_of, "".join(square.split()).upper())


def _or_none(read: Callable[[str], _Read], text: str) -> _Read | None:
    try:
        return read(text)
    except ValueError:
        return None


def _numbers(sheet: Sheet, column: str | None) -> Positions:
    """Return how many marks each line stands for: one where it does not say, 0 where that cannot be read."""
    if column is None:
        return np.ones(sheet.table.num_rows, dtype=np.int64)
    text = cells.texts(sheet.table.column(column))
    whole = pc.fill_null(pc.match_substring_regex(text, r"^\d{1,3}$"), True)
    bare = pc.if_else(whole, text, pa.scalar("0"))
    number = np.asarray(pc.fill_null(bare.cast(pa.int64()), 1).to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.where(number > MOST, 0, number)


def names_squares(found: Mapping[str, str]) -> bool:
    """Return whether the columns that were found by meaning are those of squares of a printed map."""
    return {"map_code", "cell", "feeling"} <= found.keys()
