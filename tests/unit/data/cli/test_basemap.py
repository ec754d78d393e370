"""A base map is brought in by a command, which says what it read, and is listed with the rest."""

import json
from pathlib import Path

import pytest

from tests.unit.data import osm_files, small_place
from tests.unit.data.running import done, dump, run


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    file = tmp_path / "hill.osm.pbf"
    file.write_bytes(osm_files.pbf())
    return file


def test_a_map_is_kept_listed_and_known_again(tmp_path: Path, extract: Path) -> None:
    home = tmp_path / "home"
    said = done(home, "basemap", extract, "--title", "The hill").err
    assert "OpenStreetMap: roads 3, paths 1, parks 1," in said
    assert "Left out: highways that are none to go along" in said
    assert "© OpenStreetMap contributors, ODbL" in said
    assert said.endswith("Base map 1 is loaded: The hill.\n")
    before = dump(home)
    again = done(home, "basemap", extract)
    assert again.err == "Nothing to do: these files are already here as base map 1.\n"
    assert dump(home) == before
    assert "Base map 1: The hill (OpenStreetMap), 0.0 MB" in done(home, "status").out
    (listed,) = json.loads(done(home, "status", "--json").out)["base_maps"]
    assert (listed["id"], listed["counts"]["roads"]) == (1, 3)
    assert "everything is as it was written" in done(home, "verify").err


def test_a_dry_run_keeps_nothing(tmp_path: Path, extract: Path) -> None:
    home = tmp_path / "home"
    said = done(home, "basemap", extract, "--dry-run").err
    assert "roads 3" in said
    assert said.endswith("nothing was saved.\n")
    assert dump(home)["base_map"] == []


def test_a_map_beyond_the_areas_is_kept_with_a_warning(tmp_path: Path, extract: Path) -> None:
    home = tmp_path / "home"
    areas = tmp_path / "areas.geojson"
    areas.write_text(small_place.grid(), encoding="utf-8")
    done(home, "areas", areas, "--code", "code", "--name", "name")
    assert "lies beyond the areas that are loaded" in done(home, "basemap", extract).err


def test_a_file_that_is_no_map_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "map.osm.pbf"
    file.write_bytes(osm_files.pbf()[:200])
    ran = run(tmp_path / "home", "basemap", file)
    assert ran.code == 2
    assert ran.err == (
        "Error: “map.osm.pbf” must be a whole extract of OpenStreetMap, and it is damaged or cut short; "
        "download it again.\n"
    )
    assert dump(tmp_path / "home")["base_map"] == []
