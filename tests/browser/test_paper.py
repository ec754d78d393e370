"""From Trends to a paper with a decision and its minutes in at most five clicks, and by keyboard alone."""

from collections.abc import Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.seen import chosen_in, go, headline, settled
from tests.browser.test_every_page import NOT_OURS
from tests.browser.test_next_steps import reach

SCHOOL: Final = {"school": "Castlebrook Academy", "where": "Around my school", "from": "Jan 2026", "to": "Aug 2026"}
DECIDED: Final = "Ask the council to repair the lamps"
MOST_CLICKS: Final = 5
GATHERED: Final = 120_000  # milliseconds: facts of a store that nobody opened before, on a busy machine


class Clicks:
    """Presses what is named, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def on(self, wanted: Locator) -> None:
        expect(wanted).to_be_visible(timeout=GATHERED)
        wanted.click()
        self.made += 1


@pytest.fixture
def clicks() -> Iterator[Clicks]:
    counted = Clicks()
    yield counted
    assert 0 < counted.made <= MOST_CLICKS


def test_from_trends_to_a_paper_with_a_decision_and_its_minutes(page: Page, own_url: str, clicks: Clicks) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, own_url, "trends", **SCHOOL)
    clicks.on(page.get_by_role("link", name="Make a paper of this"))
    make = page.get_by_role("button", name="Make the paper")
    expect(make).to_be_visible(timeout=GATHERED)
    expect(headline(page)).to_have_text("Board paper about Castlebrook Academy, Jan–Aug 2026.")
    settled(page)
    clicks.on(make)
    expect(page.get_by_role("heading", name="For the minutes")).to_be_visible(timeout=GATHERED)
    settled(page)
    page.get_by_role("textbox", name="What was decided").fill(DECIDED)
    clicks.on(page.get_by_role("button", name="Record this decision"))
    expect(page.locator(".lc-findings").get_by_text(DECIDED)).to_be_visible()
    settled(page)
    first = page.locator(".lc-copies .lc-copy").first
    clicks.on(first.get_by_role("button", name="Copy this sentence"))
    expect(first.get_by_role("status")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == first.locator("p.lc-copied").inner_text()
    assert "Source: " in copied
    number = chosen_in(page)["paper"][0]
    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!")):
        answer = page.context.request.get(f"{own_url}/lc/papers/{number}.{form}")
        assert answer.status == 200
        assert answer.body().lstrip()[: len(begins)].upper() == begins.upper()


def test_all_minutes_are_copied_at_once_a_line_each(page: Page, own_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    made(page, own_url)
    page.get_by_role("button", name="Copy all sentences").click()
    expect(page.locator(".lc-copies [role=status]").first).to_have_text("Copied.")
    sentences = page.locator(".lc-copies p.lc-copied").all_inner_texts()
    assert page.evaluate("navigator.clipboard.readText()").split("\n") == sentences
    assert len(sentences) > 1


def test_by_keyboard_alone_a_paper_is_made_and_decided_on(page: Page, own_url: str) -> None:
    go(page, own_url, "briefing", **SCHOOL)
    make = page.get_by_role("button", name="Make the paper")
    expect(make).to_be_visible(timeout=GATHERED)
    settled(page)
    page.get_by_role("radio", name="Board paper").focus()
    reach(page, make)
    page.keyboard.press("Enter")
    what = page.get_by_role("textbox", name="What was decided")
    expect(what).to_be_visible(timeout=GATHERED)
    settled(page)
    page.get_by_role("link", name="PDF").focus()
    reach(page, what)
    page.keyboard.press("Control+A")
    page.keyboard.type(DECIDED)
    reach(page, page.get_by_role("button", name="Record this decision"))
    page.keyboard.press("Enter")
    expect(page.locator(".lc-findings").get_by_text(DECIDED)).to_be_visible()


def test_what_is_typed_stands_in_the_web_page_which_runs_nothing(page: Page, own_url: str, faults: list[str]) -> None:
    said = "<script>alert(1)</script> #[eval] {{ 7*7 }}"
    go(page, own_url, "briefing", **SCHOOL)
    box = page.get_by_role("textbox").first
    expect(box).to_be_visible(timeout=GATHERED)
    box.fill(said)
    box.blur()
    expect(page.get_by_role("button", name="Put the prepared words back")).to_be_visible()
    settled(page)
    make_it(page)
    address = page.get_by_role("link", name="Web page").get_attribute("href")
    page.goto(f"{own_url}{address}")
    expect(page.get_by_text(said)).to_be_visible()
    assert faults == []


@pytest.mark.parametrize("width", [1280, 400])
def test_a_paper_has_nothing_cut_off_and_shuts_nobody_out(page: Page, own_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    made(page, own_url)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()


def made(page: Page, url: str) -> None:
    """Make a paper, and wait until it stands."""
    go(page, url, "briefing", **SCHOOL)
    make_it(page)


def make_it(page: Page) -> None:
    make = page.get_by_role("button", name="Make the paper")
    expect(make).to_be_visible(timeout=GATHERED)
    settled(page)
    make.click()
    expect(page.get_by_role("heading", name="For the minutes")).to_be_visible(timeout=GATHERED)
    settled(page)
