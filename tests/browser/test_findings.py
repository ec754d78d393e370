"""A finding leads to its map and back to the very view it came from, by its link, by keyboard and by the browser."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geo.harms import HARM_GROUPS
from pages.routes.my_school import COOKIE
from tests.browser.seen import chosen_in, go, headline, map_frame, settled, turn_to
from tests.browser.test_every_page import NOT_OURS, PHONE

CHOSEN: Final[dict[str, str | list[str]]] = {
    "school": "Castlebrook Academy",
    "from": "Mar 2026",
    "to": "Jul 2026",
    "harm": [HARM_GROUPS["substances"], HARM_GROUPS["asb"]],
    "radius": "1,600 m",
    "show": "Density",
}
BACK: Final = "Back to Local context"
SEE: Final = "See it on the map"


def open_list(page: Page, url: str) -> tuple[str, dict[str, list[str]]]:
    """Open Local context; return its headline and the pickers in its address."""
    go(page, url, "local-context", **CHOSEN)
    expect(page.get_by_role("link", name=SEE).first).to_be_visible()
    return headline(page).inner_text(), chosen_in(page)


def first_finding(page: Page) -> str:
    return page.locator(".lc-findings li", has_text=SEE).locator("p").first.inner_text()


def on_its_map(page: Page, told: str) -> None:
    """Hold that a finding stands on the Area map under its own sentence."""
    expect(page.locator(".lc-filter")).to_contain_text("Filter of this finding")
    settled(page)
    expect(page.locator(".lc-kicker")).to_contain_text("Area map")
    expect(headline(page)).to_have_text(told)


def is_before(page: Page, told: str, chosen: dict[str, list[str]]) -> None:
    """Hold that Local context stands as it did."""
    expect(page.get_by_role("link", name=SEE).first).to_be_visible()
    settled(page)
    expect(headline(page)).to_have_text(told)
    assert chosen_in(page) == chosen
    expect(page.get_by_role("radio", name="Density")).to_be_checked()
    expect(page.get_by_role("radio", name="1,600 m")).to_be_checked()


def test_back_returns_to_the_very_view_before(page: Page, demo_url: str) -> None:
    told, chosen = open_list(page, demo_url)
    finding = first_finding(page)
    page.get_by_role("link", name=SEE).first.click()
    on_its_map(page, finding)
    expect(page.get_by_role("link", name=BACK)).to_have_count(1)
    page.get_by_role("link", name=BACK).click()
    is_before(page, told, chosen)


def test_the_browsers_own_back_returns_too(page: Page, demo_url: str) -> None:
    told, chosen = open_list(page, demo_url)
    finding = first_finding(page)
    page.get_by_role("link", name=SEE).first.click()
    on_its_map(page, finding)
    page.go_back()
    is_before(page, told, chosen)
    page.go_forward()
    on_its_map(page, finding)


def test_a_finding_is_read_opened_and_left_by_keyboard_only(page: Page, demo_url: str) -> None:
    told, chosen = open_list(page, demo_url)
    doubts = page.locator(".lc-findings summary", has_text="What else could it be?").first
    doubts.focus()
    page.keyboard.press("Enter")
    expect(doubts.locator("xpath=following-sibling::p")).to_be_visible()
    page.keyboard.press("Tab")
    finding = first_finding(page)
    page.keyboard.press("Enter")
    on_its_map(page, finding)
    page.get_by_role("link", name=BACK).focus()
    page.keyboard.press("Enter")
    is_before(page, told, chosen)


def test_the_sidebar_and_every_other_page_keep_what_was_chosen(page: Page, demo_url: str) -> None:
    _, chosen = open_list(page, demo_url)
    page.get_by_role("link", name=SEE).first.click()
    on_its_map(page, headline(page).inner_text())
    expect(page.get_by_role("combobox", name="From")).to_have_value(str(CHOSEN["from"]))
    turn_to(page, "Trends")
    assert {key: chosen_in(page)[key] for key in ("school", "from", "to", "harm")} == {
        key: chosen[key] for key in ("school", "from", "to", "harm")
    }
    page.go_back()
    expect(page.locator(".lc-filter")).to_be_visible()


def test_the_address_of_a_finding_opens_it_for_somebody_else(page: Page, demo_url: str) -> None:
    open_list(page, demo_url)
    finding = first_finding(page)
    page.get_by_role("link", name=SEE).first.click()
    on_its_map(page, finding)
    only = {"finding": chosen_in(page)["finding"]}
    page.context.clear_cookies(name=COOKIE)
    page.goto("about:blank")
    go(page, demo_url, "area-map", **only)
    on_its_map(page, finding)
    map_frame(page)
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()


def test_a_finding_fits_a_phone(page: Page, demo_url: str) -> None:
    page.set_viewport_size(PHONE)
    open_list(page, demo_url)
    page.get_by_role("link", name=SEE).first.click()
    expect(page.locator(".lc-filter")).to_be_visible()
    settled(page)
    frame = map_frame(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    name = frame.locator(".lc-school-name")
    expect(name).to_be_visible()
    sides = name.evaluate("name => [name.getBoundingClientRect().left, name.getBoundingClientRect().right, innerWidth]")
    assert 0 <= sides[0] < sides[1] <= sides[2]
