"""The README's pictures, taken of the real pages on the demonstration town: ``python -m tests.browser.pictures``."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.serving import CHECKOUT, served

FOLDER: Final = CHECKOUT / "docs" / "pictures"
SCHOOL: Final = {"school": "Castlebrook Academy"}
PAGES: Final = {
    "local-context": ("", SCHOOL),
    "area-map": ("area-map", SCHOOL | {"from": "Sep 2025", "area": "Castlebrook 010C"}),
    "trends": ("trends", SCHOOL | {"from": "Sep 2025"}),
    "datasets": ("datasets", SCHOOL),
}


def take(page: Page, url: str, name: str) -> None:
    """Take one page's picture once its map is painted and its charts stand."""
    path, query = PAGES[name]
    page.goto(f"{url}/{path}?{urlencode(query)}")
    page.get_by_text("Not for live cases").wait_for()
    if page.locator("iframe").count():
        page.frame_locator("iframe").locator("body[data-painted]").wait_for()
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
