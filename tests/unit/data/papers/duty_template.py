"""Makes the template of the documents for duties: ``python -m tests.unit.data.papers.duty_template`` writes it."""

from io import BytesIO
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from data.papers import docx_parts
from data.papers.duty_paper import TEMPLATE

FONT: Final = "Arial"
INK: Final = RGBColor(0x1B, 0x1F, 0x24)
SIZES: Final = {"Normal": 11, "Title": 22, "Heading 1": 15, "List Bullet": 11, "Caption": 10}
WIDTHS: Final = {2: (5.2, 11.4), 3: (4.6, 6, 6), 4: (3.6, 5.4, 4.8, 2.8)}  # centimetres, by number of columns


def template() -> bytes:
    """Return the template, which says in tags what stands where."""
    document = _new_document()
    document.add_paragraph("{{ title }}", "Title")
    document.add_paragraph("{{ subject }}")
    _framed(document, "{{ notice }}")
    document.add_paragraph("Facts of {{ day }}. Whatever stands in square brackets is yours to fill in.")
    document.add_paragraph("{%p for section in sections %}")
    document.add_paragraph("{{ section.heading }}", "Heading 1")
    document.add_paragraph("{%p for block in section.blocks %}")
    for words, style in (("lines", "Normal"), ("points", "List Bullet")):
        document.add_paragraph(f"{{%p for line in block.{words} %}}")
        document.add_paragraph("{{ line }}", style).paragraph_format.space_before = Pt(6 if style == "Normal" else 0)
        document.add_paragraph("{%p endfor %}")
    for columns in WIDTHS:
        _table(document, columns)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run("{{ title }} · draft of {{ day }} · ")
    _add_page_number(foot)
    docx_parts.set_properties(document, "Document for duties", "Local Context", "2026-11-30")
    written = BytesIO()
    document.save(written)
    return docx_parts.packed(written.getvalue())


def _framed(document: WordDocument, words: str) -> None:
    """Add a paragraph in a frame: what must not be overlooked, also where colours are not seen."""
    paragraph = document.add_paragraph()
    paragraph.add_run(words).bold = True
    frame = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", "1B1F24")):
            line.set(qn(f"w:{name}"), value)
        frame.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(frame, "w:spacing", "w:ind", "w:jc")


def _table(document: WordDocument, columns: int) -> None:
    document.add_paragraph(f"{{%p if block.columns == {columns} %}}")
    caption = document.add_paragraph("{{ block.caption }}", "Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(12), Pt(3)
    table = document.add_table(4, columns, "Table Grid")
    table.autofit = False
    heads, begin, line, end = table.rows
    begin.cells[0].text, end.cells[0].text = "{%tr for row in block.rows %}", "{%tr endfor %}"
    for at, width in enumerate(WIDTHS[columns]):
        table.columns[at].width = Cm(width)
        heads.cells[at].paragraphs[0].add_run(f"{{{{ block.heads[{at}] }}}}").bold = True
        line.cells[at].text = f"{{{{ row[{at}] }}}}"
        for cell in table.columns[at].cells:
            cell.width = Cm(width)
            cell.paragraphs[0].paragraph_format.space_before = Pt(2)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(10)
    _name_table(table, "{{ block.caption }}")
    document.add_paragraph("{%p endif %}")


def _new_document() -> WordDocument:
    """Return an empty document in British English on A4, with styles that can be read by all: 11 pt and dark."""
    document = Document()
    parts = document.part.package.rels
    for name in [name for name, part in parts.items() if part.reltype.endswith("/thumbnail")]:
        del parts[name]  # a picture of another document
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.italic = False
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), docx_parts.LANGUAGE)
    return document


def _name_table(table: WordTable, caption: str) -> None:
    """Set the name of a table that a screen reader says, and mark its first row as its heads, repeated on each page."""
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), caption)
    table._tbl.tblPr.append(name)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _add_page_number(paragraph: Paragraph) -> None:
    """Write "Page 1 of 3" at the end of a paragraph, which Word counts by itself."""
    paragraph.add_run("Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(template())
