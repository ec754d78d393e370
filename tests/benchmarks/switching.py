"""From a click on another measure to the repainted map, against a change of filter on the same page, in a real browser.

Each measure is pressed after a change of filter that it has not seen yet, so that nothing of it was worked out before.
"""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.figures import Row, middle, show
from tests.benchmarks.real_store import real_store
from tests.benchmarks.repainting import OPTIONS, REAL, in_ms
from tests.benchmarks.watched_page import Change, WatchedPage
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.serving import served

MEASURES: Final = ("Rate", "Smoothed rate", "Change", "Hot spots", "Emerging")
TURNS: Final = 10
YEARS: Final = "from=Oct+2020"  # a year, so that rare categories are not refused as too thin


def run(place: Path) -> None:
    """Measure each measure in turns with a filter change and print them; say so when there is no browser."""
    executable = chromium.find()
    if executable is None:
        print(chromium.NONE_FOUND)
        return
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        real_store(Path(folder), place)
        with served(Path(folder), Path(folder) / "server.log") as address:
            browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
            show(
                f"Another measure, and the filter change before it (median of {TURNS} each; what nobody asked before)",
                "measure",
                "filter",
                list(_rows(browser, f"{address}/area-map?{YEARS}")),
            )
            browser.close()


def _rows(browser: Browser, address: str) -> Iterator[Row]:
    page = WatchedPage(browser, address, REAL, has_map=True)
    options = cycle(OPTIONS)
    for measure in MEASURES:
        filters, switches = [], []
        for _ in range(TURNS + 1):
            filters.append(page.change(next(options)))
            switches.append(page.switch(measure))
            page.switch("Count")
        yield _row(measure, switches[1:], filters[1:])
    page.close()


def _row(measure: str, switches: list[Change], filters: list[Change]) -> Row:
    ours, theirs = (middle([one.changed for one in side]) for side in (switches, filters))
    received = middle([one.received for one in switches])
    return Row(measure, in_ms(ours), in_ms(theirs), f"{ours / theirs:.2f} × as long; {received:,.0f} bytes")
