"""Boundaries are read without any library that opens other files, checked, and repaired where that is safe."""

import json
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.formats import shapes
from data.formats.sources import from_paths, from_upload
from data.records.boundaries import area_columns, read_boundaries, read_shapes
from data.records.locality import Locality
from geo import columns as c
from geo.errors import InputError
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal, upload

FILE = "areas.geojson"
SQUARE = [[-1.4, 53.4], [-1.3, 53.4], [-1.3, 53.5], [-1.4, 53.5], [-1.4, 53.4]]
BOW = [[-1.4, 53.4], [-1.3, 53.5], [-1.3, 53.4], [-1.4, 53.5], [-1.4, 53.4]]
SPIKE = [[-1.4, 53.4], [-1.3, 53.4], [-1.2, 53.4], [-1.3, 53.4], [-1.3, 53.5], [-1.4, 53.5], [-1.4, 53.4]]
FLAT = [[-1.4, 53.4], [-1.3, 53.4], [-1.4, 53.4], [-1.4, 53.4]]
GRID = [[430000, 390000], [431000, 390000], [431000, 391000], [430000, 391000], [430000, 390000]]

Json = dict[str, object]


def polygon(ring: Sequence[Sequence[float]] = SQUARE) -> Json:
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: object, /, **properties: object) -> Json:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, **members: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def read(text: str) -> tuple[gpd.GeoDataFrame, list[str]]:
    return read_boundaries(upload(text, FILE), code="CODE", name="NAME")


def refused(text: str) -> str:
    return refusal(lambda: read(text), FILE)


def one(geometry: object, **members: object) -> str:
    return collection(feature(geometry, CODE="E01", NAME="Ash"), **members)


def test_areas_keep_their_properties_beside_code_name_and_outline() -> None:
    areas, notes = read(collection(feature(polygon(), CODE="E01", NAME="Ash", LAD="E08", size=3)))
    assert areas.drop(columns=c.GEOMETRY).iloc[0].to_dict() == {
        c.AREA: "E01", c.NAME: "Ash", "CODE": "E01", "NAME": "Ash", "LAD": "E08", "size": 3,
    }  # fmt: skip
    assert areas.crs == "EPSG:4326"
    assert areas.geometry[0].equals(shapely.Polygon(SQUARE))
    assert notes == []


def test_heights_are_dropped_and_codes_become_text() -> None:
    areas, _ = read(collection(feature(polygon([[*corner, 12.5] for corner in SQUARE]), CODE=17, NAME=" Ash ")))
    assert not areas.geometry.has_z.any()
    assert areas.loc[0, [c.AREA, c.NAME]].tolist() == ["17", "Ash"]


def test_a_property_that_has_the_name_of_one_of_our_columns_is_not_kept_and_noted() -> None:
    areas, notes = read(collection(feature(polygon(), CODE="E01", NAME="Ash", name="x", area="y", geometry="z")))
    assert areas.loc[0, [c.AREA, c.NAME]].tolist() == ["E01", "Ash"]
    assert notes == ["Not saved: properties area, name, geometry, since areas have columns of these names already."]
    named, notes = read_boundaries(
        upload(collection(feature(polygon(), area="E01", name="Ash")), FILE), code="area", name="name"
    )
    assert named.columns.tolist() == [c.AREA, c.NAME, c.GEOMETRY]
    assert notes == []


def test_areas_without_a_name_go_by_their_code() -> None:
    areas, notes = read(
        collection(feature(polygon(), CODE="E01", NAME="Ash"), feature(polygon(), CODE="E02", NAME=" "))
    )
    assert areas[c.NAME].tolist() == ["Ash", "E02"]
    assert notes == ["Areas without a name, which go by their code: 1."]


@pytest.mark.parametrize("stated", ["urn:ogc:def:crs:EPSG::27700", "EPSG:27700", None])
def test_the_national_grid_is_turned_into_degrees_stated_or_not(stated: str | None) -> None:
    members = {"crs": {"type": "name", "properties": {"name": stated}}} if stated else {}
    areas, _ = read(one(polygon(GRID), **members))
    west, south, east, north = areas.total_bounds
    assert (west, south) == (pytest.approx(-1.5504, abs=1e-3), pytest.approx(53.4060, abs=1e-3))
    assert areas.to_crs("EPSG:27700").area[0] == pytest.approx(1e6, rel=1e-3)
    assert east > west
    assert north > south


