"""A real browser on the real app, which may speak to this machine only."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser import chromium, serving

HERE: Final = Path(__file__).parent
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
OWN_HOST: Final = "127.0.0.1"
WITHOUT_HOST: Final = ("about", "blob", "data")
# On a deep link Streamlit looks for itself below the page's own address first, and does not find itself there.
PROBES: Final = ("/_stcore/health", "/_stcore/host-config")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, which need a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """A function from a store's folder to the address of the app that serves it; each is started once."""
    addresses: dict[Path, str] = {}
    with ExitStack() as running:

        def serve(home: Path) -> str:
            if home not in addresses:
                log = tmp_path_factory.mktemp("server") / "server.log"
                addresses[home] = running.enter_context(serving.served(home, log))
            return addresses[home]

        yield serve


@pytest.fixture(scope="package")
def demo_url(served: Callable[[Path], str], demo_home: Path) -> str:
    """The address of the app that shows the demonstration town."""
    return served(demo_home)


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> Path:
    """A copy of the town's store that tests may write to; they share it."""
    made = tmp_path_factory.mktemp("uploads") / "town"
    shutil.copytree(demo_home, made)
    return made


@pytest.fixture(scope="package")
def url(served: Callable[[Path], str], home: Path) -> str:
    """The address of the app that shows that copy."""
    return served(home)


@pytest.fixture
def own_url(served: Callable[[Path], str], demo_home: Path, tmp_path: Path) -> str:
    """The address of the app that shows a copy of the town's store which no other test writes to."""
    return served(Path(shutil.copytree(demo_home, tmp_path / "town")))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; skip where there is none, fail where there must be one."""
    executable = chromium.find()
    if executable is None:
        if chromium.required(os.environ):
            pytest.fail(chromium.NONE_FOUND)
        pytest.skip(chromium.NONE_FOUND)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def requested() -> list[str]:
    """List the addresses that the page asked for so far."""
    return []


@pytest.fixture
def page(browser: Browser, requested: list[str]) -> Iterator[Page]:
    """An empty page in a session of its own; fail the test when it asked another host for anything."""
    with in_a_session(browser, requested) as opened:
        yield opened


@pytest.fixture
def faults(page: Page) -> list[str]:
    """Collect what the browser's console reports as wrong."""
    told: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(PROBES):
            told.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


@contextmanager
def in_a_session(browser: Browser, requested: list[str]) -> Iterator[Page]:
    """Open an empty page in a session of its own, which notes what it asks for, and asks this machine only."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.on("request", lambda request: requested.append(request.url))
    opened = serving.come_in(context.new_page())
    opened.on("websocket", lambda socket: requested.append(socket.url))
    yield opened
    context.close()
    assert [url for url in requested if is_elsewhere(url)] == []


def is_elsewhere(url: str) -> bool:
    """Return whether an address belongs to another host than this machine."""
    parts = urlsplit(url)
    return parts.scheme not in WITHOUT_HOST and parts.hostname != OWN_HOST
