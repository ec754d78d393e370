"""The README's pictures, taken of the real pages on the demonstration town: ``python -m tests.browser.pictures``."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from data.demo_store import INCIDENTS_TITLE
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.serving import CHECKOUT, served

FOLDER: Final = CHECKOUT / "docs" / "pictures"
SCHOOL: Final = {"school": "Castlebrook Academy"}
KINDS: Final = ("Bullying", "Knife carrying", "Vaping", "County lines concern", "Online contact with a stranger")
LOG: Final = "Date,From,Area code,Type of incident,Year group\n" + "".join(
    f"{day:02}/{month:02}/2026,{8 + row % 9}:{row % 6}0,{'' if row % 23 == 0 else f'X010000{1 + row * 7 % 50:02}'},"
    f"{KINDS[row * row % 5]},{7 + row % 5}\n"
    for row in range(180)
    for day, month in [(31, 6) if row in (11, 90) else (1 + row % 28, 4 + row % 4)]
)
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
    "hot-spots": Shown(
        "area-map",
        SCHOOL | {"measure": "Hot spots", "harm": "Drugs and alcohol", "from": "Apr 2026", "clusters": "true"},
        maps=1,
    ),
    "trends": Shown("trends", SCHOOL | {"from": "Sep 2025"}, charts=1),
    "board": Shown("area-map", SCHOOL | {"dataset": INCIDENTS_TITLE, "board": "true", "area": "Castlebrook 010"}, 1, 2),
    "datasets": Shown("datasets", SCHOOL),
}


def take(page: Page, url: str, name: str) -> None:
    """Take one page's picture once its map is painted and its charts stand."""
    shown = PAGES[name]
    page.goto(f"{url}/{shown.path}?{urlencode(shown.query)}")
    page.get_by_text("Not for live cases").wait_for()
    if name == "local-context":
        page.get_by_text("Looked at within").wait_for()
    for position in range(shown.maps):
        page.frame_locator("iframe").nth(position).locator("body[data-painted]").wait_for()
    for position in range(shown.charts):
        page.locator(CHART).nth(position).wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def take_upload(page: Page, url: str) -> None:
    """Take the picture of an upload whose file was checked: what would be kept, and what is wrong with some rows."""
    page.goto(f"{url}/upload")
    page.get_by_text("Incidents (your own, anonymised)").click()
    chooser = page.locator('input[type="file"][accept*=".xlsx"]')
    chooser.set_input_files({"name": "autumn-log.csv", "mimeType": "text/csv", "buffer": LOG.encode()})
    page.get_by_role("button", name="Check the files").click()
    page.frame_locator("iframe").first.locator("body[data-painted]").wait_for()
    page.get_by_text("What would be kept").scroll_into_view_if_needed()
    page.set_viewport_size({"width": 1280, "height": 1720})
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "upload.png")


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
            take_upload(page, url)
        browser.close()


if __name__ == "__main__":
    main()
