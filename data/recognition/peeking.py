"""Looking at the first bytes of a file: tables as text, GeoJSON, GeoPackage, workbooks and maps.

Whatever its size, a few hundred kilobytes of a file are read; only small workbooks and GeoPackages are read whole.
"""

import csv
import io
import json
import re
from typing import Any, Final

import pyarrow as pa

from data.formats import geopackage, openstreetmap
from data.formats.byte_streams import start_of
from data.formats.csv_text import SEPARATORS
from data.formats.file_kinds import kind_of
from data.formats.headers import require_columns
from data.formats.sheet_reader import read_sheets
from data.formats.sources import MB, UTF_16, Source
from data.recognition.peek import Peek, PeekedTable, PeekKind
from data.recognition.workbook_heads import workbook_heads
from geo.errors import InputError

_HEAD: Final = 256_000
_LARGE_HEAD: Final = 12 * MB  # the first outlines of a coast, drawn in full
ROWS: Final = 300  # of a table that are looked at
_TITLES: Final = 15  # rows of titles and notes that may stand above the names of columns
_TITLED: Final = 3  # cells that a row of names has at least, where titles have one
_ZIP: Final = b"PK\x03\x04"
_PROPERTIES: Final = re.compile(r'"properties"\s*:\s*(?=\{)')
_SHAPE: Final = re.compile(r'"type"\s*:\s*"((?:Multi)?(?:Point|LineString|Polygon))"')
_API: Final = re.compile(r'\[\s*\{(?=.{0,2000}"persistent_id")(?=.{0,2000}"location_type")', re.DOTALL)
_PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix")
SHAPEFILE: Final = (
    "it is a shapefile or a part of one, which is not read; of streets bring the extract that ends in .osm.pbf, of "
    "areas the download as GeoJSON or GeoPackage"
)


def peek(source: Source) -> Peek:
    """Return a first look at a file that is no archive of others.

    Raises InputError for a file that cannot be opened or is damaged, and for what ``kind_of`` refuses.
    """
    name = source.name.lower()
    if name.endswith(_PARTS):
        return Peek(source.name, PeekKind.REFUSED, refused=SHAPEFILE)
    head = start_of(source, _HEAD)
    if not head.strip():
        return Peek(source.name, PeekKind.REFUSED, refused="it is empty; download or save it again")
    if openstreetmap.format_of(head) is not None:
        return Peek(source.name, PeekKind.OPENSTREETMAP)
    if head.startswith(_ZIP):
        return _peek_workbook(source)
    if geopackage.is_geopackage(head):
        return _peek_geopackage(source)
    if head.startswith(b"PAR1"):
        return _peek_sheets(source)
    return _peek_text(source, head)


def _peek_text(source: Source, head: bytes) -> Peek:
    text = _decoded(head)
    start = text.lstrip("\ufeff \r\n\t")
    if start[:15].upper() == "BEGIN:VCALENDAR":
        return Peek(source.name, PeekKind.CALENDAR)
    if start.startswith("{"):
        return _peek_geojson(source, text)
    if _API.match(start):
        return Peek(source.name, PeekKind.JSON)
    _require_table(source.name, head)
    return Peek(source.name, PeekKind.TEXT, peek_text(source.name, head, whole=len(head) < _HEAD))


def peek_text(name: str, head: bytes, *, whole: bool) -> tuple[PeekedTable]:
    """Return the one table of a text with columns; ``whole`` says that its bytes are all there are."""
    return (_peek_csv(name, _decoded(head), whole=whole),)


def _require_table(name: str, head: bytes) -> None:
    """Raise InputError for bytes of a kind that is not read, whatever the ending of the name says."""
    as_table = name if name.lower().removesuffix(".gz").endswith((".csv", ".txt", ".tsv", ".tab")) else f"{name}.csv"
    try:
        kind_of(as_table, head)
    except InputError as error:
        raise InputError(str(error).replace(f"“{as_table}”", f"“{name}”")) from None


