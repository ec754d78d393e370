"""Word documents are in British English, can be read aloud, and are the same bytes for the same words."""

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from data.papers import docx_parts


def sample(title: str = "Risks & “remedies”") -> WordDocument:
    document = docx_parts.new_document()
    document.add_heading(title, 0)
    table = document.add_table(3, 2)
    docx_parts.name_table(table, "Risks")
    docx_parts.add_page_number(document.sections[0].footer.paragraphs[0])
    docx_parts.set_properties(document, title, "Castlebrook Academy", "2026-11-30")
    return document


def test_the_same_document_gives_the_same_bytes() -> None:
    assert docx_parts.saved(sample()) == docx_parts.saved(sample())


def test_no_part_has_a_date_of_its_own() -> None:
    with ZipFile(BytesIO(docx_parts.saved(sample()))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_say_title_language_and_one_day() -> None:
    told = Document(BytesIO(docx_parts.saved(sample()))).core_properties
    assert (told.title, told.author, told.language) == ("Risks & “remedies”", "Castlebrook Academy", "en-GB")
    assert f"{told.created:%Y-%m-%d}" == f"{told.modified:%Y-%m-%d}" == "2026-11-30"


def test_words_are_spelt_as_british_english() -> None:
    languages = list(sample().styles.element.iter(qn("w:lang")))
    assert [one.get(qn("w:val")) for one in languages] == ["en-GB"] * len(languages) != []


def test_a_table_has_a_name_and_only_its_first_row_is_its_heads() -> None:
    (table,) = sample().tables
    assert [one.get(qn("w:val")) for one in table._tbl.iter(qn("w:tblCaption"))] == ["Risks"]
    assert [len(list(row._tr.iter(qn("w:tblHeader")))) for row in table.rows] == [1, 0, 0]


@given(st.text())
def test_whatever_is_legible_fits_into_xml(text: str) -> None:
    element = etree.Element("t")
    element.text = docx_parts.legible(text)
    assert etree.fromstring(etree.tostring(element)) is not None


def test_what_people_write_stays_as_it_is() -> None:
    assert docx_parts.legible("Zoë’s café – 👩‍🏫\tlate") == "Zoë’s café – 👩‍🏫\tlate"
    assert docx_parts.legible("a\x00b\x0bc") == "abc"
