"""Safe rows at rest: other programs read them as points, equal to what was imported."""

import io
from datetime import datetime

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.records.rows import CONTRIBUTOR_FIELD, PLACE_FIELD, REQUIRED_FIELDS, TIME_FIELDS
from data.store.rows_at_rest import from_geoparquet, positions, to_geoparquet
from geo import columns as c

MONTHS = ["2021-08", "2021-08", "2021-10", "2021-10"]
CATEGORIES = ["Drugs", "Robbery", "Drugs", "Drugs"]
STATED = ["E01", None, "E02", None]
SCHOOLS = ["2", "1", "0", "2"]
LON, LAT = [-1.475, None, -1.455001, None], [53.375, None, 53.385002, None]


def table(with_times: bool, with_schools: bool) -> pa.Table:
    columns: list[list[object]] = [MONTHS, CATEGORIES, STATED, LON, LAT]
    fields = list(REQUIRED_FIELDS)
    if with_times:
        columns += [[datetime(2021, 8, 1, 15, 10)] * 4, [None] * 4]
        fields += TIME_FIELDS
    if with_schools:
        columns.append(SCHOOLS)
        fields.append(CONTRIBUTOR_FIELD)
    return pa.table(
        [pa.array(values, one.type) for values, one in zip(columns, fields, strict=True)], pa.schema(fields)
    )


@pytest.fixture(params=[(False, False), (True, False), (True, True)], ids=["months", "times", "schools"])
def rows(request: pytest.FixtureRequest) -> pa.Table:
    return table(*request.param)


def test_geopandas_reads_the_points_that_were_imported(rows: pa.Table) -> None:
    read = gpd.read_parquet(io.BytesIO(to_geoparquet(rows)))
    there = read.geometry.notna()
    assert there.tolist() == [True, False, True, False]
    assert read.geometry[there].x.tolist() == [-1.475, -1.455001]
    assert read.geometry[there].y.tolist() == [53.375, 53.385002]
    assert read.crs.equals("OGC:CRS84")


def test_what_the_rows_say_is_kept_as_it_was(rows: pa.Table) -> None:
    kept = pq.read_table(io.BytesIO(to_geoparquet(rows)))
    names = [name for name in rows.column_names if name not in (c.LON, c.LAT)]
    assert kept.column_names == [*names, c.GEOMETRY]
    assert [kept[name].to_pylist() for name in names] == [rows[name].to_pylist() for name in names]


def test_rows_are_read_back_as_they_were(rows: pa.Table) -> None:
    back = from_geoparquet(to_geoparquet(rows))
    assert set(back.column_names) == set(rows.column_names)
    assert back.select(rows.column_names).to_pylist() == rows.to_pylist()


def test_the_schools_of_rows_are_positions_among_numbers() -> None:
    at, numbers = positions(from_geoparquet(to_geoparquet(table(True, True))), c.CONTRIBUTOR)
    assert [numbers[position] for position in at] == SCHOOLS


def test_rows_in_several_pieces_are_kept_as_rows_in_one(rows: pa.Table) -> None:
    pieces = pa.concat_tables([rows.slice(0, 1), rows.slice(1)])
    read, whole = (gpd.read_parquet(io.BytesIO(to_geoparquet(each))) for each in (pieces, rows))
    assert read.equals(whole)


def test_rows_without_any_location_are_kept(rows: pa.Table) -> None:
    nowhere = rows.filter(pa.compute.is_null(rows[c.LON]))
    read = gpd.read_parquet(io.BytesIO(to_geoparquet(nowhere)))
    assert len(read) == 2
    assert read.geometry.isna().all()


def test_positions_give_back_the_words(rows: pa.Table) -> None:
    pieces = pa.concat_tables([rows.slice(2), rows.slice(0, 2)])
    at, words = positions(pieces, c.STATED)
    assert at.dtype == np.int64
    assert [words[position] if position >= 0 else None for position in at] == ["E02", None, "E01", None]


def test_names_of_places_come_back_as_they_were() -> None:
    names = pa.array(["On or near Hospital", None, "On or near Mill Lane", "On or near Hospital"], PLACE_FIELD.type)
    rows = table(False, False).append_column(PLACE_FIELD, names)
    assert from_geoparquet(to_geoparquet(rows))[c.PLACE].to_pylist() == names.to_pylist()
