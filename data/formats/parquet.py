"""Parquet, and GeoParquet with its shapes: columns as text, measured by the footer before anything is decoded."""

import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from data.formats.headers import column_names, no_rows, require_columns, require_rows, without_blank_end
from data.formats.layers import Layer
from data.formats.shapes import DEGREES, from_wkb, require_system, to_degrees
from data.formats.sheets import Annotation, Sheet
from data.formats.sources import MB
from data.formats.text_values import text_column
from geo.arrays import Bools, Shapes
from geo.errors import InputError

MAX_DECODED: Final = 500 * MB  # all columns, as the footer says and then as they turn out to be
_MAX_FOOTER_ENTRIES: Final = 20_000  # entries of any list in the footer, such as columns; more are refused unread
_PROGRAM_KEYS: Final = frozenset((b"ARROW:schema", b"geo", b"pandas"))
_WKB: Final = "WKB"
_POINT: Final = "point"
_LOGICAL_SHAPES: Final = frozenset(("GEOMETRY", "GEOGRAPHY"))


def read_parquet(name: str, data: bytes) -> list[Sheet]:
    """Return a Parquet file as one sheet, rows from 1; points become “longitude” and “latitude”, other shapes text.

    Raises ``InputError`` for a file that is damaged or too large, has no rows, or holds bytes or nested columns other
    than shapes.
    """
    layer = read_layer(name, data)
    if layer is None:
        file = _opened(name, data)
        table = _texts(name, file, _names(name, file))
        return [Sheet(name, None, _with_rows(name, table), first=1, annotations=_annotations(file))]
    sheet = layer.sheet()
    return [Sheet(name, None, _with_rows(name, sheet.table), first=1, annotations=layer.annotations)]


def read_layer(name: str, data: bytes) -> Layer | None:
    """Return a GeoParquet file as a layer in EPSG:4326; None when a Parquet file has no shapes. Raises as above."""
    file = _opened(name, data)
    names = _names(name, file)
    found = _shape_column(name, file)
    if found is None:
        return None
    column, kind, stated = found
    shapes = to_degrees(name, _shapes(name, _column(name, file, column), kind), stated)
    table = _texts(name, file, [each for each in names if each != column])
    return Layer(name, None, table, shapes, word="row", annotations=_annotations(file))


def _opened(name: str, data: bytes) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(pa.BufferReader(data), thrift_container_size_limit=_MAX_FOOTER_ENTRIES, pre_buffer=False)
        file = _with_dictionaries(data, file.schema_arrow)
    except (pa.ArrowException, OSError, ValueError):
        raise _unreadable(name) from None
    where, footer = f"“{name}”", file.metadata
    require_columns(where, footer.num_columns)
    require_rows(where, footer.num_rows)
    sizes = [footer.row_group(number).total_byte_size for number in range(footer.num_row_groups)]
    if min(sizes, default=0) < 0 or footer.num_rows < 0:
        raise _unreadable(name)
    if sum(sizes) > MAX_DECODED:
        raise _too_large(name)
    return file


def _with_dictionaries(data: bytes, schema: pa.Schema) -> pq.ParquetFile:
    """Open a file so that a text that many rows share is held once, and can be measured before it is written out."""
    texts = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]
    return pq.ParquetFile(
        pa.BufferReader(data), thrift_container_size_limit=_MAX_FOOTER_ENTRIES, pre_buffer=False, read_dictionary=texts
    )


def _names(name: str, file: pq.ParquetFile) -> list[str]:
    """Return the names of the columns as they stand in the file, having checked them."""
    names: list[str] = file.schema_arrow.names
    require_columns(f"“{name}”", len(names))
    if not names or file.metadata.num_rows == 0:
        raise no_rows(f"“{name}”")
    column_names(f"“{name}”", names)
    return names


def _texts(name: str, file: pq.ParquetFile, names: Sequence[str]) -> pa.Table:
    columns = []
    room = MAX_DECODED
    for each in names:
        column = _column(name, file, each)
        room -= _decoded_bytes(column)
        if room < 0:
            raise _too_large(name)
        text = text_column(column)
        if text is None:
            raise InputError(
                f"“{name}”: column “{each}” must hold text, numbers, dates or times, and it holds bytes or nested "
                "values; leave it out or write it as text."
            )
        columns.append(text)
    return pa.table(columns, names=column_names(f"“{name}”", names)) if names else pa.table({})


