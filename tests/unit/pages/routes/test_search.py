"""The search answers what is typed on these pages, in the body of a request, and refuses everything else."""

import json
import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.services.opening import open_store
from pages.routes import search
from pages.routes.search import SEARCH
from tests.unit.data.conftest import fill

JSON = {"Content-Type": "application/json"}
TYPED = "zebedee anytown"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = fill(tmp_path_factory.mktemp("searched"), tmp_path_factory.mktemp("files"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home))
        with TestClient(Starlette(routes=search.routes())) as asking:
            yield asking
        open_store().close()


def ask(browser: TestClient, body: object, **headers: str) -> tuple[int, str]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = browser.post(SEARCH, content=content, headers=JSON | headers)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    return answer.status_code, answer.text


def test_places_come_back_as_json_the_nearest_first(browser: TestClient) -> None:
    status, text = ask(browser, {"q": "anytown", "dataset": 1, "around": [-1.475, 53.375]})
    results = json.loads(text)["results"]
    assert status == 200
    assert len(results) == 6
    assert results[0] == {
        "name": "South (Anytown 1)",
        "kind": "area",
        "where": results[0]["where"],
        "lon": -1.475,
        "lat": 53.375,
    }
    assert json.loads(ask(browser, {"q": "Hill School", "dataset": 2})[1])["results"][0]["kind"] == "school"


@pytest.mark.parametrize("typed", ["", " ", "\0", "\ud800", "<script>", "x" * 100])
def test_any_text_has_an_answer(browser: TestClient, typed: str) -> None:
    status, text = ask(browser, {"q": typed, "dataset": 1})
    assert (status, json.loads(text)) == (200, {"results": []})


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff\xfe", b"[" * 1500, b"null", b"[]", b'"q"', b"1" * 5000,
        {}, {"q": "a"}, {"dataset": 1}, {"q": 1, "dataset": 1}, {"q": None, "dataset": 1}, {"q": ["a"], "dataset": 1},
        {"q": "a", "dataset": "1"}, {"q": "a", "dataset": 1.0}, {"q": "a", "dataset": True},
        {"q": "a", "dataset": None}, {"q": "x" * 101, "dataset": 1}, {"q": "a", "dataset": 1, "more": 1},
        {"q": "a", "dataset": 1, "around": [1]},
        {"q": "a", "dataset": 1, "around": "here"}, {"q": "a", "dataset": 1, "around": [1, True]},
        {"q": "a", "dataset": 1, "around": [181, 0]}, {"q": "a", "dataset": 1, "around": [0, 91]},
        b'{"q": "a", "dataset": 1, "around": [NaN, 0]}', b'{"q": "a", "dataset": 1, "around": [Infinity, 0]}',
        {"q": "a", "dataset": 1, "around": [1, 2, 3]}, {"q": "a", "dataset": 1, "around": {"lon": 1, "lat": 2}},
    ],
)  # fmt: skip
def test_every_other_body_is_refused_in_one_sentence(browser: TestClient, body: object) -> None:
    status, text = ask(browser, body)
    assert status == 400
    assert text.endswith(".")
    assert ". " not in text


@pytest.mark.parametrize("number", [0, -1, 99, 10**30])
def test_a_dataset_that_is_not_there_is_not_found(browser: TestClient, number: int) -> None:
    status, text = ask(browser, {"q": "anytown", "dataset": number})
    assert status == 404
    assert text.endswith(".")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": ""},
        {"Origin": "http://elsewhere"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"},
    ],
)  # fmt: skip
def test_only_these_pages_may_ask(browser: TestClient, headers: dict[str, str]) -> None:
    assert ask(browser, {"q": "anytown", "dataset": 1}, **headers)[0] == 400


def test_these_pages_may_ask(browser: TestClient) -> None:
    own = {
        "Origin": "http://testserver",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json; charset=utf-8",
    }
    assert ask(browser, {"q": "anytown", "dataset": 1}, **own)[0] == 200


def test_a_search_is_only_ever_posted_and_never_logged(browser: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert browser.get(SEARCH, params={"q": "a", "dataset": "1"}).status_code == 405
    ask(browser, {"q": TYPED, "dataset": 1})
    ask(browser, {"q": TYPED, "dataset": 99})
    ask(browser, {"q": TYPED})
    assert TYPED not in caplog.text
