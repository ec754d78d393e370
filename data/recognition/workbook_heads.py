"""The first rows of the sheets of an Excel workbook, read from its XML as a stream, however large it is."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any, Final
from xml.etree import ElementTree

from data.formats.sources import MB, Source, printable_name
from data.formats.workbook_parts import damaged
from data.recognition.peek import PeekedTable

_ROWS: Final = 40  # of a sheet that are looked at
_SHEETS: Final = 40
_BYTES: Final = 4 * MB  # of one part that are unpacked at most
_CHUNK: Final = 65_536
_TITLED: Final = 3  # cells that a row of names has at least; titles and notes above it have one or two
_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[A-Z]+")
_ERRORS: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError,
    ElementTree.ParseError,
)  # fmt: skip


def workbook_heads(source: Source) -> tuple[PeekedTable, ...] | None:
    """Return the first rows of each sheet that holds a table; None for an archive that is no Excel workbook.

    The row of names is the first that has three cells or more. Raises InputError for a workbook that is damaged.
    """
    try:
        with zipfile.ZipFile(source.path or BytesIO(source.read())) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return None
            return _tables(source.name, archive)
    except _ERRORS:
        raise damaged(source.name) from None


def _tables(name: str, archive: zipfile.ZipFile) -> tuple[PeekedTable, ...]:
    sheets = _sheets(name, archive)
    cells = {title: _cells(name, archive, part) for title, part in sheets[:_SHEETS]}
    wanted = max(
        (int(text) for rows in cells.values() for row in rows for kind, text in row if kind == "s"), default=-1
    )
    shared = _shared(name, archive, wanted)
    tables = []
    for title, rows in cells.items():
        texts = [[shared.get(int(text), "") if kind == "s" else text for kind, text in row] for row in rows]
        at = next((at for at, row in enumerate(texts) if sum(map(bool, row)) >= _TITLED), None)
        if at is not None:
            header = tuple(" ".join(text.split()) for text in texts[at])
            tables.append(PeekedTable(header, tuple(map(tuple, texts[at + 1 :])), printable_name(title), at + 1))
    return tuple(tables) or (PeekedTable(()),)


def _sheets(name: str, archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the title of each sheet and the part that holds it."""
    parts = {}
    for one in _elements(name, archive, "xl/_rels/workbook.xml.rels"):
        if _local(one) == "Relationship":
            target = str(one.get("Target", "")).lstrip("/")
            parts[one.get("Id")] = target if target.startswith("xl/") else f"xl/{target}"
    found = []
    for one in _elements(name, archive, "xl/workbook.xml"):
        if _local(one) == "sheet":
            number = next((value for key, value in one.attrib.items() if key.endswith("}id")), None)
            if parts.get(number) in archive.namelist():
                found.append((str(one.get("name", "")), parts[number]))
    return found


def _cells(name: str, archive: zipfile.ZipFile, part: str) -> list[list[tuple[str, str]]]:
    """Return the first rows of a sheet: of each cell its type and its text, blank ones between them too."""
    rows: list[list[tuple[str, str]]] = []
    for one in _elements(name, archive, part):
        if _local(one) == "row":
            row: list[tuple[str, str]] = []
            for cell in one:
                row += [("", "")] * min(_position(cell.get("r"), len(row)) - len(row), 2_000)
                row.append(_cell(cell))
            rows.append(row)
            one.clear()
            if len(rows) == _ROWS:
                break
    return rows


def _cell(cell: ElementTree.Element) -> tuple[str, str]:
    value = next((inner.text or "" for inner in cell if _local(inner) == "v"), "")
    if cell.get("t") == "s" and value.isdecimal():
        return "s", value
    written = "".join(inner.text or "" for inner in cell.iter() if _local(inner) == "t")
    return "", value or written


def _position(reference: str | None, otherwise: int) -> int:
    letters = _LETTERS.match(reference or "")
    if letters is None:
        return otherwise
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, otherwise)


def _shared(name: str, archive: zipfile.ZipFile, last: int) -> dict[int, str]:
    """Return the shared texts up to the last that is wanted, as far as they stand in the beginning of their part."""
    found: dict[int, str] = {}
    part = "xl/sharedStrings.xml"
    if last < 0 or part not in archive.namelist():
        return found
    for one in _elements(name, archive, part):
        if _local(one) == "si":
            found[len(found)] = "".join(inner.text or "" for inner in one.iter() if _local(inner) == "t")
            one.clear()
            if len(found) > last:
                break
    return found


def _elements(name: str, archive: zipfile.ZipFile, part: str) -> Iterator[ElementTree.Element]:
    """Yield the elements of a part as they end, of its first bytes only."""
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(["end"])
    with archive.open(part) as file:
        for chunk in _chunks(file):
            if _DECLARES.search(chunk):
                raise damaged(name)
            parser.feed(chunk)
            yield from (event[-1] for event in parser.read_events() if isinstance(event[-1], ElementTree.Element))


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    for _ in range(_BYTES // _CHUNK):
        chunk = file.read(_CHUNK)
        if not chunk:
            return
        yield chunk


def _local(one: ElementTree.Element) -> str:
    return str(one.tag).rpartition("}")[2]
