"""Every file of the known formats is taken for what it is, by its columns and first rows, of any vintage and name."""

import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from data.formats.sources import Source, from_upload
from data.recognition.file_role import FileRole as R
from data.recognition.file_role import Recognised
from data.recognition.recognising import recognise

FORMATS = (Path(__file__).parent / "known_formats.txt").read_text(encoding="utf-8").split("\n\n")
TABLES = {block.split("\n")[0].partition(" ")[2]: block.strip().split("\n") for block in FORMATS}
BOM = "\ufeff"
BOUNDARIES: dict[str, tuple[dict[str, object], str, str | None]] = {
    "lsoa": (
        {"FID": 1, "LSOA21CD": "E01011264", "LSOA21NM": "Leeds 011A", "GlobalID": "x"},
        "lsoa",
        "2021",
    ),
    "repackaged": ({"lsoa11_name": "Leeds 011A", "lsoa11_code": "E01011264", "LADCD": "E08000035"}, "lsoa", "2011"),
    "msoa": ({"MSOA11CD": "E02002330", "MSOA11NM": "Leeds 001"}, "msoa", "2011"),
    "ward": ({"WD26CD": "E05011549", "WD26NM": "Otley", "LAD26CD": "E08000035"}, "ward", "2026"),
    "district": ({"LAD25CD": "E08000039", "LAD25NM": "Sheffield"}, "district", "2025"),
    "by its codes": ({"code": "E05011549", "name": "Otley"}, "ward", None),
    "misnamed": ({"LSOA21CD": "E02002330", "LSOA21NM": "Leeds 001"}, "msoa", "2021"),
    "of one's own": ({"id": "Z1", "name": "North"}, "area", None),
}


def one(name: str, content: bytes) -> Recognised:
    """Recognise one file."""
    (found,) = many(from_upload(name, content))
    return found


def many(*sources: Source) -> list[Recognised]:
    """Recognise several files."""
    return recognise(sources, lambda _done, _what: None)


def told(name: str) -> list[str]:
    """Return the header and the row of a known format."""
    return TABLES[name][1:]


def csv(name: str) -> bytes:
    """Return a known format as a file."""
    return "".join(f"{line}\n" for line in told(name)).encode()


def polygons(properties: dict[str, object], shape: str = "Polygon") -> bytes:
    """Return GeoJSON of one shape, its geometry before its properties."""
    geometry = {"type": shape, "coordinates": [[[-1.5, 53.8], [-1.4, 53.8], [-1.4, 53.9], [-1.5, 53.8]]]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}).encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of some files by their names in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook of some sheets."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_what_its_columns_say(name: str) -> None:
    told, header, row = TABLES[name]
    text = header.replace("\\n", "\r\n") + f"\r\n{row}\r\n"
    found = one(name, text.encode("cp1252") if "’" in row else f"{BOM}{text}".encode())
    assert (found.role.name, found.file) == (told.partition(" ")[0], name)
    assert found.why
    assert not set(row.split(",")) & set(found.details.values()) - {""}


@pytest.mark.parametrize("name", BOUNDARIES)
def test_boundaries_are_of_the_level_that_their_codes_are_of(name: str) -> None:
    properties, level, vintage = BOUNDARIES[name]
    found = one("areas.geojson", polygons(properties))
    assert found.role is (R.AREAS if level in ("lsoa", "area") else R.LARGER_AREAS)
    assert (found.details["level"], found.details.get("vintage")) == (level, vintage)
    assert {found.details[part] for part in ("code", "name")} <= set(properties)


def test_the_words_say_what_a_file_is_taken_for_and_by_which_columns() -> None:
    found = one("x.geojson", polygons({"LSOA21CD": "E01011264", "LSOA21NM": "Leeds 011A"}))
    assert (found.what, found.why) == ("Boundaries of LSOAs, 2021 edition", "its columns LSOA21CD and LSOA21NM")


def test_the_workbook_of_residents_is_known_by_the_newest_of_its_sheets() -> None:
    notes = [["Population estimates"], ["Released on", "2025-11-01"]]
    header = told("titled.csv")[0].rpartition("\\n")[2].split(",")
    sheets = [(f"Mid-{year} LSOA 2021", [["Title"], [], [], header]) for year in (2022, 2024, 2023)]
    found = one("sapelsoasyoa20222024.xlsx", workbook(("Notes", notes), *sheets))
    assert (found.role, found.edition, found.details["sheet"]) == (R.RESIDENTS, "mid-2024", "Mid-2024 LSOA 2021")
    assert (found.details["column"], found.details["key"]) == ("Total", "LSOA 2021 Code")


def test_packed_files_are_looked_into() -> None:
    street = csv("2026-09-west-yorkshire-street.csv")
    assert one("2026-09-west-yorkshire-street.csv.gz", gzip.compress(street)).role is R.POLICE_STREET
    months = {f"2026-09/2026-09-{force}-street.csv": street for force in ("west-yorkshire", "kent")}
    archive = one("latest.zip", zipped(months))
    assert (archive.role, archive.details["forces"]) == (R.POLICE_STREET, "kent,west-yorkshire")
    directory = {"Data/NSPL_MAY_2025_UK.csv": csv("ONSPD_FEB_2026_UK.csv"), "Documents/LA names.csv": b"a,b\n"}
    assert one("NSPL.zip", zipped(directory)).role is R.POSTCODES
    assert (
        one("codepo_gb.zip", zipped({f"Data/CSV/{area}.csv": csv("s.csv") for area in ("s", "ls")})).role is R.POSTCODES
    )
    schools = one("extract.zip", zipped({"edubasealldata20261101.csv": csv("edubasealldata20261101.csv")}))
    assert (schools.role, schools.details["member"]) == (R.SCHOOLS, "edubasealldata20261101.csv")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("gis_osm_roads_free_1.shp", b"\0\0\x27\x0a", "shapefile"),
        ("south-yorkshire-latest-free.shp.zip", zipped({"gis_osm_roads_free_1.shp": b"\0"}), ".osm.pbf"),
        ("scan.pdf", b"%PDF-1.7 ", "PDF"),
        ("nothing.csv", b"", "empty"),
        ("broken.zip", b"PK\x03\x04 and no more", "damaged"),
        ("areas.topojson", b'{"type":"Topology","objects":{}}', "TopoJSON"),
        (
            "schools.xlsx",
            workbook(("S", [line.split(";") for line in told("our schools.csv")])),
            "save it as CSV",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_cannot_be_read_says_what_to_do(name: str, content: bytes, says: str) -> None:
    found = one(name, content)
    assert found.role is R.UNKNOWN
    assert name in found.why
    assert says in found.why
    assert found.why.endswith(".")


def test_lines_of_streets_are_a_map_and_points_without_a_code_are_none() -> None:
    assert one("roads.geojson", polygons({"highway": "residential"}, "LineString")).role is R.STREET_MAP
    assert one("points.geojson", polygons({"colour": "red"}, "Point")).role is R.UNKNOWN


def test_an_answer_of_the_polices_interface_and_a_calendar_are_known() -> None:
    answer = json.dumps([{"category": "drugs", "location_type": "Force", "persistent_id": "", "month": "2026-09"}])
    assert one("street.json", answer.encode()).role is R.POLICE_OTHER
    assert one("terms.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n").role is R.TERM_DATES
