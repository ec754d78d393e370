"""The school that a computer remembers: a cookie with a URN, set from these pages only, and a way back to them."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.routes.my_school import COOKIE, MY_SCHOOL, choose_address, forget_address, routes

LABEL = "Hill & Dale School (100001)"


@pytest.fixture
def browser() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes()), follow_redirects=False) as client:
        yield client


def test_choosing_a_school_remembers_it_and_leads_to_the_page(browser: TestClient) -> None:
    held: dict[str, str | list[str]] = {"from": "Jan 2026", "harm": ["Drugs and alcohol", "Other"]}
    answer = browser.get(choose_address("100001", LABEL, "area-map", held))
    assert answer.status_code == 303
    assert urlsplit(answer.headers["location"]).path == "/area-map"
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {
        "school": [LABEL], "from": ["Jan 2026"], "harm": ["Drugs and alcohol", "Other"],
    }  # fmt: skip
    assert browser.cookies[COOKIE] == "100001"
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_over_tls_the_cookie_goes_over_tls_only() -> None:
    with TestClient(Starlette(routes=routes()), "https://school", follow_redirects=False) as client:
        assert "Secure" in client.get(choose_address("1", "A", "", {})).headers["set-cookie"].split("; ")


def test_a_school_can_be_forgotten(browser: TestClient) -> None:
    browser.get(choose_address("100001", LABEL, "", {}))
    answer = browser.get(forget_address("trends"))
    assert answer.headers["location"] == "/trends"
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_of_another_site_opens_a_school_and_changes_nothing_remembered(browser: TestClient, site: str) -> None:
    browser.get(choose_address("100001", LABEL, "", {}))
    for address in (choose_address("100002", "Other", "", {}), forget_address("")):
        answer = browser.get(address, headers={"sec-fetch-site": site})
        assert answer.status_code == 303
        assert "set-cookie" not in answer.headers
    assert browser.cookies[COOKIE] == "100001"


@pytest.mark.parametrize(
    "asked",
    [
        {"urn": "1", "page": "//elsewhere.example"},
        {"urn": "1", "page": "https://elsewhere.example"},
        {"urn": "1", "page": "\\elsewhere"},
        {"urn": "1; Path=/", "page": "trends"},
        {"urn": "", "page": "trends"},
        {"urn": "1" * 21, "page": "trends"},
        {"urn": "1\r\nX: y", "page": "trends"},
    ],
)
def test_what_is_no_urn_or_leads_elsewhere_is_refused(browser: TestClient, asked: dict[str, str]) -> None:
    answer = browser.get(MY_SCHOOL, params=asked)
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers
    assert "location" not in answer.headers


def test_only_get_is_answered(browser: TestClient) -> None:
    assert browser.post(MY_SCHOOL).status_code == 405
