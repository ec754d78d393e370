"""A dataset is brought in by hand, from the file to the map; a bad file changes nothing."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.seen import go, headline, map_frame, settled, turn_to
from tests.pages.uploading import stamp

LOG = (
    "Date,Area,Category\n"
    "03/06/2026,X01000001,Bullying\n"
    "04/06/2026,X01000001,Knife carrying\n"
    "05/07/2026,X01000002,Bullying\n"
)


def bring(page: Page, url: str, name: str, content: bytes) -> None:
    go(page, url, "upload")
    page.get_by_text("Incidents (your own, anonymised)").click()
    chooser = page.locator('input[type="file"][accept*=".xlsx"]')  # that of this kind, not the one it replaces
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_a_file_is_checked_then_kept_then_found(page: Page, url: str, home: Path) -> None:
    before = stamp(home)
    bring(page, url, "term-log.csv", LOG.encode())
    page.get_by_role("button", name="Check the files").click()
    expect(page.get_by_text("3 rows read, 3 placed")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("row", name="Bullying")).to_contain_text("2")
    assert map_frame(page).locator("path.lc-area").count() == 60
    assert stamp(home) == before
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("3 rows read, 3 placed")
    assert stamp(home) == before + 2  # the dataset, and what its columns mean
    page.get_by_role("link", name="See it on the map").click()
    expect(page.locator(".lc-kicker")).to_contain_text("Area map")
    settled(page)
    expect(page.get_by_role("combobox", name="Dataset")).to_have_value(re.compile("term-log.csv"))
    expect(headline(page)).to_contain_text("Castle (Castlebrook 001A)")
    turn_to(page, "Datasets")
    expect(page.locator(".lc-card").first).to_contain_text("term-log.csv")


def test_the_same_file_again_is_said_to_be_here(page: Page, url: str, home: Path) -> None:
    log = LOG.replace("Bullying", "Vaping").encode()
    bring(page, url, "twice.csv", log)
    page.get_by_role("button", name="Check the files").click()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("3 rows read")
    once = stamp(home)
    bring(page, url, "twice.csv", log)
    expect(page.get_by_test_id("stAlert")).to_contain_text("This file is here already: it came in on")
    assert stamp(home) == once


def test_a_bad_file_is_refused_in_one_sentence(page: Page, url: str, home: Path) -> None:
    before = stamp(home)
    bring(page, url, "bad.csv", b"Date,Area,Category\n31/02/2026,X01000001,Bullying\n")
    page.get_by_role("button", name="Check the files").click()
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("bad.csv")
    assert alert.inner_text().strip().count("\n") == 0
    expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)
    assert stamp(home) == before
