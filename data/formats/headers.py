"""The names of a table's columns, and how large a table may be, the same for every kind of file."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import InputError

MAX_COLUMNS: Final = 2_000
MAX_ROWS: Final = 2_000_000
_MAX_NAMED: Final = 40
# A date, a decimal number, a long number or an e-mail address: no column is called so.
DATUM: Final = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*|[+-]?\d+\.\d+|\d{5,}|\S+@\S+\.\S+")
_MADE: Final = re.compile(r"\(column \d+\)")


def made_name(position: int) -> str:
    """Return the name of a column that has none, by its position from 1."""
    return f"(column {position})"


def column_names(where: str, given: Sequence[str], *, row: int | None = None, start: int = 1) -> list[str]:
    """Return the names of the columns of ``where``: trimmed, and made from the position where one is blank.

    ``row`` is the row in which they stand (None where a file keeps names separately from rows), ``start`` the position
    of the first. Raises ``InputError`` for names that look like data, for names that occur twice, and for too many.
    """
    require_columns(where, len(given))
    names = [name.strip() or made_name(position) for position, name in enumerate(given, start=start)]
    place = "its columns" if row is None else f"row {row}"
    if any(DATUM.fullmatch(name) for name in names):
        # Names are repeated in messages; the values of a first row must not be.
        raise InputError(
            f"{where} must have its column names in {place}, and what stands there looks like data; add the names "
            "above it."
        )
    repeated = [name for name, times in Counter(names).items() if times > 1]
    if repeated:
        raise InputError(
            f"{where} must have column names that differ, and {list_names(repeated)} occurs more than once in {place}; "
            "rename or remove one."
        )
    return names


def made_names(count: int, start: int = 1) -> list[str]:
    """Return names for ``count`` columns by their positions from ``start``."""
    return [made_name(position) for position in range(start, start + count)]


def are_made(names: Sequence[str]) -> bool:
    """Return whether no column has a name of its own."""
    return all(_MADE.fullmatch(name) for name in names)


def require_columns(where: str, count: int) -> None:
    """Raise ``InputError`` when a table has more columns than a person could mean."""
    if count > MAX_COLUMNS:
        raise InputError(
            f"{where} must have at most {MAX_COLUMNS:,} columns, and it has more; delete the columns that are not "
            "needed, also those that look blank."
        )


def require_rows(where: str, count: int) -> None:
    """Raise ``InputError`` when a table has more rows than are read at once."""
    if count > MAX_ROWS:
        raise InputError(
            f"{where} must have at most {MAX_ROWS:,} rows, and it has more; split it, for example by year."
        )


def no_rows(where: str) -> InputError:
    """Return the refusal of a file without rows."""
    return InputError(f"{where} must hold rows, and it holds none; check that the export is complete.")


def without_blank_end(table: pa.Table) -> pa.Table:
    """Return a table of text without the blank rows at its end."""
    filled = reduce(pc.or_, [column.is_valid() for column in table.columns])
    at = pc.indices_nonzero(filled)
    return table.slice(0, at[-1].as_py() + 1 if len(at) else 0)


def list_names(names: Sequence[str]) -> str:
    """Return names in quotation marks, the first 40 of them: “A”, “B” and 3 more."""
    listed = [f"“{name}”" for name in names[:_MAX_NAMED]]
    more = len(names) - _MAX_NAMED
    return ", ".join(listed) + (f" and {more} more" if more > 0 else "")
