"""The register as a file: in words, safe in a spreadsheet, and of its own organisation alone."""

import csv
import io
import json
from dataclasses import replace

import pytest
from shapely import Point, box

from data.formats.sources import from_upload
from data.principal import LOCAL_USER
from data.services import setting_up
from data.services.register_exports import FORMATS, register_file
from data.store import hotspots
from data.store.store import Store
from geo.errors import InputError
from geo.register.hotspot import Hotspot
from tests.unit.data.persons import STRANGER, welcome

GARAGES = Hotspot(
    "-1", "=1+1 Garages", "housing estate", "cce", "monitoring", box(-1.48, 53.37, -1.47, 53.38),
    other_harms=("cse", "asb"), times=("lunch", "home-time"), age_band="11-13", reports=4, rag="amber",
    rag_reason="-fewer since the lights were mended", led_by="dsl", next_review="2099-01-01",
)  # fmt: skip
STEPS = Hotspot("S1", "Steps", "alleyway or route", "peer", "active", Point(-1.47, 53.38))


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a register."""
    for one in (GARAGES, STEPS):
        hotspots.add(store, LOCAL_USER, one)
    return store


def test_csv_says_the_register_in_words_and_no_cell_is_a_formula(filled: Store) -> None:
    first, second = csv.DictReader(io.StringIO(register_file(filled, LOCAL_USER, "csv").decode()))
    assert (first["reference"], first["name"]) == ("'-1", "'=1+1 Garages")
    assert first["other_harms"] == "Child sexual exploitation and abuse; Anti-social behaviour"
    assert (first["age_band"], first["rag"], first["reports"]) == ("11 to 13", "Amber: act soon", "4")
    assert first["wkt"].startswith("POLYGON ((")
    assert second["wkt"] == "POINT (-1.47 53.38)"


def test_geojson_holds_the_same_with_its_shapes(filled: Store) -> None:
    first, second = json.loads(register_file(filled, LOCAL_USER, "geojson"))["features"]
    assert (first["properties"]["name"], first["properties"]["closing_reason"]) == ("=1+1 Garages", None)
    assert second["geometry"] == {"type": "Point", "coordinates": [-1.47, 53.38]}


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_that_is_brought_in_changes_nothing_here_and_makes_the_same_register_elsewhere(
    filled: Store, form: str
) -> None:
    welcome(filled)
    source = from_upload(f"register.{form}", register_file(filled, LOCAL_USER, form))
    for person in (LOCAL_USER, STRANGER):
        setting_up.add_hotspots(filled, person, [source])
        assert hotspots.entries(filled, person) == [GARAGES, STEPS]


def test_nobody_gets_the_register_of_another_organisation(filled: Store) -> None:
    welcome(filled)
    assert json.loads(register_file(filled, STRANGER, "geojson"))["features"] == []
    with pytest.raises(InputError, match="the register has none"):
        register_file(filled, STRANGER, "gpkg")


def test_another_format_is_refused(filled: Store) -> None:
    with pytest.raises(InputError, match="none of them; choose one"):
        register_file(filled, LOCAL_USER, "docx")


def test_what_is_changed_in_an_export_is_changed_on_the_register_and_nothing_else(filled: Store) -> None:
    text = register_file(filled, LOCAL_USER, "csv").decode().replace("Amber: act soon", "green")
    setting_up.add_hotspots(filled, LOCAL_USER, [from_upload("register.csv", text.encode())])
    assert hotspots.entries(filled, LOCAL_USER) == [replace(GARAGES, rag="green", revision=2), STEPS]
