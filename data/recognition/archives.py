"""Archives as they are downloaded: what the files in a .zip are, without unpacking all of it."""

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Final

from data.formats.byte_streams import start_of
from data.formats.sources import Source, entry_names, members, printable_name
from data.recognition.file_role import FileRole, Recognised
from data.recognition.peek import Peek, PeekKind
from data.recognition.peeking import SHAPEFILE, peek_text
from data.recognition.place_files import postcodes_file
from data.recognition.police_files import police_archive
from geo.errors import InputError

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_HEAD: Final = 64_000
_MOST_ENTRIES: Final = 20_000  # three years of all forces are some 5,000
_MOST: Final = 60  # files of an archive that are looked at
_BOOKS: Final = ("xl/workbook.xml", "content.xml", "word/document.xml", "ppt/presentation.xml")
_DATA: Final = (
    ".csv", ".txt", ".xlsx", ".ods", ".geojson", ".json", ".gpkg", ".pbf", ".osm", ".ics", ".csv.gz", ".parquet",
)  # fmt: skip
_ERRORS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def is_archive(source: Source) -> bool:
    """Return whether a file is a .zip of others; workbooks are packed alike and are none.

    Raises InputError for an archive that is damaged, empty, or holds another.
    """
    head = start_of(source, len(_ZIP))
    if not head.startswith((_ZIP, _EMPTY_ZIP)):
        return source.is_zip
    return source.is_zip or not any(name in _BOOKS for name in entry_names(source, nested=True))


def in_archive(source: Source, recognise_one: Callable[[Source], Recognised]) -> list[Recognised]:
    """Return what an archive holds: one answer for one thing, else one for each of its files that are known.

    Raises InputError as ``members`` does.
    """
    entries = entry_names(source, nested=True)
    if len(entries) > _MOST_ENTRIES:
        raise InputError(
            f"“{source.name}” must hold at most {_MOST_ENTRIES:,} files, and it holds {len(entries):,}; bring those "
            "that are meant."
        )
    found = police_archive(source, entries) or _postcodes(source)
    if found is not None:
        return [found]
    if any(name.lower().endswith(".shp") for name in entries):
        said = f"“{source.name}” must be a file of the Set up page, and {SHAPEFILE}."
        return [Recognised(source.name, FileRole.UNKNOWN, "Shapefiles", said)]
    wanted = [name for name in entries if name.lower().endswith(_DATA)][:_MOST]
    inside = [_member(source, name, recognise_one) for name in wanted]
    known = [one for one in inside if one.role is not FileRole.UNKNOWN]
    if known or inside:
        return known or inside[:1]
    said = f"“{source.name}” must hold a file of the Set up page, and it holds none; unpack it and bring what is meant."
    return [Recognised(source.name, FileRole.UNKNOWN, "An archive", said)]


def _member(source: Source, entry: str, recognise_one: Callable[[Source], Recognised]) -> Recognised:
    name = f"{source.name} / {printable_name(entry)}"
    try:
        inner = members(source, keep=lambda inside: inside == entry, streamed=True)[0]
        found = recognise_one(inner)
    except InputError as error:
        return Recognised(name, FileRole.UNKNOWN, "A file that cannot be read", str(error))
    return replace(found, file=name, details={**found.details, "archive": source.name, "member": entry})


def _postcodes(source: Source) -> Recognised | None:
    """Return that an archive holds postcodes: its largest table is the directory, or each of its tables is a part."""
    entry, head = _largest_table(source)
    if entry is None:
        return None
    look = Peek(source.name, PeekKind.TEXT, peek_text(source.name, head, whole=False))
    found = postcodes_file(look, look.table)
    if found is None or found.role is not FileRole.POSTCODES:
        return None
    inside = printable_name(entry)
    why = f"{found.why}, in “{inside}” inside it"
    return replace(found, why=why, details={**found.details, "archive": source.name, "member": entry})


def _largest_table(source: Source) -> tuple[str | None, bytes]:
    """Return the name and the beginning of the largest CSV of an archive, which may be too large to be unpacked."""
    try:
        with zipfile.ZipFile(source.path or BytesIO(source.read())) as archive:
            tables = [info for info in archive.infolist() if info.filename.lower().endswith((".csv", ".txt"))]
            if not tables or any(info.flag_bits & 0x1 for info in tables):
                return None, b""
            largest = max(tables, key=lambda info: info.file_size)
            with archive.open(largest) as file:
                return largest.filename, file.read(_HEAD)
    except _ERRORS:
        raise InputError(
            f"“{source.name}” must be whole, and it is damaged or cut short; download or save it again."
        ) from None
