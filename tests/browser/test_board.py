"""The switch to what a board sees changes the page that stands: its sentence, its figures and its map."""

import re
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.seen import chosen_in, go, headline, map_frame, painted, repainted, settled
from tests.browser.test_every_page import NOT_OURS

PROTECTED: Final = "Castlebrook schools (fictional)"
AREAS: Final = 60


def switch(page: Page) -> None:
    """Turn the switch in the sidebar."""
    page.get_by_test_id("stCheckbox").get_by_text("See it as a board would").click()


def test_the_switch_changes_the_headline_and_repaints_the_map(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", dataset=PROTECTED)
    frame = map_frame(page)
    frame.evaluate("window.marker = 'the same frame'")
    exact, told = painted(frame), headline(page).inner_text()
    expect(page.locator(".lc-exact")).to_contain_text("do not share")
    expect(page.locator(".lc-download")).to_have_count(0)
    switch(page)
    expect(headline(page)).to_contain_text("Highest: ")
    repainted(frame, exact)
    zones = frame.locator("path.lc-area").count()
    assert 1 < zones < AREAS
    assert frame.evaluate("window.marker") == "the same frame"
    expect(page.locator(".lc-safe")).to_contain_text("Safe to share")
    expect(page.locator(".lc-download")).not_to_have_count(0)
    assert chosen_in(page)["board"] == ["true"]
    protected = painted(frame)
    switch(page)
    expect(headline(page)).to_have_text(told)
    repainted(frame, protected)
    assert painted(frame) == exact
    assert frame.locator("path.lc-area").count() == AREAS


def test_the_boards_view_survives_a_reload_and_a_click_on_its_map(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", dataset=PROTECTED, board="true")
    frame = map_frame(page)
    before, told = painted(frame), headline(page).inner_text()
    frame.locator("path.lc-area").first.click()
    repainted(frame, before)
    expect(page.locator(".lc-block").first).to_contain_text(re.compile("[Aa]bout|fewer than 10"))
    assert headline(page).inner_text() == told
    page.reload()
    settled(page)
    expect(headline(page)).to_have_text(told)
    expect(page.locator(".lc-exact")).to_have_count(0)
    assert chosen_in(page)["board"] == ["true"]


def test_the_boards_view_shuts_nobody_out(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", dataset=PROTECTED, board="true")
    map_frame(page)
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()
