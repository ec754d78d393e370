"""The parts of a workbook (XLSX and ODS are .zip archives of XML), unpacked within bounds before anything reads them.

What reads the cells later is given a new archive made of these very bytes, so that nothing that an archive can say
twice (a size, a name, an entry) is read differently by two programs.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from data.formats.sources import MAX_RATIO, MB, RATIO_FROM
from geo.errors import InputError

Parts = dict[str, bytes]

MAX_WORKBOOK: Final = 50 * MB  # unpacked, each part and all together
MAX_PARTS: Final = 5_000
_MAX_TYPE_BYTES: Final = 100  # bytes
# What zipfile raises for archives that are damaged, encrypted or packed in ways of their own.
ZIP_ERRORS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_READ: Final = (".xml", ".rels", ".vml", "mimetype")
_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LINKS_ODS: Final = re.compile(rb"<(?:table:table-source|table:cell-range-source|office:dde-source)\b")
_MACROS: Final = re.compile(r"vbaproject|^xl/macrosheets/|^basic/|^scripts/", re.IGNORECASE)
_SHEET: Final = re.compile(
    r"xl/(?:worksheets|chartsheets|drawings|comments|threadedcomments|persons|media)/?", re.IGNORECASE
)
_LINKS: Final = re.compile(r"^xl/externallinks/", re.IGNORECASE)
_MACRO_TYPE: Final = re.compile(rb"macroEnabled", re.IGNORECASE)
_ENCRYPTED_ODS: Final = re.compile(rb"<(?:\w+:)?encryption-data\b")


def contents(name: str, data: bytes) -> tuple[list[str], bytes]:
    """Return the names inside an archive, and its media type as it states it (b"" if it does not).

    Raises ``InputError`` for an archive that is damaged.
    """
    with _opened(name, data) as archive:
        names = archive.namelist()
        try:
            with archive.open("mimetype") as file:
                return names, file.read(_MAX_TYPE_BYTES)
        except KeyError:
            return names, b""
        except ZIP_ERRORS:
            raise damaged(name) from None


def open_parts(name: str, data: bytes) -> Parts:
    """Return the XML parts of a workbook by their names.

    Raises ``InputError`` for a workbook that is damaged, encrypted, unpacks too far, or holds macros, links to other
    files or declarations of entities; pictures and other bytes are left out.
    """
    with _opened(name, data) as archive:
        entries = [info for info in archive.infolist() if not info.is_dir()]
        _require_plain(name, entries)
        parts = {info.filename: _inflated(name, archive, info) for info in entries if _is_needed(info.filename)}
    require_harmless(name, parts)
    return parts


def open_small_parts(name: str, archive: zipfile.ZipFile, most: int) -> Parts:
    """Return the XML parts of a workbook but for its sheets, which together may unpack to ``most`` bytes.

    Raises ``InputError`` as ``open_parts`` does.
    """
    entries = [info for info in archive.infolist() if not info.is_dir()]
    _require_plain(name, entries, most)
    small = [info for info in entries if _is_needed(info.filename) and not _SHEET.match(info.filename)]
    _require_total(name, small, MAX_WORKBOOK)
    parts = {info.filename: _inflated(name, archive, info) for info in small}
    require_harmless(name, parts)
    return parts


def packed(parts: Parts) -> io.BytesIO:
    """Return an archive of ``parts`` that is not compressed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    content.seek(0)
    return content


def damaged(name: str) -> InputError:
    """Return the refusal of a workbook that cannot be read."""
    return InputError(f"“{name}” must be a whole workbook, and it is damaged or cut short; open it and save it again.")


def _opened(name: str, data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS:
        raise damaged(name) from None


def _is_needed(part: str) -> bool:
    return part.lower().endswith(_READ)


def _require_plain(name: str, entries: list[zipfile.ZipInfo], most: int = MAX_WORKBOOK) -> None:
    """Refuse by what the list of contents says, before anything is unpacked."""
    names = [info.filename.lower() for info in entries]
    if len(names) > MAX_PARTS or len(set(names)) < len(names):
        raise damaged(name)
    if any(info.flag_bits & 0x1 for info in entries):
        raise InputError(f"“{name}” must not be encrypted, and it is; save it without a password.")
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in entries):
        raise damaged(name)
    if any(_MACROS.search(part) for part in names):
        raise _holds(name, "macros", "save it as an ordinary workbook (.xlsx or .ods)")
    if any(_LINKS.search(part) for part in names):
        raise _holds(name, "links to other workbooks", "break the links in the spreadsheet program and save it again")
    _require_total(name, entries, most)
    if any(info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size) for info in entries):
        raise InputError(
            f"“{name}” must unpack to at most {MAX_RATIO} times its packed size, and a part of it would unpack to "
            "more, as harmful files do; save its sheet as CSV."
        )


def _require_total(name: str, entries: list[zipfile.ZipInfo], most: int) -> None:
    if sum(info.file_size for info in entries) > most:
        raise InputError(
            f"“{name}” must unpack to at most {most // MB:,} MB, and it would unpack to more; save its sheet as "
            "CSV, or split it."
        )


def _inflated(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Unpack one part: never more than its declared size, and its checksum must be that of all of it."""
    try:
        with archive.open(info) as file:
            data = file.read(info.file_size)
    except ZIP_ERRORS:
        raise damaged(name) from None
    if len(data) != info.file_size:
        raise damaged(name)
    return data


def require_harmless(name: str, parts: Parts) -> None:
    """Raise ``InputError`` for parts with macros, entities, links to other files, or text that cannot be searched."""
    if _ENCRYPTED_ODS.search(parts.get("META-INF/manifest.xml", b"")):
        raise InputError(f"“{name}” must not be encrypted, and it is; save it without a password.")
    for data in parts.values():
        # Text in another encoding than UTF-8 would hide from the searches below.
        if b"\0" in data:
            raise damaged(name)
        if _DECLARES.search(data):
            raise _holds(name, "declarations of entities, as harmful files do", "open it and save it again")
    if _MACRO_TYPE.search(parts.get("[Content_Types].xml", b"")):
        raise _holds(name, "macros", "save it as an ordinary workbook (.xlsx or .ods)")
    if _LINKS_ODS.search(parts.get("content.xml", b"")):
        raise _holds(name, "links to other files", "break the links in the spreadsheet program and save it again")


def _holds(name: str, what: str, remedy: str) -> InputError:
    return InputError(f"“{name}” must hold cells only, and it holds {what}; {remedy}.")
