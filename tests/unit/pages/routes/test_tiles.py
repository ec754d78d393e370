import hashlib

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.formats.tile_archive import pack_tiles
from pages.routes import assets, tiles
from pages.routes.assets import tiles_url

ARCHIVE = pack_tiles({(14, 8122, 5275): b"a tile", (8, 126, 82): b"from afar"}, (-1.6, 53.7, -1.5, 53.9), {})
KNOWN = hashlib.sha256(ARCHIVE).hexdigest()


@pytest.fixture
def asked():
    """The names of the maps that the route has asked the store for."""
    return []


@pytest.fixture
def browser(asked):
    def archive(digest):
        asked.append(digest)
        return ARCHIVE if digest == KNOWN or digest.startswith("aa") else None

    with TestClient(
        Starlette(routes=[*tiles.routes(archive), *assets.routes(lambda _digest, _request: None)])
    ) as client:
        yield client


def address(zoom, column, row, digest=KNOWN):
    return tiles_url(digest).format(z=zoom, x=column, y=row)


def test_a_tile_is_sent_as_it_is_packed_and_kept_for_good(browser):
    answer = browser.get(address(14, 8122, 5275))
    assert answer.status_code == 200
    assert answer.content == b"a tile"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_browser_without_gzip_gets_it_plain(browser):
    answer = browser.get(address(8, 126, 82), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == b"from afar"


def test_a_tile_without_anything_in_it_is_empty_and_kept_too(browser):
    answer = browser.get(address(14, 8123, 5275))
    assert (answer.status_code, answer.content) == (204, b"")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [address(14, 8122, 5275, "f" * 64), address(14, 8122, 5275, KNOWN.upper()), address(14, 8122, 5275, KNOWN[:32]),
     address(14, 8122, 5275, "..%2fsecrets"), address("a", 1, 2), address(-1, 1, 2), address(14, 8122, "5275.0")],
)  # fmt: skip
def test_unknown_and_odd_addresses_are_not_found(browser, path):
    assert browser.get(path).status_code == 404


def test_an_odd_digest_never_comes_to_the_store(browser, asked):
    browser.get(address(14, 8122, 5275, KNOWN[:-1] + "%0a"))
    assert asked == []


def test_a_map_is_taken_from_the_store_once_and_a_few_are_held(browser, asked):
    for _ in range(3):
        assert browser.get(address(14, 8122, 5275)).status_code == 200
    assert asked == [KNOWN]
    others = ["aa" + f"{n:062x}" for n in range(4)]
    for digest in others:
        assert browser.get(address(8, 126, 82, digest)).status_code == 200
    browser.get(address(8, 126, 82))
    browser.get(address(8, 126, 82, others[-1]))
    assert asked == [KNOWN, *others, KNOWN]