def _column(name: str, file: pq.ParquetFile, column: str) -> pa.ChunkedArray:
    try:
        return file.read(columns=[column], use_threads=False).column(0)
    except (pa.ArrowException, OSError, ValueError, KeyError, IndexError):
        raise _unreadable(name) from None


def _decoded_bytes(column: pa.ChunkedArray) -> int:
    """Return the bytes that a column takes when every row has its own text."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    size = 0
    for chunk in column.chunks:
        lengths = pc.binary_length(chunk.dictionary) if len(chunk.dictionary) else pa.array([], pa.int32())
        size += pc.sum(lengths.cast(pa.int64()).take(chunk.indices)).as_py() or 0
    return size


def _with_rows(name: str, table: pa.Table) -> pa.Table:
    kept = without_blank_end(table)
    if not kept.num_rows:
        raise no_rows(f"“{name}”")
    return kept


def _shape_column(name: str, file: pq.ParquetFile) -> tuple[str, str, str] | None:
    """Return the column of shapes: its name, its encoding and its coordinate system."""
    columns = _geo(file).get("columns")
    primary = _geo(file).get("primary_column")
    described = columns.get(primary) if isinstance(columns, dict) and isinstance(primary, str) else None
    if isinstance(primary, str) and isinstance(described, dict) and primary in file.schema_arrow.names:
        kind = described.get("encoding")
        if kind not in (_WKB, _POINT):
            raise InputError(
                f"“{name}”: shapes must be written as WKB or points, and they are written in another way; export the "
                "layer again as GeoParquet with WKB."
            )
        return primary, kind, _crs(name, described.get("crs"))
    for field, column in zip(file.schema_arrow, range(file.metadata.num_columns), strict=False):
        if str(file.schema.column(column).logical_type.type) in _LOGICAL_SHAPES:
            return field.name, _WKB, DEGREES
    return None


def _geo(file: pq.ParquetFile) -> dict[str, Any]:
    try:
        found = json.loads((file.metadata.metadata or {}).get(b"geo", b"{}"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _crs(name: str, stated: object) -> str:
    """Return which of the two systems is stated; longitude and latitude where none is."""
    identity = stated.get("id") if isinstance(stated, dict) else None
    code = str(identity.get("code")) if isinstance(identity, dict) else None
    if stated is None or code in ("4326", "CRS84"):
        return DEGREES
    return require_system(name, f"EPSG:{code}")


def _shapes(name: str, column: pa.ChunkedArray, kind: str) -> Shapes:
    whole = column.combine_chunks()
    whole = whole.storage if isinstance(whole, pa.ExtensionArray) else whole
    if kind == _WKB and (pa.types.is_binary(whole.type) or pa.types.is_large_binary(whole.type)):
        return from_wkb(name, whole.to_numpy(zero_copy_only=False), _say_rows)
    if kind == _POINT and pa.types.is_struct(whole.type):
        x, y = (np.asarray(whole.field(at).to_numpy(zero_copy_only=False), dtype=np.float64) for at in ("x", "y"))
        known = np.asarray(whole.is_valid()) & ~np.isnan(x) & ~np.isnan(y)
        shapes = np.full(len(x), None, dtype=object)
        shapes[known] = shapely.points(x[known], y[known])
        return shapes
    raise _unreadable(name)


def _say_rows(bad: Bools) -> str:
    return Sheet("", None, pa.table({}), first=1).say(bad)


def _annotations(file: pq.ParquetFile) -> tuple[Annotation, ...]:
    entries = (file.metadata.metadata or {}).items()
    return tuple(
        Annotation("a note of the file", f"{key.decode('utf-8', 'replace')} {text.decode('utf-8', 'replace')}")
        for key, text in entries
        if key not in _PROGRAM_KEYS
    )


def _unreadable(name: str) -> InputError:
    return InputError(
        f"“{name}” must be a whole Parquet file, and it is damaged, encrypted or cut short; save it again."
    )


def _too_large(name: str) -> InputError:
    return InputError(
        f"“{name}” must hold at most {MAX_DECODED // MB} MB when decoded, and it would hold more; split it, for "
        "example by year."
    )
