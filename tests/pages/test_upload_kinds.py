"""Every kind comes in from every format: the same rows give the same figures, whoever wrote them down."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.components.upload import column_picker
from pages.routes import downloads
from tests.pages.conftest import Open, again, turn_to
from tests.pages.shown import Shown, number
from tests.pages.uploading import (
    AREAS,
    CHECK,
    HOTSPOTS,
    INCIDENTS,
    MARKS,
    POLICE,
    Table,
    brought,
    buttons,
    csv_file,
    geojson_file,
    geopackage_file,
    kept,
    parquet_file,
    pick,
    picked,
    pressed,
    stamp,
)
from tests.unit.data.records.making_files import gpkg, ods, xlsx
from tests.unit.data.running import done

ROWS: Final[Table] = [
    ("Date", "Category", "Longitude", "Latitude"),
    ("03/06/2026", "Bullying", 0.9, 53.89),
    ("04/06/2026", "Bullying", 0.9, 53.89),
    ("05/07/2026", "Knife carrying", 0.9, 53.885),
    ("06/07/2026", "Graffiti", 0.905, 53.885),
    ("07/07/2026", "Graffiti", 3.9, 53.885),
]
FAULTY: Final[Table] = [
    *ROWS,
    *(("31/02/2026", "Bullying", 0.9, 53.89) for _ in range(5)),
    ("08/07/2026", "Bullying", None, None),
]
PLACES: Final[Table] = [
    ("Reference", "Name", "Type", "Harm group", "Status", "Longitude", "Latitude"),
    ("N1", "Mill Lane steps", "park or open space", "Drugs and alcohol", "active", 0.9, 53.89),
    ("N2", "Bus station", "park or open space", "Drugs and alcohol", "active", 0.905, 53.885),
]
SESSION: Final[Table] = [
    ("Session date", "Feeling", "Longitude", "Latitude"),
    ("12/05/2026", "Safe", 0.9, 53.89),
    ("12/05/2026", "not safe", 0.9, 53.885),
    ("12/05/2026", "Unsafe", 0.905, 53.885),
]
SHAPES: Final[dict[str, Callable[[Table], bytes]]] = {"geojson": geojson_file, "gpkg": geopackage_file}
FORMATS: Final[dict[str, Callable[[Table], bytes]]] = {
    "csv": csv_file,
    "xlsx": xlsx,
    "ods": ods,
    "parquet": parquet_file,
    **SHAPES,
}


def checked(shown: Shown, kind: str, name: str, content: bytes) -> Shown:
    """Choose a file and have it checked."""
    return pressed(brought(shown, kind, name, content), CHECK)


def counted(shown: Shown, heading: str) -> dict[str, float]:
    """Return the counts that the page shows by category, of incidents or of marks."""
    table = shown.table(heading)
    return {row[heading]: number(row["Incidents" if "Incidents" in row else "Marks"]) for row in table}


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_incidents_give_the_same_figures_in_every_format(open_page: Open, home: Path, format_: str) -> None:
    shown = checked(open_page(home, "upload"), INCIDENTS, f"log.{format_}", FORMATS[format_](ROWS))
    assert shown.failed == []
    assert "5 rows read, 4 placed" in shown.text
    assert "(0 by their area code, 4 by their point), 0 without location, 1 outside." in shown.text
    assert counted(shown, "School category") == {"Bullying": 2, "Graffiti": 1, "Knife carrying": 1}
    shown = pressed(shown, "Import")
    assert shown.failed == []
    assert (kept(home)[0].rows_read, kept(home)[0].placed, kept(home)[0].access) == (5, 4, "protected")


@pytest.mark.parametrize("format_", FORMATS)
def test_known_hotspots_come_in_from_every_format(open_page: Open, home: Path, format_: str) -> None:
    before = stamp(home)
    shown = checked(open_page(home, "upload"), HOTSPOTS, f"places.{format_}", FORMATS[format_](PLACES))
    assert "2 new known hotspots; 0 would replace" in shown.text
    assert [row["Known hotspot"] for row in shown.table("Known hotspot")] == ["Mill Lane steps", "Bus station"]
    assert {"Mill Lane steps", "Bus station"} == {spot["name"] for spot in shown.payload["hotspots"]}
    assert stamp(home) == before
    assert "2 known hotspots are on the register" in pressed(shown, "Import").text


def test_known_hotspots_of_the_same_reference_are_said_to_be_replaced(open_page: Open, home: Path) -> None:
    shown = open_page(home, "upload")
    shown = pressed(pressed(checked(shown, HOTSPOTS, "places.csv", csv_file(PLACES)), "Import"), "Upload more")
    shown = checked(shown, HOTSPOTS, "places.csv", csv_file(PLACES[:2]))
    assert "0 new known hotspots; 1 would replace" in shown.text


def areas_file(format_: str) -> bytes:
    """Return two areas beside each other."""
    squares = [[(w, 53.4), (w + 0.02, 53.4), (w + 0.02, 53.42), (w, 53.42), (w, 53.4)] for w in (-1.5, -1.48)]
    features = [
        {
            "type": "Feature",
            "properties": {"LSOA21CD": f"E0100000{at}", "LSOA21NM": f"Hamlet 00{at}A"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for at, ring in enumerate(squares, start=1)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    if format_ == "geojson":
        return text.encode()
    return gpkg({"areas": gpd.read_file(text)})


@pytest.mark.parametrize("format_", SHAPES)
def test_an_empty_store_takes_areas_first_and_then_everything(open_page: Open, tmp_path: Path, format_: str) -> None:
    shown = open_page(tmp_path / "empty", "upload")
    assert "areas of your place first" in shown.headline
    assert shown.app.radio[0].options == ["Areas"]
    assert buttons(shown) == ["Build the demonstration town"]
    shown = checked(shown, AREAS, f"hamlet.{format_}", areas_file(format_))
    assert shown.failed == []
    assert [row["Code"] for row in shown.table("Code")] == ["E01000001", "E01000002"]
    assert [row["Name"] for row in shown.table("Code")] == ["Hamlet 001A", "Hamlet 002A"]
    assert shown.payload["marks"] == "00"
    assert picked(shown, "What these areas are") == "lsoa"
    assert "2 areas** (LSOA) in “hamlet”" in shown.text
    shown = pressed(pressed(shown, "Import"), "Upload more")
    assert shown.failed == []
    assert len(shown.app.radio[0].options) == 8
    assert buttons(shown) == []


def test_areas_are_named_after_wards_that_are_brought_with_them(open_page: Open, tmp_path: Path) -> None:
    shown = brought(open_page(tmp_path / "empty", "upload"), AREAS, "hamlet.geojson", areas_file("geojson"))
    wards = areas_file("geojson").replace(b"LSOA21", b"WD24").replace(b"Hamlet 00", b"Mill Hill ")
    shown.app.file_uploader[1].set_value(("wards.geojson", wards, "application/octet-stream"))
    shown = pressed(again(shown), CHECK)
    assert shown.failed == []
    assert picked(shown, "Column of ward names") == "WD24NM"
    names = [row["Name"] for row in shown.table("Code")]
    assert names == ["Mill Hill 1A (Hamlet 001A)", "Mill Hill 2A (Hamlet 002A)"]


@pytest.mark.parametrize("format_", FORMATS)
def test_marks_are_counted_as_safe_and_unsafe_from_every_format(open_page: Open, home: Path, format_: str) -> None:
    shown = checked(open_page(home, "upload"), MARKS, f"session.{format_}", FORMATS[format_](SESSION))
    assert shown.failed == []
    assert counted(shown, "Felt as") == {"Safe": 1, "Unsafe": 2}


def test_marks_are_kept_but_are_no_incidents_of_a_map(open_page: Open, home: Path) -> None:
    shown = pressed(checked(open_page(home, "upload"), MARKS, "session.csv", csv_file(SESSION)), "Import")
    assert "See it on the map" not in [link.label for link in shown.app.main.get("page_link")]
    assert kept(home)[0].kind == "marks"
    assert "Young people’s safety marks from session.csv" in turn_to(shown, "datasets").text
    options = turn_to(shown, "area_map").app.selectbox(key="dataset").options
    assert options == ["Castlebrook police (fictional)", "Castlebrook schools (fictional)"]


OTHER: Final[Table] = [("When it was", "Sort", "Area"), ("03/06/2026", "Bullying", "X01000001")]


def test_columns_are_guessed_from_their_names(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(ROWS))
    assert [picked(shown, label) for label in ("Category", "Date", "Longitude")] == ["Category", "Date", "Longitude"]
    assert "Category: “Category”" in shown.app.expander[0].label
    assert not shown.app.expander[0].proto.expanded


def test_columns_that_were_matched_by_hand_are_remembered_for_the_next_file(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(OTHER))
    assert picked(shown, "Date") == "– not in the file –"
    assert shown.app.expander[0].proto.expanded
    shown = pick(pick(shown, "Date", "When it was"), "Category", "Sort")
    shown = pressed(pressed(shown, CHECK), "Import")
    assert shown.failed == []
    later = [*OTHER, ("04/06/2026", "Bullying", "X01000002")]
    shown = brought(pressed(shown, "Upload more"), INCIDENTS, "next.csv", csv_file(later))
    assert "as they were last time for “Supplied by the organisation”" in shown.text
    assert [picked(shown, label) for label in ("Category", "Date", "Area code")] == ["Sort", "When it was", "Area"]
    assert "2 rows read, 2 placed" in pressed(shown, CHECK).text


def test_a_category_counts_in_the_group_that_is_picked_and_so_it_does_next_time(open_page: Open, home: Path) -> None:
    shown = checked(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(ROWS))
    groups = {row["School category"]: row["Grouped under"] for row in shown.table("Grouped under")}
    assert groups["Graffiti"] == "Other"
    shown = pick(shown, "Graffiti", "asb")
    groups |= {"Graffiti": "Anti-social behaviour"}
    assert {row["School category"]: row["Grouped under"] for row in shown.table("Grouped under")} == groups
    shown = pressed(shown, "Import")
    assert kept(home)[0].harm_of["Graffiti"] == "asb"
    other = csv_file([ROWS[0], ("01/05/2026", "Vaping", 0.9, 53.89)])
    shown = pick(brought(pressed(shown, "Upload more"), INCIDENTS, "may.csv", other), "This is", "A new dataset")
    shown = pressed(pressed(shown, CHECK), "Import")
    third = csv_file([*ROWS, ("02/05/2026", "Graffiti", 0.9, 53.89)])
    shown = checked(pressed(shown, "Upload more"), INCIDENTS, "june.csv", third)
    assert picked(shown, "Graffiti") == "asb"
    assert {row["School category"]: row["Grouped under"] for row in shown.table("Grouped under")}["Graffiti"] == groups[
        "Graffiti"
    ]


def test_problems_are_grouped_and_their_rows_can_all_be_listed(open_page: Open, home: Path) -> None:
    shown = checked(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(FAULTY))
    dates, places = shown.table("Problem")
    assert (dates["Column"], dates["Rows"], dates["Which rows"]) == ("Date", "5", "7, 8, 9 and 2 more")
    assert dates["What happens"] == "left out"
    assert (places["Rows"], places["Which rows"]) == ("1", "12")
    (link,) = (link for link in shown.links if link.startswith(downloads.PROBLEMS))
    with TestClient(Starlette(routes=downloads.routes())) as client:
        listed = list(csv.DictReader(io.StringIO(client.get(link).text)))
    assert [(row["file"], row["row"]) for row in listed] == [("log.csv", str(row)) for row in range(7, 13)]
    assert parse_qs(urlsplit(link).query)["of"] == [
        parse_qs(urlsplit(found).query)["of"][0] for found in again(shown).links if found.startswith(downloads.PROBLEMS)
    ]


def test_of_several_files_each_problem_names_its_own(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), INCIDENTS, "a.csv", csv_file(FAULTY))
    files = [(name, csv_file(table), "text/csv") for name, table in (("a.csv", FAULTY), ("b.csv", FAULTY[:8]))]
    shown.app.file_uploader[0].set_value(files)
    shown = pressed(again(shown), CHECK)
    assert [row["File"] for row in shown.table("Problem")] == ["a.csv", "a.csv", "b.csv"]


def test_rows_with_a_fault_are_left_out_when_the_button_says_so(open_page: Open, home: Path) -> None:
    shown = checked(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(FAULTY))
    assert buttons(shown) == [CHECK, "Import without 5 rows"]
    shown = pressed(shown, "Import without 5 rows")
    assert shown.failed == []
    newest = kept(home)[0]
    assert (newest.rows_read, newest.placed, sum(newest.not_kept.values())) == (11, 4, 5)


PHONES: Final = tuple(f"07700 900{number}" for number in range(100, 112))
PHONE_ROWS: Final[Table] = [
    ("Date", "Area", "Category", "Extra"),
    ("02/06/2026", "X01000001", "Bullying", None),
    *(("03/06/2026", "X01000001", "Bullying", phone) for phone in PHONES),
]


@pytest.mark.parametrize(("name", "where"), [("log.xlsx", "sheet “Log”"), ("log.csv", "log.csv")])
def test_identifiers_are_blocked_by_sheet_column_and_row_and_never_shown(
    open_page: Open, home: Path, name: str, where: str
) -> None:
    before = stamp(home)
    content = xlsx(PHONE_ROWS) if name.endswith("xlsx") else csv_file(PHONE_ROWS)
    shown = checked(open_page(home, "upload"), INCIDENTS, name, content)
    (sentence,) = shown.failed
    assert name in sentence
    assert where in sentence
    assert "telephone numbers in column “Extra”, 12 rows (the first is row 3)" in sentence
    everything = json.dumps([sentence, shown.text, shown.tables, [expander.label for expander in shown.app.expander]])
    assert not any(phone in everything or phone[6:] in everything for phone in PHONES)
    assert buttons(shown) == [CHECK]
    assert stamp(home) == before


POOLED: Final[Table] = [
    ("Date", "Area", "Category", "School", "Reported by"),
    ("03/06/2026", "X01000001", "Bullying", "St Bernard's", "Abbey Lane"),
    ("04/06/2026", "X01000001", "Bullying", "King Edward", "Abbey Lane"),
    ("05/06/2026", "X01000002", "Bullying", "st bernards", "Abbey Lane"),
]
SCHOOL: Final = "School, for datasets of several schools"


def test_the_schools_of_a_dataset_are_told_as_a_number_alone(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), INCIDENTS, "trust.csv", csv_file(POOLED))
    assert picked(shown, SCHOOL) == "School"
    shown = pressed(shown, CHECK)
    assert shown.failed == []
    assert "2schools bring rows" in shown.text
    assert "Bernard" not in shown.text
    shown = pressed(pick(shown, SCHOOL, "Reported by"), CHECK)
    assert "1school brings rows" in shown.text
    shown = pressed(pick(shown, SCHOOL, column_picker.NOT_THERE), CHECK)
    assert shown.failed == []
    assert "3rows read" in shown.text
    assert not re.search("schools? brings? rows", shown.text)


def test_which_column_says_the_school_is_remembered_even_where_none_does(open_page: Open, home: Path) -> None:
    shown = pick(brought(open_page(home, "upload"), INCIDENTS, "trust.csv", csv_file(POOLED)), SCHOOL, "Reported by")
    shown = pressed(pressed(pressed(shown, CHECK), "Import"), "Upload more")
    shown = brought(shown, INCIDENTS, "next.csv", csv_file(POOLED[:3]))
    assert picked(shown, SCHOOL) == "Reported by"
    shown = pressed(pressed(pressed(pick(shown, SCHOOL, column_picker.NOT_THERE), CHECK), "Import"), "Upload more")
    shown = brought(shown, INCIDENTS, "last.csv", csv_file(POOLED[:2]))
    assert picked(shown, SCHOOL) == column_picker.NOT_THERE


STREET: Final = (
    "Crime ID,Month,Longitude,Latitude,LSOA code,Crime type\n"
    ",2026-05,0.9,53.89,X01000001,Drugs\n"
    "a1,2026-05,0.9,53.885,X01000002,Robbery\n"
)


def test_police_files_are_the_same_import_by_hand_and_by_command(open_page: Open, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "2026-05-castlebrook-street.csv"
    file.write_text(STREET, encoding="utf-8")
    before = stamp(home)
    shown = brought(open_page(home, "upload"), POLICE, file.name, file.read_bytes())
    assert picked(shown, "This is") == "More months for “Castlebrook police (fictional)” (dataset 2)"
    shown = pressed(pressed(pick(shown, "This is", "A new dataset"), CHECK), "Import")
    assert shown.failed == []
    assert stamp(home) == before + 1
    assert "Nothing to do" in done(home, "import", file, "--new").err


HOSTILE: Final = "![seen](/p.png) $x$ <b>"


def test_names_from_a_file_are_shown_as_text_and_fetch_nothing(open_page: Open, home: Path) -> None:
    rows = [("Date", "Area", "Category", HOSTILE), ("03/06/2026", "X01000001", HOSTILE, "x")]
    shown = checked(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(rows))
    assert shown.failed == []
    said = [each.value for each in shown.app.markdown] + [box.label for box in shown.app.selectbox]
    assert any("/p.png" in text for text in said)
    markdown = " ".join(re.sub(r"\\.", "", text) for text in said)  # but for the signs that are escaped
    assert not set(markdown) & set("[]$<")
