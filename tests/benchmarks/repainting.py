"""From a click on a filter to the repainted map, against the same click on an empty page, in a real browser.

The pages are served the same way, stand in the same browser and take turns. The empty page stands twice: as Streamlit
serves it by itself, and with the settings of this app.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.figures import Row, middle, show
from tests.benchmarks.real_store import real_store, with_base_map
from tests.benchmarks.watched_page import Change, WatchedPage
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.serving import served

CHANGES: Final = 20
LOADS: Final = 5
WARMING: Final = 2  # the first changes bring in code that later ones reuse
OPTIONS: Final = range(1, 15)  # the picker has fifteen, and stands on the first
REAL: Final = "h1.lc-headline, .lc-legend, .lc-table"
EMPTY: Final = "h1.lc-headline"
LOADED: Final = ("address to map and text", "… to streets and names drawn too")
BLANK: Final = "tests/benchmarks/empty_page/page.py"


# What Streamlit does unless told otherwise. The app switches this off, which makes an empty page faster as well.
USUAL: Final = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}


class Addresses(NamedTuple):
    """Where the pages are served: ours, ours with a base map, an empty one as Streamlit serves it, and a tuned one."""

    real: str
    mapped: str
    empty: str
    tuned: str


def run(place: Path) -> None:
    """Measure both pages and print them; say so when there is no browser."""
    executable = chromium.find()
    if executable is None:
        print(chromium.NONE_FOUND)
        return
    with _served(place) as addresses, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        _loads(browser, addresses)
        print()
        _changes(browser, addresses)
        print()
        _base_map(browser, addresses)
        browser.close()


@contextmanager
def _served(place: Path) -> Iterator[Addresses]:
    with TemporaryDirectory() as folder:
        logs = Path(folder)
        home, other = logs / "plain", logs / "mapped"
        real_store(home, place)
        with_base_map(home, other)
        with (
            served(home, logs / "real.log") as real,
            served(other, logs / "mapped.log") as mapped,
            served(home, logs / "empty.log", BLANK, USUAL) as empty,
            served(home, logs / "tuned.log", BLANK) as tuned,
        ):
            yield Addresses(f"{real}/area-map", f"{mapped}/area-map", empty, tuned)


def _loads(browser: Browser, addresses: Addresses) -> None:
    """Open both pages in new sessions, so with nothing kept by the browser; the first of each warms the server."""
    real, empty = [], []
    for _ in range(LOADS + 1):
        real.append(_loading(browser, addresses.real, REAL, has_map=True))
        empty.append(_loading(browser, addresses.empty, EMPTY, has_map=False))
    ours, theirs = middle(real[1:]), middle(empty[1:])
    rows = [Row("address to map and text", in_ms(ours), in_ms(theirs), f"{ours / theirs:.2f} × as long (goal: 2)")]
    show(f"First map from a warm server (median of {LOADS} each)", "Area map", "empty page", rows)


def _loading(browser: Browser, address: str, texts: str, *, has_map: bool) -> float:
    opened = WatchedPage(browser, address, texts, has_map=has_map)
    taken = opened.loading_ms()
    opened.close()
    return taken


def _changes(browser: Browser, addresses: Addresses) -> None:
    real = WatchedPage(browser, addresses.real, REAL, has_map=True)
    empty = WatchedPage(browser, addresses.empty, EMPTY, has_map=False)
    options = islice(cycle(OPTIONS), CHANGES + WARMING)
    tuned = WatchedPage(browser, addresses.tuned, EMPTY, has_map=False)
    turns = [(real.change(option), empty.change(option), tuned.change(option)) for option in options][WARMING:]
    ours, theirs, lean = ([turn[side] for turn in turns] for side in range(3))
    show(
        f"Filter change to repainted map, {real.areas()} areas (median of {CHANGES} each)",
        "Area map",
        "empty page",
        [
            _times("click to map and text changed", ours, theirs, "changed", " (goal: 1.3)"),
            _times("click to both drawn on the screen", ours, theirs, "drawn", ""),
            _times("… against an empty page with our settings", ours, lean, "drawn", ""),
            Row("bytes received, median", *_bytes(middle, ours, theirs), "goal: 25,000"),
            Row("bytes received, most", *_bytes(max, ours, theirs)),
            Row("requests to other hosts", str(len(real.elsewhere)), str(len(empty.elsewhere)), "goal: 0"),
        ],
    )


def _base_map(browser: Browser, addresses: Addresses) -> None:
    """Open and change the same page with a base map and without, in turns."""
    loads = [(_drawing(browser, addresses.mapped), _drawing(browser, addresses.real)) for _ in range(LOADS + 1)][1:]
    mapped = WatchedPage(browser, addresses.mapped, REAL, has_map=True)
    plain = WatchedPage(browser, addresses.real, REAL, has_map=True)
    options = islice(cycle(OPTIONS), CHANGES + WARMING)
    turns = [(mapped.change(option), plain.change(option)) for option in options][WARMING:]
    changes, others = ([turn[side] for turn in turns] for side in range(2))
    show(
        f"With a base map, {mapped.areas()} areas (medians of {LOADS} loads and {CHANGES} changes each)",
        "with",
        "without",
        [
            *(_loaded(what, [(one[at], other[at]) for one, other in loads]) for at, what in enumerate(LOADED)),
            _times("click to map and text changed", changes, others, "changed", ""),
            _times("click to both drawn on the screen", changes, others, "drawn", ""),
            Row("bytes received, median", *_bytes(middle, changes, others), "goal: 25,000"),
            Row("bytes received, most", *_bytes(max, changes, others)),
            Row("requests to other hosts", str(len(mapped.elsewhere)), str(len(plain.elsewhere)), "goal: 0"),
        ],
    )


def _drawing(browser: Browser, address: str) -> tuple[float, float]:
    """Open a page in a new session: milliseconds until map and text stood, and until tiles and names were drawn too."""
    opened = WatchedPage(browser, address, REAL, has_map=True)
    taken = opened.loading_ms(), opened.settling_ms()
    opened.close()
    return taken


def _loaded(what: str, pairs: list[tuple[float, float]]) -> Row:
    ours, theirs = (middle(pair[side] for pair in pairs) for side in range(2))
    return Row(what, in_ms(ours), in_ms(theirs), f"{ours / theirs:.2f} × as long")


def _times(what: str, ours: list[Change], theirs: list[Change], field: str, goal: str) -> Row:
    mine, other = (middle(getattr(change, field) for change in side) for side in (ours, theirs))
    return Row(what, in_ms(mine), in_ms(other), f"{mine / other:.2f} × as long{goal}")


def _bytes(pick: Callable[[Iterable[int]], float], ours: list[Change], theirs: list[Change]) -> tuple[str, str]:
    mine, other = (pick([change.received for change in side]) for side in (ours, theirs))
    return f"{mine:,.0f}", f"{other:,.0f}"


def in_ms(milliseconds: float) -> str:
    """Write a time in milliseconds."""
    return f"{milliseconds:,.0f} ms"
