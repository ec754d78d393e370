"""How hostile files are made: from code alone, so that none is kept."""

import io
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely


@dataclass(frozen=True)
class Lures:
    """What a hostile file would like to reach; whoever comes near is seen.

    ``secret`` is a file with a known text, ``pipe`` a named pipe that tells when it is opened, ``url`` an address of
    this machine that tells when it is connected to; ``folder`` is for making files in.
    """

    secret: Path
    pipe: Path
    url: str
    folder: Path


Maker = Callable[[Lures], bytes]


@dataclass(frozen=True)
class Case:
    """One hostile file: what it does, what it calls itself, and how it is made."""

    title: str
    name: str
    make: Maker


CASES: list[Case] = []


def hostile(*names: str) -> Callable[[Maker], Maker]:
    """Keep a maker as a case, under each of the names that the file may give itself."""

    def keep(make: Maker) -> Maker:
        title = make.__name__.replace("_", " ").strip()
        CASES.extend(Case(f"{title} as {ascii(name)[1:-1]:.40}", name, make) for name in names)
        return make

    return keep


HEAD = "Date,Category,Longitude,Latitude\n"
ROW = "2024-03-04,Robbery,-1.47,53.38\n"
STREET_HEAD = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type\n"
STREET_ROW = ",2024-03,South Yorkshire Police,South Yorkshire Police,-1.47,53.38,On or near,E01007645,Here,Robbery\n"
STREET_NAME = "2024-03-south-yorkshire-street.csv"


def zipped(files: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack an ordinary archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@cache
def zeros(size: int) -> bytes:
    """Deflate ``size`` bytes of one letter without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b"0" * 1_000_000
    parts = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join([*parts, packer.flush()])


DEFLATED = 8
_SUMMED = 10_000  # bytes up to which an entry made by hand tells its true checksum


def raw_entry(
    name: bytes, packed: bytes, size: int, *, flags: int = 0, method: int = DEFLATED, attributes: int = 0
) -> tuple[bytes, bytes]:
    """Write one entry of an archive by hand: its local header with content, and its line of the directory."""
    small = len(packed) < _SUMMED
    crc = zlib.crc32(zlib.decompress(packed, -15) if method == DEFLATED else packed) if small else 0
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, flags, method, 0, 33, crc, len(packed), size, len(name), 0)
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHI", b"PK\1\2", 0x0314, 20, flags, method, 0, 33, crc, len(packed), size, len(name),
        0, 0, 0, 0, attributes,
    )  # fmt: skip
    return local + name + packed, central + b"%s" + name


def raw_zip(entries: list[tuple[bytes, bytes]]) -> bytes:
    """Write an archive of entries made by hand; one without content of its own shares that of the first."""
    body, directory = b"", b""
    for local, central in entries:
        fixed, name = central.split(b"%s", 1)
        directory += fixed + struct.pack("<I", len(body) if local else 0) + name
        body += local
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + end


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_xml(rows: str, before: str = "") -> str:
    """Write the XML of a sheet around its rows."""
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def cells_xml(*texts: str) -> str:
    """Write a row of texts."""
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


ROWS_XML = cells_xml("Date", "Category", "Longitude", "Latitude") + cells_xml("2024-03-04", "Robbery", "-1.47", "53.38")


def xlsx(sheet: bytes | str = "", more: Mapping[str, bytes | str] | None = None, *, sheets: str = "") -> bytes:
    """Write a workbook of one sheet; ``more`` adds parts or takes the place of usual ones."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        + (sheets or '<sheet name="Log" sheetId="1" r:id="r1"/>')
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet or sheet_xml(ROWS_XML),
    }
    return zipped(parts | dict(more or {}))


def ods(table: str, more: Mapping[str, bytes | str] | None = None, before: str = "") -> bytes:
    """Write an ODS spreadsheet around the XML of its tables."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
    }
    return zipped(parts | dict(more or {}))


def ods_row(*texts: str, times: int = 1) -> str:
    """Write a row of an ODS table, repeated."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


ODS_ROWS = ods_row("Date", "Category", "Longitude", "Latitude") + ods_row("2024-03-04", "Robbery", "-1.47", "53.38")


def geopackage(folder: Path, *statements: str) -> bytes:
    """Write a GeoPackage of one area, and do something to it in SQL, without its checks."""
    file = folder / "made.gpkg"
    file.unlink(missing_ok=True)
    frame = gpd.GeoDataFrame(
        {"code": ["E01"], "name": ["Here"]}, geometry=[shapely.box(-1.5, 53.3, -1.4, 53.4)], crs=4326
    )
    pyogrio.write_dataframe(frame, file, layer="areas", driver="GPKG")
    with closing(sqlite3.connect(file)) as database:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):  # its triggers call them
            database.create_function(name, 1, lambda _geometry: 1)
        database.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            database.execute(statement)
        database.commit()
    return file.read_bytes()


def features(*members: str, before: str = "") -> bytes:
    """Write a collection of GeoJSON features, each given as text."""
    return f'{{"type":"FeatureCollection",{before}"features":[{",".join(members)}]}}'.encode()


def feature(geometry: str, properties: str = '{"code":"E01","name":"Here"}') -> str:
    """Write one feature."""
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'


SQUARE = '{"type":"Polygon","coordinates":[[[-1.5,53.3],[-1.4,53.3],[-1.4,53.4],[-1.5,53.3]]]}'
