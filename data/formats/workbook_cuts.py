"""Workbooks too large to hold: a few columns of one sheet, cut out of its XML as it is unpacked.

The residents of all small areas of England and Wales come as a workbook of 83 MB with 600 MB of XML in it. Of the
sheet that is wanted each row is cut to a few of its cells, and what is left is read by calamine as any workbook is.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from data.formats.sheets import Sheet
from data.formats.sources import GZIP, MB, Source, printable_name
from data.formats.workbook_parts import MAX_WORKBOOK, ZIP_ERRORS, Parts, damaged, open_small_parts
from data.formats.workbook_size import require_size
from data.formats.workbooks import cell_text, read_grids, sheet_of
from geo.errors import InputError

MAX_CUT: Final = 1_500 * MB  # of XML, all sheets together; the largest official workbook has some 600 MB
HEADER_WITHIN: Final = 20  # rows: titles and notes stand above the names of columns
_SAMPLE: Final = 40  # rows that are looked at to find the header and what its columns hold
_BLOCK: Final = 1 << 20
_LONGEST_ROW: Final = 8 << 20  # bytes
_SHEETS: Final = "xl/worksheets/sheet1.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_CELL: Final = re.compile(rb"<c\b([^<>]*?)(/>|>(.*?)</c>)", re.DOTALL)
_AT: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})\d{1,9}["']""")
_ROW_AT: Final = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
_PREFIXED: Final = re.compile(rb"<(\w+:)(?:worksheet|sheetData|row)\b")
_TAGS: Final = re.compile(rb"<(/?)\w+:")
_NAMED: Final = re.compile(r"""<(?:\w+:)?sheet\b([^<>]*)/?>""")
_TARGET: Final = re.compile(r"""<(?:\w+:)?Relationship\b([^<>]*)/?>""")
_GIVEN: Final = re.compile(r"""([\w:]+)\s*=\s*"([^"]*)\"""")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SPACE: Final = "http://schemas.openxmlformats.org"
_SHELL: Final[dict[str, str]] = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_SPACE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_SPACE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_SPACE}/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_SPACE}/spreadsheetml/2006/main" '
        f'xmlns:r="{_SPACE}/officeDocument/2006/relationships">'
        '<sheets><sheet name="cut" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_SPACE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_SPACE}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_SPACE}/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    ),
}

# Given the names of a row and the rows below it, the positions of the columns that are wanted; None for no header.
Choose = Callable[[Sequence[str], Sequence[Sequence[str | None]]], Sequence[int] | None]


