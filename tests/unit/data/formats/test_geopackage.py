"""A GeoPackage is read through one driver; nothing else that GDAL knows is ever opened."""

import sqlite3
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.formats import geopackage
from data.formats.sheet_reader import choose_sheet, read_sheets
from data.formats.sheets import Sheet
from data.formats.sources import from_upload
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal

FILE = "log.gpkg"
FRAME = gpd.GeoDataFrame(
    {"kind": ["Drugs", " "], "n": [1.0, 2.5], "at": pd.to_datetime([datetime(2021, 9, 3, 15, 10), None])},
    geometry=[shapely.Point(-1.4, 53.4), None],
    crs="EPSG:4326",
)


def read(content: bytes) -> list[Sheet]:
    return read_sheets(from_upload(FILE, content))


def refused(content: bytes) -> str:
    return refusal(lambda: read(content), FILE)


def altered(content: bytes, folder: Path, *statements: str) -> bytes:
    path = folder / "altered.gpkg"
    path.write_bytes(content)
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_every_layer_is_a_sheet() -> None:
    area = gpd.GeoDataFrame({"code": ["E01"]}, geometry=[shapely.box(-1.4, 53.4, -1.3, 53.5)], crs="EPSG:4326")
    log, areas = read(making.gpkg({"log": FRAME, "areas": area}))
    assert log.table.to_pylist() == [
        {"kind": "Drugs", "n": "1", "at": "2021-09-03T15:10:00", "longitude": "-1.4", "latitude": "53.4"},
        {"kind": None, "n": "2.5", "at": None, "longitude": None, "latitude": None},
    ]
    assert (areas.name, areas.columns) == ("areas", ["code", "geometry"])
    assert choose_sheet([log, areas], "areas") is areas


def test_layers_in_another_system_are_refused() -> None:
    assert "states another system" in refused(making.gpkg({"log": FRAME.to_crs("EPSG:3857")}))


@pytest.mark.parametrize("ruin", [lambda b: b[:3000], lambda b: b[:100] + bytes(len(b) - 100), lambda b: b[:100]])
def test_a_damaged_file_is_refused(ruin) -> None:
    assert "damaged" in refused(ruin(making.gpkg({"log": FRAME})))


def test_views_and_virtual_tables_are_refused(tmp_path: Path) -> None:
    content = making.gpkg({"log": FRAME})
    for statement in ("CREATE VIEW w AS SELECT * FROM log", "CREATE VIRTUAL TABLE f USING fts5(a)"):
        assert "it holds views" in refused(altered(content, tmp_path, statement))


def test_descriptions_of_layers_come_along(tmp_path: Path) -> None:
    content = altered(making.gpkg({"log": FRAME}), tmp_path, "UPDATE gpkg_contents SET description = 'kept by Ann'")
    assert "kept by Ann" in [annotation.text for annotation in read(content)[0].annotations]


def test_a_description_of_other_files_is_never_opened() -> None:
    vrt = f"<OGRVRTDataSource><OGRVRTLayer name='{CELL}'><SrcDataSource>/etc/passwd</SrcDataSource>".encode()
    assert "other files" in refused(vrt)
    for content in (geopackage.SQLITE + vrt, geopackage.SQLITE + bytes(52) + b"GPKG" + vrt):
        assert refused(content)


def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read(making.gpkg({"log": FRAME}))
    refused(making.gpkg({"log": FRAME})[:3000])
    assert list(tmp_path.iterdir()) == []


def test_all_other_drivers_are_off_once_the_reader_is_imported() -> None:
    code = "import data.formats.sheet_reader, pyogrio; print(*sorted(pyogrio.list_drivers()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["GPKG", "GeoJSON", "MEM"]
    assert done.stderr == ""
