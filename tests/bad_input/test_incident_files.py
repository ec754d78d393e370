"""Bad files of incidents: one sentence that says what, where and what to do; exit 2; the store as it was."""

from pathlib import Path

import pytest

from tests.bad_input.cases import (
    CELL,
    STREET_FILE,
    Case,
    incident,
    mapped,
    police,
    street,
    tabled,
    workbook,
    zipped,
)
from tests.bad_input.refusals import refused
from tests.unit.data import small_place
from tests.unit.data.small_place import STREET_HEADER, table

POLICE = [
    police("missing column", "Crime ID,Month,Longitude,Latitude,LSOA code\n,2021-11,,,E01000001\n", "“Crime type”"),
    police("header only", table(STREET_HEADER, []), "no rows"),
    police("empty file", "", "empty"),
    police("blanks only", "\n\n  \n", "empty"),
    police("text in coordinates", street(("", "2021-11", CELL, "53.375", "", "Drugs")), "“Longitude”", "row 3"),
    police("half a coordinate", street(("", "2021-11", "", "53.37512", "", CELL)), "“Longitude”", "row 3"),
    police("coordinates swapped", street(("", "2021-11", "53.37512", "-1.47512", "", CELL)), "swapped", "row 3"),
    police(
        "eastings as longitude",
        table(STREET_HEADER, [("", "2021-11", "435419", "407352", "", "Drugs")]),
        "“Longitude”",
        "National Grid",
        hides=("435419", "407352"),
    ),
    police("coordinates of no place", street(("", "2021-11", "-1.475", "153.375", "", CELL)), "row 3", hides=("153",)),
    police("coordinates elsewhere", table(STREET_HEADER, [("", "2021-11", "2.35", "41.39", "", CELL)]), "Britain"),
    police("future month", street(("", "2099-01", "-1.475", "53.375", "", CELL)), "“Month”", "row 3", hides=("2099",)),
    police("month that is none", street(("", "2021-13", "-1.475", "53.375", "", CELL)), "“Month”", "row 3"),
    police("text for a month", street(("", CELL, "-1.475", "53.375", "", "Drugs")), "“Month”", "row 3"),
    police("blank month", street(("", "", "-1.475", "53.375", "", CELL)), "“Month”", "row 3"),
    police("blank crime type", street((CELL, "2021-11", "-1.475", "53.375", "", "")), "“Crime type”", "row 3"),
    police("too many cells", street((CELL, "2021-11", "-1.475", "53.375", "", "Drugs", CELL)), "row 3"),
    police("open quotation mark", street() + f',2021-11,,,,"{CELL}\n' + street(), "quotation mark"),
    police("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + CELL.encode(), "picture"),
    police("binary bytes", b"Crime ID,Month\0\1\2\3" + CELL.encode(), "no text"),
    police("workbook named csv", workbook(), "Excel workbook"),
    police("cut gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\3" + CELL.encode(), "damaged", file=f"{STREET_FILE}.gz"),
    police("empty zip", zipped(), "empty", file="month.zip"),
    police("zip without street files", zipped(readme__txt=CELL), "street.csv", file="month.zip"),
    police("text named zip", CELL, "damaged", file="month.zip"),
    police(
        "far from any area", table(STREET_HEADER, [("", "2021-11", "-4.25", "55.86", "", CELL)]), "“Anytown”", "none"
    ),
    police("column names twice", "Month,Month\n1,2\n", "“Month”", "more than once"),
    Case("unknown force", ("import", STREET_FILE, "--force", "elsewhere"), {STREET_FILE: street()}, ("elsewhere",)),
    Case("month range the wrong way", ("import", STREET_FILE, "--from", "2021-12", "--to", "2021-01"), {
        STREET_FILE: street()
    }, ("2021-12", "2021-01")),
    Case("month range that is none", ("import", STREET_FILE, "--from", "May"), {STREET_FILE: street()}, ("2021-01",)),
    Case("months without rows", ("import", STREET_FILE, "--to", "2020-01"), {STREET_FILE: street()}, ("months",)),
    Case("missing file", ("import", "nowhere.csv"), {}, ("“nowhere.csv”", "none")),
    Case("folder for a file", ("import", "."), {}, ("folder",)),
    Case("unknown area set", ("import", STREET_FILE, "--area-set", "99"), {STREET_FILE: street()}, ("99",)),
    Case("area set zero", ("import", STREET_FILE, "--area-set", "0"), {STREET_FILE: street()}, ("--area-set",)),
    Case("huge area set", ("import", STREET_FILE, "--area-set", "9" * 25), {STREET_FILE: street()}, ("--area-set",)),
    Case("unknown kind", ("import", STREET_FILE, "--kind", "maps"), {STREET_FILE: street()}, ("“maps”", "--kind")),
    Case("unknown option", ("import", STREET_FILE, "--kin"), {STREET_FILE: street()}, ("--kin", "--help")),
    Case("one bad file of two", ("import", STREET_FILE, "2021-12-anytown-street.csv"), {
        STREET_FILE: street(), "2021-12-anytown-street.csv": table(STREET_HEADER, [])
    }, ("2021-12-anytown-street.csv", "no rows")),
    Case("two files of a month", ("import", STREET_FILE, "b/" + STREET_FILE), {
        STREET_FILE: street(), "b/" + STREET_FILE: street((CELL, "2021-11", "", "", "", "Drugs"))
    }, ("anytown 2021-11", "differ")),
]  # fmt: skip

INCIDENTS = [
    incident("no column of a place", f"Date,Type\n01/09/2021,{CELL}\n", "a place", "“Date”"),
    incident("no column of a date", f"Area code,Type\nE01000001,{CELL}\n", "a date"),
    incident("header only", "Date,Area code,Type\n", "no rows"),
    incident("rows that are all blank", "Date,Area code,Type\n,,\n", "no rows"),
    incident("rows without a category", "Date,Area code,Type\n01/09/2021,E01000001,\n", "no row"),
    incident("future date", f"Date,Area,Type\n01/09/2021,,a\n01/09/2099,,{CELL}\n", "“Date”", "row 3", hides=("2099",)),
    incident("impossible date", f"Date,Area,Type\n31/02/2021,,{CELL}\n", "“Date”", "row 2", hides=("31/02",)),
    incident("month-first date", f"Date,Area,Type\n09/13/2021,,{CELL}\n", "“Date”", "row 2", hides=("09/13",)),
    incident("text for a date", f"Date,Area,Type\n01/09/2021,,a\n{CELL},,b\n", "“Date”", "row 3"),
    incident("month for a date", f"Date,Area,Type\n2021-09,,{CELL}\n", "“Date”", "row 2", hides=("2021-09 ",)),
    incident(
        "impossible time", f"Date,From,Area,Type\n01/09/2021,25:71,,{CELL}\n", "“From”", "row 2", hides=("25:71",)
    ),
    incident(
        "end before start",
        f"From,To,Area,Type\n02/09/2021 10:00,01/09/2021 11:00,,{CELL}\n",
        "“To”",
        "row 2",
        hides=("11:00",),
    ),
    incident("text in coordinates", f"Date,Lon,Lat,Type\n01/09/2021,-1.475,{CELL},a\n", "“Lat”", "row 2"),
    incident("swapped", f"Date,Lon,Lat,Type\n01/09/2021,53.37512,-1.47512,{CELL}\n", "swapped", hides=("53.37512",)),
    incident(
        "degrees as eastings",
        f"Date,Easting,Northing,Type\n01/09/2021,-1.47512,53.37512,{CELL}\n",
        "degrees",
        hides=("53.37512",),
    ),
    incident(
        "eastings as degrees", f"Date,Lon,Lat,Type\n01/09/2021,435419,407352,{CELL}\n", "metres", hides=("435419",)
    ),
    incident("codes of no area", f"Date,Area code,Type\n01/09/2021,{CELL},a\n", "“Anytown”", "none"),
    mapped("mapping with unknown keys", '{"date": "Date", "when": "x"}', "map.json", "“when”"),
    mapped("mapping that is no JSON", f"date: {CELL}", "map.json", "JSON"),
    mapped("mapping that is a list", f'["{CELL}"]', "map.json", "JSON"),
    mapped("mapping to a number", '{"date": 1234567}', "map.json", "“date”", hides=("1234567",)),
    mapped("mapping to an unknown harm", f'{{"date": "Date", "harm": {{"Drugs": "{CELL}"}}}}', "map.json", "“harm”"),
    mapped(
        "mapping to an absent column",
        '{"date": "When", "area": "Area code", "category": "Type"}',
        "log.csv",
        "“When”",
        "“Date”",
    ),
    Case(
        "column of no meaning",
        ("import", "log.csv", "--kind", "incidents", "--column", "when=Date"),
        {"log.csv": small_place.INCIDENTS},
        ("“when”", "date=When"),
    ),
    Case(
        "column that the file lacks",
        ("import", "log.csv", "--kind", "incidents", "--column", "date=When"),
        {"log.csv": small_place.INCIDENTS},
        ("log.csv", "“When”", "“Date”"),
    ),
    Case(
        "incidents chosen by force",
        ("import", "log.csv", "--kind", "incidents", "--from", "2021-01"),
        {"log.csv": small_place.INCIDENTS},
        ("--from",),
    ),
]


@pytest.mark.parametrize("case", tabled(POLICE))
def test_bad_police_files_are_refused(case: Case, home: Path, tmp_path: Path) -> None:
    refused(case, home, tmp_path)


@pytest.mark.parametrize("case", tabled(INCIDENTS))
def test_bad_files_of_incidents_are_refused(case: Case, home: Path, tmp_path: Path) -> None:
    refused(case, home, tmp_path)


def test_incidents_before_any_areas_are_refused(empty_home: Path, tmp_path: Path) -> None:
    files = {STREET_FILE: street()}
    refused(
        Case("no areas", ("import", STREET_FILE), files, ("no areas are loaded", "data areas")), empty_home, tmp_path
    )
