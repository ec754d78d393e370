"""Actions are read whole: each with a day, at a hotspot, a place or neither, and none that names a person."""

from datetime import date

import pandas as pd
import pytest

from data.records.reading_jobs import read_action_lists
from geo import columns as c
from geo.columns import DONE_ON, DUE_ON, WHAT
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, FILE, Source, refusal, upload
from tests.unit.data.screening.test_short_texts import REALISTIC

HEAD = "reference,what,due on,done on"
TODAY = date(2026, 11, 25)
REFERENCES = ("P1", "P2")


def read(*sources: Source, sheet: str | None = None) -> pd.DataFrame:
    return read_action_lists(sources, sheet, REFERENCES, TODAY, lambda _share, _what: None)


def refused(rows: str, head: str = HEAD) -> str:
    return refusal(lambda: read(upload(f"{head}\n{rows}\n")))


def test_actions_are_read_in_the_order_of_their_rows_with_days() -> None:
    found = read(upload(f"{HEAD}\nP2,Lighting,01/12/2027,\n,,,\nP1,Patrol,2026-05-01,2 May 2026\n"))
    assert found[c.REFERENCE].tolist() == ["P2", "P1"]
    assert found[DUE_ON].tolist() == [pd.Timestamp(2027, 12, 1), pd.Timestamp(2026, 5, 1)]
    assert found[DONE_ON].isna().tolist() == [True, False]
    assert {str(found[name].dtype) for name in (DUE_ON, DONE_ON)} == {"datetime64[s]"}


def test_other_names_of_the_columns_are_understood_and_one_day_is_enough() -> None:
    found = read(upload("Ref,Action taken,Completed on\nP1,Patrol,01/05/2026\n"))
    assert (found[WHAT][0], found[DUE_ON].isna().all()) == ("Patrol", True)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_gives_the_same_actions(ending: str) -> None:
    rows = [HEAD.split(","), ["P1", "Patrol", None, "01/05/2026"]]
    source = Source(f"a.{ending}", content=getattr(making, ending)(rows))
    assert read(source).equals(read(upload(f"{HEAD}\nP1,Patrol,,01/05/2026\n")))


def test_several_files_are_one_list() -> None:
    found = read(
        upload(f"{HEAD}\nP1,Patrol,,01/05/2026\n", "a.csv"), upload(f"{HEAD}\nP2,Lights,,02/05/2026\n", "b.csv")
    )
    assert found[c.REFERENCE].tolist() == ["P1", "P2"]
    assert found.index.tolist() == [0, 1]


def test_twenty_realistic_actions_pass_the_screening() -> None:
    rows = "\n".join(f'P1,"{what}",,{n + 1:02}/05/2026' for n, what in enumerate(REALISTIC))
    assert read(upload(f"{HEAD}\n{rows}\n"))[WHAT].tolist() == list(REALISTIC)


def test_columns_that_are_missing_are_named() -> None:
    assert "add or rename “what”" in refused(f"P1,{CELL}", "reference,done on")
    assert "add or rename “due on or done on”" in refused(f"P1,{CELL}", "reference,what")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("P1,,,01/05/2026", "something in “what”, but it is blank in row 3"),
        (f"P1,{CELL},,", "there is none in row 3; fill in “due on” or “done on”"),
        (f"P1,{CELL},,26/11/2026", "a date still to come in row 3"),
        (f"P1,Patrol,{CELL},", "“due on” must hold a date"),
        (f"P1,Patrol,,{CELL}", "“done on” must hold a date"),
        (f"{CELL},Patrol,,01/05/2026", "the register has none of the reference in row 3"),
        (f"P1,{CELL * 30},,01/05/2026", "from 3 to 200 characters, but it has more or fewer in row 3"),
    ],
)
def test_a_fault_is_told_by_its_row_and_never_by_what_it_says(row: str, says: str) -> None:
    assert says in refused(f"P1,Patrol,,01/05/2026\n{row}")


def test_one_name_among_many_actions_is_found() -> None:
    rows = [f"P1,{what.replace(',', ' and')},,01/05/2026" for what in REALISTIC]
    message = refused("\n".join([*rows, f"P1,Spoke with Jane Smith of {CELL},,01/05/2026"]))
    assert "seems to hold names of people in column “what”, row 22" in message
    assert "Smith" not in message


def test_a_column_that_names_people_is_refused_whatever_it_is_called() -> None:
    rows = "\n".join(
        f"P1,Patrol {n},,01/05/2026,{name}" for n, name in enumerate(("Jane Smith", "Ali Khan", "Tom Hill"))
    )
    assert "names of people in column “lead”" in refused(rows, f"{HEAD},lead")


def test_the_file_is_named_with_its_sheet() -> None:
    source = Source("a.xlsx", content=making.xlsx([HEAD.split(","), ["P1", CELL, None, None]], "May"))
    assert "“a.xlsx”" in refusal(lambda: read(source), "a.xlsx")
    assert FILE in refused(f"P1,{CELL},,")


WIDE = "reference,place,what,kind,harm group,led by,due on,done on,longitude,latitude"


def test_an_action_without_a_hotspot_is_read_with_all_that_is_chosen() -> None:
    lamps = ",Mill Lane,Lamps,Lighting or repair,,Site manager,01/12/2027,,-1.47,53.38"
    rows = f"P1,,Patrol,Patrol,violence,police,,01/05/2026,,\n{lamps}"
    found = read(upload(f"{WIDE}\n{rows}\n"))
    assert found[c.REFERENCE].isna().tolist() == [False, True]
    assert found["kind"].tolist() == ["patrol", "repair"]
    assert found["led_by"].tolist() == ["police", "site"]
    assert found["place"][1] == "Mill Lane"
    assert (found["harm"][0], found["harm"].isna()[1], found["lon"][1], found["lat"][1]) == (
        "violence", True, -1.47, 53.38,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f",,Patrol,{CELL},,,01/05/2026,,,", "“kind” must be blank or one of"),
        (f",,Patrol,,{CELL},,01/05/2026,,,", "“harm group” must be blank or one of"),
        (f",,Patrol,,,{CELL},01/05/2026,,,", "“led by” must be blank or one of"),
        (",,Patrol,,,,01/05/2026,,200,53", "must hold degrees"),
        (",,Patrol,,,,01/05/2026,,-1.4,", "must have a longitude and a latitude"),
    ],
)
def test_a_choice_that_is_not_on_its_list_is_told_by_its_row(row: str, says: str) -> None:
    message = refused(row, WIDE)
    assert says in message
    assert "row 2" in message
