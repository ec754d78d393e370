"""Layers from partners on pages: a third kind on the maps, for those who may see it, and nothing for all others."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import geopandas as gpd
import pytest
import shapely
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.demo import town_partner_layer
from data.principal import LOCAL_USER, as_board
from data.services import partner_layers as service
from data.services.opening import open_store
from data.store import partner_layers as stored
from data.store import tables as t
from data.store.deliveries import Brought, BroughtFile
from data.store.partner_layers import NewLayer
from data.store.store import Store
from pages.routes import partner_layers
from tests.pages.conftest import PATHS, Open
from tests.pages.stores import PICTURE, TEMPLATE
from tests.pages.test_hostile_names import only_our_tags
from tests.pages.uploading import pressed
from tests.unit.data.store.inside import put_in_place

MAPS: Final = ("area_map", "local_context", "known_hotspots")
WORDS: Final = (town_partner_layer.TITLE, "Priority areas", "community safety partnership")
LAYER: Final = gpd.GeoDataFrame({"name": [PICTURE]}, geometry=[shapely.box(1.4, 54.0, 1.41, 54.01)], crs="EPSG:4326")


@pytest.fixture
def store(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(home))
    with closing(open_store()) as opened:
        yield opened


@pytest.mark.parametrize("page", MAPS)
def test_maps_show_it_as_a_third_kind_with_legend_and_list(open_demo: Open, page: str) -> None:
    shown = open_demo(page)
    [sent] = shown.payload["partners"]
    assert (sent["letter"], sent["printed"]) == ("P", False)
    assert f"From partners: {town_partner_layer.TITLE}" in shown.text
    assert "neither known to your register nor detected in the data" in shown.text
    assert [row["On the map"] for row in shown.table("On the map")] == [f"P{at}" for at in range(1, 7)]


@pytest.mark.parametrize("page", MAPS)
def test_a_filter_sends_an_address_and_neither_shapes_nor_names(open_demo: Open, page: str) -> None:
    sent = open_demo(page).payload
    assert len(json.dumps(sent["partners"])) < 200
    assert not any(word in json.dumps(sent) for word in WORDS)


@pytest.mark.parametrize("page", PATHS)
def test_seen_as_a_board_would_no_page_has_a_word_of_it(open_demo: Open, page: str) -> None:
    shown = open_demo(page, {"board": "true"})
    if page in MAPS:
        assert shown.payload["partners"] == []
    assert not any(word in piece.html for piece in shown.markup for word in WORDS)
    assert not any(word in shown.text for word in WORDS)


def test_what_may_not_be_printed_is_marked_so_that_paper_leaves_it_off(open_demo: Open) -> None:
    for page in (*MAPS, "datasets"):
        pieces = [piece.html for piece in open_demo(page).markup if WORDS[1] in piece.html]
        assert pieces
        assert all("lc-screen" in html for html in pieces)


def test_an_expired_layer_is_on_no_map_and_the_datasets_page_says_so(open_page: Open, home: Path, store: Store) -> None:
    put_in_place(store, t.partner_layer, 1, {"expires_on": (date.today() - timedelta(days=1)).isoformat()})
    for page in MAPS:
        shown = open_page(home, page)
        assert shown.payload["partners"] == []
        assert not any(word in shown.text for word in WORDS)
    assert "Expired: ask for a new one or remove." in open_page(home, "datasets").text


def test_names_from_a_layer_are_shown_as_text(open_page: Open, home: Path, store: Store) -> None:
    layer = NewLayer(TEMPLATE, PICTURE, "official", date.today(), LAYER)
    stored.add_layer(store, LOCAL_USER, layer, date.today(), Brought("", (BroughtFile("f"),), 1))
    for page in (*MAPS, "datasets"):
        shown = open_page(home, page)
        assert shown.failed == []
        assert only_our_tags(shown)
        assert TEMPLATE in shown.text


def test_the_address_on_a_map_is_answered_as_long_as_it_may_be_seen(open_page: Open, home: Path, store: Store) -> None:
    address = open_page(home, "area_map").payload["partners"][0]["address"]
    who, today = [LOCAL_USER], [date.today()]
    routes = partner_layers.routes(lambda digest: service.packed_drawing(store, who[0], digest, today[0]))
    with TestClient(Starlette(routes=routes)) as browser:
        drawn = browser.get(address)
        assert {feature["properties"]["k"] for feature in drawn.json()["features"]} == {"area", "number"}
        assert not any(name in drawn.text for name in ("Quayside", *WORDS))
        who[0] = as_board(LOCAL_USER)
        assert browser.get(address).status_code == 404
        who[0], today[0] = LOCAL_USER, date.today() + timedelta(days=town_partner_layer.DAYS + 1)
        assert browser.get(address).status_code == 404


def test_it_is_brought_in_with_its_marking_and_its_last_day(
    open_page: Open, home: Path, store: Store, tmp_path: Path
) -> None:
    content = town_partner_layer.write_partner_layer(tmp_path).read_bytes().replace(b'"rank"', b'"order"')
    file = ("layer.geojson", content, "application/geo+json")
    shown = open_page(home, "datasets")
    shown.app.text_input(key="_partner_title_0").set_value("Evening patrols")
    shown.app.text_input(key="_partner_source_0").set_value("A partnership")
    shown = pressed(shown, "Bring the layer in")
    assert shown.failed == ["A layer from partners needs a file and a marking, and one of them is missing; choose it."]
    shown.app.file_uploader(key="_partner_file_0").set_value(file)
    shown.app.selectbox(key="_partner_handling_0").set_value("official")
    shown = pressed(shown, "Bring the layer in")
    assert shown.failed == []
    layer = stored.layers(store, LOCAL_USER)[0]
    assert (layer.title, layer.handling, layer.size) == ("Evening patrols", "official", 6)
    assert "Not saved: 2 columns, score, order." in shown.text


def test_it_is_removed_from_the_page_after_a_tick(open_page: Open, home: Path, store: Store) -> None:
    shown = open_page(home, "datasets")
    shown.app.checkbox(key="_partner_sure_1").set_value(True).run()
    shown.app.button(key="_partner_remove_1").click().run()
    assert stored.layers(store, LOCAL_USER) == []