@pytest.mark.parametrize("stated", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_degrees_may_be_stated(stated: str) -> None:
    areas, _ = read(one(polygon(), crs={"type": "name", "properties": {"name": stated}}))
    assert areas.geometry[0].equals(shapely.Polygon(SQUARE))


def test_outlines_that_cross_themselves_are_repaired_and_said_by_code() -> None:
    areas, notes = read(
        collection(
            feature(polygon(BOW), CODE="E01", NAME="Ash"),
            feature(polygon(), CODE="E02", NAME="Elm"),
            feature(polygon(SPIKE), CODE="E03", NAME="Oak"),
        )
    )
    assert areas.geometry.is_valid.all()
    assert set(areas.geom_type) <= {"Polygon", "MultiPolygon"}
    assert areas.geometry[0].area == pytest.approx(0.005)
    assert areas.geometry[2].equals(shapely.Polygon(SQUARE))
    assert notes == ["Outlines that cross themselves were repaired in 2 areas: E01, E03."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CELL, "is not JSON"),
        ("<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>", "of other files"),
        ("[" * 100_000, "is not JSON"),
        ("[1]", "something else"),
        (json.dumps(feature(polygon(), CODE=CELL)), "something else"),
        (collection(), "holds none"),
        (collection(feature(polygon(), CODE="E", NAME="A"), CELL), "not so feature 2"),
        (collection({"type": "Feature", "properties": CELL, "geometry": None}), "not so feature 1"),
    ],
)
def test_what_is_no_feature_collection_is_refused(text: str, found: str) -> None:
    assert found in refused(text)


def test_a_missing_code_or_name_is_refused_with_the_properties_found() -> None:
    message = refused(collection(feature(polygon(), NAME=CELL, LSOA11CD=CELL)))
    assert "“CODE” is missing from “NAME” and “LSOA11CD”" in message
    assert "--code" in message


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_codes_are_refused(blank: str | None) -> None:
    features = [feature(polygon(), CODE="E01", NAME=CELL), feature(polygon(), CODE=blank, NAME=CELL)]
    assert "code in “CODE”, but it is blank in feature 2" in refused(collection(*features))


def test_codes_that_occur_twice_are_refused_with_how_many_and_the_first() -> None:
    features = [feature(polygon(), CODE=code, NAME=CELL) for code in ("E01", CELL, CELL, "E01", "E02")]
    assert "2 features (the first is feature 3)" in refused(collection(*features))


@pytest.mark.parametrize(
    ("geometry", "found"),
    [
        (None, "there is none in feature 1"),
        ({"type": "Polygon", "coordinates": []}, "there is none in feature 1"),
        ({"type": "Point", "coordinates": [-1.4, 53.4]}, "there are points, lines or mixtures in feature 1"),
        ({"type": "GeometryCollection", "geometries": [polygon()]}, "points, lines or mixtures in feature 1"),
        (polygon(FLAT), "encloses none in feature 1"),
        ({"type": "Polygon", "coordinates": CELL}, "but not so feature 1"),
        ({"type": CELL, "coordinates": [1, 2]}, "but not so feature 1"),
        (polygon([["a", CELL]]), "but not so feature 1"),
        (polygon(SQUARE[:3]), "but not so feature 1"),
    ],
)
def test_geometries_that_are_no_polygons_are_refused(geometry: object, found: str) -> None:
    assert found in refused(one(geometry))


@pytest.mark.parametrize(
    ("ring", "stated", "found"),
    [
        ([[y, x] for x, y in SQUARE], None, "latitude stands before longitude"),
        ([[x - 60, y - 20] for x, y in SQUARE], None, "they lie elsewhere"),
        (GRID, "EPSG:4326", "but they are not"),
        (SQUARE, "EPSG:27700", "but they are not"),
        ([[x * 100, y * 100] for x, y in GRID], None, "but they are not"),
        (SQUARE, f"EPSG:{CELL}", "states another system"),
    ],
)
def test_coordinates_of_another_system_or_place_are_refused(ring: list[list[float]], stated: str, found: str) -> None:
    members = {"crs": {"type": "name", "properties": {"name": stated}}} if stated else {}
    message = refused(one(polygon(ring), **members))
    assert found in message
    assert "EPSG:4326" in message


