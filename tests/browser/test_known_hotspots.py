"""The register in a browser: a place is drawn and added, a review recorded by keyboard, and a phone shows all of it."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.seen import chosen_in, go, headline, map_frame, painted, pick, repainted, settled

PHONE: Final = {"width": 400, "height": 800}
LATE: Final = "CBH-04"
PLACE: Final = "Mill Lane steps"
CORNERS: Final = ((300, 150), (360, 160), (330, 220))  # pixels from the corner of the map
NOT_OURS: Final = ('[data-testid="stFileUploaderDropzone"]',)


def tab_to(page: Page, name: str, role: str = "button") -> None:
    """Press Tab until a control of this name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(80):
        if wanted.evaluate("control => control === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {name}.")


def shuts_nobody_out(page: Page) -> None:
    settled(page)
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()


def test_a_place_is_drawn_by_clicks_and_by_keys_and_added(page: Page, own_url: str, faults: list[str]) -> None:
    go(page, own_url, "known-hotspots")
    page.get_by_role("button", name="Add a known hotspot").click()
    page.get_by_text("Drawn on the map", exact=True).click()
    expect(page.get_by_text("No corner yet.")).to_be_visible()
    settled(page)
    frame = map_frame(page)
    box = page.locator('iframe[title*="st_folium"]').bounding_box()
    assert box is not None
    for number, (right, down) in enumerate(CORNERS, start=1):
        before = painted(frame)
        page.mouse.click(box["x"] + right, box["y"] + down)
        repainted(frame, before)
        expect(page.get_by_text(f"{number} corner", exact=False).first).to_be_visible()
    before = painted(frame)
    frame.locator(".leaflet-container").focus()
    for key in ("ArrowLeft", "Enter"):
        page.keyboard.press(key)
    repainted(frame, before)
    expect(page.get_by_text("4 corners so far.")).to_be_visible()
    page.get_by_role("button", name="Undo last corner").click()
    expect(page.get_by_text("3 corners so far.")).to_be_visible()
    page.get_by_role("button", name="Finish as an area").click()
    expect(page.get_by_text("Finished as an area of 3 corners.")).to_be_visible()
    settled(page)
    assert faults == []
    shuts_nobody_out(page)
    page.get_by_role("textbox", name="Name", exact=True).fill(PLACE)
    for label, option in (("Type", "Alleyway or route"), ("Harm group", "Anti-social behaviour")):
        pick(page, label, option)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(headline(page)).to_contain_text(f"{PLACE} is proposed")
    expect(page.get_by_text("Saved as a known hotspot.")).to_be_focused()


def test_an_overdue_review_is_found_and_recorded_by_keyboard(page: Page, own_url: str) -> None:
    go(page, own_url, "known-hotspots")
    late = page.locator(".lc-register tbody tr").first
    expect(late).to_contain_text("Overdue by ")
    late.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(headline(page)).to_contain_text("overdue by ")
    settled(page)
    tab_to(page, "Review")
    page.keyboard.press("Enter")
    tab_to(page, "Note", "textbox")
    page.keyboard.type("Walked past at home time")
    tab_to(page, "Record the review")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.", exact=True)).to_be_focused()
    expect(headline(page)).not_to_contain_text("overdue")
    shuts_nobody_out(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(headline(page)).to_contain_text("overdue by ")


def test_back_returns_to_the_list_as_it_was_and_a_phone_cuts_nothing_off(page: Page, demo_url: str) -> None:
    page.set_viewport_size(PHONE)
    go(page, demo_url, "known-hotspots", known_status="Active")
    page.locator(".lc-register tbody tr").first.get_by_role("link").click()
    expect(headline(page)).to_contain_text("overdue by ")
    settled(page)
    nothing_is_cut_off(page)
    page.get_by_role("link", name="Back to all known hotspots").click()
    expect(page.locator(".lc-register")).to_be_visible()
    settled(page)
    assert chosen_in(page)["known_status"] == ["Active"]
    nothing_is_cut_off(page)
    go(page, demo_url, "known-hotspots", add="true")
    nothing_is_cut_off(page)


def nothing_is_cut_off(page: Page) -> None:
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
    for table in page.locator(".lc-scroll:visible").all():
        assert table.evaluate("part => part.scrollWidth <= part.clientWidth")
