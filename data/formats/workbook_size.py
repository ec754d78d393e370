"""How large the tables of a workbook would become, measured before they are made.

A spreadsheet says where a cell stands, and how often a row or a text is repeated, in a few characters: one cell at the
far corner, or one text repeated in every cell, would take gigabytes. Both are measured in the XML as it stands.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from data.formats.headers import require_columns, require_rows
from data.formats.sources import MB
from data.formats.workbook_parts import Parts
from geo.errors import InputError

MAX_CELLS: Final = 3_000_000  # blank ones too; 50 MB of XML hold about half as many that are filled
MAX_TEXT: Final = 200 * MB  # what all cells would hold together

# The place that a cell or a row states; a cell that closes itself is blank and takes no place.
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,4})(\d{1,9})["']((?:\s+[\w:]+="[^"<>]*")*\s*/>)?""")
_PREFIX: Final = re.compile(rb"<(/?)\w+:")
_CELL: Final = re.compile(rb"<c[\s>]")
_ITEM: Final = re.compile(rb"<si\b")
_SHARED: Final = re.compile(rb"""\st\s*=\s*["']s["']""")
_INDEX: Final = re.compile(rb"""\st\s*=\s*["']s["'][^<>]*>\s*<v>(\d{1,9})</v>""")
_TAG: Final = re.compile(
    rb"""<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>"""
)
_TIMES: Final = re.compile(rb"""number-(?:columns|rows)-repeated\s*=\s*["'](\d{1,12})["']""")
_LETTERS: Final = 26


@dataclass
class _Extent:
    """How far a table reaches from its first cell, and how many bytes its text would take."""

    rows: int = 0
    columns: int = 0
    text: int = 0


def require_size(name: str, parts: Parts) -> None:
    """Raise ``InputError`` when a workbook's tables would have too many columns, rows or cells, or too much text."""
    where = f"“{name}”"
    extents = list(_extents(parts))
    for extent in extents:
        require_columns(where, extent.columns)
        require_rows(where, extent.rows)
    if sum(extent.rows * extent.columns for extent in extents) > MAX_CELLS:
        raise _too_large(where, f"at most {MAX_CELLS:,} cells up to the last that is filled")
    if sum(extent.text for extent in extents) > MAX_TEXT:
        raise _too_large(where, f"at most {MAX_TEXT // MB} MB of text")


def _extents(parts: Parts) -> Iterator[_Extent]:
    shared = [len(item) for item in _ITEM.split(_bare(_shared_strings(parts)))[1:]]
    for part, data in parts.items():
        if b"sheetData" in data:
            yield _xlsx_extent(_bare(data), shared)
        elif part == "content.xml":
            yield from _ods_extents(data)


def _shared_strings(parts: Parts) -> bytes:
    return next((data for part, data in parts.items() if part.lower() == "xl/sharedstrings.xml"), b"")


def _bare(data: bytes) -> bytes:
    """Return XML without the prefixes of its tags."""
    return _PREFIX.sub(rb"<\1", data) if _PREFIX.search(data[:4096]) else data


def _too_large(where: str, limit: str) -> InputError:
    return InputError(
        f"{where} must hold {limit}, and it holds more; delete rows and columns that are not needed, or save its sheet "
        "as CSV."
    )


def _xlsx_extent(data: bytes, shared: list[int]) -> _Extent:
    lines = data.split(b"</row>")
    # Cells may leave out their place, and then follow one another.
    extent = _Extent(len(lines) - 1, max(len(_CELL.findall(line)) for line in lines))
    columns: dict[bytes, int] = {}
    for found in _PLACE.finditer(data):
        letters, digits, blank = found.groups()
        if not blank:
            if letters not in columns:
                columns[letters] = _column(letters)
            extent.rows, extent.columns = max(extent.rows, int(digits)), max(extent.columns, columns[letters])
    extent.text = _shared_text(data, shared)
    return extent


def _shared_text(data: bytes, shared: list[int]) -> int:
    """Add up the shared texts that cells name; where a cell cannot be read, the longest is taken."""
    longest = max(shared, default=0)
    cells = len(_SHARED.findall(data))
    if cells * longest <= MAX_TEXT:
        return cells * longest
    named = Counter(int(found) for found in _INDEX.findall(data))
    known = sum(times * shared[index] for index, times in named.items() if index < len(shared))
    return known + (cells - named.total()) * longest


def _column(letters: bytes) -> int:
    """Return the number of a column by its letters: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _ods_extents(data: bytes) -> Iterator[_Extent]:
    extent, row = _Extent(), _Row()
    start = 0
    for found in _TAG.finditer(data):
        close, what, given = found.groups()
        opens, ends = not close, bool(close) or given.endswith(b"/")
        if what == b"table" and ends:
            yield extent
            extent, start = _Extent(), 0
        elif what == b"table-row":
            if opens:
                row = _Row(_times(given))
            if ends:
                start += row.times
                row.enter(extent, start)
        elif what.endswith(b"cell") and opens:
            row.add(_times(given), given, found.end(), data)


@dataclass
class _Row:
    times: int = 1
    position: int = 0
    filled: int = 0
    text: int = 0

    def add(self, times: int, given: bytes, end: int, data: bytes) -> None:
        """Add a cell, which holds what stands up to the end of it."""
        self.position += times
        holds = 0 if given.endswith(b"/") else max(0, data.find(b"</table:", end) - end)
        if holds or b"office:" in given:
            self.filled = self.position
            self.text += times * (holds + len(given))

    def enter(self, extent: _Extent, last: int) -> None:
        """Let the row widen and lengthen its table; ``last`` is its last line."""
        if self.filled:
            extent.rows, extent.columns = last, max(extent.columns, self.filled)
            extent.text += self.times * self.text


def _times(given: bytes) -> int:
    found = _TIMES.search(given)
    return int(found[1]) if found else 1
