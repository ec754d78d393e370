"""Bad files of term dates: one sentence that says what, where and what to do, and nothing kept; good ones are taken."""

from pathlib import Path

import pyarrow as pa
import pytest

from tests.bad_input.cases import CELL, TERM_HEADER, Case, tabled, term, terms, zipped
from tests.bad_input.refusals import refused
from tests.unit.data.records import making_files as making
from tests.unit.data.running import done, dump

NAMED = "Funeral of Amira Khan"
USUAL = ("Autumn half-term", "Christmas", "Easter", "May Day", "INSET: staff training", "St David's Day", "Polling day")
SECOND = "01/11/2022,16/12/2022,half-term"


def days(*labels: str) -> list[str]:
    """Return periods of one day each."""
    return [f"{label},{n + 1:02}/11/2022,{n + 1:02}/11/2022,inset" for n, label in enumerate(labels)]


def parquet(label: str) -> bytes:
    columns = {"label": [label], "first day": ["2022-09-01"], "last day": ["2022-10-21"], "kind": ["half-term"]}
    return making.parquet(pa.table(columns))


BAD = [
    terms("no labels", "first day,last day,kind\n01/09/2022,21/10/2022,term\n", "“label”", "add or rename"),
    terms("no days", f"label,kind\n{CELL},term\n", "“first day”", "“last day”", "add or rename"),
    terms("empty file", "", "empty"),
    terms("header only", f"{TERM_HEADER}\n", "no rows"),
    terms("rows that are all blank", f"{TERM_HEADER}\n,,,\n", "no rows"),
    terms("a period without a last day", term(f"{CELL},01/11/2022,,half-term"), "“last day”", "row 3"),
    terms("a period without a name", term(f",{SECOND}"), "“label”", "blank in row 3"),
    terms("a day of 1900", term(f"{CELL},01/11/1900,16/12/1900,term"), "before 1990 in row 3", hides=("1900",)),
    terms("a day that is none", term(f"{CELL},31/11/2022,16/12/2022,term"), "“first day”", "row 3", hides=("31/11",)),
    terms("words for a day", term(f"Autumn 2,{CELL},16/12/2022,term"), "“first day”", "row 3"),
    terms("a wrong year", term(f"{CELL},01/11/2022,16/12/2062,half-term"), "a year at most", "row 3", hides=("2062",)),
    terms("the last day first", term(f"{CELL},16/12/2022,01/11/2022,half-term"), "before", "row 3", hides=("16/12",)),
    terms("a kind that is none", term(f"Autumn 2,01/11/2022,16/12/2022,{CELL}"), "“kind”", "row 3"),
    terms("a period twice", term(f"{CELL},{SECOND}", f"{CELL},{SECOND}"), "overlap", "row 4"),
    terms("three hundred letters", term(f"{CELL * 34},{SECOND}"), "200 characters", "row 3"),
    terms("names", term(*days("Jane Smith", "Ali Khan", "Tom Hill")), "names of people", hides=("Jane", "Khan")),
    terms(
        "one name among many", term(*days(*USUAL, NAMED)), "names of people", "row 10", hides=("Amira", "Khan")
    ),
    terms("a telephone number", term(f"Call 07700 900123,{SECOND}"), "telephone", hides=("07700",)),
    terms("letters that turn the line", term(f"{CELL}\u202e,{SECOND}"), "can be seen", "row 3"),
    terms("a nul in a Parquet file", parquet(f"{CELL}\0"), "can be seen", "row 1", file="t.parquet"),
    terms("bytes of no encoding", term(f"@,{SECOND}").encode().replace(b"@", b"\xff\xfe\x81"), "can be seen", "row 3"),
    terms("a zip", zipped(t__csv=term()), ".zip", "unpack", file="t.zip"),
    terms("text named xlsx", term(f"{CELL},{SECOND}"), "promises", file="t.xlsx"),
    Case("no such school", ("calendar", "t.csv", "--school", "Nowhere School"), {"t.csv": term()}, ("school", "URN")),
    Case("no file", ("calendar", "nowhere.csv"), {}, ("nowhere.csv",)),
]  # fmt: skip
TEXT = term(f"Été,{SECOND}")
GOOD = {
    "plain.csv": TEXT.encode(),
    "latin.csv": TEXT.encode("latin-1"),
    "wide.csv": TEXT.encode("utf-16"),
    "book.xlsx": making.xlsx([line.split(",") for line in TEXT.splitlines()]),
    "book.ods": making.ods([line.split(",") for line in TEXT.splitlines()]),
}


@pytest.mark.parametrize("case", tabled(BAD))
def test_bad_files_of_term_dates_are_refused(case: Case, home: Path, tmp_path: Path) -> None:
    refused(case, home, tmp_path)


@pytest.mark.parametrize("name", GOOD)
def test_good_files_of_term_dates_are_kept_whole(name: str, home: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(GOOD[name])
    done(home, "calendar", tmp_path / name, "--school", "Hill School")
    held = dump(home)
    assert [row[2:6] for row in held["calendar_entry"] if row[0] == 2] == [
        ("Autumn 1", "2022-09-01", "2022-10-21", "half-term"),
        ("Été", "2022-11-01", "2022-12-16", "half-term"),
    ]
    assert [row[:2] for row in held["calendar_school"]] == [(2, "100001")]


def test_the_usual_names_of_periods_are_taken(home: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(term(*days(*USUAL)), encoding="utf-8")
    done(home, "calendar", tmp_path / "t.csv")
    assert {row[2] for row in dump(home)["calendar_entry"]} >= set(USUAL)


def test_the_same_term_dates_are_kept_once(home: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TEXT, encoding="utf-8")
    done(home, "calendar", tmp_path / "t.csv", "--school", "100001")
    before = dump(home)
    assert "already here" in done(home, "calendar", tmp_path / "t.csv", "--school", "100001").err
    assert dump(home) == before
