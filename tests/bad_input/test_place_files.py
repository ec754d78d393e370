"""Bad files of areas, hotspots, schools and terms, and bad questions: one sentence, exit 2, the store as it was."""

import json
from pathlib import Path

import pytest

from tests.bad_input.cases import (
    CELL,
    Case,
    areas,
    areas_with,
    hotspots,
    incident,
    police,
    street,
    tabled,
    turned_grid,
    zipped,
)
from tests.bad_input.refusals import arguments_of, judge, refused
from tests.unit.data.running import dump, run_sandboxed
from tests.unit.data.small_place import HOTSPOTS, collection, feature, grid

LOOKUP = "code,msoa11,msoa11_name\nE01000001,E02,South\n"
POINTS = collection([feature(0) | {"geometry": {"type": "Point", "coordinates": [-1.4, 53.3]}}])
NO_SHAPE = collection([feature(0), feature(1) | {"geometry": None}])
OPEN_RING = collection([feature(0) | {"geometry": {"type": "Polygon", "coordinates": [[[-1.4, 53.3], [-1.3, 53.3]]]}}])
NAMELESS = grid().replace("E0100", "Z").replace('"code"', '"colour"')
MERCATOR = json.dumps(json.loads(grid()) | {"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}})


def with_table(name: str, option: str, content: str, *says: str, more: tuple[str, ...] = ()) -> Case:
    """Return a case of good boundaries with a bad table beside them."""
    arguments = ("areas", "new.geojson", "--code", "code", "--name", "name", option, "table.csv", *more)
    return Case(name, arguments, {"new.geojson": grid(), "table.csv": content}, says)


AREAS = [
    Case(
        "no such code", ("areas", "a.geojson", "--code", "LSOA", "--name", "name"), {"a.geojson": grid()}, ("“LSOA”",)
    ),
    Case("no such name", ("areas", "a.geojson", "--code", "code", "--name", "NM"), {"a.geojson": grid()}, ("“NM”",)),
    areas("duplicate codes", areas_with(code="E01000001", name=CELL), "new.geojson", "“code”", "feature 4"),
    areas("blank codes", areas_with(code="  ", name=CELL), "new.geojson", "“code”", "blank", "feature 4"),
    areas("missing codes", areas_with(code=None, name=CELL), "new.geojson", "“code”", "blank", "feature 4"),
    areas("not JSON", CELL, "new.geojson", "not JSON"),
    areas("binary", b"\0\1\2\xff" + CELL.encode(), "new.geojson", "not JSON"),
    areas("zipped shapes", zipped(areas__shp=CELL), "new.geojson", "shapefile"),
    areas("JSON of something else", json.dumps({"name": CELL}), "new.geojson", "FeatureCollection"),
    areas("no features", collection([]), "new.geojson", "none"),
    areas("points for areas", POINTS, "new.geojson", "polygons", "feature 1"),
    areas("an area without a shape", NO_SHAPE, "new.geojson", "feature 2"),
    areas("a ring left open", OPEN_RING, "new.geojson", "feature 1"),
    areas("latitude before longitude", turned_grid(), "new.geojson", "latitude stands before longitude"),
    areas("another coordinate system", MERCATOR, "new.geojson", "EPSG:4326"),
    areas("areas elsewhere", collection([feature(0, west=12.0)]), "new.geojson", "Britain"),
    areas("unknown level", grid(), "“county”", "lsoa", options=("--level", "county")),
    areas("unknown level of a parent", grid(), "“county”", options=("--parent", "county=msoa,msoa")),
    areas("parent without a level", grid(), "“msoa”", "LEVEL=CODE,NAME", options=("--parent", "msoa")),
    areas("parent without columns", grid(), "“msoa=”", "LEVEL=CODE,NAME", options=("--parent", "msoa=")),
    areas("parent that no column holds", grid(), "“MSOA11”", "--lookup", options=("--parent", "msoa=MSOA11,msoa_name")),
    areas(
        "parent blank in some areas", areas_with(msoa=None), "MSOA", "1", options=("--parent", "msoa=msoa,msoa_name")
    ),
    with_table(
        "lookup of other codes", "--lookup", "area,msoa11\nW01,W02\n", "table.csv", more=("--parent", "msoa=msoa11")
    ),
    with_table("lookup that lacks areas", "--lookup", LOOKUP, "msoa11", more=("--parent", "msoa=msoa11,msoa11_name")),
    with_table("lookup without the column", "--lookup", LOOKUP, "table.csv", more=("--parent", "ward=wd,wdnm")),
    with_table("residents in words", "--population", f"code,population\nE01000001,{CELL}\n", "table.csv", "row 2"),
    with_table("residents below zero", "--population", "code,population\nE01000001,-12345\n", "table.csv", "row 2"),
    with_table("residents in no column", "--population", "code,name\nE01000001,1\n", "table.csv", "“code”"),
    with_table("no deprivation", "--deprivation", "code,name\nE01000001,1\n", "table.csv", "“code”"),
    with_table("backdrop that is a table", "--backdrop", f"code\n{CELL}\n", "table.csv", "not JSON"),
    Case("missing boundaries", ("areas", "nowhere.csv", "--code", "a", "--name", "b"), {}, ("nowhere.csv",)),
    Case("no telling column", ("areas", "a.geojson"), {"a.geojson": NAMELESS}, ("both columns",)),
]

HOTSPOT_FILES = [
    hotspots("unknown type", f"P3,Place,{CELL},asb,active,-1.475,53.375", says=("“Type”", "row 4", "park")),
    hotspots("unknown status", f"P3,Place,other,asb,{CELL},-1.475,53.375", says=("“Status”", "row 4", "active")),
    hotspots("unknown harm", f"P3,Place,other,{CELL},active,-1.475,53.375", says=("“Harm group”", "row 4", "cse")),
    hotspots("no name", ",,other,asb,active,-1.475,53.375", says=("“Name”", "row 4")),
    hotspots("no position", f"P3,{CELL},other,asb,active,,", says=("row 4", "position")),
    hotspots("text in coordinates", f"P3,Place,other,asb,active,{CELL},53.375", says=("“Longitude”", "row 4")),
    hotspots("home as a point", f"P3,{CELL},residential address,asb,active,-1.475,53.375", says=("row 4", "polygon")),
    hotspots("reference twice", f"P1,{CELL},other,asb,active,-1.475,53.375", says=("“Reference”", "row 4")),
    Case("no columns", ("import", "s.csv", "--kind", "hotspots"), {"s.csv": f"Name\n{CELL}\n"}, ("s.csv", "“Name”")),
    Case(
        "second register bad",
        ("import", "a.csv", "b.csv", "--kind", "hotspots"),
        {"a.csv": HOTSPOTS.replace("P1", "N1").replace("P2", "N2"), "b.csv": HOTSPOTS.replace("active", CELL)},
        ("b.csv", "“Status”", "row 2"),
    ),
    Case(
        "two registers with the same references",
        ("import", "a.csv", "b.csv", "--kind", "hotspots"),
        {"a.csv": HOTSPOTS, "b.csv": HOTSPOTS.replace("Bus station", CELL)},
        ("b.csv", "reference"),
    ),
]

OTHERS = [
    Case("schools without columns", ("schools", "s.csv"), {"s.csv": f"Name\n{CELL}\n"}, ("s.csv", "“Name”")),
    Case("schools without rows", ("schools", "s.csv"), {"s.csv": "URN,Name,Lon,Lat\n"}, ("s.csv", "no rows")),
    Case(
        "school twice",
        ("schools", "s.csv"),
        {"s.csv": f"URN,Name,Lon,Lat\n777001,A,-1.4,53.3\n777001,{CELL},-1.4,53.3\n"},
        ("s.csv", "“URN”", "row 3"),
        (CELL, "777001"),
    ),
    Case("schools nowhere", ("schools", "s.csv"), {"s.csv": f"URN,Name,Lon,Lat\n1,{CELL},,\n"}, ("s.csv", "positions")),
    Case(
        "term that ends before it begins",
        ("calendar", "t.csv"),
        {"t.csv": f"label,first_day,last_day,kind\n{CELL},17/12/2021,01/09/2021,term\n"},
        ("t.csv", "row 2"),
        (CELL, "17/12/2021"),
    ),
    Case("terms without columns", ("calendar", "t.csv"), {"t.csv": f"label\n{CELL}\n"}, ("t.csv", "“label”")),
    Case("counts by something else", ("counts", "--dataset", "1", "--by", "area,child"), {}, ("child", "period")),
    Case("counts by nothing", ("counts", "--dataset", "1", "--by", ""), {}, ("area, period, category, harm",)),
    Case(
        "counts in another format", ("counts", "--by", "area", "--format", "xml"), {}, ("“xml”", "csv, json or package")
    ),
    Case("counts of no dataset", ("counts", "--by", "area", "--dataset", "99"), {}, ("99", "status")),
    Case("counts of dataset zero", ("counts", "--by", "area", "--dataset", "0"), {}, ("0", "status")),
    Case("exact counts", ("counts", "--by", "area", "--dataset", "2", "--lens", "exact"), {}, ("shared",)),
    Case("counts at no level", ("counts", "--by", "area", "--dataset", "2", "--level", "x"), {}, ("zone", "“x”")),
    Case("counts of no area", ("counts", "--by", "area", "--dataset", "2", "--area", "x"), {}, ("area", "“x”")),
    Case("counts of no period", ("counts", "--by", "area", "--dataset", "2", "--from", "x"), {}, ("period", "“x”")),
    Case("no such command", ("export",), {}, ("'export'", "--help")),
    Case("no command", (), {}, ("--help",)),
]


@pytest.mark.parametrize("case", tabled(AREAS))
def test_bad_files_of_areas_are_refused(case: Case, home: Path, tmp_path: Path) -> None:
    refused(case, home, tmp_path)


@pytest.mark.parametrize("case", tabled(HOTSPOT_FILES))
def test_bad_registers_of_hotspots_are_refused(case: Case, home: Path, tmp_path: Path) -> None:
    refused(case, home, tmp_path)


@pytest.mark.parametrize("case", tabled(OTHERS))
def test_bad_schools_terms_and_questions_are_refused(case: Case, home: Path, tmp_path: Path) -> None:
    refused(case, home, tmp_path)


def test_counts_of_an_empty_store_are_refused(empty_home: Path, tmp_path: Path) -> None:
    refused(Case("none", ("counts", "--by", "area"), {}, ("dataset", "data import")), empty_home, tmp_path)


APART = [
    police("text in coordinates", street(("", "2021-11", CELL, "53.375", "", "Drugs")), "“Longitude”", "row 3"),
    incident("impossible date", f"Date,Area,Type\n31/02/2021,,{CELL}\n", "“Date”", "row 2", hides=("31/02",)),
    areas("duplicate codes", areas_with(code="E01000001", name=CELL), "new.geojson", "“code”", "feature 4"),
]


@pytest.mark.parametrize("case", [*tabled(APART[:1]), *tabled(APART[1:], pytest.mark.thorough)])
def test_a_command_in_a_process_of_its_own_refuses_alike(case: Case, home: Path, tmp_path: Path) -> None:
    before = dump(home)
    judge(case, run_sandboxed(home, *arguments_of(case, tmp_path)))
    assert dump(home) == before
