"""The tests' own browser and server do what the other tests rely on."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import chromium
from tests.browser.conftest import is_elsewhere
from tests.scheduling import group_of


@pytest.mark.parametrize(
    ("url", "elsewhere"),
    [
        ("http://127.0.0.1:8501/static/index.js", False),
        ("ws://127.0.0.1:8501/_stcore/stream", False),
        ("data:image/png;base64,AA==", False),
        ("blob:http://127.0.0.1:8501/1", False),
        ("https://tile.example/1/2/3.png", True),
        ("http://localhost.example/", True),
        ("wss://example/", True),
    ],
)
def test_a_request_to_another_host_is_noticed(url: str, elsewhere: bool) -> None:
    assert is_elsewhere(url) is elsewhere


def test_the_server_shows_the_app_and_speaks_to_this_machine_only(
    page: Page, demo_url: str, requested: list[str]
) -> None:
    page.goto(demo_url)
    expect(page.get_by_test_id("stApp")).to_be_visible()
    expect(page.get_by_role("heading").first).to_be_visible(timeout=30_000)
    assert any(url.startswith("ws://127.0.0.1") for url in requested)


def test_a_store_is_served_once(served: Callable[[Path], str], demo_home: Path, demo_url: str) -> None:
    assert served(demo_home) == demo_url


def test_tests_that_share_a_server_are_run_by_one_worker() -> None:
    assert group_of("tests/browser/test_map.py::test_a[x]") == group_of("tests/browser/test_map.py::test_b")
    assert group_of("tests/browser/test_map.py::test_a") != group_of("tests/browser/test_board.py::test_a")
    assert group_of("tests/browser/test_checking.py::test_a") == group_of("tests/browser/test_uploading.py::test_b")
    assert group_of("tests/acceptance/test_clock.py::test_a") == group_of("tests/acceptance/test_trends.py::test_b")
    assert group_of("tests/unit/geo/test_errors.py::test_a[tests/browser/x.py]") is None


def test_a_browser_comes_from_debian_where_it_may_be_installed() -> None:
    as_root = chromium.ways_to_get(user=0, has_apt=True, has_sudo=False)
    as_user = chromium.ways_to_get(user=1000, has_apt=True, has_sudo=True)
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    assert as_root[0][:1] == ["env"]
    assert as_user[0][:2] == ["sudo", "-n"]
    assert as_root[-1] == as_user[-1] == download
    assert chromium.ways_to_get(user=1000, has_apt=True, has_sudo=False) == [download]
    assert chromium.ways_to_get(user=-1, has_apt=False, has_sudo=False) == [download]


@pytest.mark.parametrize(("value", "needed"), [("true", True), ("True", True), ("", False), ("false", False)])
def test_a_missing_browser_fails_only_where_a_change_is_judged(value: str, needed: bool) -> None:
    assert chromium.required({"CI": value}) is needed


def test_the_browser_that_is_named_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROME", sys.executable)
    assert chromium.find() == sys.executable
    monkeypatch.setenv("CHROME", "/nowhere/chromium")
    assert chromium.find() is None