@dataclass(frozen=True)
class _Row:
    """One row of a sheet as XML: its number, and its cells by column (from 0) as what they state and what they hold."""

    number: int
    xml: bytes

    def cells(self, last: int) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield the filled cells up to column ``last``: column, attributes without the place, content."""
        column = -1
        for found in _CELL.finditer(self.xml):
            place = _AT.search(found[1])
            column = column + 1 if place is None else _column(place[1])
            if column > last:
                return
            if found[3]:
                yield column, _AT.sub(b"", found[1]), found[3]


def cut_sheet(source: Source, choose: Choose) -> Sheet | None:
    """Return the columns that ``choose`` wants, of the sheet whose name has the latest year, else of the first.

    Sheets in which ``choose`` finds no header within the first rows are passed over; None when it finds none at all.
    Titles and notes above the header are left out, and rows keep their numbers. Raises ``InputError`` for a workbook
    that is damaged, encrypted or harmful, and where what is kept is too large.
    """
    with _opened(source) as archive:
        parts = open_small_parts(source.name, archive, MAX_CUT)
        shared = _shared(parts)
        for title, member in _sheets(source.name, archive, parts):
            rows = _Rows(source.name, archive, member)
            found = _header(source.name, rows, shared, choose)
            if found is not None:
                return _cut(source.name, printable_name(title), rows, shared, *found)
    return None


def _opened(source: Source) -> zipfile.ZipFile:
    file: IO[bytes] | None = None
    if source.path is None or source.path.suffix.lower() == ".gz":
        content = source.read()
        if content.startswith(GZIP):
            raise damaged(source.name)
        file = io.BytesIO(content)
    try:
        return zipfile.ZipFile(file or source.path or "")
    except ZIP_ERRORS:
        raise damaged(source.name) from None


def _shared(parts: Parts) -> bytes | None:
    return next((data for part, data in parts.items() if part.lower() == _STRINGS.lower()), None)


def _sheets(name: str, archive: zipfile.ZipFile, parts: Parts) -> list[tuple[str, zipfile.ZipInfo]]:
    """List the sheets with the name of each, the latest year that a name has first, else in their order."""
    book, links = (parts.get(part, b"").decode("utf-8", "replace") for part in
                   ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))  # fmt: skip
    targets = {given.get("Id"): given.get("Target", "") for given in map(_given, _TARGET.findall(links))}
    entries = {info.filename: info for info in archive.infolist()}
    found = []
    for given in map(_given, _NAMED.findall(book)):
        target = targets.get(next((value for key, value in given.items() if key.endswith(":id")), ""), "")
        entry = entries.get(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if entry is not None:
            found.append((given.get("name", ""), entry))
    if not found:
        raise damaged(name)
    return sorted(found, key=lambda sheet: -max(map(int, _YEAR.findall(sheet[0])), default=0))


def _given(attributes: str) -> dict[str, str]:
    return dict(_GIVEN.findall(attributes))


class _Rows:
    """The rows of one sheet, from its XML as it is unpacked; they can be gone through again."""

    def __init__(self, name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        self._name, self._archive, self._entry = name, archive, entry

    def __iter__(self) -> Iterator[_Row]:
        number = 0
        for piece in self._pieces():
            start = piece.rfind(b"<row")
            close = piece.find(b">", start)
            if start < 0 or close < 0 or b"<!" in piece or b"\0" in piece:
                raise damaged(self._name)
            stated = _ROW_AT.search(piece, start, close)
            # Rows without a cell may close themselves, and stand before the one that ends here.
            number = int(stated[1]) if stated else number + 1 + piece.count(b"<row", 0, start)
            yield _Row(number, piece[close + 1 :])

    def _pieces(self) -> Iterator[bytes]:
        """Yield the XML up to the end of each row, without prefixes of tags."""
        with self._archive.open(self._entry) as file:
            left = self._block(file)
            prefix = _PREFIXED.search(left)
            end = b"</%srow>" % (prefix[1] if prefix else b"")
            while True:
                *pieces, left = left.split(end)
                yield from (_TAGS.sub(rb"<\1", piece) if prefix else piece for piece in pieces)
                if len(left) > _LONGEST_ROW:
                    raise damaged(self._name)
                more = self._block(file)
                if not more:
                    return
                left += more

    def _block(self, file: IO[bytes]) -> bytes:
        """Return the next bytes, never more in all than the archive states, with the right checksum at their end."""
        try:
            return file.read(_BLOCK)
        except ZIP_ERRORS:
            raise damaged(self._name) from None


def _header(name: str, rows: _Rows, shared: bytes | None, choose: Choose) -> tuple[int, list[int]] | None:
    """Return the number of the row that holds the names, and the columns that are wanted (from 0)."""
    sample, widest = list[_Row](), 0
    for row in rows:
        sample.append(row)
        widest = max(widest, max((column for column, _, _ in row.cells(1 << 14)), default=0))
        if len(sample) >= _SAMPLE:
            break
    xml = b"".join(_kept(row, range(widest + 1)) for row in sample)
    if b"<c " not in xml:
        return None
    parts = _shell(xml, shared)
    require_size(name, parts)
    grid = read_grids(name, parts)[0]
    lines = [[cell_text(cell) for cell in line] for line in grid.rows]
    for at, line in enumerate(lines[:HEADER_WITHIN]):
        wanted = choose([text.strip() if text else "" for text in line], lines[at + 1 :])
        if wanted is not None:
            return grid.row + at, [grid.column - 1 + column for column in wanted]
    return None


def _cut(name: str, title: str, rows: _Rows, shared: bytes | None, header: int, wanted: Sequence[int]) -> Sheet:
    kept, size = list[bytes](), 0
    for row in rows:
        if row.number < header:
            continue
        kept.append(_kept(row, wanted))
        size += len(kept[-1])
        if size > MAX_WORKBOOK:
            raise InputError(
                f"“{name}” must leave at most {MAX_WORKBOOK // MB} MB of cells to keep, and it leaves more; save its "
                "sheet as CSV, or split it."
            )
    parts = _shell(b"".join(kept), shared)
    require_size(name, parts)
    grid = read_grids(name, parts)[0]
    return sheet_of(name, type(grid)(title, grid.rows, grid.row, grid.column), only=True)


def _kept(row: _Row, wanted: Sequence[int]) -> bytes:
    """Return the XML of a row with the cells that are wanted, side by side."""
    places = {column: place for place, column in enumerate(wanted)}
    last = max(wanted)
    cells = [
        b'<c r="%s%d"%s>%s</c>' % (_letters(places[column]), row.number, given, holds)
        for column, given, holds in row.cells(last) if column in places
    ]  # fmt: skip
    return b'<row r="%d">%s</row>' % (row.number, b"".join(cells))


def _shell(rows: bytes, shared: bytes | None) -> Parts:
    """Return the parts of a workbook of one sheet that holds ``rows``, and the texts that its cells name."""
    parts = {part: text.encode() for part, text in _SHELL.items()}
    parts[_SHEETS] = b'<worksheet xmlns="%s/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>' % (
        _SPACE.encode(),
        rows,
    )
    parts[_STRINGS] = shared or b'<sst xmlns="%s/spreadsheetml/2006/main"/>' % _SPACE.encode()
    return parts


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _letters(column: int) -> bytes:
    letters, column = b"", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = bytes([ord("A") + rest]) + letters
    return letters
