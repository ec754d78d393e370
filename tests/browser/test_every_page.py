"""On every page: no fault in the console, no other host, nothing cut off on a phone, nobody shut out."""

from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.seen import PAGES, go, map_frame, pages

PHONE: Final = {"width": 400, "height": 800}
WITH_MAP: Final = ("local-context", "area-map")
WITH_PICKERS: Final = ("area-map", "trends", "school-day-clock")
FOURTH: Final = 4
CHARTS: Final = {"local-context": 2, "area-map": 2, "trends": 4, "school-day-clock": 2}
MORE: Final[dict[str, dict[str, str]]] = {
    "area-map": {"area": "Eastmoor (Castlebrook 005C)"},
    "school-day-clock": {"dataset": "Castlebrook schools (fictional)", "from": "Sep 2023"},
}
# Streamlit's own widget, whose markup no app can change: its place to drop files has both a name and the role of having
# none.
NOT_OURS: Final = ('[data-testid="stFileUploaderDropzone"]',)
# Rules for whole documents: title, language, headings, landmarks and zoom are those of the page round the frame.
NOT_FOR_A_FRAME: Final = (
    "document-title", "html-has-lang", "landmark-one-main", "meta-viewport", "page-has-heading-one", "region",
)  # fmt: skip


def open_whole(page: Page, url: str, path: str) -> None:
    """Open a page and wait for its map and its charts too."""
    go(page, url, path, school="Castlebrook Academy", **MORE.get(path, {}))
    if path in WITH_MAP:
        map_frame(page)
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(CHARTS.get(path, 0))
    for chart in charts.all():
        expect(chart.locator("svg, canvas").first).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_fault_asks_no_other_host_and_shuts_nobody_out(
    page: Page, demo_url: str, faults: list[str], requested: list[str], path: str
) -> None:
    open_whole(page, demo_url, path)
    assert faults == []  # what looks at the page for us then puts a style of its own into it, which the page refuses
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()
    if path == "local-context":
        found = Axe().run(map_frame(page), options={"rules": {rule: {"enabled": False} for rule in NOT_FOR_A_FRAME}})
        assert found.violations_count == 0, found.generate_report()
    assert {url.split("/")[2] for url in requested if "//" in url} == {demo_url.removeprefix("http://")}


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_shows_the_whole_page_to_everybody_with_its_menu_closed_or_open(
    page: Page, demo_url: str, path: str
) -> None:
    page.set_viewport_size(PHONE)
    open_whole(page, demo_url, path)
    fits_a_phone(page, path)
    for press in ("", "stExpandSidebarButton"):
        if press:
            page.get_by_test_id(press).click()
            expect(pages(page).get_by_role("link", name=PAGES[path], exact=True)).to_be_in_viewport()
        found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
        assert found.violations_count == 0, found.generate_report()


def fits_a_phone(page: Page, path: str) -> None:
    """Hold a page to being wholly seen, its map after its headline, and its pickers folded."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    main = page.get_by_test_id("stMain")
    # A map is wider for a moment, until it is told how much room it has.
    page.wait_for_function("main => main.scrollWidth <= main.clientWidth", arg=main.element_handle())
    if path in WITH_MAP:
        top = top_of(page.locator('iframe[title*="st_folium"]'))
        assert top_of(page.locator("h1")) < top
        paragraphs = page.locator('[data-testid="stHtml"] p:visible:not(.lc-kicker)').all()
        assert sum(top_of(one) < top for one in paragraphs) < FOURTH
    if path in WITH_PICKERS:
        pickers = page.get_by_test_id("stMain").get_by_test_id("stButtonGroup").first
        expect(pickers).not_to_be_visible()
        page.locator("summary", has_text="Choose what is shown").click()
        expect(pickers).to_be_visible()
        assert main.evaluate("main => main.scrollWidth <= main.clientWidth")


def top_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]
