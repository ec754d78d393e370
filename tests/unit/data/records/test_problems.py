"""Every problem of a file is told at once, by column and row, and a list of them can be worked through."""

import csv
import io
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from data.formats.sheets import Sheet
from data.records.incidents import read_incidents
from data.records.mapping import ColumnMapping
from data.records.problems import Faulty, Problem, grouped, problems_csv
from data.records.rows import Rows
from geo import columns as c
from geo.errors import InputError
from tests.unit.data.records.incident_files import read_incident_file, read_incident_files
from tests.unit.data.records.refusals import CELL, refusal, upload

TODAY = date(2026, 1, 5)
GOOD = "01/09/2021,15:10,15:40,-1.4,53.4,E01,a"


def left_out(*rows: str, header: str = "Date,From,To,Long,Lat,Area,Type") -> Rows:
    """Read ``rows`` with faulty ones left out, beside enough good ones that the file is not refused."""
    text = "\n".join([header, *rows, *[GOOD] * len(rows)]) + "\n"
    return read_incident_file(upload(text), today=TODAY, faulty=Faulty.LEAVE_OUT)


def told(rows: Rows) -> list[tuple[str, str | None, list[int], str]]:
    return [(one.what, one.column, one.rows.tolist(), one.severity) for one in rows.problems]


@pytest.mark.parametrize(
    ("row", "what", "column"),
    [
        (f"{CELL},15:10,15:40,-1.4,53.4,E01,a", "a date that cannot be read", "Date"),
        ("31/02/2021,,,-1.4,53.4,E01,a", "a date or time that does not exist", "Date"),
        ("01/09/2031,,,-1.4,53.4,E01,a", "a date still to come", "Date"),
        ("04/25/2021,,,-1.4,53.4,E01,a", "the month before the day", "Date"),
        ("01/09/1921,,,-1.4,53.4,E01,a", "a date before 1990", "Date"),
        ("Sep 2021,,,-1.4,53.4,E01,a", "a month without a day", "Date"),
        ("01/09/2021,25:10,,-1.4,53.4,E01,a", "a date or time that does not exist", "From"),
        (f"01/09/2021,{CELL},,-1.4,53.4,E01,a", "a date that cannot be read", "From"),
        ("01/09/2021,15:10,31/08/2021 09:00,-1.4,53.4,E01,a", "an end before its start", "To"),
        (f"01/09/2021,,,-1.4,{CELL},E01,a", "something that is no number", "Lat"),
        ("01/09/2021,,,53.4,-1.4,E01,a", "longitude and latitude swapped", "Long, Lat"),
        ("01/09/2021,,,-1.4,453.4,E01,a", "a place that does not exist", "Long, Lat"),
        ("01/09/2021,,,-1.4,,E01,a", "half of a position", "Long, Lat"),
        (",,,-1.4,53.4,E01,a", "no date", "Date"),
        ("01/09/2021,,,-1.4,53.4,E01,", "no category", "Type"),
    ],
)
def test_a_row_that_cannot_be_kept_is_left_out_and_counted_under_its_problem(row: str, what: str, column: str) -> None:
    rows = left_out(row)
    assert told(rows) == [(what, column, [2], "left out")]
    assert rows.not_kept == {what: 1}
    assert (rows.read, rows.table.num_rows) == (2, 1)


def test_all_problems_of_a_file_are_told_at_once_with_every_row() -> None:
    rows = left_out(
        f"{CELL},,,-1.4,53.4,,a",
        "01/09/2021,,,53.4,-1.4,,a",
        f"{CELL},,,53.4,-1.4,,",
        "01/09/2021,,,,,,a",
        ",,,,,,",
    )
    assert told(rows) == [
        ("a date that cannot be read", "Date", [2, 4], "left out"),
        ("longitude and latitude swapped", "Long, Lat", [3, 4], "left out"),
        ("no date", "Date", [6], "left out"),
        ("no category", "Type", [4], "left out"),
        ("no location", None, [5], "note"),
    ]
    assert rows.not_kept == {"a date that cannot be read": 2, "longitude and latitude swapped": 1, "no date": 1}
    assert rows.read == rows.table.num_rows + rows.not_kept.total() == 10


