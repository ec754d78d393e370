"""The same rows are the same table in every kind of file, and a file is what its name promises."""

import gzip
import io
import json
import zipfile

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pytest
import shapely

from data.formats.headers import MAX_COLUMNS
from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sheets import Sheet
from data.formats.sources import from_upload
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal

NAMES = ["date", "time", "kind", "count"]
ROWS = [
    ["2021-09-03", "15:10", "Drugs", "12"],
    ["2021-09-04", None, "Robbery, knife", None],
    ["2021-09-05", "08:05", "Vape “spice”", "7"],
]
POINTS = [(-1.4748, 53.3811), (-1.25, 53.5), (-1.3000000000000003, 53.4)]
TABLE = pa.table({name: [row[at] for row in ROWS] for at, name in enumerate(NAMES)})
FRAME = gpd.GeoDataFrame(TABLE.to_pandas(), geometry=shapely.points(POINTS), crs="EPSG:4326")
WITH_POINTS = TABLE.append_column("longitude", [[repr(x) for x, _ in POINTS]]).append_column(
    "latitude", [[repr(y) for _, y in POINTS]]
)


def read(name: str, content: bytes) -> list[Sheet]:
    return read_sheets(from_upload(name, content))


def refused(name: str, content: bytes) -> str:
    return refusal(lambda: read(name, content), name)


def csv_of(separator: str = ",") -> bytes:
    lines = [NAMES, *([f'"{cell or ""}"' for cell in row] for row in ROWS)]
    return "\n".join(separator.join(line) for line in lines).encode()


def geojson_of(frame: gpd.GeoDataFrame) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(frame.iterfeatures(na="null"))}).encode()


FILES = {
    "log.csv": csv_of(),
    "log.csv.gz": gzip.compress(csv_of()),
    "log.tsv": csv_of("\t"),
    "log.xlsx": making.xlsx([NAMES, *ROWS]),
    "log.ods": making.ods([NAMES, *ROWS]),
    "log.parquet": making.parquet(TABLE),
}
PLACED = {
    "log.geojson": geojson_of(FRAME),
    "log.json": geojson_of(FRAME),
    "log.gpkg": making.gpkg({"log": FRAME}),
    "log.parquet": making.geoparquet(FRAME),
    "log.geoparquet": making.geoparquet(FRAME, geometry_encoding="geoarrow"),
    "grid.gpkg": making.gpkg({"log": FRAME.to_crs("EPSG:27700")}),
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_rows_are_the_same_table_in_every_format(name: str) -> None:
    (sheet,) = read(name, FILES[name])
    assert sheet.table.equals(TABLE)
    assert sheet.first == (1 if "parquet" in name else 2)


@pytest.mark.parametrize("name", PLACED)
def test_points_become_columns_of_longitude_and_latitude(name: str) -> None:
    (sheet,) = read(name, PLACED[name])
    assert sheet.columns == WITH_POINTS.column_names
    assert sheet.table.select(NAMES).equals(TABLE)
    assert sheet.first == 1
    for column in ("longitude", "latitude"):
        found = pd.to_numeric(sheet.table[column].to_pandas())
        assert found.to_numpy() == pytest.approx(pd.to_numeric(WITH_POINTS[column].to_pandas()).to_numpy(), abs=1e-7)
    if name != "grid.gpkg":
        assert sheet.table.equals(WITH_POINTS)


def test_rows_are_named_as_the_format_names_them() -> None:
    last = pd.Series([False, False, True]).to_numpy()
    said = {name: read(name, content)[0].say(last) for name, content in {**FILES, **PLACED}.items()}
    assert {said[name] for name in ("log.csv", "log.xlsx", "log.ods")} == {"row 4"}
    assert {said["log.geojson"], said["log.gpkg"]} == {"feature 3"}
    assert said["log.parquet"] == "row 3"


@pytest.mark.parametrize("name", [*FILES, *PLACED])
@pytest.mark.parametrize("promised", ["x.csv", "x.xlsx", "x.ods", "x.parquet", "x.gpkg", "x.geojson"])
def test_a_name_that_promises_another_format_is_refused(name: str, promised: str) -> None:
    content = {**PLACED, **FILES}[name]
    held = read(name, content)
    same = {"tsv": "csv", "gz": "csv", "json": "geojson", "geoparquet": "parquet"}
    ending = name.rsplit(".", 1)[1]
    if promised == f"x.{same.get(ending, ending)}":
        assert read(promised, content)[0].table.equals(held[0].table)
    else:
        assert "promises" in refused(promised, content) or "is not JSON" in refused(promised, content)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.kml", b"<?xml version='1.0'?><kml xmlns='x'>", "it is KML; export the layer as GeoJSON"),
        ("a.kmz", making.zipped({"doc.kml": "<kml/>"}), "it is KMZ"),
        ("a.gml", b"<x xmlns:gml='http://www.opengis.net/gml'/>", "it is GML"),
        ("a.gpkg", b"<OGRVRTDataSource><SrcDataSource>/etc/passwd", "a description of other files"),
        ("a.shp", b"\0\0\x27\x0a" + bytes(60), "part of a shapefile"),
        ("a.dbf", b"\x03abc", "part of a shapefile"),
        ("a.zip", making.zipped({"a.shp": b"x", "a.dbf": b"y"}), "it is a shapefile"),
        ("a.zip", making.zipped({"a.csv": b"x"}), "a .zip archive; unpack it"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls); save it as .xlsx"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.xlsb", making.zipped({"xl/workbook.bin": b"x"}), "binary workbook"),
        ("a.docx", making.zipped({"word/document.xml": "<w/>"}), "a Word document"),
        ("a.pdf", b"%PDF-1.7", "a PDF; ask for the data"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.db", b"SQLite format 3\0" + bytes(100), "a database that is no GeoPackage"),
        ("a.csv", b"<!DOCTYPE html><html>", "a web page"),
        ("a.xlsx", b"PK\x03\x04cut", "damaged"),
        ("a.dat", csv_of(), "its name does not say; give it the ending .csv"),
        ("a", csv_of(), "its name does not say"),
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"a,b\n1,\0\n", "no text has"),
        ("a.geojson", b"\0\1\2", "is not JSON"),
        ("a.parquet", b"PARE" + bytes(20), "encrypted Parquet"),
    ],
)
def test_what_is_not_read_is_refused_with_the_remedy(name: str, content: bytes, found: str) -> None:
    message = refused(name, content)
    assert found in message
    assert ";" in message


