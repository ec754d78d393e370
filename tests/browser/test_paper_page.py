"""A paper as a web page: nobody is shut out at any width, and the page asks for nothing."""

from collections.abc import Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data.papers.look import Look
from data.papers.web_page import web_page
from geo.briefing.paper import Audience, Paper
from tests.unit.data.papers.papers import HOSTILE, paper_with, whole_paper
from tests.unit.data.papers.word_templates import LOGO

ADDRESS: Final = "http://127.0.0.1:9/paper.html"
WIDTHS: Final = (400, 1280)


@pytest.fixture
def page(browser: Browser, requested: list[str]) -> Iterator[Page]:
    """An empty page that shows files and asks no server, and notes what it asks for."""
    context = browser.new_context(locale="en-GB")
    context.on("request", lambda request: requested.append(request.url))
    yield context.new_page()
    context.close()


def open_paper(page: Page, paper: Paper, width: int) -> None:
    """Open a paper as its file would be opened, with nothing else at its address."""
    body = web_page(paper, Look("Castle Trust", LOGO))
    page.route(ADDRESS, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(ADDRESS)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("audience", list(Audience))
def test_a_paper_shuts_nobody_out_and_asks_for_nothing(
    page: Page, faults: list[str], requested: list[str], audience: Audience, width: int
) -> None:
    open_paper(page, whole_paper(audience), width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert all(page.evaluate("[...document.images].map(one => one.complete && one.naturalWidth > 0)"))
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(11, 89, 102)"  # its own style
    assert faults == []
    assert [url for url in requested if not url.startswith("data:")] == [ADDRESS]
    found = Axe().run(page)
    assert found.response["passes"]
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_words_fit_a_phone_and_run_nothing(page: Page, faults: list[str], requested: list[str], text: str) -> None:
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    open_paper(page, paper_with(text), WIDTHS[0])
    assert ran == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults == []
    assert [url for url in requested if not url.startswith("data:")] == [ADDRESS]


def test_the_keyboard_skips_to_the_paper_and_scrolls_a_wide_table(page: Page) -> None:
    open_paper(page, whole_paper(), WIDTHS[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "paper"
    wide = page.get_by_role("group", name="Months")
    wide.evaluate("one => one.addEventListener('scroll', () => one.dataset.scrolled = 'yes')")
    wide.focus()
    page.keyboard.press("ArrowRight")
    expect(wide).to_have_attribute("data-scrolled", "yes")
