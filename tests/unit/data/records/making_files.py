"""Files of every format, made in memory for the tests of their readers."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

Rows = Sequence[Sequence[object]]
_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("meta", "meta"))
)


def xlsx(rows: Rows, title: str = "Log") -> bytes:
    """Return a workbook of one sheet that holds ``rows``, the first at A1."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def ods(rows: Rows, title: str = "Log") -> bytes:
    """Return an OpenDocument spreadsheet of one sheet of texts."""
    lines = "".join(f"<table:table-row>{''.join(ods_cell(cell) for cell in row)}</table:table-row>" for row in rows)
    return ods_of(f'<table:table table:name="{title}">{lines}</table:table>')


def ods_cell(value: object, more: str = "", inner: str = "") -> str:
    if value is None:
        return "<table:table-cell/>"
    return (
        f'<table:table-cell office:value-type="string" {more}>{inner}<text:p>{escape(str(value))}</text:p>'
        "</table:table-cell>"
    )


def ods_of(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return an OpenDocument spreadsheet with ``body`` in it, and other ``parts``."""
    content = f"<office:document-content {_SPACES}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<?xml version="1.0"?>{content}</office:body></office:document-content>',
            "META-INF/manifest.xml": "<manifest/>",
            **(parts or {}),
        }
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


def changed(workbook: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a workbook in which ``parts`` are added or take the place of others."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**kept, **parts})


def part(workbook: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(name)


def parquet(table: pa.Table, **options: object) -> bytes:
    content = io.BytesIO()
    pq.write_table(table, content, **options)
    return content.getvalue()


def geoparquet(frame: gpd.GeoDataFrame, **options: object) -> bytes:
    content = io.BytesIO()
    frame.to_parquet(content, index=False, **options)
    return content.getvalue()


def gpkg(layers: Mapping[str, gpd.GeoDataFrame]) -> bytes:
    """Return a GeoPackage with these layers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.gpkg"
        for name, frame in layers.items():
            frame.to_file(path, layer=name, driver="GPKG")
        return path.read_bytes()
