import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.routes.assets import asset_url, geometry_url, leaflet_url, routes
from tests.pages.shown import Markup

KNOWN = "0123456789abcdef0123456789abcdef"
DRAWING = b'{"type":"FeatureCollection","features":[]}'
DRAWN = {"svg", "title", "desc", "defs", "g", "use", "rect", "path", "text"}


@pytest.fixture(scope="module")
def browser():
    store = {KNOWN: gzip.compress(DRAWING), "../secrets": b"never"}
    with TestClient(
        Starlette(routes=routes(lambda digest, _request: store.get(digest))), raise_server_exceptions=True
    ) as client:
        yield client


def test_a_drawing_is_sent_as_it_is_packed_and_kept_for_good(browser):
    answer = browser.get(geometry_url(KNOWN))
    assert answer.status_code == 200
    assert answer.content == DRAWING
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_browser_without_gzip_gets_plain_geojson(browser):
    answer = browser.get(geometry_url(KNOWN), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == DRAWING


@pytest.mark.parametrize("digest", ["f" * 32, KNOWN.upper(), KNOWN[:-1], KNOWN + "0", "..%2fsecrets", KNOWN + "%0a"])
def test_unknown_or_odd_digests_are_not_found(browser, digest):
    assert browser.get(f"/lc/geometry/{digest}.json").status_code == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("leaflet.js", "text/javascript; charset=utf-8"),
        ("leaflet.css", "text/css; charset=utf-8"),
        ("images/layers.png", "image/png"),
    ],
)
def test_leaflet_comes_from_its_wheel(browser, path, kind):
    answer = browser.get(leaflet_url(path))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert len(answer.content) > 500


@pytest.mark.parametrize(
    "path",
    [
        "",
        "leaflet-src.js",
        "leaflet.js.map",
        "../__init__.py",
        "images/%2e%2e/leaflet.js",
        "images/..%2f..%2f__init__.py",
        "..%5c__init__.py",
        "%2fetc%2fpasswd",
        "images/",
        "images/layers.png%00.js",
    ],
)
def test_nothing_but_the_listed_leaflet_files_is_handed_out(browser, path):
    assert browser.get(f"/lc/leaflet/{path}").status_code == 404


@pytest.mark.parametrize("name", ["map.js", "area_layer.css", "protection.svg"])
def test_our_own_files_are_kept_for_good_under_the_name_of_their_content(browser, name):
    answer = browser.get(asset_url(name))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert re.fullmatch(rf"/lc/assets/[0-9a-f]{{32}}/{name}", asset_url(name))


def test_a_picture_is_sent_as_a_picture_that_says_what_it_shows(browser):
    answer = browser.get(asset_url("protection.svg"))
    assert answer.headers["content-type"] == "image/svg+xml"
    (_, whole), *parts = Markup(answer.text).tags
    assert whole["role"] == "img"
    assert whole["aria-labelledby"] == "title desc"
    assert [(tag, attributes["id"]) for tag, attributes in parts[:2]] == [("title", "title"), ("desc", "desc")]


def test_a_picture_holds_nothing_that_runs(browser):
    tags = Markup(browser.get(asset_url("protection.svg")).text).tags
    assert {tag for tag, _ in tags} <= DRAWN
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]


def test_an_outdated_digest_of_our_own_file_is_not_found(browser):
    assert browser.get(f"/lc/assets/{KNOWN}/map.js").status_code == 404


def test_other_files_are_not_found_beside_our_own(browser):
    folder = asset_url("map.js").removesuffix("map.js")
    for name in ("area_layer.css", "..%2froutes.py", "routes.py"):
        assert browser.get(folder + name).status_code == 404


def test_unknown_addresses_below_ours_are_not_found(browser):
    assert browser.get("/lc/").status_code == 404
    assert browser.get("/lc/anything/else").status_code == 404


def test_only_reading_is_allowed(browser):
    assert browser.post(geometry_url(KNOWN)).status_code == 405


@pytest.mark.parametrize("address", [leaflet_url("leaflet.js"), asset_url("map.js"), geometry_url(KNOWN), "/lc/x"])
def test_browsers_never_guess_what_a_file_is(browser, address):
    assert browser.get(address).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["map.js", "area_layer.css", "protection.svg"])
def test_our_own_files_name_no_other_host(browser, name):
    found = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", browser.get(asset_url(name)).text))
    assert found <= {"http://www.w3.org"}  # the name of SVG, which nobody fetches
