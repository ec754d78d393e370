"""A base map is seen with what it holds before it is kept, and then listed, drawn on every map and removed again."""

from pathlib import Path
from typing import Final

import pytest

from data.principal import LOCAL_USER
from data.services.base_mapping import bounds_of_areas
from data.store import base_maps
from data.store.store import Store
from tests.pages.conftest import Open, again
from tests.pages.test_upload_kinds import checked
from tests.pages.uploading import CHECK, buttons, pressed, stamp
from tests.unit.data import osm_files
from tests.unit.data.osm_files import NODES, WAYS

BASE_MAP: Final = "base map"
SCRIPT: Final = "<img src=x onerror=alert(1)>"


def moved(home: Path) -> bytes:
    """Write an extract that lies within the areas of a store, which loses the base map that it has."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    for one in base_maps.base_maps(store, LOCAL_USER):
        base_maps.remove_base_map(store, LOCAL_USER, one.id)
    west, south, east, north = bounds_of_areas(store, LOCAL_USER) or (0, 0, 0, 0)
    store.close()
    east_by, north_by = (west + east) / 2 - NODES[2][0], (south + north) / 2 - NODES[2][1]
    nodes = {number: (node[0] + east_by, node[1] + north_by, *node[2:]) for number, node in NODES.items()}
    return osm_files.xml(nodes, WAYS | {9: ((1, 3), {"highway": "residential", "name": SCRIPT})})  # type: ignore[arg-type]


def kept(home: Path) -> list[base_maps.BaseMap]:
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        return base_maps.base_maps(store, LOCAL_USER)
    finally:
        store.close()


def test_a_map_is_seen_kept_listed_drawn_and_removed(open_page: Open, home: Path) -> None:
    extract = moved(home)
    before = stamp(home)
    shown = checked(open_page(home, "upload"), BASE_MAP, "hill.osm", extract)
    assert shown.failed == []
    assert {row["What"]: row["How many"] for row in shown.table("What")}["Roads"] == "4"
    assert "Left out" in shown.text
    names = [row["Name"] for row in shown.table("Name")]
    assert names[0] == SCRIPT  # as text, which a table escapes
    assert stamp(home) == before
    shown = pressed(shown, "Import")
    assert "“Base map from hill” is saved" in shown.text
    (one,) = kept(home)
    listed = open_page(home, "datasets")
    assert "Base map from hill" in listed.text
    assert "© OpenStreetMap contributors, ODbL" in listed.text
    drawn = open_page(home, "area_map")
    assert drawn.payload["baseMap"] == {
        "tiles": f"/lc/tiles/{one.digest}/{{z}}/{{x}}/{{y}}.mvt",
        "minZoom": 8,
        "maxZoom": 14,
        "attribution": "© OpenStreetMap contributors, ODbL",
    }
    (sure,) = (box for box in listed.app.checkbox if box.key == f"_map_sure_{one.id}")
    sure.check()
    listed = pressed(again(listed), "Remove the base map")
    assert "is removed" in listed.text
    assert kept(home) == []


def test_a_map_that_lies_beyond_the_areas_is_told(open_page: Open, home: Path) -> None:
    away = osm_files.xml({n: (node[0], node[1] - 3.0, *node[2:]) for n, node in NODES.items()})  # type: ignore[misc]
    shown = checked(open_page(home, "upload"), BASE_MAP, "hill.osm", away)
    assert any("lies beyond the areas" in str(one.value) for one in shown.app.warning)


@pytest.mark.parametrize("data", [osm_files.xml()[:-60], b"Date,Category\n2024-03-04,Robbery\n"])
def test_what_is_no_map_is_refused_in_a_sentence(open_page: Open, home: Path, data: bytes) -> None:
    before = stamp(home)
    shown = checked(open_page(home, "upload"), BASE_MAP, "hill.osm", data)
    (sentence,) = shown.failed
    assert "OpenStreetMap" in sentence
    assert buttons(shown) == [CHECK]
    assert stamp(home) == before