def test_shapes_of_a_backdrop_may_be_lines_and_points_without_a_name() -> None:
    line = {"type": "LineString", "coordinates": SQUARE}
    point = {"type": "Point", "coordinates": SQUARE[0]}
    text = collection(feature(line, kind="street", name=None, lanes=2), feature(point, kind="place", name="Ash"))
    shapes = read_shapes(upload(text, FILE), ("kind", "name"))
    assert shapes.columns.tolist() == ["kind", "name", "geometry"]
    assert shapes["name"].isna().tolist() == [True, False]
    assert "“name” is missing from “kind”" in refusal(
        lambda: read_shapes(upload(collection(feature(line, kind=CELL)), FILE), ("kind", "name")), FILE
    )
    assert "there is none in feature 1" in refusal(
        lambda: read_shapes(upload(collection(feature(None, kind=CELL)), FILE), ("kind",)), FILE
    )


def test_areas_are_read_from_a_layer_of_a_geopackage() -> None:
    frame = gpd.GeoDataFrame(
        {"CODE": ["E01", "E02"], "NAME": ["Ash", "Elm"], "kind": ["a", "a"], "residents": [10, 20]},
        geometry=[shapely.box(-1.4, 53.4, -1.3, 53.5), shapely.box(-1.3, 53.4, -1.2, 53.5)],
        crs="EPSG:4326",
    )
    other = frame.rename(columns={"CODE": "OTHER"})
    source = from_upload("a.gpkg", making.gpkg({"other": other, "areas": frame}))
    areas, notes = read_boundaries(source, code="CODE", name="NAME", layer="areas")
    assert notes == []
    assert areas[[c.AREA, c.NAME, "residents"]].to_numpy().tolist() == [["E01", "Ash", 10], ["E02", "Elm", 20]]
    assert shapely.equals(areas.geometry.to_numpy(), frame.geometry.to_numpy()).all()
    assert area_columns(source) == ["OTHER", "NAME", "residents", "kind"]
    assert area_columns(source, "areas")[0] == "CODE"


def test_columns_that_could_be_code_or_name_are_listed_for_choosing() -> None:
    features = [feature(polygon(), kind="x", CODE=f"E0{n}", NAME="Ash", gap=[None, "x"][n]) for n in range(2)]
    assert area_columns(upload(collection(*features), FILE)) == ["CODE", "kind", "NAME"]


def test_a_table_without_shapes_is_no_area_set() -> None:
    source = from_upload("a.xlsx", making.xlsx([["CODE", "NAME"], [CELL, "x"]]))
    assert "has none; bring GeoJSON" in refusal(lambda: read_boundaries(source, code="CODE", name="NAME"), "a.xlsx")


@pytest.mark.acceptance
@pytest.mark.parametrize(
    ("file", "code", "name", "count", "repaired"),
    [
        ("lsoa11", "LSOA11CD", "LSOA11NM", 853, ["E01007429", "E01007480", "E01007656"]),
        ("lsoa21", "lsoa21_code", "lsoa21_name", 860, []),
        ("lad24", "ltla24_code", "ltla24_name", 4, []),
    ],
)
def test_real_boundaries_are_read_and_repaired(
    real_data: Path, file: str, code: str, name: str, count: int, repaired: list[str]
) -> None:
    source = from_paths([real_data / "south_yorkshire" / "boundaries" / f"{file}.geojson"])[0]
    areas, notes = read_boundaries(source, code=code, name=name)
    assert len(areas) == areas[c.AREA].nunique() == count
    assert areas.geometry.is_valid.all()
    said = f"Outlines that cross themselves were repaired in {len(repaired)} areas: {', '.join(repaired)}."
    assert notes == ([said] if repaired else [])


