"""Datasets shows what guidance asks and leads to the documents, to a board too, and before anything is loaded."""

import re
from pathlib import Path
from typing import Final

import pytest

from data.services.duties import duties
from data.services.duty_documents import DOCUMENTS
from pages.components.datasets import duties_view
from pages.routes import duty_documents
from tests.conftest import CHECKOUT
from tests.pages.conftest import Open

LINKED: Final = {duty_documents.DUTIES, *map(duty_documents.document_url, DOCUMENTS)}


def titles() -> set[str]:
    """Read the titles of all pages from the frame of the app, which runs as a whole or not at all."""
    text = (CHECKOUT / "pages" / "navigation.py").read_text(encoding="utf-8")
    return set(re.findall(r'title="([^"]+)"', text))


def test_every_page_that_a_duty_names_exists() -> None:
    assert len(titles()) > 10
    assert {page for one in duties() for page in one.pages} <= titles()


@pytest.mark.parametrize("eyes", [{}, {"board": "true"}])
def test_the_table_says_what_is_asked_where_it_stands_and_what_is_still_yours(
    open_demo: Open, eyes: dict[str, str]
) -> None:
    shown = open_demo("datasets", eyes)
    assert shown.failed == []
    rows = shown.table("What it asks")
    assert len(rows) == len(duties())
    assert all(one.edition in row["Where that stands"] for one, row in zip(duties(), rows, strict=True))
    assert all(row["What is still yours"] for row in rows)
    links = {attributes.get("href") for piece in shown.markup for tag, attributes in piece.tags if tag == "a"}
    assert links >= LINKED


def test_documents_are_there_before_anything_is_loaded(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(tmp_path, "datasets")
    assert shown.failed == []
    links = {attributes.get("href") for piece in shown.markup for tag, attributes in piece.tags if tag == "a"}
    assert links >= LINKED


def test_the_page_leads_to_the_part_of_the_guide() -> None:
    assert duties_view.GUIDE_PART in (CHECKOUT / "pages" / "guide.py").read_text(encoding="utf-8")
