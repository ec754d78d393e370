"""What kind of file some bytes are, whether their name agrees, and what to do with kinds that are not read."""

import re
from collections.abc import Mapping
from typing import Final

from data.formats import geopackage
from data.formats.sources import GZIP
from data.formats.workbook_parts import contents
from geo.errors import InputError

CSV: Final = "CSV"
XLSX: Final = "an Excel workbook (.xlsx)"
ODS: Final = "an OpenDocument spreadsheet (.ods)"
PARQUET: Final = "Parquet"
GEOJSON: Final = "GeoJSON"
GEOPACKAGE: Final = "GeoPackage"

# The endings that can be uploaded, and what each promises.
ENDINGS: Final[Mapping[str, str]] = {
    "csv": CSV, "tsv": CSV, "txt": CSV, "tab": CSV,
    "xlsx": XLSX, "ods": ODS, "parquet": PARQUET, "geoparquet": PARQUET,
    "geojson": GEOJSON, "json": GEOJSON, "gpkg": GEOPACKAGE,
}  # fmt: skip
_READ: Final = "CSV, XLSX, ODS, Parquet, GeoJSON or GeoPackage"
_HEAD: Final = 4096
_TEXT_START: Final = b"\xef\xbb\xbf \r\n\t"
_LAYER: Final = "export the layer as GeoJSON or GeoPackage"
_TABLE: Final = "save it as .xlsx or CSV"
_ASK: Final = "ask for the data as CSV or .xlsx"

# First bytes of kinds that are not read: what they are, and the remedy.
_STARTS: Final = (
    (b"%PDF", "a PDF", _ASK),
    (b"\x89PNG", "a picture", _ASK),
    (b"\xff\xd8\xff", "a picture", _ASK),
    (b"GIF8", "a picture", _ASK),
    (b"II*\0", "a picture", _ASK),
    (b"MM\0*", "a picture", _ASK),
    (b"RIFF", "a picture, sound or film", _ASK),
    (b"{\\rtf", "a text document", _ASK),
    (b"PARE", "an encrypted Parquet file", "save it without encryption"),
    (b"\0\0\x27\x0a", "part of a shapefile", _LAYER),
    (b"7z\xbc\xaf\x27\x1c", "a packed archive", "unpack it and bring the files in it"),
    (b"Rar!", "a packed archive", "unpack it and bring the files in it"),
    (b"\x28\xb5\x2f\xfd", "a packed file", "unpack it first"),
    (b"BZh", "a packed file", "unpack it first"),
    (b"\xfd7zXZ", "a packed file", "unpack it first"),
    (GZIP, "a file packed twice", "unpack it first"),
)
# The same for texts that begin with <.
_MARKED_UP: Final = (
    (re.compile(rb"<kml\b"), "KML", _LAYER),
    (re.compile(rb"<OGRVRT|<VRTDataset"), "a description of other files", "export the layer itself as GeoJSON"),
    (re.compile(rb"opengis\.net/gml|<gml:"), "GML", _LAYER),
    (re.compile(rb"<gpx\b"), "GPX", _LAYER),
    (re.compile(rb"Excel\.Sheet|office:spreadsheet"), "an old workbook of XML", _TABLE),
    (re.compile(rb"<html\b|<!doctype html", re.IGNORECASE), "a web page", "save the data itself, not the page"),
)
# The same for names inside a .zip.
_ZIPPED: Final = (
    (re.compile(r"^xl/workbook\.bin$"), "a binary workbook (.xlsb)", _TABLE),
    (re.compile(r"^word/"), "a Word document", "copy its table into a spreadsheet and save that as .xlsx or CSV"),
    (re.compile(r"^ppt/"), "a presentation", _ASK),
    (re.compile(r"\.shp$"), "a shapefile", _LAYER),
    (re.compile(r"\.kml$"), "KMZ", _LAYER),
)
_NAMED: Final = {
    "xls": ("an old Excel workbook (.xls)", _TABLE),
    "xlsb": ("a binary workbook (.xlsb)", _TABLE),
    "xlsm": ("a workbook with macros (.xlsm)", "save it as an ordinary workbook (.xlsx)"),
    "docx": ("a Word document", "copy its table into a spreadsheet and save that as .xlsx or CSV"),
    "kml": ("KML", _LAYER), "kmz": ("KMZ", _LAYER), "gml": ("GML", _LAYER), "gpx": ("GPX", _LAYER),
    "shp": ("part of a shapefile", _LAYER), "dbf": ("part of a shapefile", _LAYER),
    "vrt": ("a description of other files", _LAYER),
    "shx": ("part of a shapefile", _LAYER), "pdf": ("a PDF", _ASK),
}  # fmt: skip


