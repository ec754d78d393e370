"""Brings files in through the Upload page without a browser, and looks at what the store then holds."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import pyarrow as pa

from data.principal import LOCAL_USER
from data.store import datasets
from data.store.datasets import Dataset
from data.store.store import Store
from tests.pages.conftest import again
from tests.pages.shown import Shown
from tests.unit.data.records import making_files

POLICE: Final = "police"
INCIDENTS: Final = "incidents"
HOTSPOTS: Final = "hotspots"
MARKS: Final = "marks"
AREAS: Final = "areas"
CHECK: Final = "Check the files"

Row = tuple[str | float | None, ...]
Table = Sequence[Row]  # the names of the columns first


def stamp(home: Path) -> int:
    """Return the number of the store's last write."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        return store.stamp(LOCAL_USER)
    finally:
        store.close()


def kept(home: Path) -> list[Dataset]:
    """List the datasets that the store holds, the newest first."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        return datasets.datasets(store, LOCAL_USER)
    finally:
        store.close()


def brought(shown: Shown, kind: str, name: str, content: bytes) -> Shown:
    """Choose a kind and a file."""
    shown.app.radio[0].set_value(kind)
    shown = again(shown)
    shown.app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return again(shown)


def pressed(shown: Shown, label: str) -> Shown:
    """Press the one button of this label."""
    (button,) = (button for button in shown.app.button if button.label == label)
    button.click()
    return again(shown)


def buttons(shown: Shown) -> list[str]:
    """List the buttons on the page."""
    return [button.label for button in shown.app.button]


def picked(shown: Shown, label: str) -> str:
    """Return what the picker of this label holds."""
    (box,) = (box for box in shown.app.selectbox if box.label == label)
    return str(box.value)


def pick(shown: Shown, label: str, value: str) -> Shown:
    """Choose in the picker of this label."""
    (box,) = (box for box in shown.app.selectbox if box.label == label)
    box.set_value(value)
    return again(shown)


def csv_file(table: Table) -> bytes:
    """Write a table as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def parquet_file(table: Table) -> bytes:
    """Write a table as Parquet."""
    return making_files.parquet(pa.table(_columns(table)))


def geojson_file(table: Table) -> bytes:
    """Write a table as GeoJSON, whose longitudes and latitudes become points."""
    return json.dumps(json.loads(_points(table).to_json())).encode()


def geopackage_file(table: Table) -> bytes:
    """Write a table as a GeoPackage, whose longitudes and latitudes become points."""
    return making_files.gpkg({"records": _points(table)})


def _columns(table: Table) -> dict[str, list[str | float | None]]:
    names, *rows = table
    return {str(name): [row[at] for row in rows] for at, name in enumerate(names)}


def _points(table: Table) -> gpd.GeoDataFrame:
    columns = _columns(table)
    where = gpd.points_from_xy(columns.pop("Longitude"), columns.pop("Latitude"))
    return gpd.GeoDataFrame(columns, geometry=where, crs="EPSG:4326")
