"""What the tests in a browser share: opening a page of the app, waiting for it, and looking into its map."""

import re
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Frame, Locator, Page, expect

PAGES: Final = {
    "local-context": "Local context",
    "area-map": "Area map",
    "known-hotspots": "Known hotspots",
    "way-home": "Way home",
    "safe-places": "Safe and unsafe places",
    "trends": "Trends",
    "school-day-clock": "School-day clock",
    "did-and-owe": "What we did and owe",
    "briefing": "Briefing",
    "set-up": "Set up",
    "upload": "Upload",
    "datasets": "Datasets",
    "guide": "Guide",
}
FOOT: Final = "Not for live cases."
MILLISECONDS: Final = 30_000
PAINTED: Final = "data-painted"

expect.set_options(timeout=MILLISECONDS)


def address(url: str, path: str, **chosen: str | list[str]) -> str:
    """Write the address of a page with its pickers."""
    return f"{url}/{path}?{urlencode(chosen, doseq=True)}" if chosen else f"{url}/{path}"


def go(page: Page, url: str, path: str, **chosen: str | list[str]) -> None:
    """Open a page by its address, as a bookmark does, and wait until it stands.

    Of pages that look around the school unless told otherwise, all areas are looked at, unless ``where`` is chosen.
    """
    elsewhere = {"where": "Everywhere"} if path in ("area-map", "trends", "school-day-clock") else {}
    page.goto(address(url, path, **(elsewhere | chosen)))
    settled(page)


def settled(page: Page) -> None:
    """Wait until the app has answered, the foot, its last word, stands, and the browser has done what that asks for.

    Streamlit writes pickers into the address once it has nothing more urgent to do; whoever clicks before loses them.
    """
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=MILLISECONDS)
    expect(page.locator("footer.lc-foot")).to_contain_text(FOOT)
    page.evaluate("new Promise((resolve) => requestIdleCallback(() => requestAnimationFrame(resolve)))")


def comes_to_hold(page: Page, expression: str) -> Any:
    """Wait until a JavaScript expression is true of a page, and return what it is then.

    ``wait_for_function`` makes a script of a text in the page itself, which its policy refuses.
    """
    look = f"const look = () => {{ const found = {expression}; found ? done(found) : requestAnimationFrame(look); }};"
    return page.evaluate(f"new Promise((done) => {{ {look} look(); }})")


def turn_to(page: Page, title: str) -> None:
    """Go to another page through the menu."""
    pages(page).get_by_role("link", name=title, exact=True).click()
    expect(page.locator(".lc-kicker")).to_contain_text(title)
    settled(page)


def pages(page: Page) -> Locator:
    """Find the list of pages in the sidebar."""
    return page.get_by_role("navigation", name="Pages", exact=True)


def chosen_in(page: Page) -> dict[str, list[str]]:
    """Return the pickers that the address holds."""
    return parse_qs(urlsplit(page.url).query)


def headline(page: Page) -> Locator:
    """Find the sentence at the top."""
    return page.locator("h1.lc-headline")


def map_frame(page: Page) -> Frame:
    """Find the frame of the page's map, once the map is painted."""
    frame = page.locator('iframe[title*="st_folium"]').element_handle(timeout=MILLISECONDS).content_frame()
    assert frame is not None
    expect(frame.locator("body")).to_have_attribute(PAINTED, re.compile("."))
    return frame


def painted(frame: Frame) -> str:
    """Return the name of what the map shows now."""
    return frame.locator("body").get_attribute(PAINTED) or ""


def repainted(frame: Frame, before: str) -> None:
    """Wait until the map shows something else than before."""
    expect(frame.locator("body")).to_have_attribute(PAINTED, re.compile(f"^(?!{before}$)."))


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a picker by keyboard: type the option's name and take it."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def press(page: Page, option: str) -> None:
    """Press one of a row of choices."""
    page.get_by_test_id("stButtonGroup").get_by_text(option, exact=True).click()
