"""A paper in Word says what the paper says, to everybody, in the look of whoever makes it."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from data.papers.look import PLAIN, Look
from data.papers.word import word
from geo.briefing.paper import Audience, Section
from geo.errors import InputError
from tests.unit.data.papers.papers import HOSTILE, paper_with, whole_paper
from tests.unit.data.papers.reading import flat, said, word_says
from tests.unit.data.papers.word_templates import LOGO, own_template
from tests.unit.geo.briefing.sample import PICTURE, TABLE, sample_paper


def read(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


@pytest.mark.parametrize("audience", list(Audience))
def test_a_document_says_all_that_its_paper_says_in_its_order(audience: Audience) -> None:
    for paper in (whole_paper(audience), sample_paper(audience)):
        assert word_says(word(paper, PLAIN)) == said(paper)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_change_nothing_but_themselves(text: str) -> None:
    paper = paper_with(text)
    made = word(paper, Look(text))
    assert word_says(made) == said(paper)
    plain = read(word(paper_with("Plain words."), PLAIN))
    document = read(made)
    assert len(document.tables) == len(plain.tables)
    head = [flat(one.text) for one in document.paragraphs[:4]]
    assert head[:2] == [flat(paper.title), flat(paper.place)]
    assert flat(paper.for_whom) in flat(document.sections[0].header.paragraphs[0].text)


def test_the_same_paper_gives_the_same_bytes() -> None:
    made = word(whole_paper(), PLAIN)
    assert made == word(whole_paper(), PLAIN)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = read(made).core_properties
    assert str(properties.created) == str(properties.modified) == "2025-10-01 00:00:00+00:00"
    assert properties.author == properties.last_modified_by == "Local Context"


def test_a_document_is_read_aloud_as_it_is_seen() -> None:
    paper = whole_paper()
    document = read(word(paper, Look("Castle Trust", LOGO)))
    assert (document.core_properties.title, document.core_properties.language) == (paper.title, "en-GB")
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["en-GB"]
    headings = [flat(one.text) for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == ["Plain words.", "Told", "Seen", "Sentences for the minutes", "Plain words.", "Months"]
    assert all(document.element.body.xpath(".//wp:docPr/@descr"))
    assert "Logo of Castle Trust" in document.element.body.xpath(".//wp:docPr/@descr")
    ids = document.element.body.xpath(".//wp:docPr/@id")
    assert len(set(ids)) == len(ids)
    for table in document.tables:
        assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [True] + [False] * (
            len(table.rows) - 1
        )
        assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val")
    numbered = [one for one in document.paragraphs if one._p.xpath("w:pPr/w:numPr/w:numId")]
    assert len({one._p.xpath("w:pPr/w:numPr/w:numId/@w:val")[0] for one in numbered}) == 2
    footer = document.sections[0].footer.paragraphs[0]
    assert [one.text.strip() for one in footer._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_the_contents_of_a_board_paper_lead_to_every_heading() -> None:
    document = read(word(whole_paper(), PLAIN))
    marks = document.element.body.xpath(".//w:bookmarkStart/@w:name")
    assert document.element.body.xpath(".//w:hyperlink/@w:anchor") == marks
    links = document.element.body.xpath(".//w:hyperlink")
    headings = document.element.body.xpath(".//w:p[w:bookmarkStart]")
    texts = [["".join(one.itertext(qn("w:t"))) for one in parts] for parts in (links, headings)]
    assert texts[0] == texts[1]
    assert not read(word(whole_paper(Audience.STAFF), PLAIN)).element.body.xpath(".//w:hyperlink")


def test_an_appendix_begins_a_page_and_words_said_aloud_are_boxed() -> None:
    document = read(word(whole_paper(), PLAIN))
    turned = [one.text for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert turned == ["Plain words."]
    boxed = [one.text for one in document.paragraphs if one.style and one.style.name == "Paper spoken"]
    assert boxed == ["Say", "Plain words."]
    assert document.styles["Paper spoken"].element.xpath("w:pPr/w:pBdr/*")


def test_words_from_right_to_left_are_set_so() -> None:
    document = read(word(paper_with("שלום עולם"), PLAIN))
    line = next(one for one in document.paragraphs if one.text == "שלום עולם" and one.style.name == "Normal")
    assert line._p.xpath("w:pPr/w:bidi")
    assert all(run.font.rtl for run in line.runs)
    mixed = read(word(paper_with("English first, then שלום"), PLAIN))
    assert not mixed.element.body.xpath(".//w:bidi")


def test_an_organisations_own_template_says_the_same_in_its_look() -> None:
    paper = replace(whole_paper(), title="Title {{ 7*7 }}")
    for loops in (False, True):
        look = Look("Castle Trust", LOGO, own_template(loops=loops))
        document = read(word(paper, look))
        text = flat(" ".join([*(one.text for one in document.paragraphs)]))
        assert text.startswith("Paper: Title {{ 7*7 }}")
        assert text.endswith("Ends here.")
        assert len(document.tables) == 1 + len(read(word(paper, PLAIN)).tables)
        assert "Castle Trust" in document.sections[0].header.paragraphs[0].text
        assert document.sections[0].header.part.element.xpath(".//wp:docPr/@descr") == ["Logo of Castle Trust"]
        assert document.styles["Normal"].font.name == "Georgia"
        assert document.styles["Paper cell"].font.name is None


@pytest.mark.parametrize(("width", "pixels"), [("288pt", 800), ("384", 800), ("384px", 800), ("2000", 1338)])
def test_a_picture_has_200_dots_to_the_inch_and_fits_a_line(width: str, pixels: int) -> None:
    svg = PICTURE.svg.replace('width="200"', f'width="{width}"', 1)
    paper = replace(whole_paper(), sections=(Section("s", "S", (replace(PICTURE, svg=svg),)),))
    document = read(word(paper, PLAIN))
    shape = document.inline_shapes[0]
    part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert abs(part.image.px_width - pixels) <= 1
    assert abs(shape.width - pixels * 914_400 / 200) <= 2 * 914_400 / 200 or shape.height <= 6 * 360_000 + 1


def test_a_document_that_would_end_with_a_table_ends_with_a_line() -> None:
    table = replace(TABLE, source="")
    paper = replace(whole_paper(), sections=(Section("s", "S", (table,)),), minutes=())
    last = list(read(word(paper, PLAIN)).iter_inner_content())[-1]
    assert isinstance(last, Paragraph)


def test_a_picture_without_words_and_a_logo_that_is_no_picture_are_refused() -> None:
    section = Section("s", "S", (replace(PICTURE, alt=" "),))
    with pytest.raises(InputError, match="for those who do not see it"):
        word(replace(whole_paper(), sections=(section,)), PLAIN)
    with pytest.raises(InputError, match="logo must be a picture"):
        word(whole_paper(), Look("Castle Trust", b"no picture"))
