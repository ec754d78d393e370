"""What every Word document needs: its language, page and styles, tables that can be read aloud, and one date."""

import re
from datetime import datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

LANGUAGE: Final = "en-GB"
FONT: Final = "Arial"
INK: Final = RGBColor(0x1B, 0x1F, 0x24)
_SIZES: Final = {"Normal": 11, "Title": 22, "Heading 1": 15, "Heading 2": 12.5, "List Bullet": 11, "Caption": 10}
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date that a ZIP file can hold


def new_document() -> WordDocument:
    """Return an empty document in British English on A4, with styles that can be read by all: 11 pt and dark."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.italic = False
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    return document


def set_properties(document: WordDocument, title: str, author: str, day: str) -> None:
    """Set the properties of a document: its title, who made it, its language, and one day (ISO 8601) for all dates."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, LANGUAGE
    properties.last_modified_by, properties.comments, properties.revision = author, "", 1
    properties.created = properties.modified = datetime.fromisoformat(day)


def name_table(table: WordTable, caption: str) -> None:
    """Give a table the name that a screen reader says, and mark its first row as its heads, repeated on each page."""
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), caption)
    table._tbl.tblPr.append(name)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def legible(text: str) -> str:
    """Return a text without the characters that no XML, and so no Word document, can hold."""
    return _NOT_IN_XML.sub("", text)


def add_page_number(paragraph: Paragraph) -> None:
    """Write "Page 1 of 3" at the end of a paragraph, which Word counts by itself."""
    paragraph.add_run("Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def packed(content: bytes) -> bytes:
    """Return a document with one date for all its parts, so that the same words always give the same bytes."""
    written = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = ZipInfo(name, _FIRST_DAY)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0  # the same on every system
            after.writestr(part, before.read(name))
    return written.getvalue()


def saved(document: WordDocument) -> bytes:
    """Return a document as bytes, the same for the same document."""
    written = BytesIO()
    document.save(written)
    return packed(written.getvalue())


def _field(paragraph: Paragraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
