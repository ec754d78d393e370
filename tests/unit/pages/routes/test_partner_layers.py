"""The route of layers from partners: asked anew each time, kept nowhere, and the same 404 whatever the reason."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from access.answer_headers import _KEPT
from pages.routes import assets, partner_layers
from pages.routes.partner_layers import partner_url

KNOWN = "a" * 64


@pytest.fixture
def shown() -> dict[str, bytes]:
    """What whoever asks may see."""
    return {KNOWN: gzip.compress(b"{}")}


@pytest.fixture
def browser(shown: dict[str, bytes]):
    routes = [*partner_layers.routes(shown.get), *assets.routes(lambda _digest, _request: None)]
    with TestClient(Starlette(routes=routes)) as client:
        yield client


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_shapes_are_sent_and_kept_nowhere(browser: TestClient, accepted: str) -> None:
    answer = browser.get(partner_url(KNOWN), headers={"accept-encoding": accepted})
    assert (answer.status_code, answer.json()) == (200, {})
    assert answer.headers["cache-control"] == "no-store"
    assert not partner_url(KNOWN).startswith(_KEPT)


def test_what_may_not_be_seen_any_more_is_not_sent_again(browser: TestClient, shown: dict[str, bytes]) -> None:
    assert browser.get(partner_url(KNOWN)).status_code == 200
    shown.clear()
    answer = browser.get(partner_url(KNOWN))
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


@pytest.mark.parametrize("wanted", ["b" * 64, "1", "..%2f..%2fsecret", "A" * 64, KNOWN[:-1]])
def test_all_else_is_not_found(browser: TestClient, wanted: str) -> None:
    assert browser.get(f"/lc/partner/{wanted}.json").status_code == 404