def test_faulty_eastings_and_northings_are_left_out() -> None:
    header = "Date,Easting,Northing,Type"
    good = ["01/09/2021,435419,387000,a"] * 3
    text = "\n".join([header, "01/09/2021,821034,267001,a", "01/09/2021,4354190,387000,a", *good]) + "\n"
    rows = read_incident_file(upload(text), today=TODAY, faulty=Faulty.LEAVE_OUT)
    assert told(rows) == [
        ("easting and northing swapped", "Easting, Northing", [2], "left out"),
        ("a place outside the National Grid", "Easting, Northing", [3], "left out"),
    ]
    assert rows.table[c.LON].null_count == 0


def test_a_time_of_day_that_belongs_to_no_day_is_left_out() -> None:
    text = "From,Area,Type\n15:10,E,a\n01/09/2021 15:10,E,a\n"
    rows = read_incident_file(upload(text), today=TODAY, faulty=Faulty.LEAVE_OUT)
    assert told(rows) == [("a time of day without a day", "From", [2], "left out")]


def test_rows_left_out_say_nothing_about_the_others() -> None:
    """The time in the faulty row would else make days of an export at midnight into moments."""
    text = "Date,Lat,Long,Type\n01/09/2021 15:10,x,-1.4,a\n01/09/2021 00:00,53.4,-1.4,a\n"
    kept = read_incident_file(upload(text), today=TODAY, faulty=Faulty.LEAVE_OUT).table
    alone = read_incident_file(upload("Date,Lat,Long,Type\n01/09/2021 00:00,53.4,-1.4,a\n"), today=TODAY).table
    assert kept.to_pylist() == alone.to_pylist()
    assert kept[c.END][0].is_valid


def test_a_file_with_more_than_half_of_its_rows_faulty_is_refused_in_one_sentence() -> None:
    def read(bad: int) -> Rows:
        text = "Date,Area,Type\n" + f"{CELL},E,a\n" * bad + "01/09/2021,E,a\n" * 4
        return read_incident_file(upload(text), today=TODAY, faulty=Faulty.LEAVE_OUT)

    assert read(4).table.num_rows == 4
    message = refusal(lambda: read(5))
    assert "5 of 9 are faulty, most often with a date that cannot be read in “Date”" in message
    assert "check which column is which" in message


def test_coordinates_of_the_wrong_kind_are_refused_whatever_becomes_of_faulty_rows() -> None:
    text = "Date,Lat,Long,Type\n" + "01/09/2021,387000,435419,a\n" * 2 + "x,53.4,-1.4,a\n"
    message = refusal(lambda: read_incident_file(upload(text), today=TODAY, faulty=Faulty.LEAVE_OUT))
    assert "they hold metres as the National Grid does" in message


def test_a_file_abroad_is_found_once_its_faulty_rows_are_gone_and_its_rows_keep_their_numbers() -> None:
    sheet = Sheet(
        "log.csv",
        None,
        pa.table(
            {
                "Date": pa.array(["x", "x", *["01/09/2021"] * 3]),
                "Lat": pa.array(["53.4", "53.4", "40", "41", "53.4"]),
                "Long": pa.array(["-1.4", "-1.4", "-80", "-81", "-1.4"]),
                "Type": pa.array(["a"] * 5),
            }
        ),
    )
    message = refusal(lambda: read_incidents(sheet, today=TODAY, faulty=Faulty.LEAVE_OUT))
    assert "most lie outside, in 2 rows (the first is row 4)" in message


def test_a_row_of_a_list_of_features_is_named_as_a_feature() -> None:
    table = pa.table({"date": [None, "01/09/2021", CELL], "longitude": ["-1.4"] * 3, "latitude": ["53.4"] * 3,
                      "category": ["a"] * 3})  # fmt: skip
    sheet = Sheet("log.csv", "May", table, first=1, word="feature")
    message = refusal(lambda: read_incidents(sheet, today=TODAY))
    assert message.startswith("“log.csv”, sheet “May”: ")
    assert "in feature 3;" in message
    rows = read_incidents(sheet, today=TODAY, faulty=Faulty.LEAVE_OUT)
    assert told(rows) == [
        ("a date that cannot be read", "date", [3], "left out"),
        ("no date", "date", [1], "left out"),
    ]
    assert {problem.sheet for problem in rows.problems} == {"May"}


