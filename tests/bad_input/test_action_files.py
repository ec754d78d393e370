"""Bad lists of actions: one sentence that says what, where and what to do, and nothing kept; good ones are taken."""

from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from tests.bad_input.cases import ACTION_HEADER, CELL, Case, action, actions, tabled, zipped
from tests.bad_input.refusals import refused
from tests.unit.data.records import making_files as making
from tests.unit.data.running import done, dump
from tests.unit.data.small_place import SCHOOLS

NAMED = f"Spoke with Jane Smith of {CELL} and her mother"
NOISE = b"\xff\xfe\x81"
PATROL = "P1,Evening patrols,,02/05/2021"


def parquet(what: str) -> bytes:
    return making.parquet(pa.table({"reference": ["P1"], "what": [what], "done on": ["2021-05-01"]}))


def workbook(*sheets: tuple[str, ...]) -> bytes:
    """Return a workbook of sheets that hold actions, each a row of text."""
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet(f"Page {number + 1}")
        for row in (ACTION_HEADER, *rows):
            sheet.append([cell or None for cell in row.split(",")])
    return making.saved(book)


BAD = [
    actions("no column of what was done", "reference,done on\nP1,01/05/2021\n", "“what”", "add or rename"),
    actions("no column of a day", f"reference,what\nP1,{CELL}\n", "“due on or done on”", "add or rename"),
    actions("a column twice", f"reference,what,what,done on\nP1,a,{CELL},01/05/2021\n", "“what”", "more than once"),
    actions("a list of schools", SCHOOLS.replace("Hill School", CELL), "“what”", "add or rename"),
    actions("empty file", "", "empty"),
    actions("blanks only", "\n \n", "empty"),
    actions("header only", f"{ACTION_HEADER}\n", "no rows"),
    actions("rows that are all blank", f"{ACTION_HEADER}\n,,,\n", "no rows"),
    actions("nothing done", action("P1,,,01/05/2021"), "“what”", "blank in row 3"),
    actions("no day", action(f"P1,{CELL},,"), "none in row 3", "“due on” or “done on”"),
    actions("done in time to come", action(f"P1,{CELL},,01/05/2099"), "“done on”", "still to come in row 3"),
    actions("done in 1900", action(f"P1,{CELL},,01/05/1900"), "“done on”", "before 1990 in row 3", hides=("1900",)),
    actions("due in 1900", action(f"P1,{CELL},01/05/1900,"), "“due on”", "before 1990 in row 3", hides=("1900",)),
    actions("a day that is none", action(f"P1,{CELL},,31/02/2021"), "“done on”", "row 3", hides=("31/02",)),
    actions("the month first", action(f"P1,{CELL},,05/13/2021"), "“done on”", "row 3", hides=("05/13",)),
    actions("words for a day", action(f"P1,Patrol,,{CELL}"), "“done on”", "row 3"),
    actions("a number for a day", action(f"P1,{CELL},,99317"), "“done on”", "row 3", hides=("99317",)),
    actions("an unknown hotspot", action(f"{CELL},Patrol,,01/05/2021"), "known hotspot", "row 3", "register"),
    actions("a reference in small letters", action(f"p1,{CELL},,01/05/2021"), "known hotspot", "row 3"),
    actions("a formula for a reference", action(f"=P1,{CELL},,01/05/2021"), "known hotspot", "row 3"),
    actions("three hundred letters", action(f"P1,{CELL * 34},,01/05/2021"), "200 characters", "row 3"),
    actions("a story", action(f"P1,{f'we did this and that with {CELL} ' * 9},,01/05/2021"), "free text", "row 3"),
    actions("two letters", action("P1,ok,,01/05/2021"), "from 3 to 200", "row 3"),
    actions("a name", action(f"P1,{NAMED},,01/05/2021"), "names of people", "row 3", hides=("Jane", "Smith")),
    actions(
        "one name among many actions",
        action(*[f"P1,Patrol of street {n},,01/05/2021" for n in range(40)], f"P1,{NAMED},,01/05/2021"),
        "names of people in column “what”, row 43",
        hides=("Jane", "Smith"),
    ),
    actions("a telephone", action("P1,Call 07700 900123 back,,01/05/2021"), "telephone", "row 3", hides=("07700",)),
    actions("a birth", action("P1,Saw the boy (dob 04/05/2012),,01/05/2021"), "birth", "row 3", hides=("2012",)),
    actions("a column of names", f"{ACTION_HEADER},lead\nP1,Patrol,,1/5/21,Jane Smith\n", "“lead”", hides=("Jane",)),
    actions("letters that turn the line", action(f"P1,{CELL}\u202e,,01/05/2021"), "can be seen", "row 3"),
    actions("a bell", action(f"P1,{CELL}\a,,01/05/2021"), "can be seen", "row 3"),
    actions("a nul in a Parquet file", parquet(f"{CELL}\0"), "can be seen", "row 1", file="done.parquet"),
    actions("a nul in text", action(f"P1,{CELL}\0,,01/05/2021"), "no text"),
    actions("bytes of no encoding", action("P1,@,,01/05/2021").encode().replace(b"@", NOISE), "can be seen", "row 3"),
    actions("too many cells", action(f"P1,Patrol,,01/05/2021,{CELL}"), "row 3"),
    actions("a zip", zipped(done__csv=action(f"P1,{CELL},,01/05/2021")), ".zip", "unpack", file="done.zip"),
    actions("a zip named csv", zipped(done__csv=CELL), ".zip", "unpack"),
    actions("text named xlsx", action(f"P1,{CELL},,01/05/2021"), "promises", file="done.xlsx"),
    actions("a formula in a workbook", workbook((f"P1,=1+{CELL},,01/05/2021",)), "“what”", "row 2", file="done.xlsx"),
    actions(
        "a name on the second sheet",
        workbook((PATROL,), ("P1,Spoke with Jane Smith,,01/05/2021",)),
        "“Page 2”",
        "names of people",
        file="done.xlsx",
        hides=("Jane",),
    ),
    Case("no such sheet", ("import", "done.xlsx", "--kind", "actions", "--sheet", "May"), {
        "done.xlsx": workbook((PATROL,), (f"P1,{CELL},,01/05/2021",))
    }, ("done.xlsx", "sheet", "“Page 2”")),
    Case("the second list bad", ("import", "a.csv", "b.csv", "--kind", "actions"), {
        "a.csv": action(), "b.csv": action(f"P1,{CELL},,")
    }, ("b.csv", "row 3")),
    Case("chosen by force", ("import", "done.csv", "--kind", "actions", "--force", "x"), {
        "done.csv": action()
    }, ("--force",)),
]  # fmt: skip

