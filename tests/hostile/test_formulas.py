"""What a spreadsheet would run as a formula comes in as text and goes out as text."""

import csv
import io

import pandas as pd
import pyarrow as pa
import pytest

from data.formats.csv_output import frame_csv
from data.formats.sources import from_upload
from data.records.rows import Rows
from data.sandbox import run_sandboxed
from geo import columns as c
from tests.hostile.corpus import CASES
from tests.hostile.reading import incidents

STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("name", ["formulas as log.csv", "formulas in the header as log.csv"])
def test_no_cell_of_an_export_is_a_formula(name: str) -> None:
    case = next(case for case in CASES if case.title == name)
    rows = run_sandboxed(incidents, from_upload(case.name, case.make(None)))  # type: ignore[arg-type]  # it needs no lures
    assert isinstance(rows, Rows)
    categories = rows.table[c.CATEGORY].cast(pa.string()).to_pylist()
    written = list(csv.reader(io.StringIO(frame_csv(pd.DataFrame({"category": categories})))))
    assert len(written) == len(categories) + 1
    assert not [row for row in written for cell in row if cell.startswith(STARTS)]
    if name == "formulas as log.csv":
        assert sum(category.startswith(STARTS) for category in categories) >= 4
