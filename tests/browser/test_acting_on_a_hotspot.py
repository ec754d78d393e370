"""A DSL’s two minutes by keyboard alone: a late review, an action, a cluster that is proposed, a sentence for staff."""

from typing import Final

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.seen import PAGES, go, headline, settled

WIDTHS: Final[dict[str, ViewportSize]] = {"1280": {"width": 1280, "height": 900}, "400": {"width": 400, "height": 900}}
MOST_TABS: Final = 80
# Presses of a key, typing left out: about two minutes for somebody who has read nothing. Four walks begin at the top,
# where the list of pages stands.
MOST_KEYS: Final = 202 + 4 * len(PAGES)


class Keyboard:
    """The keyboard of somebody who uses nothing else, and how often a key of it was pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        """Press a key once."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def open(self, wanted: Locator) -> None:
        """Go to a control by Tab and press Enter on it."""
        self.reach(wanted)
        self.press("Enter")
        settled(self.page)

    def reach(self, wanted: Locator) -> None:
        """Go to a control by Tab."""
        expect(wanted).to_be_visible()
        for _ in range(MOST_TABS):
            if wanted.evaluate("wanted => wanted === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {wanted}.")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_dsl_reviews_acts_proposes_and_copies_by_keyboard(page: Page, own_url: str, width: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(WIDTHS[width])
    keyboard = Keyboard(page)
    go(page, own_url, "known-hotspots")
    expect(headline(page)).to_contain_text("is not on the register")
    settled(page)
    record_the_review(keyboard)
    record_an_action(keyboard)
    keyboard.page.evaluate("document.activeElement.blur()")
    keyboard.open(page.get_by_role("link", name="Back to all known hotspots"))
    propose_the_cluster(keyboard)
    copy_the_sentence(keyboard)
    assert keyboard.pressed <= MOST_KEYS
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth")


def record_the_review(keyboard: Keyboard) -> None:
    page = keyboard.page
    late = page.locator(".lc-register tbody tr").first
    expect(late).to_contain_text("Overdue by ")
    keyboard.open(late.get_by_role("link"))
    expect(headline(page)).to_contain_text("overdue by ")
    settled(page)
    keyboard.open(page.get_by_role("button", name="Review", exact=True))
    keyboard.reach(page.get_by_role("textbox", name="Note", exact=True))
    page.keyboard.type("Looked at with the wardens")
    keyboard.open(page.get_by_role("button", name="Record the review"))
    expect(headline(page)).not_to_contain_text("overdue")


def record_an_action(keyboard: Keyboard) -> None:
    page = keyboard.page
    unfold(keyboard)
    keyboard.open(page.locator("summary", has_text="Record an action").first)
    keyboard.reach(page.get_by_role("textbox", name="What", exact=True))
    page.keyboard.type("Adults outside at closing time")
    keyboard.open(page.get_by_role("button", name="Record this action"))
    expect(page.get_by_text("The action is recorded; it stands on What we did and owe.")).to_be_visible()


def propose_the_cluster(keyboard: Keyboard) -> None:
    page = keyboard.page
    keyboard.open(page.get_by_role("button", name="Propose as hotspot").first)
    expect(page.get_by_role("textbox", name="Name", exact=True)).not_to_have_value("")
    keyboard.open(page.get_by_role("button", name="Save", exact=True))
    expect(headline(page)).to_contain_text("is proposed")
    settled(page)


def copy_the_sentence(keyboard: Keyboard) -> None:
    page = keyboard.page
    unfold(keyboard)
    keyboard.open(page.get_by_role("button", name="Copy this sentence"))
    expect(page.locator(".lc-copy [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("p.lc-copied").inner_text()


def unfold(keyboard: Keyboard) -> None:
    fold = keyboard.page.locator("summary", has_text="What next?").first
    keyboard.open(fold)
    expect(keyboard.page.get_by_text("A sentence for the staff meeting")).to_be_visible()
    settled(keyboard.page)
