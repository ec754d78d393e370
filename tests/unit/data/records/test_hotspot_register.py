"""The register is read from either format, and a home is never a point."""

import json

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from data.formats.sources import from_upload
from data.records.hotspot_register import read_hotspots
from geo import columns as c
from geo.register.fields import BY_COLUMN, GIVEN, SHAPE
from geo.register.place_types import LAST_REPORTED, NEXT_REVIEW, WATCHED_BY
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, FILE, refusal, upload

HEAD = "Name,Type,Harm group,Status,Longitude,Latitude"
RING = "-1.4 53.4, -1.3 53.4, -1.3 53.5, -1.4 53.4"


def read(text: str, name: str = FILE) -> gpd.GeoDataFrame:
    return read_hotspots(upload(text, name))


def refused(text: str, name: str = FILE) -> str:
    return refusal(lambda: read(text, name), name)


def geojson(geometry: object, **properties: object) -> str:
    known = {"name": "Bus station", "type": "transport hub or stop", "harm": "cce", "status": "active"}
    feature = {"type": "Feature", "properties": {**known, **properties}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_a_table_is_read_with_every_column_of_the_register() -> None:
    head = "Ref,Name,Type,Harm,Status,Last reported,Next review,Watched by,Easting,Northing"
    spots = read(
        f"{head}\nX7,Bus station,Bus stop,Drugs and alcohol,ACTIVE,01/09/2021,2041-01-15,Staff,435419,407352\n"
    )
    assert spots[GIVEN].tolist() == ["name type harm status last_reported next_review watched_by"]
    assert set(spots.columns) == {c.REFERENCE, GIVEN, c.GEOMETRY} | BY_COLUMN.keys() - {SHAPE}
    assert spots.loc[0, [c.REFERENCE, c.NAME, c.PLACE_TYPE, c.HARM, c.STATUS, WATCHED_BY]].tolist() == [
        "X7", "Bus station", "transport hub or stop", "substances", "active", "Staff",
    ]  # fmt: skip
    assert spots.loc[0, [LAST_REPORTED, NEXT_REVIEW]].tolist() == [pd.Timestamp(2021, 9, 1), pd.Timestamp(2041, 1, 15)]
    assert spots.crs == "EPSG:4326"
    assert (spots.geometry.x[0], spots.geometry.y[0]) == (
        pytest.approx(-1.466748, abs=1e-6),
        pytest.approx(53.561597, abs=1e-6),
    )


@pytest.mark.parametrize("word", ["", "Grave "])
def test_a_register_from_before_a_group_lost_a_word_of_its_name_is_still_read(word: str) -> None:
    assert read(f"{HEAD}\nPark,Park,{word}Violence and weapons,proposed,-1.4,53.4\n")[c.HARM].tolist() == ["violence"]


@pytest.mark.parametrize("named", ["another", "some other", "knives"])
def test_a_harm_that_is_no_group_is_refused(named: str) -> None:
    assert "must be one of" in refused(f"{HEAD}\nPark,Park,{named},proposed,-1.4,53.4\n")


def test_facts_that_are_not_given_are_missing() -> None:
    spots = read(f"{HEAD}\nPark,Park,cse,proposed,-1.4,53.4\n")
    assert spots[[LAST_REPORTED, NEXT_REVIEW, WATCHED_BY]].isna().all(axis=None)


def test_a_made_reference_follows_the_name_and_place_and_none_is_taken_twice() -> None:
    twin = ",Park,Park,cse,active,-1.4,53.4"
    others = ",Mill,Park,cse,active,-1.4,53.4\nH4,Arch,Park,cse,active,-1.4,53.4"
    first, second, third, own = read(f"Reference,{HEAD}\n{twin}\n{twin}\n{others}\n")[c.REFERENCE]
    assert (second, own) == (f"{first}-2", "H4")
    assert third != first
    assert read(f"{HEAD}\nPark,Park,asb,closed,-1.4,53.4\n")[c.REFERENCE].tolist() == [first]


def test_references_that_occur_twice_are_refused() -> None:
    row = f"{CELL},Park,Park,cse,active,-1.4,53.4"
    assert "row 3" in refused(f"Reference,{HEAD}\n{row}\n{row}\n")


def test_lines_and_polygons_are_read_from_wkt_beside_points() -> None:
    text = (
        f'{HEAD},WKT\nA,Alley,cse,active,,,"LINESTRING (-1.4 53.4, -1.3 53.4)"\n'
        f'B,Park,cse,active,,,"POLYGON (({RING}))"\nC,Park,cse,active,-1.4,53.4,\n'
    )
    assert read(text).geom_type.tolist() == ["LineString", "Polygon", "Point"]
    assert read("Name,Type,Harm,Status,WKT\nB,Park,cse,active,POINT (435419 407352)\n").geometry.y[0] == pytest.approx(
        53.561597, abs=1e-6
    )


def test_geojson_is_read_too() -> None:
    spots = read(geojson({"type": "Point", "coordinates": [-1.4, 53.4]}, reference=12, next_review=None), "h.geojson")
    assert spots.loc[0, [c.REFERENCE, c.PLACE_TYPE]].tolist() == ["12", "transport hub or stop"]
    assert spots[NEXT_REVIEW].isna().all()


def test_the_register_is_the_same_from_every_format() -> None:
    rows = [HEAD.split(","), ["Bus station", "Bus stop", "cse", "active", "-1.4", "53.4"]]
    frame = gpd.GeoDataFrame([rows[1][:4]], columns=rows[0][:4], geometry=[shapely.Point(-1.4, 53.4)], crs="EPSG:4326")
    table = pa.table({name: [cell] for name, cell in zip(*rows, strict=True)})
    files = {
        "log.xlsx": making.xlsx(rows),
        "log.ods": making.ods(rows),
        "log.parquet": making.parquet(table),
        "shapes.parquet": making.geoparquet(frame),
        "shapes.gpkg": making.gpkg({"spots": frame}),
        "shapes.geojson": json.dumps({"type": "FeatureCollection", "features": list(frame.iterfeatures())}).encode(),
    }
    expected = read("\n".join(",".join(row) for row in rows))
    for name, content in files.items():
        assert_geodataframe_equal(read_hotspots(from_upload(name, content)), expected)


def test_the_sheet_or_layer_that_is_named_is_read() -> None:
    points = gpd.GeoDataFrame({"a": ["x"]}, geometry=[shapely.Point(-1.4, 53.4)], crs="EPSG:4326")
    spots = points.assign(name="Arch", type="Park", harm="cse", status="active")
    content = making.gpkg({"others": points, "spots": spots})
    assert read_hotspots(from_upload("h.gpkg", content), "spots")[c.NAME].tolist() == ["Arch"]
    assert "“others”" in refusal(lambda: read_hotspots(from_upload("h.gpkg", content), "none"), "h.gpkg")


def test_sheets_of_a_workbook_are_named_in_refusals() -> None:
    rows = [HEAD.split(","), [CELL, "nowhere", "cse", "active", "-1.4", "53.4"]]
    message = refusal(lambda: read_hotspots(from_upload("h.xlsx", making.xlsx([[], *rows], "May"))), "h.xlsx")
    assert message.startswith("“h.xlsx”, sheet “May”: ")
    assert "row 3" in message


@pytest.mark.parametrize(
    ("row", "column", "allowed"),
    [
        (f"A,{CELL},cse,active,-1.4,53.4", "Type", "“park or open space”"),
        (f"A,Park,{CELL},active,-1.4,53.4", "Harm group", "“cse”"),
        (f"A,Park,cse,{CELL},-1.4,53.4", "Status", "“proposed”, “active”, “monitoring” or “closed”"),
    ],
)
def test_words_outside_the_closed_lists_are_refused_with_the_words_allowed(row: str, column: str, allowed: str) -> None:
    message = refused(f"{HEAD}\nA,Park,cse,active,-1.4,53.4\n{row}\n")
    assert f"“{column}” must be one of" in message
    assert allowed in message
    assert "row 3" in message


def test_geojson_names_features_instead_of_rows() -> None:
    point = {"type": "Point", "coordinates": [-1.4, 53.4]}
    assert "in feature 1" in refused(geojson(point, type=CELL), "h.geojson")
    assert "in feature 1" in refused(geojson(point, next_review=CELL), "h.geojson")
    assert "in feature 1" in refused(geojson(None, name=CELL), "h.geojson")


@pytest.mark.parametrize("row", [f",Park,cse,active,-1.4,53.4,{CELL}", f"{CELL},,cse,active,-1.4,53.4,"])
def test_blank_needed_cells_are_refused(row: str) -> None:
    assert "it is blank in row 2" in refused(f"{HEAD},Watched by\n{row}\n")


def test_missing_columns_are_refused() -> None:
    assert "“type” and “status” are missing from" in refused("Name,Harm,Lon,Lat\nA,cse,-1.4,53.4\n")
    assert "or a column “WKT”" in refused(f"Name,Type,Harm,Status\n{CELL},Park,cse,active\n")


def test_a_hotspot_without_a_position_is_refused() -> None:
    assert "there is none in row 3" in refused(f"{HEAD}\nA,Park,cse,active,-1.4,53.4\n{CELL},Park,cse,active,,\n")


def test_shapes_that_cannot_be_read_are_refused() -> None:
    assert "column “WKT” must hold shapes" in refused(f"Name,Type,Harm,Status,WKT\nA,Park,cse,active,{CELL}\n")
    mixture = "GEOMETRYCOLLECTION (POINT (-1.4 53.4))"
    assert "there is none in row 2" in refused(f"Name,Type,Harm,Status,WKT\nA,Park,cse,active,{mixture}\n")


def test_a_home_is_kept_as_an_area_only() -> None:
    message = refused(f"{HEAD}\n{CELL},Residential address,cse,active,-1.4,53.4\n")
    assert "a residential address must be kept as an area only" in message
    assert "row 2" in message
    spots = read(f'Name,Type,Harm,Status,WKT\nStreets,Residential address,cse,active,"POLYGON (({RING}))"\n')
    assert spots.geom_type.tolist() == ["Polygon"]


WIDE = f"{HEAD},Other harm groups,Times,Sources,RAG,Led by,Age band,Number of reports,First reported"
ROW = "Steps,alleyway or route,cse,active,-1.4,53.4"


def test_further_words_are_read_as_codes_in_the_order_of_their_lists() -> None:
    spots = read(
        f'{WIDE}\n{ROW},"asb; CCE;asb","evening, Home time",police;School staff,AMBER,Deputy DSL,11-13,4,1/9/21\n'
    )
    columns = ["other_harms", "times", "sources", "rag", "led_by", "age_band", "reports"]
    assert spots.loc[0, columns].tolist() == [
        "cce asb", "home-time evening", "school police", "amber", "deputy", "11-13", 4,
    ]  # fmt: skip
    assert spots.loc[0, "first_reported"] == pd.Timestamp(2021, 9, 1)
    blank = read(f"{WIDE}\n{ROW},,,,,,,,\n")
    assert blank[[*columns, "first_reported"]].isna().all(axis=None)
    assert {"times", "rag"} <= set(blank[GIVEN][0].split())


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (f"asb;{CELL},,,,,,,", "Other harm groups"),
        (f",noon {CELL},,,,,,", "Times"),
        (f",,{CELL},,,,,", "Sources"),
        (f",,,{CELL},,,,", "RAG"),
        (f",,,,{CELL},,,", "Led by"),
        (f",,,,,{CELL},,", "Age band"),
        (f",,,,,,{CELL},", "Number of reports"),
        (",,,,,,-3,", "Number of reports"),
        (f",,,,,,,{CELL}", "First reported"),
    ],
)
def test_a_word_on_no_list_is_refused_with_its_column_and_row(cells: str, column: str) -> None:
    said = refused(f"{WIDE}\n{ROW},,,,,,,,\n{ROW},{cells}\n")
    assert column in said
    assert "row 3" in said


def test_the_mark_of_a_spreadsheet_before_what_looks_like_a_formula_is_taken_away() -> None:
    spots = read(f"Reference,{HEAD}\n'-1,'=1+1 Lane,Park,cse,active,-1.4,53.4\n")
    assert spots.loc[0, [c.REFERENCE, c.NAME]].tolist() == ["-1", "=1+1 Lane"]
