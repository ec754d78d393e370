"""The Trends page: from a click on another harm to its chart, or to twelve of 860 areas, against an empty page."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.figures import Row, middle, show
from tests.benchmarks.real_store import real_store
from tests.benchmarks.repainting import BLANK, EMPTY, OPTIONS, USUAL, in_ms
from tests.benchmarks.watched_page import Change, WatchedPage
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.serving import served

TURNS: Final = 12
WARMING: Final = 4  # once through the harms, so that each has been judged
PICKER: Final = "Harm"
HARMS: Final = (1, 2, 3)  # options of the picker; the first is all of them
SIZES: Final = {
    "one large chart": "trends?trend_harm=Drugs+and+alcohol",
    "twelve small ones of all areas": "trends?trend_harm=Drugs+and+alcohol&trend_level=LSOA",
}
TEXTS: Final = "h1.lc-headline"


def run(place: Path) -> None:
    """Measure both sizes of the page and print them; say so when there is no browser."""
    executable = chromium.find()
    if executable is None:
        print(chromium.NONE_FOUND)
        return
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        real_store(home, place)
        with served(home, home / "real.log") as real, served(home, home / "empty.log", BLANK, USUAL) as empty:
            browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
            rows = list(_rows(browser, real, empty))
            show(f"Another harm on Trends (median of {TURNS} each)", "Trends", "empty page", rows)
            browser.close()


def _rows(browser: Browser, real: str, empty: str) -> Iterator[Row]:
    blank = WatchedPage(browser, empty, EMPTY, has_map=False)
    for name, address in SIZES.items():
        page = WatchedPage(browser, f"{real}/{address}", TEXTS, has_map=False, picker=PICKER)
        harms, options = cycle(HARMS), cycle(OPTIONS)
        turns = [(page.change(next(harms)), blank.change(next(options))) for _ in range(TURNS + WARMING)][WARMING:]
        yield _row(name, [ours for ours, _ in turns], [theirs for _, theirs in turns])
        page.close()
    blank.close()


def _row(name: str, ours: list[Change], theirs: list[Change]) -> Row:
    mine, other = (middle(change.drawn for change in side) for side in (ours, theirs))
    received = middle(change.received for change in ours)
    return Row(name, in_ms(mine), in_ms(other), f"{mine / other:.2f} × as long; {received:,.0f} bytes")
