"""Faults are told in one sentence that gathers what breaks one requirement, by row number alone."""

import numpy as np
import pyarrow as pa
import pytest

from data.formats import cells
from geo.errors import InputError
from tests.unit.data.records.refusals import CELL

MUST = "column “Date” must hold a date, but it holds"


def fault(
    *rows: bool, must: str = MUST, found: str = "something else", remedy: str = "correct it", whole: bool = False
):
    return cells.Fault("a date that cannot be read", "Date", np.array(rows), must, found, remedy, whole)


def sentence(*faults: cells.Fault) -> str:
    with pytest.raises(InputError) as caught:
        cells.refuse(faults, where="“log.csv”", say=cells.say_rows)
    return str(caught.value)


def test_nothing_is_refused_without_a_fault() -> None:
    cells.refuse([], where="“log.csv”", say=cells.say_rows)


def test_faults_against_one_requirement_are_gathered_and_those_against_the_next_wait() -> None:
    first, second = fault(True, False, True), fault(False, True, True, found="a date to come", remedy="wait")
    other = fault(True, True, True, must="column “To” must hold a date, but it holds")
    assert sentence(first, second, other) == (
        "“log.csv”: column “Date” must hold a date, but it holds something else (2) and a date to come (2) in 3 rows "
        "(the first is row 2); correct it; wait."
    )


def test_a_fault_that_is_found_twice_is_told_once() -> None:
    assert sentence(fault(True, False), fault(False, True)) == (
        "“log.csv”: column “Date” must hold a date, but it holds something else in 2 rows (the first is row 2); "
        "correct it."
    )


def test_what_condemns_a_file_is_told_alone() -> None:
    assert "something else in row 2" in sentence(fault(True, False, whole=True), fault(False, True, found="another"))
    assert "something else in row 2" in sentence(fault(True, False), fault(False, True, found="another", whole=True))


def test_numbers_are_given_beside_what_is_wrong_with_the_others() -> None:
    values, faults = cells.read_numbers(pa.array(["1,200", None, CELL, " 3.5"]), "Lat")
    assert np.isnan(values).tolist() == [False, True, True, False]
    assert values[[0, 3]].tolist() == [1200, 3.5]
    assert [one.bad.tolist() for one in faults] == [[False, False, True, False]]
    assert CELL not in str(faults)
    assert cells.read_numbers(pa.array(["1"]), "Lat")[1] == []
