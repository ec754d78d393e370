"""Parquet: footers that lie, columns that nest, pages that swell."""

import io
import random
import struct
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from tests.hostile.making import Lures, hostile


def _parquet(table: pa.Table, **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def _log(**more: object) -> pa.Table:
    columns = {"Date": ["2024-03-04"], "Category": ["Robbery"], "Longitude": [-1.47], "Latitude": [53.38]}
    return pa.table(columns | more)


def _with_footer(whole: bytes, footer: bytes) -> bytes:
    length = struct.unpack("<I", whole[-8:-4])[0]
    return whole[: -8 - length] + footer + struct.pack("<I", len(footer)) + b"PAR1"


def _footer(whole: bytes) -> bytes:
    length = struct.unpack("<I", whole[-8:-4])[0]
    return whole[-8 - length : -8]


@hostile("log.parquet", "areas.parquet")
def parquet_cut_short(_: Lures) -> bytes:
    return _parquet(_log())[:-20]


@hostile("log.parquet", "log.csv")
def parquet_of_its_marks_only(_: Lures) -> bytes:
    return b"PAR1" + struct.pack("<I", 0xFFFFFFFF) + b"PAR1"


@hostile("log.parquet")
def a_row_count_that_lies(_: Lures) -> bytes:
    """Write the number of rows, a zigzag integer after its field mark, as 2**62."""
    whole = _parquet(_log())
    many = b"\x16" + b"\xff" * 8 + b"\x7f"
    return _with_footer(whole, _footer(whole).replace(b"\x16\x02", many))


@hostile("log.parquet")
def a_footer_that_nests_without_end(_: Lures) -> bytes:
    return _with_footer(_parquet(_log()), b"\x1c" * 500_000)


@hostile("log.parquet")
def a_footer_of_two_thousand_million_members(_: Lures) -> bytes:
    return _with_footer(_parquet(_log()), b"\x15\x02\x19\xfc\xff\xff\xff\xff\x07" + b"\x48" * 100)


@hostile("log.parquet")
def a_footer_of_noise(_: Lures) -> bytes:
    noise, whole = random.Random(3), _parquet(_log())  # noqa: S311 - noise that repeats
    footer = bytearray(_footer(whole))
    for _at in range(40):
        footer[noise.randrange(len(footer))] = noise.randrange(256)
    return _with_footer(whole, bytes(footer))


@hostile("log.parquet")
def pages_of_noise_in_parquet(_: Lures) -> bytes:
    noise, whole = random.Random(4), bytearray(_parquet(_log(), compression="none"))  # noqa: S311
    for at in range(4, 200):
        whole[at] = noise.randrange(256)
    return bytes(whole)


@hostile("log.parquet")
def one_value_twenty_million_times(_: Lures) -> bytes:
    indices = pa.Array.from_buffers(pa.int32(), 20_000_000, [None, pa.py_buffer(bytes(80_000_000))])
    return _parquet(pa.table({"Category": pa.DictionaryArray.from_arrays(indices, pa.array(["a" * 1000]))}))


@hostile("log.parquet")
def one_long_text_in_every_row(_: Lures) -> bytes:
    indices = pa.Array.from_buffers(pa.int32(), 50_000, [None, pa.py_buffer(bytes(200_000))])
    return _parquet(
        _log_of(50_000).append_column("Note", pa.DictionaryArray.from_arrays(indices, pa.array(["a" * 1_000_000])))
    )


def _log_of(rows: int) -> pa.Table:
    return pa.table({"Date": ["2024-03-04"] * rows, "Category": ["Robbery"] * rows})


@hostile("log.parquet")
def columns_that_nest(_: Lures) -> bytes:
    kind: pa.DataType = pa.int32()
    value: object = 1
    for _depth in range(60):
        kind, value = pa.list_(kind), [value]
    return _parquet(_log(Deep=pa.array([value], kind)))


@hostile("log.parquet")
def columns_of_every_other_type(_: Lures) -> bytes:
    return _parquet(
        _log(
            S=pa.array([{"a": 1}]),
            M=pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int32())),
            B=pa.array([b"\xff\0"]),
            D=pa.array([Decimal("0.1")], pa.decimal128(38, 38)),
            N=pa.nulls(1),
            F=pa.array([float("nan")], pa.float16()),
            T=pa.array([2**53], pa.timestamp("s")),
        )
    )


@hostile("log.parquet")
def ten_thousand_columns(_: Lures) -> bytes:
    return _parquet(pa.table({f"c{n}": [1] for n in range(10_000)}))


@hostile("log.parquet")
def text_that_is_no_text(_: Lures) -> bytes:
    broken = pa.StringArray.from_buffers(1, pa.array([0, 3], pa.int32()).buffers()[1], pa.py_buffer(b"\xff\xfe\xfd"))
    return _parquet(pa.table({"Date": ["2024-03-04"], "Category": broken}))


@hostile("areas.parquet")
def geo_metadata_that_names_files(lures: Lures) -> bytes:
    geo = f'{{"primary_column":"geometry","columns":{{"geometry":{{"encoding":"WKB","crs":"{lures.secret}"}}}}}}'
    table = pa.table({"code": ["E01"], "name": ["Here"], "geometry": [b"\x01\x03\0\0\0\xff\xff\xff\xff"]})
    return _parquet(table.replace_schema_metadata({"geo": geo}))


@hostile("areas.parquet")
def an_arrow_schema_that_lies(_: Lures) -> bytes:
    return _parquet(
        _log().replace_schema_metadata({"ARROW:schema": "QUJD" * 1000, "pandas": '{"index_columns": 1}'}),
        store_schema=False,
    )
