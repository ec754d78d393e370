"""Documents for duties are downloaded from Datasets, and the table of duties shuts nobody out."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Page, expect

from data.papers.duty_paper import NOTICE
from data.services.duty_documents import DOCUMENTS
from tests.browser.seen import go
from tests.browser.test_every_page import NOT_OURS

SUMMARY: Final = "What guidance asks"


def test_each_document_is_downloaded_and_says_that_it_is_a_draft(page: Page, demo_url: str) -> None:
    go(page, demo_url, "datasets")
    for which, name in DOCUMENTS.items():
        with page.expect_download() as download:
            page.get_by_role("link", name=f"{name} (Word)").click()
        assert download.value.suggested_filename == f"local-context-{which}.docx"
        told = Document(str(download.value.path())).paragraphs
        assert [one.text for one in told[:3:2]] == [name, NOTICE]


def test_the_table_of_duties_is_read_by_everybody(page: Page, demo_url: str) -> None:
    go(page, demo_url, "datasets")
    page.locator("summary", has_text=SUMMARY).press("Enter")
    table = page.get_by_role("table", name="What guidance in England asks, by edition")
    expect(table).to_be_visible()
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()