def _peek_csv(name: str, text: str, *, whole: bool) -> PeekedTable:
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not whole:
        lines = lines.rpartition("\n")[0] or lines
    first = next((line for line in lines.split("\n") if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    require_columns(f"“{name}”", first.count(separator))
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=separator)
    try:
        rows = [row for row, _ in zip(reader, range(ROWS), strict=False) if any(cell.strip() for cell in row)]
    except csv.Error:  # a cell that does not end, as in no table
        return PeekedTable(())
    if not rows:
        return PeekedTable(())
    # Official tables can have a few titles above the names of their columns.
    at = next((at for at, row in enumerate(rows[:_TITLES]) if sum(map(bool, row)) >= _TITLED), 0)
    at = at if sum(map(bool, rows[0])) < _TITLED - 1 else 0
    header = tuple(cell.strip() for cell in rows[at])
    return PeekedTable(header, tuple(tuple(row) for row in rows[at + 1 :]), row=at + 1)


def _decoded(head: bytes) -> str:
    if head.startswith(UTF_16):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    for cut in range(4):  # a letter of several bytes may be cut at the end
        try:
            return head[: len(head) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return head.decode("cp1252", errors="replace")


def _peek_geojson(source: Source, text: str) -> Peek:
    if '"Topology"' in text[:2000]:
        said = "it is TopoJSON, which is not read; bring the same areas as GeoJSON or GeoPackage"
        return Peek(source.name, PeekKind.REFUSED, refused=said)
    found = _properties(text)
    if not found:
        text = _decoded(start_of(source, _LARGE_HEAD))
        found = _properties(text)
    if not found:
        said = "it is JSON without features; export the layer as GeoJSON"
        return Peek(source.name, PeekKind.REFUSED, refused=said)
    columns = tuple(dict.fromkeys(name for one in found for name in one))
    require_columns(f"“{source.name}”", len(columns))
    rows = tuple(tuple("" if one.get(name) is None else str(one[name]) for name in columns) for one in found)
    shape = _SHAPE.search(text)
    return Peek(source.name, PeekKind.SHAPES, (PeekedTable(columns, rows, shapes=shape[1] if shape else None),))


def _properties(text: str) -> list[dict[str, Any]]:
    """Return the properties of the features that stand whole in the beginning of a GeoJSON file."""
    decoder, found = json.JSONDecoder(), list[dict[str, Any]]()
    for at in _PROPERTIES.finditer(text, max(text.find('"features"'), 0)):
        try:
            properties = decoder.raw_decode(text, at.end())[0]
        except (ValueError, RecursionError):
            break
        found.append(properties)
        if len(found) == ROWS:
            break
    return found


def _peek_geopackage(source: Source) -> Peek:
    heads = geopackage.layer_heads(source, ROWS)
    tables = tuple(PeekedTable(one.columns, one.rows, one.name, shapes=one.shapes) for one in heads)
    return Peek(source.name, PeekKind.SHAPES, tables)


def _peek_workbook(source: Source) -> Peek:
    tables = workbook_heads(source)
    if tables is None:
        return _peek_sheets(source)
    return Peek(source.name, PeekKind.WORKBOOK, tables)


def _peek_sheets(source: Source) -> Peek:
    """Look at a file that is read whole: an OpenDocument spreadsheet, or Parquet."""
    try:
        sheets = read_sheets(source)
    except pa.ArrowException:
        raise InputError(f"“{source.name}” must be whole, and it is damaged; save it again.") from None
    tables = []
    for sheet in sheets:
        head = sheet.table.slice(0, ROWS)
        cells = [["" if value is None else value for value in column.to_pylist()] for column in head.columns]
        tables.append(PeekedTable(tuple(sheet.columns), tuple(zip(*cells, strict=True)), sheet.name, sheet.first - 1))
    return Peek(source.name, PeekKind.WORKBOOK, tuple(tables))
