"""Names on the map come from files; a browser shows them as text and runs nothing that stands in them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seen import go, map_frame
from tests.pages.stores import MARKUP, NAMES, TEMPLATE, add_hamlet


@pytest.fixture(scope="module")
def url(served: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("hamlet")
    add_hamlet(home)
    return served(home)


@pytest.fixture
def raised(page: Page) -> list[str]:
    """Collect every message box that a name manages to raise."""
    boxes: list[str] = []
    page.on("dialog", lambda dialog: (boxes.append(dialog.message), dialog.dismiss()))
    return boxes


def test_tooltips_popups_and_labels_show_names_as_they_are(page: Page, url: str, raised: list[str]) -> None:
    go(page, url, "local-context", school=TEMPLATE)
    frame = map_frame(page)
    expect(frame.locator(".lc-school-name")).to_have_text(TEMPLATE)
    shown = set()
    for area in frame.locator("path.lc-area").element_handles():
        area.dispatch_event("mouseover", {"bubbles": True})
        shown.add(frame.locator(".lc-tip strong").last.text_content())
        area.dispatch_event("mouseout", {"bubbles": True})
    assert shown == set(NAMES)
    frame.get_by_role("button", name="Known hotspot").focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".lc-card strong")).to_have_text(MARKUP)
    assert frame.locator("script:text('alert(1)'), img[src='x']").count() == 0
    assert raised == []


def test_the_page_round_the_map_shows_them_as_they_are_too(page: Page, url: str, raised: list[str]) -> None:
    go(page, url, "area-map", area=MARKUP)
    expect(page.locator(".lc-block h2").first).to_have_text(MARKUP)
    assert set(NAMES) <= set(page.locator("table.lc-table").last.locator("tbody th").all_text_contents())
    assert page.locator("img[src='x']").count() == 0
    assert raised == []