def test_what_is_blank_is_a_problem_of_an_accepted_file_too() -> None:
    rows = read_incident_file(upload("Date,Area,Type\n,E,a\n01/09/2021,E,\n01/09/2021,,a\n"), today=TODAY)
    assert told(rows) == [
        ("no date", "Date", [2], "left out"),
        ("no category", "Type", [3], "left out"),
        ("no location", None, [4], "note"),
    ]


def test_a_fault_of_a_column_that_has_two_meanings_is_told_once() -> None:
    text = "From,Area,Type\n01/09/2021,E,a\nx,E,a\n"
    mapping = ColumnMapping(start="From", end="From", area="Area", category="Type")
    rows = read_incident_file(upload(text), mapping, today=TODAY, faulty=Faulty.LEAVE_OUT)
    assert told(rows) == [("a date that cannot be read", "From", [3], "left out")]
    assert "holds something else in row 3" in refusal(lambda: read_incident_file(upload(text), mapping, today=TODAY))


def test_problems_of_several_files_name_their_file() -> None:
    files = [upload("Date,Area,Type\n01/09/2021,E,a\nx,E,a\n", name) for name in ("one.csv", "two.csv")]
    rows = read_incident_files(files, today=TODAY, faulty=Faulty.LEAVE_OUT)
    assert [line["file"] for line in grouped(rows.problems)] == ["one.csv", "two.csv"]
    assert [row["file"] for row in csv.DictReader(io.StringIO(problems_csv(rows.problems, "all")))] == [
        "one.csv", "two.csv"
    ]  # fmt: skip
    assert rows.not_kept == {"a date that cannot be read": 2}


def problem(*rows: int, what: str = "no location", column: str | None = None, severity: str = "note") -> Problem:
    return Problem(what, column, np.array(rows, dtype=np.int64), severity)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "words"),
    [((3,), "3"), ((3, 7), "3 and 7"), ((3, 7, 12), "3, 7 and 12"), ((3, 7, 12, 1400), "3, 7, 12 and 1 more")],
)
def test_a_table_names_the_first_rows_and_counts_the_others(rows: tuple[int, ...], words: str) -> None:
    assert grouped([problem(*rows)]) == [
        {"file": None, "sheet": None, "what": "no location", "column": None, "count": len(rows), "rows": words,
         "happens": "kept, counted as no location"}
    ]  # fmt: skip


def test_a_table_says_that_a_row_is_left_out() -> None:
    assert grouped([problem(3, severity="left out")])[0]["happens"] == "left out"


def test_the_list_has_a_line_for_every_row_and_no_cell_that_a_spreadsheet_would_run() -> None:
    text = problems_csv([problem(3, 7, what="no date", column="=when()"), problem(5)], "=log.csv")
    assert text == (
        "file,sheet,problem,column,row\n"
        "'=log.csv,,no date,'=when(),3\n"
        "'=log.csv,,no date,'=when(),7\n"
        "'=log.csv,,no location,,5\n"
    )
    assert problems_csv([], "log.csv") == "file,sheet,problem,column,row\n"


def test_nothing_of_a_row_is_in_its_problems_or_in_an_error() -> None:
    rows = left_out(f"{CELL},{CELL},{CELL},{CELL},{CELL},{CELL},{CELL}")
    assert CELL not in problems_csv(rows.problems, "log.csv") + str(grouped(rows.problems)) + str(rows.problems)
    with pytest.raises(InputError) as caught:
        read_incident_file(upload(f"Date,Area,Type\n{CELL},{CELL},{CELL}\n"), today=TODAY, faulty=Faulty.LEAVE_OUT)
    assert CELL not in str(caught.value)
