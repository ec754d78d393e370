"""A page that is printed: A4, whole, with its legend and source, and nothing on it to press."""

import io
import re
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from data.demo.demo_store import INCIDENTS_TITLE
from tests.browser.seen import FOOT, go, map_frame

A4: Final = (595, 842)  # points
WIDTH: Final = 680  # px between the margins of A4
BOARD: Final = {"dataset": INCIDENTS_TITLE, "board": "true"}
PRINTED: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "local-context": ("local-context", {}),
    "area-map": ("area-map", {"area": "Eastmoor (Castlebrook 005C)", "clusters": "true"}),
    "trends": ("trends", {}),
    "board": ("trends", BOARD),
    "chart": ("trends", {"trend_harm": "Drugs and alcohol"}),
    "clock": ("school-day-clock", {"dataset": INCIDENTS_TITLE, "from": "Sep 2023"}),
    "datasets": ("datasets", {}),
}
# The words of buttons, pickers and forms.
PRESSED: Final = (
    "Open ", "See it on the map", "Back to", "Download", "Choose what is shown", "Show as table", "Record it", "Remove",
    "See it as a board would", "Look at", "Areas within", "Measure", "Did it help?", "Build the", "Restore",
)  # fmt: skip
MAPS: Final = ("local-context", "area-map")
LEGENDS: Final = {
    "local-context": "classes with about as many areas in each",
    "area-map": "The chosen area, outlined",
    "trends": "usual range, with its middle dashed",
    "board": "fewer than 10",
    "chart": "usual range, with its middle dashed",
    "clock": "In each cell, its incidents",
}
# Parts whose own bounds on paper must lie within the page's.
PARTS: Final = '[data-testid="stVegaLiteChart"] svg, iframe[title*="st_folium"], .lc-table, .lc-legend, .lc-key, h1'


# Which parts reach over the edges of the paper, as the distances of their two sides from its left one.
BEYOND: Final = """([parts, width]) => {
            const paper = document.querySelector("[data-testid=stMainBlockContainer]");
            paper.style.width = `${width}px`;
            const { left } = paper.getBoundingClientRect();
            return [...document.querySelectorAll(parts)].filter((part) => part.checkVisibility())
                .map((part) => part.getBoundingClientRect())
                .map((box) => [box.left - left, box.right - left])
                .filter(([from, to]) => from < -1 || to > width + 1);
}"""


class Printed(NamedTuple):
    """A page on paper: the words of each sheet, the first word of its headline, and what is wider than the paper."""

    sheets: list[str]
    begins: str
    beyond: list[list[float]]


_PRINTED: Final[dict[tuple[str, str], Printed]] = {}  # by the address of the app and the page: each is printed once


def printed(page: Page, url: str, name: str) -> Printed:
    """Return a page on paper, opened and printed the first time that it is asked for."""
    if (url, name) not in _PRINTED:
        sheets = _print(page, url, name)
        begins = page.locator("h1").inner_text().split()[0]
        page.emulate_media(media="print")
        _PRINTED[url, name] = Printed(sheets, begins, page.evaluate(BEYOND, [PARTS, WIDTH]))
    return _PRINTED[url, name]


def _print(page: Page, url: str, name: str) -> list[str]:
    path, chosen = PRINTED[name]
    go(page, url, path, school="Castlebrook Academy", **chosen)
    if name in MAPS:
        map_frame(page)
    if path != "datasets":
        expect(page.locator('[data-testid="stVegaLiteChart"] svg').first).to_be_visible()
    page.wait_for_load_state("networkidle")
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {A4}
    return [re.sub(r"\s+", " ", sheet.extract_text()).replace("ﬁ", "fi").replace("ﬀ", "ff") for sheet in sheets]


@pytest.mark.parametrize("name", PRINTED)
def test_each_sheet_has_its_number_and_says_what_it_is_not_for(page: Page, demo_url: str, name: str) -> None:
    sheets = printed(page, demo_url, name).sheets
    for number, sheet in enumerate(sheets, start=1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert FOOT in sheet
        assert len(sheet) > 200, "a sheet that holds next to nothing"


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_page_has_its_words_legend_and_source_and_nothing_to_press(
    page: Page, demo_url: str, name: str
) -> None:
    found = printed(page, demo_url, name)
    text = " ".join(found.sheets)
    assert found.begins in text
    assert "Invented for demonstration" in text
    assert LEGENDS.get(name, "") in text
    assert [word for word in PRESSED if word in text] == []
    if name != "datasets":
        assert "Harm groups: " in text


def test_what_is_folded_on_a_screen_is_read_on_paper(page: Page, demo_url: str) -> None:
    assert "It could also be" in " ".join(printed(page, demo_url, "local-context").sheets)
    table = " ".join(printed(page, demo_url, "chart").sheets)
    assert "newest first" in table
    assert table.count("What stands out") > 1, "a table over several sheets repeats its head"


@pytest.mark.parametrize("name", PRINTED)
def test_no_chart_map_or_table_is_wider_than_the_paper(page: Page, demo_url: str, name: str) -> None:
    assert printed(page, demo_url, name).beyond == []


@pytest.mark.parametrize("name", MAPS)
def test_a_map_is_as_wide_as_the_paper_and_its_legend_below_it(page: Page, demo_url: str, name: str) -> None:
    page.set_viewport_size({"width": WIDTH, "height": 900})
    path, chosen = PRINTED[name]
    go(page, demo_url, path, school="Castlebrook Academy", **chosen)
    map_frame(page)
    page.emulate_media(media="print")
    shown, key = (page.locator(part).bounding_box() for part in ('iframe[title*="st_folium"]', ".lc-legend"))
    assert shown is not None
    assert key is not None
    assert shown["width"] == WIDTH
    assert key["y"] >= shown["y"] + shown["height"]


def test_a_map_is_drawn_for_the_width_of_the_paper_and_back(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map")
    frame = map_frame(page)
    frame.evaluate(
        """() => window.addEventListener("beforeprint", () => {
            window.seen = document.querySelector(".leaflet-container").getBoundingClientRect().width; })"""
    )
    before = frame.locator(".leaflet-container").bounding_box()
    page.pdf(prefer_css_page_size=True)
    assert frame.evaluate("window.seen") == WIDTH
    assert frame.locator(".leaflet-container").bounding_box() == before
