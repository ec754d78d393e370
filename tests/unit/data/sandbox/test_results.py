"""What comes back from a process that may have been taken over makes data and calls nothing."""

import io
import os
import pickle
from collections import Counter
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from data.records.rows import Rows
from data.sandbox.results import ResultUnpickler
from data.store.store import Store


def _through(value: object) -> object:
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    return ResultUnpickler(io.BytesIO(body), buffers=[bytes(buffer.raw()) for buffer in buffers]).load()


class _Call:
    def __init__(self, what: object, *arguments: object) -> None:
        self._made = what, arguments

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self._made


@pytest.mark.parametrize(
    "what",
    [
        (os.system, "true"),
        (eval, "1"),
        (exec, "1"),
        (getattr, "a", "upper"),
        (open, os.devnull),
        (pickle.loads, b"N."),
        (pd.read_pickle, os.devnull),
        (np.load, os.devnull),
        (pa.OSFile, os.devnull),
        (Store, "sqlite://"),
    ],
    ids=lambda what: what[0].__name__,
)
def test_nothing_else_is_called(what: tuple[object, ...]) -> None:
    with pytest.raises(pickle.UnpicklingError, match="other types"):
        _through(_Call(*what))


def test_an_attribute_of_a_type_of_ours_is_not_reached() -> None:
    with pytest.raises(pickle.UnpicklingError, match="other types"):
        ResultUnpickler(io.BytesIO()).find_class("data.records.rows", "Rows.has_times")


def test_rows_come_through() -> None:
    table = pa.table({"month": pa.array(["2024-01"]).dictionary_encode()})
    rows = Rows(table, read=2, not_kept=Counter({"no date": 1}), notes=("A note.",))
    assert _through(rows) == rows


@pytest.mark.parametrize(
    "value",
    [
        np.arange(3.0),
        np.array(["a", None], dtype=object),
        np.datetime64("2024-01-01"),
        date(2024, 1, 1),
        pd.Series([1, None], dtype="Int64"),
        pd.Series(["a", None], dtype="string"),
        pd.Series(["a", "b"], dtype="category"),
        pd.Series(pd.to_datetime(["2024-01-01"])).astype("datetime64[s]"),
        pd.Series([True, None], dtype="boolean"),
        pd.Series([0.5, None], dtype="Float64"),
        pd.Timestamp("2024-01-01"),
    ],
    ids=lambda value: f"{type(value).__name__} {getattr(value, 'dtype', '')}",
)
def test_arrays_and_columns_come_through(value: object) -> None:
    got = _through(value)
    same = got.equals(value) if isinstance(value, pd.Series) else np.array_equal(np.asarray(got), np.asarray(value))
    assert same


def test_an_array_that_points_outside_its_buffer_is_refused() -> None:
    array = pa.array(["ab", "cd"])
    body = pickle.dumps(array, protocol=4).replace(b"\0\0\0\0\2\0\0\0\4\0\0\0", b"\0\0\0\0\2\0\0\0\xff\xff\xff\x7f")
    with pytest.raises(pa.ArrowInvalid):
        ResultUnpickler(io.BytesIO(body)).load()