def test_an_intricate_outline_that_crosses_itself_is_refused_rather_than_repaired_for_minutes() -> None:
    steps = shapes.MAX_POINTS_TO_REPAIR // 2
    zigzag = [[-1.47 + 0.01 * (at % 2), 53.37 + 0.01 * at / steps] for at in range(2 * steps)]
    ring = [*zigzag, zigzag[0]]
    with pytest.raises(InputError, match="feature 1"):
        shapes.repair("a.geojson", shapely.polygons([ring]))


def square(east: float, north: float, side: float = 1_000) -> shapely.Polygon:
    return shapely.box(east, north, east + side, north + side)


NATIONAL = gpd.GeoDataFrame(
    {
        "LSOA21CD": ["E01", "E02", "E03"],
        "LSOA21NM": ["Barnsley 018A", "Rotherham 001B", "Kingston upon Hull, City of 001A"],
        "GlobalID": ["a", "b", "c"],
        "Shape__Area": [1.5, 2.5, 3.5],
    },
    geometry=[square(435_000, 407_000), square(445_000, 391_000), square(509_000, 428_000)],
    crs="EPSG:27700",
)


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "parquet"])
@pytest.mark.parametrize("district", [False, True])
@pytest.mark.parametrize(
    ("locality", "codes"),
    [
        (Locality(councils=("Rotherham",)), ["E02"]),
        (Locality(councils=("Hull", "Kingston upon Hull", "barnsley council")), ["E01", "E03"]),
        (Locality(points=((-1.3243, 53.4134),), metres=900), ["E02"]),
        (Locality(councils=("Barnsley",), points=((-1.3243, 53.4134),), metres=900), ["E01", "E02"]),
        (Locality(), ["E01", "E02", "E03"]),
    ],
)
def test_of_a_national_file_the_areas_of_a_place_are_kept(
    ending: str, district: bool, locality: Locality, codes: list[str], tmp_path: Path
) -> None:
    frame = NATIONAL.assign(LAD25NM=["Barnsley", "Rotherham", "Kingston upon Hull, City of"]) if district else NATIONAL
    if district:
        frame = frame.assign(LSOA21NM=["one", "two", "three"])
    path = tmp_path / f"LSOA.{ending}"
    if ending == "parquet":
        frame.to_crs(4326).to_parquet(path)
    else:
        frame.to_file(path)
    areas, notes = read_boundaries(from_paths([path])[0], code="LSOA21CD", name="LSOA21NM", locality=locality)
    assert areas[c.AREA].tolist() == codes
    assert areas.geometry[0].representative_point().y == pytest.approx(53.5, abs=0.2)
    said = [f"Kept of “{path.name}”: the {len(codes)} of its 3 areas that were chosen."]
    assert notes == ([] if locality.is_everywhere else said)


def test_a_place_without_an_area_is_refused_and_rows_are_numbered_as_in_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = collection(feature(polygon(), CODE="E01", NAME="Ash 001A"), feature(polygon(), CODE="E02", NAME="Elm 001A"))
    source = upload(text, FILE)
    assert "none of its 2 does" in refusal(
        lambda: read_boundaries(source, code="CODE", name="NAME", locality=Locality(councils=("Leeds",))), FILE
    )
    monkeypatch.setattr("data.formats.geojson._BATCH", 10)  # characters: each feature is a batch
    broken = feature({"type": "Polygon", "coordinates": [[["x"]]]}, CODE="E03", NAME="Oak")
    wrong = collection(feature(polygon(), CODE="E01", NAME="Ash"), feature(polygon(), CODE="E02", NAME="Elm"), broken)
    assert "feature 3" in refused(wrong)


@pytest.mark.parametrize(("bounds", "codes"), [((-1.4, 53.3, -1.2, 53.45), ["E02"]), ((0.0, 51.0, 0.1, 51.1), [])])
def test_of_larger_areas_those_that_touch_some_bounds_are_kept(
    bounds: tuple[float, float, float, float], codes: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "wards.geojson"
    NATIONAL.to_file(path)
    areas, _ = read_boundaries(from_paths([path])[0], code="LSOA21CD", name="LSOA21NM", touching=bounds)
    assert areas[c.AREA].tolist() == codes