TEXT = action("P2,Café staff trained,01/06/2099,")
GOOD = {
    "plain.csv": TEXT.encode(),
    "latin.csv": TEXT.encode("latin-1"),
    "wide.csv": TEXT.encode("utf-16"),
    "book.xlsx": workbook(("P1,Extra patrols,,01/05/2021", "P2,Café staff trained,01/06/2099,"), (PATROL,)),
    "book.ods": making.ods([[cell or None for cell in line.split(",")] for line in TEXT.splitlines()]),
}


@pytest.mark.parametrize("case", tabled(BAD))
def test_bad_lists_of_actions_are_refused(case: Case, home: Path, tmp_path: Path) -> None:
    refused(case, home, tmp_path)


def test_actions_before_any_hotspots_are_refused(empty_home: Path, tmp_path: Path) -> None:
    case = Case(
        "no register", ("import", "done.csv", "--kind", "actions"), {"done.csv": action()}, ("register", "first")
    )
    refused(case, empty_home, tmp_path)


@pytest.mark.parametrize("name", GOOD)
def test_good_lists_of_actions_are_kept_whole_and_once(name: str, home: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(GOOD[name])
    said = [done(home, "import", tmp_path / name, "--kind", "actions").err for _ in range(2)]
    assert [row[2:6] for row in dump(home)["action"]] == [
        ("P1", "Extra patrols", None, "2021-05-01"),
        ("P2", "Café staff trained", "2099-06-01", None),
    ]
    assert "2 new actions" in said[0]
    assert "2 known already" in said[1]


def test_an_action_that_stands_twice_in_a_list_is_kept_once(home: Path, tmp_path: Path) -> None:
    (tmp_path / "done.csv").write_text(action(PATROL, PATROL), encoding="utf-8")
    assert "2 new actions, 1 known already" in done(home, "import", tmp_path / "done.csv", "--kind", "actions").err
    assert len(dump(home)["action"]) == 2


def test_what_looks_like_a_formula_is_kept_as_the_words_it_is(home: Path, tmp_path: Path) -> None:
    (tmp_path / "done.csv").write_text(action("P1,=cmd|'/c calc'!A0,,01/05/2021"), encoding="utf-8")
    done(home, "import", tmp_path / "done.csv", "--kind", "actions")
    assert [row[3] for row in dump(home)["action"]] == ["Extra patrols", "=cmd|'/c calc'!A0"]
