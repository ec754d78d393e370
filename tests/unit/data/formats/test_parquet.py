"""Parquet is measured by its footer, and its values become the text that a person would type."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import geopandas as gpd
import pyarrow as pa
import pytest
import shapely

from data.formats.sheet_reader import read_sheets
from data.formats.sheets import Sheet
from data.formats.sources import from_upload
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal

FILE = "log.parquet"


def read(content: bytes) -> Sheet:
    (sheet,) = read_sheets(from_upload(FILE, content))
    return sheet


def refused(content: bytes) -> str:
    return refusal(lambda: read(content), FILE)


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array([1.0, 1.5, None, float("nan"), 9434765919.0]), ["1", "1.5", None, None, "9434765919"]),
        (pa.array([12345.0, 2.0]), ["12345", "2"]),
        (pa.array([0.1, 1.0], pa.float32()), ["0.1", "1"]),
        (pa.array([1, None], pa.int8()), ["1", None]),
        (pa.array([True, False]), ["true", "false"]),
        (pa.array([date(2021, 9, 3)]), ["2021-09-03"]),
        (pa.array([datetime(2021, 9, 3, 15, 10, 0, 5)]), ["2021-09-03T15:10:00"]),
        (pa.array([datetime(2021, 9, 3, 15, 10, tzinfo=UTC)]), ["2021-09-03T15:10:00Z"]),
        (pa.array([time(15, 10), time(8, 5, 30)]), ["15:10", "08:05:30"]),
        (pa.array([Decimal("12.50")]), ["12.50"]),
        (pa.array(["a", " ", "a"]).dictionary_encode(), ["a", None, "a"]),
        (pa.array(["a", ""], pa.large_string()), ["a", None]),
    ],
)
def test_values_become_text(column: pa.Array, texts: list[str | None]) -> None:
    table = pa.table({"Value": column, "end": ["."] * len(column)})
    assert read(making.parquet(table)).table["Value"].to_pylist() == texts


@pytest.mark.parametrize("column", [[[1]], [{"a": CELL}], [CELL.encode()]])
def test_nested_values_and_bytes_are_refused(column: list[object]) -> None:
    assert "column “v” must hold text" in refused(making.parquet(pa.table({"v": column})))


def test_a_damaged_footer_is_refused() -> None:
    content = making.parquet(pa.table({"v": [CELL]}))
    for broken in (content[:-20], content[:-8] + b"\xff\xff\xff\x7fPAR1", b"PAR1", content[:4] + bytes(200) + b"PAR1"):
        assert "damaged" in refused(broken)


def test_a_table_without_rows_is_refused() -> None:
    assert "must hold rows" in refused(making.parquet(pa.table({"v": pa.array([], pa.string())})))
    assert "must hold rows" in refused(making.parquet(pa.table({"v": [None, " "]})))


def test_too_many_rows_are_refused_by_the_footer() -> None:
    assert "at most 2,000,000 rows" in refused(making.parquet(pa.table({"v": pa.nulls(2_000_001, pa.string())})))


def test_one_long_text_shared_by_many_rows_is_refused() -> None:
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), ["a" * 10_000])
    content = making.parquet(pa.table({"v": texts}))
    assert len(content) < 100_000
    assert "at most 500 MB" in refused(content)


def test_a_footer_of_very_many_columns_is_refused() -> None:
    table = pa.table({f"c{number}": [1] for number in range(25_000)})
    assert "damaged" in refused(making.parquet(table))


def test_notes_in_the_file_come_along() -> None:
    table = pa.table({"v": ["1"]}).replace_schema_metadata({"author": "Ann"})
    assert [annotation.text for annotation in read(making.parquet(table)).annotations] == ["author Ann"]


def test_shapes_other_than_points_become_text_and_other_systems_are_refused() -> None:
    frame = gpd.GeoDataFrame({"a": ["x", "y"]}, geometry=[shapely.box(-1.4, 53.4, -1.3, 53.5), None], crs="EPSG:4326")
    sheet = read(making.geoparquet(frame))
    assert sheet.columns == ["a", "geometry"]
    assert shapely.from_wkt(sheet.table["geometry"][0].as_py()).equals(frame.geometry[0])
    turned = read(making.geoparquet(frame.to_crs("EPSG:27700")))
    assert shapely.from_wkt(turned.table["geometry"][0].as_py()).hausdorff_distance(frame.geometry[0]) < 1e-7
    assert "states another system" in refused(making.geoparquet(frame.to_crs("EPSG:3857")))


def test_a_file_of_shapes_alone_is_read() -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(-1.4, 53.4)], crs="EPSG:4326")
    assert read(making.geoparquet(frame)).table.to_pylist() == [{"longitude": "-1.4", "latitude": "53.4"}]
