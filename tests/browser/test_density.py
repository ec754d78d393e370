"""Density paints its squares on the map that stands, and areas again; on a phone too, and for everybody."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.seen import chosen_in, go, map_frame, painted, pick, press, repainted, settled
from tests.browser.test_every_page import NOT_FOR_A_FRAME, NOT_OURS

POLICE: Final = "Castlebrook police (fictional)"
SCHOOL: Final = "Castlebrook Academy"
AREAS, SQUARES = 60, 1024
SAME: Final = "the same frame"
PHONE: Final = {"width": 400, "height": 800}


def open_page(page: Page, url: str, **chosen: str | list[str]) -> Frame:
    go(page, url, "local-context", dataset=POLICE, school=SCHOOL, **chosen)
    frame = map_frame(page)
    frame.evaluate(f"window.marker = '{SAME}'")
    return frame


def test_density_paints_squares_and_areas_again_on_the_map_that_stands(page: Page, demo_url: str) -> None:
    frame = open_page(page, demo_url)
    areas = painted(frame)
    press(page, "Density")
    repainted(frame, areas)
    assert frame.locator("path.lc-area").count() == SQUARES
    assert frame.locator("path.lc-ring").count() == 3
    expect(frame.locator(".lc-school-name")).to_have_text(SCHOOL)
    expect(page.locator(".lc-legend")).to_contain_text("bandwidth")
    assert chosen_in(page)["show"] == ["Density"]
    squares = painted(frame)
    press(page, "Areas")
    repainted(frame, squares)
    assert painted(frame) == areas
    assert frame.locator("path.lc-area").count() == AREAS
    assert frame.evaluate("window.marker") == SAME


def test_other_months_repaint_the_squares_and_too_few_incidents_bring_areas_with_the_reason(
    page: Page, demo_url: str
) -> None:
    frame = open_page(page, demo_url, show="Density", harm="Drugs and alcohol")
    before = painted(frame)
    pick(page, "From", "Jan 2026")
    repainted(frame, before)
    assert frame.locator("path.lc-area").count() == SQUARES
    longer = painted(frame)
    pick(page, "From", "Aug 2026")
    expect(page.get_by_text("Areas are shown instead.")).to_be_visible()
    repainted(frame, longer)
    assert frame.locator("path.lc-area").count() == AREAS
    assert frame.evaluate("window.marker") == SAME


def test_a_square_tells_its_place_and_its_figure(page: Page, demo_url: str) -> None:
    frame = open_page(page, demo_url, show="Density")
    frame.locator("path.lc-area").nth(500).hover(force=True)
    tip = frame.locator(".lc-tip")
    expect(tip.locator("strong")).to_contain_text(" m north")
    expect(tip).to_contain_text("incidents per km²")


def test_a_phone_shows_the_whole_page_with_density(page: Page, demo_url: str) -> None:
    page.set_viewport_size(PHONE)
    frame = open_page(page, demo_url, show="Density")
    assert frame.locator("path.lc-area").count() == SQUARES
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")


def test_density_shuts_nobody_out(page: Page, demo_url: str) -> None:
    frame = open_page(page, demo_url, show="Density")
    settled(page)
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()
    found = Axe().run(frame, options={"rules": {rule: {"enabled": False} for rule in NOT_FOR_A_FRAME}})
    assert found.violations_count == 0, found.generate_report()
