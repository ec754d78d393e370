"""A newcomer reads what is around their school after three actions at most, and the next time after none."""

import re
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import in_a_session
from tests.browser.seen import chosen_in, go, headline, settled, turn_to
from tests.browser.test_every_page import NOT_OURS, PHONE

ACADEMY: Final = "Castlebrook Academy"
BOX: Final = "Find your school: name, town, postcode or URN"
TYPED: Final = ("castlebrook academy", "academy millbank", "zz24qa", "900001", "Castelbrok Acadmy")
WIDE: Final = {"width": 1280, "height": 900}


def type_and_enter(page: Page, text: str) -> None:
    """Do what a newcomer does first: two actions, typing and Enter."""
    page.get_by_role("textbox", name=BOX).fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("ul.lc-schools a").first).to_contain_text(ACADEMY)


def reads(page: Page, school: str = ACADEMY) -> None:
    """Wait until the page says what is around a school."""
    settled(page)
    expect(headline(page)).to_contain_text(school)


@pytest.mark.parametrize(("text", "size"), [*((text, WIDE) for text in TYPED), (TYPED[0], PHONE)])
def test_a_newcomer_types_presses_enter_and_chooses(page: Page, demo_url: str, text: str, size: dict[str, int]) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(demo_url)
    type_and_enter(page, text)
    page.locator("ul.lc-schools a").first.click()
    reads(page)
    assert chosen_in(page) == {"school": [ACADEMY]}


def test_by_keyboard_alone(page: Page, demo_url: str) -> None:
    page.goto(demo_url)
    box = page.get_by_role("textbox", name=BOX)
    expect(box).to_be_visible()
    tab_to(page, BOX)
    page.keyboard.type("acadmy millbank")
    page.keyboard.press("Enter")
    first = page.locator("ul.lc-schools a").first
    expect(first).to_be_visible()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    reads(page)


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the field of this label has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    pytest.fail(f"The keyboard does not reach “{label}”.")


def test_the_next_visit_shows_the_school_at_once_on_every_page_until_it_is_forgotten(page: Page, demo_url: str) -> None:
    page.goto(demo_url)
    type_and_enter(page, "academy")
    page.locator("ul.lc-schools a").first.click()
    reads(page)
    (cookie,) = (one for one in page.context.cookies() if one["name"] == "my_school")
    assert (cookie["value"], cookie["httpOnly"], cookie["sameSite"]) == ("900001", True, "Lax")
    page.goto(demo_url)
    reads(page)
    expect(page).to_have_url(re.compile(r"school=Castlebrook\+Academy"))
    go(page, demo_url, "trends")
    expect(page.locator(".lc-mine")).to_have_text(f"My school: {ACADEMY}")
    turn_to(page, "Area map")
    expect(page).to_have_url(re.compile(r"school=Castlebrook\+Academy"))
    page.get_by_role("button", name="Change school").click()
    page.get_by_role("link", name="Forget my school on this computer").click()
    settled(page)
    assert not [one for one in page.context.cookies() if one["name"] == "my_school"]
    page.goto(demo_url)
    expect(page.get_by_role("textbox", name=BOX)).to_be_visible()


def test_an_address_that_was_sent_shows_its_school_and_leaves_ones_own_remembered(
    browser: Browser, requested: list[str], demo_url: str
) -> None:
    with in_a_session(browser, requested) as page:
        page.context.add_cookies([{"name": "my_school", "value": "900002", "url": demo_url}])
        go(page, demo_url, "local-context", school=ACADEMY)
        reads(page)
        expect(page.locator(".lc-mine")).to_have_text(f"School: {ACADEMY}")
        page.goto(demo_url)
        reads(page, "Eastmoor High School")


def test_another_school_takes_the_filters_along(page: Page, demo_url: str) -> None:
    go(page, demo_url, "area-map", school="Brookfield School", harm="Drugs and alcohol", **{"from": "Jan 2026"})
    page.get_by_role("button", name="Change school").click()
    type_and_enter(page, "academy")
    page.locator("ul.lc-schools a").first.click()
    settled(page)
    expect(page.locator(".lc-chips")).to_contain_text(ACADEMY)
    expect(headline(page)).to_contain_text("Jan–Aug 2026")
    assert chosen_in(page) == {"school": [ACADEMY], "harm": ["Drugs and alcohol"], "from": ["Jan 2026"]}


def test_a_chip_is_taken_off_and_reset_keeps_the_school_and_back_undoes_it(page: Page, demo_url: str) -> None:
    chosen = {"school": ACADEMY, "harm": "Drugs and alcohol", "from": "Jan 2026", "measure": "Rate"}
    chosen |= {"where": "Around my school"}
    go(page, demo_url, "area-map", **chosen)
    page.get_by_role("button", name="Drugs and alcohol", exact=True).click()
    expect(page).not_to_have_url(re.compile("harm="))
    expect(page).to_have_url(re.compile("measure=Rate"))
    settled(page)
    reset = page.get_by_role("link", name="Reset")
    expect(reset).to_have_count(1)  # while the row of chips is drawn again, the one before stands too
    reset.click()
    settled(page)
    expect(headline(page)).to_contain_text("Sep 2025 – Aug 2026")
    assert chosen_in(page) == {"school": [ACADEMY]}
    page.go_back()
    settled(page)
    expect(headline(page)).to_contain_text("Jan–Aug 2026")
    assert chosen_in(page) == {"school": [ACADEMY], "from": ["Jan 2026"], "measure": ["Rate"]}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "400"])
def test_the_search_shuts_nobody_out_and_cuts_nothing_off(page: Page, demo_url: str, size: dict[str, int]) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(demo_url)
    type_and_enter(page, "castlebrook")
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
