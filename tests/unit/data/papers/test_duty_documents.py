"""Documents for duties say first that they are drafts, can be read aloud, and take whatever a fact holds as text."""

import re
from io import BytesIO
from typing import Final
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from data.papers import duty_paper, duty_words
from data.papers.duty_paper import NOTICE, DutyPaper, duty_docx
from data.papers.plain_text import legal
from data.services.duty_documents import DOCUMENTS
from geo.briefing.paper import Picture, Section
from tests.unit.data.papers.duty_samples import FACTS, opened, titled, words_of
from tests.unit.data.papers.duty_template import WIDTHS, template

DAY: Final = "2026-11-30"
HOSTILE: Final = (
    "<b>bold</b> & \"more\" 'x'",
    "{{ 7 * 7 }} {% for x in y %} {# no #}",
    "{database} {nothing}",
    "</w:t>",
    "**a** | b",
)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a document as they are unpacked, since libraries pack them each in their own way."""
    with ZipFile(BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def written(which: str, title: str | None = None) -> bytes:
    return duty_docx(duty_words.duty_paper(which, FACTS if title is None else titled(title), DAY))


def test_the_template_is_what_its_maker_makes() -> None:
    assert parts_of(duty_paper.TEMPLATE.read_bytes()) == parts_of(template())


@pytest.mark.parametrize("which", DOCUMENTS)
def test_the_first_page_says_that_it_is_a_draft_and_no_legal_advice(which: str) -> None:
    first = [paragraph.text for paragraph in opened(written(which)).paragraphs[:4]]
    assert first[0] == DOCUMENTS[which]
    assert first[2] == NOTICE
    assert "no legal advice" in NOTICE
    assert "data protection officer must check it" in NOTICE


@pytest.mark.parametrize("which", DOCUMENTS)
def test_a_document_can_be_read_aloud(which: str) -> None:
    document = opened(written(which))
    assert document.core_properties.title == DOCUMENTS[which]
    assert document.core_properties.language == "en-GB"
    languages = [one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))]
    assert languages == ["en-GB"] * len(languages) != []
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert "Heading 1" in styles
    assert [paragraph for paragraph in document.paragraphs if not paragraph.text.strip()] == []
    for table in document.tables:
        assert [bool(list(row._tr.iter(qn("w:tblHeader")))) for row in table.rows][:2] == [True, False]
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert [cell.text for row in table.rows for cell in row.cells if not cell.text.strip()] == []


@pytest.mark.parametrize("which", DOCUMENTS)
def test_every_fact_is_filled_in_and_no_tag_is_left(which: str) -> None:
    told = words_of(opened(written(which)))
    assert re.findall(r"[{}]|\*\*|^[-#|] ", told, flags=re.MULTILINE) == []
    assert str(FACTS.months_kept) in told or which == "sharing"
    assert FACTS.day in told


@pytest.mark.parametrize("which", ["dpia", "processing", "sharing"])
def test_datasets_are_told_without_rows_where_they_are_protected(which: str) -> None:
    document = opened(written(which))
    (table,) = (one for one in document.tables if one.rows[0].cells[0].text == "Dataset")
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert rows[0][3] == "Sep 2021 – Aug 2026; 1,204 rows"
    assert rows[1] == ["Our log", "Incidents; protected", "Hill School", "school years 2024/25 – 2025/26"]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_text(title: str) -> None:
    assert title in words_of(opened(written("dpia", title))).split("\n")


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_characters="\n\r\t_", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_title_is_text(title: str) -> None:
    assert legal(title) in words_of(opened(written("sharing", title))).split("\n")


@pytest.mark.parametrize("which", DOCUMENTS)
def test_the_same_facts_give_the_same_bytes(which: str) -> None:
    assert written(which) == written(which)


def test_tables_fit_the_template() -> None:
    tables = [table for which in DOCUMENTS for table in opened(written(which)).tables]
    assert {len(table.columns) for table in tables} <= set(WIDTHS)
    assert len(opened(written("dpia")).tables) == 7


def test_a_picture_does_not_fit() -> None:
    section = Section("a", "A map", (Picture("Map", "A map.", "<svg/>", ""),))
    with pytest.raises(TypeError, match="no Picture"):
        duty_docx(DutyPaper("Title", "Subject", DAY, FACTS.day, (section,)))