def kind_of(name: str, data: bytes) -> str:
    """Return which kind of file ``data`` (unpacked) is, one of the six that are read.

    Raises ``InputError`` for any other kind, with what to do, and when the ending of the name promises another.
    """
    found = _kind(name, data)
    ending = _ending(name)
    promised = ENDINGS.get(ending)
    if found == CSV and promised is None and ending in _NAMED:
        raise _not_read(name, *_NAMED[ending])
    if promised is None:
        raise InputError(
            f"“{name}” must be named as what it is ({_READ}), and its name does not say; give it the ending "
            f"{_say_endings(found)}."
        )
    # Text that should be GeoJSON, the reader of GeoJSON judges: it has the better words.
    if promised != found and (promised, found) != (GEOJSON, CSV):
        raise InputError(
            f"“{name}” must be what its name promises ({promised}), and it holds {_say_kind(found)}; give it the "
            f"ending {_say_endings(found)} or save it again."
        )
    return promised


def _kind(name: str, data: bytes) -> str:
    for start, what, remedy in _STARTS:
        if data.startswith(start):
            raise _not_read(name, what, remedy)
    if data.startswith(b"PK\x03\x04"):
        return _zipped_kind(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refuse_compound(name, data)
    if data.startswith(b"PAR1"):
        return PARQUET
    if data.startswith(geopackage.SQLITE):
        if geopackage.is_geopackage(data):
            return GEOPACKAGE
        raise _not_read(name, "a database that is no GeoPackage", "export its table as CSV")
    return _text_kind(name, data)


def _zipped_kind(name: str, data: bytes) -> str:
    names, itself = contents(name, data)
    lower = [each.lower() for each in names]
    for pattern, what, remedy in _ZIPPED:
        if any(pattern.search(each) for each in lower):
            raise _not_read(name, what, remedy)
    if "xl/workbook.xml" in lower:
        if _ending(name) == "xlsm":
            raise _not_read(name, *_NAMED["xlsm"])
        return XLSX
    if "content.xml" in names and b"opendocument.spreadsheet" in itself:
        return ODS
    if b"opendocument" in itself:
        raise _not_read(name, "an OpenDocument file that is no spreadsheet", _ASK)
    raise _not_read(name, "a .zip archive", "unpack it and bring the files in it")


def _text_kind(name: str, data: bytes) -> str:
    head = data[:_HEAD].lstrip(_TEXT_START)
    if head.startswith(b"<"):
        for pattern, what, remedy in _MARKED_UP:
            if pattern.search(head):
                raise _not_read(name, what, remedy)
        raise _not_read(name, "XML", _ASK)
    if head.startswith(b"{") or (head.startswith(b"[") and ENDINGS.get(_ending(name)) == GEOJSON):
        return GEOJSON
    return CSV


def _refuse_compound(name: str, data: bytes) -> InputError:
    """Return the refusal of an old workbook or of a protected new one; both are kept in the same kind of container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return InputError(f"“{name}” must not be encrypted, and it is; save it without a password.")
    if "WordDocument".encode("utf-16-le") in data:
        return _not_read(name, "an old Word document", _ASK)
    return _not_read(name, *_NAMED["xls"])


def _ending(name: str) -> str:
    unpacked = name.lower().removesuffix(".gz")
    return unpacked.rpartition(".")[2] if "." in unpacked else ""


def _say_kind(kind: str) -> str:
    return "text with columns (CSV)" if kind == CSV else kind


def _say_endings(kind: str) -> str:
    return next(f".{ending}" for ending, promised in ENDINGS.items() if promised == kind)


def _not_read(name: str, what: str, remedy: str) -> InputError:
    return InputError(f"“{name}” must be {_READ}, and it is {what}; {remedy}.")
