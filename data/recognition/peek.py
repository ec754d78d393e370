"""What a first look at a file shows: which kind it is, the columns of its tables, and their first rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]")


class PeekKind(StrEnum):
    """How a file is packed."""

    TEXT = "text with columns"
    WORKBOOK = "a workbook"
    SHAPES = "shapes"
    OPENSTREETMAP = "an extract of OpenStreetMap"
    CALENDAR = "a calendar"
    JSON = "JSON"
    REFUSED = "of a kind that is not read"


@dataclass(frozen=True)
class PeekedTable:
    """The columns of one table and its first rows; ``sheet`` is that of a workbook or the layer of a file of shapes.

    ``row`` is the number of the row in which the columns are named; ``shapes`` the kind of its shapes, None for none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    sheet: str | None = None
    row: int = 1
    shapes: str | None = None

    def values(self, column: str) -> list[str]:
        """Return what stands in a column in the first rows, blanks left out."""
        at = self.columns.index(column)
        return [row[at].strip() for row in self.rows if at < len(row) and row[at].strip()]

    def find(self, *names: str) -> str | None:
        """Return the first column that is called one of ``names``, written as ``key`` writes them."""
        by_key = {key(column): column for column in reversed(self.columns)}
        return next((by_key[name] for name in names if name in by_key), None)

    def matching(self, pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield the columns whose name, written as ``key`` writes it, is of a pattern, and how."""
        for column in self.columns:
            if found := pattern.fullmatch(key(column)):
                yield column, found


@dataclass(frozen=True)
class Peek:
    """A first look at one file. ``refused`` says, of a kind that is not read, what it is and what to do instead."""

    file: str
    kind: PeekKind
    tables: tuple[PeekedTable, ...] = ()
    refused: str | None = None

    @property
    def table(self) -> PeekedTable:
        """The first table that has rows, or else the first."""
        return next((table for table in self.tables if table.rows), self.tables[0])


def key(column: str) -> str:
    """Return the name of a column in small letters and digits alone: "LSOA code (2021)" is "lsoacode2021"."""
    return _NOT_LETTERS.sub("", column.casefold())