def test_too_many_columns_are_refused_in_every_format() -> None:
    many = [f"c{number}" for number in range(MAX_COLUMNS + 1)]
    row = ["1"] * len(many)
    feature = {"type": "Feature", "properties": dict.fromkeys(many, 1), "geometry": None}
    files = {
        "a.csv": (",".join(many) + "\n" + ",".join(row)).encode(),
        "a.xlsx": making.xlsx([many, row]),
        "a.ods": making.ods([many, row]),
        "a.parquet": making.parquet(pa.table({name: ["1"] for name in many})),
        "a.geojson": json.dumps({"type": "FeatureCollection", "features": [feature]}).encode(),
    }
    for name, content in files.items():
        assert "at most 2,000 columns" in refused(name, content), name


def test_a_csv_of_a_million_columns_is_refused() -> None:
    assert "at most 2,000 columns" in refused("a.csv", (",".join(f"c{n}" for n in range(10**6)) + "\n1\n").encode())


@pytest.mark.parametrize("depth", [31, 500, 980, 1_500, 100_000])
def test_json_that_nests_too_deep_is_refused(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    for where in ("properties", "geometry"):
        inner = {"properties": "{}", "geometry": "null", where: f'{{"type": "Polygon", "coordinates": {deep}}}'}
        feature = f'{{"type": "Feature", "properties": {inner["properties"]}, "geometry": {inner["geometry"]}}}'
        message = refused("a.geojson", f'{{"type": "FeatureCollection", "features": [{feature}]}}'.encode())
        assert "deep" in message or "is not JSON" in message


def test_properties_of_features_become_text_and_other_shapes_wkt() -> None:
    line = {"type": "LineString", "coordinates": [[-1.4, 53.4], [-1.3, 53.5]]}
    values = {"n": 5.0, "b": True, "list": [1, "a"], "blank": " ", "half": "\ud800", "geometry": "x"}
    content = json.dumps(
        {"type": "FeatureCollection", "name": "May", "features": [
            {"type": "Feature", "properties": values, "geometry": line},
            {"type": "Feature", "properties": {}, "geometry": None},
        ]}
    ).encode()  # fmt: skip
    (sheet,) = read("a.geojson", content)
    first, second = sheet.table.to_pylist()
    assert first == {
        "n": "5", "b": "true", "list": '[1, "a"]', "blank": None, "half": "?", "geometry (column)": "x",
        "geometry": "LINESTRING (-1.4 53.4, -1.3 53.5)",
    }  # fmt: skip
    assert set(second.values()) == {None}
    assert [(annotation.where, annotation.text) for annotation in sheet.annotations] == [
        ("a note of the file", "name May")
    ]


def test_points_beside_columns_of_positions_are_kept_as_shapes() -> None:
    frame = FRAME.assign(Longitude="1", Latitude="2")
    (sheet,) = read("a.geojson", geojson_of(frame))
    assert sheet.table["Longitude"].to_pylist() == ["1"] * 3
    assert sheet.table["geometry"][1].as_py() == "POINT (-1.25 53.5)"


def test_the_named_sheet_is_chosen_or_the_first_that_has_rows_under_names() -> None:
    blank = Sheet("log.xlsx", "Blank", TABLE.slice(0, 0))
    notes = Sheet("log.xlsx", "Notes", pa.table({"(column 1)": [CELL]}))
    log = Sheet("log.xlsx", "Log", TABLE)
    assert choose_sheet([blank, notes, log]) is log
    assert choose_sheet([blank, log], "Log") is log
    assert "“Blank”" in refusal(lambda: choose_sheet([blank, log], "May"), "log.xlsx")
    assert "must hold rows" in refusal(lambda: choose_sheet([blank, log], "Blank"), "log.xlsx")
    assert "column names" in refusal(lambda: choose_sheet([notes]), "log.xlsx")


def test_a_workbook_with_an_entry_twice_is_refused() -> None:
    file = io.BytesIO(making.xlsx([NAMES, *ROWS]))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "damaged" in refused("a.xlsx", file.getvalue())
