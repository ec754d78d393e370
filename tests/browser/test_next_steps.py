"""By keyboard alone: a finding’s next steps are unfolded, an action is recorded there, and its sentence is copied."""

from typing import Final

from playwright.sync_api import Locator, Page, expect

from geo.harms import HARM_GROUPS
from tests.browser.seen import go, headline, settled, turn_to

WHAT: Final = "Adults at the underpass at home time"
MOST_TABS: Final = 40
LOOKED_FOR: Final = 120_000  # milliseconds: of a store that nobody opened before, on a busy machine


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there")


def unfold_first(page: Page, url: str) -> None:
    """Open Local context, and unfold what to do about its first finding by keyboard."""
    harms = [HARM_GROUPS["asb"], HARM_GROUPS["substances"]]
    go(page, url, "local-context", school="Castlebrook Academy", radius="1,600 m", harm=harms, to="May 2026",
       **{"from": "Mar 2026"})  # fmt: skip
    found = page.locator(".lc-findings a").first
    expect(found).to_be_visible(timeout=LOOKED_FOR)
    found.focus()
    fold = page.locator('[class*="st-key-next_found_1"] summary, summary:has-text("What next?")').first
    reach(page, fold)
    page.keyboard.press("Enter")
    expect(page.get_by_text("A sentence for the staff meeting")).to_be_visible()
    settled(page)


def test_an_action_is_recorded_and_the_sentence_copied_by_keyboard(page: Page, own_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    unfold_first(page, own_url)
    reach(page, page.locator("summary", has_text="Record an action").first)
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("textbox", name="What", exact=True))
    page.keyboard.type(WHAT)
    reach(page, page.get_by_role("button", name="Record this action"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("The action is recorded; it stands on What we did and owe.")).to_be_visible()
    settled(page)
    copy = page.get_by_role("button", name="Copy this sentence")
    page.locator("p.lc-copied").focus()
    reach(page, copy)
    page.keyboard.press("Enter")
    expect(page.locator(".lc-copy [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("p.lc-copied").inner_text()
    assert "Source: " in copied
    turn_to(page, "What we did and owe")
    expect(page.get_by_text(WHAT).first).to_be_visible()
    expect(headline(page)).to_contain_text("actions are owed")


def test_where_the_clipboard_is_closed_the_sentence_is_marked_and_it_is_said_how_to_copy(
    page: Page, demo_url: str
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    unfold_first(page, demo_url)
    page.get_by_role("button", name="Copy this sentence").click()
    expect(page.locator(".lc-copy [role=status]")).to_contain_text("Ctrl and C")
    assert page.evaluate("getSelection().toString()").strip() == page.locator("p.lc-copied").inner_text().strip()


def test_the_page_of_actions_has_nothing_cut_off_on_a_phone(page: Page, demo_url: str) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    go(page, demo_url, "did-and-owe")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("link", name="What is owed, for your calendar (.ics)")).to_be_visible()
