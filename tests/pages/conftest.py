"""Runs the app's pages without a browser, on a store of the test's choice."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data.services.opening import open_store
from data.store.store import Store
from pages.components.frame import my_school
from pages.components.frame.addresses import FINDING
from pages.routes import downloads
from tests.conftest import CHECKOUT
from tests.pages.shown import Shown

FRAME: Final = CHECKOUT / "pages" / "navigation.py"
SECONDS: Final = 60
PATHS: Final = {
    "local_context": "local-context",
    "area_map": "area-map",
    "known_hotspots": "known-hotspots",
    "way_home": "way-home",
    "safe_places": "safe-places",
    "did_and_owe": "did-and-owe",
    "trends": "trends",
    "clock": "school-day-clock",
    "briefing": "briefing",
    "set_up": "set-up",
    "upload": "upload",
    "datasets": "datasets",
    "guide": "guide",
}

# Pages that look around the school unless told otherwise: tests look at all areas, unless they say where.
ELSEWHERE: Final = ("area_map", "trends", "clock")
BROOKFIELD: Final = "900006"  # the school of the demonstration town that the tests' computer remembers

_LAST_OPENED: Final[list[Path]] = []

Open = Callable[..., Shown]


@pytest.fixture(scope="package", autouse=True)
def _components_are_looked_for_once() -> Iterator[None]:
    """Read the metadata of every installed package once, and not for every page: that takes longer than most pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A function that opens a page on a store: ``open_page(home, "area_map", {"level": "MSOA"})``."""

    opened: list[Store] = []
    monkeypatch.setattr(my_school, "remembered", lambda: BROOKFIELD)  # without a browser there are no cookies

    def open_at(home: Path, page: str, address: Mapping[str, str | list[str]] | None = None) -> Shown:
        monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(home))
        opened.append(open_store())
        if [home] != _LAST_OPENED:
            # What one store's pages remember is wrong for another; a process of the app has one store only.
            st.cache_resource.clear()
            _LAST_OPENED[:] = [home]
        app = AppTest.from_file(FRAME, default_timeout=SECONDS)
        everywhere = {"where": "Everywhere"} if page in ELSEWHERE and FINDING not in (address or {}) else {}
        app.query_params = everywhere | dict(address or {})
        # As a bookmark does: switch_page() knows the pages of st.navigation only once another page was run.
        app._page_hash = calc_hash(PATHS[page])
        app.run()
        assert app._finished_page_script_hash == calc_hash(PATHS[page])
        return Shown(app)

    yield open_at
    for store in opened:
        store.close()


@pytest.fixture
def open_demo(open_page: Open, demo_home: Path) -> Open:
    """A function that opens a page on the demonstration town."""

    def open_at(page: str, address: Mapping[str, str | list[str]] | None = None) -> Shown:
        return open_page(demo_home, page, address)

    return open_at


@pytest.fixture
def client(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser of sorts that asks the download routes of the demonstration town."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(demo_home))
    with TestClient(Starlette(routes=downloads.routes())) as asking:
        yield asking


@pytest.fixture
def home(tmp_path: Path, demo_home: Path) -> Path:
    """A copy of the demonstration town's store that one test may write to."""
    made = tmp_path / "town"
    shutil.copytree(demo_home, made)
    return made


def again(shown: Shown) -> Shown:
    """Run the page again, as after a picker has changed."""
    return Shown(shown.app.run())


def turn_to(shown: Shown, page: str) -> Shown:
    """Go to another page through the menu."""
    return Shown(shown.app.switch_page(f"{page}.py").run())
