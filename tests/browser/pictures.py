"""The README's pictures, taken of the real pages on the demonstration town: ``python -m tests.browser.pictures``."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.serving import CHECKOUT, served

FOLDER: Final = CHECKOUT / "docs" / "pictures"
SCHOOL: Final = {"school": "Castlebrook Academy"}
CHART: Final = ".vega-embed canvas, .vega-embed svg.marks"


class Shown(NamedTuple):
    """A page as it is shown: its path and pickers, and what must stand on it before its picture is taken."""

    path: str
    query: dict[str, str]
    maps: int = 0
    charts: int = 0


PAGES: Final = {
    "local-context": Shown("", SCHOOL, maps=1, charts=2),
    "area-map": Shown("area-map", SCHOOL | {"from": "Sep 2025", "area": "Castlebrook 010C"}, maps=1, charts=2),
    "trends": Shown("trends", SCHOOL | {"from": "Sep 2025"}, charts=1),
    "datasets": Shown("datasets", SCHOOL),
}


def take(page: Page, url: str, name: str) -> None:
    """Take one page's picture once its map is painted and its charts stand."""
    shown = PAGES[name]
    page.goto(f"{url}/{shown.path}?{urlencode(shown.query)}")
    page.get_by_text("Not for live cases").wait_for()
    for position in range(shown.maps):
        page.frame_locator("iframe").nth(position).locator("body[data-painted]").wait_for()
    for position in range(shown.charts):
        page.locator(CHART).nth(position).wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Build the town in a temporary store, serve it, and take every picture."""
    executable = chromium.find()
    if executable is None:
        sys.exit(chromium.NONE_FOUND)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        environment = os.environ | {"LOCAL_CONTEXT_HOME": str(home)}
        subprocess.run([sys.executable, "-m", "data", "demo"], cwd=CHECKOUT, env=environment, check=True)
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        with served(home, home / "server.log") as url:
            page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB")
            for name in PAGES:
                take(page, url, name)
        browser.close()


if __name__ == "__main__":
    main()
