"""Makes the template of the documents for duties: ``python -m tests.unit.data.papers.duty_template`` writes it."""

from typing import Final

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt

from data.papers import docx_parts
from data.papers.duty_paper import TEMPLATE

WIDTHS: Final = {2: (5.2, 11.4), 3: (4.6, 6, 6), 4: (3.6, 5.4, 4.8, 2.8)}  # centimetres, by number of columns


def template() -> bytes:
    """Return the template, which says in tags what stands where."""
    document = docx_parts.new_document()
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
    docx_parts.add_page_number(foot)
    docx_parts.set_properties(document, "Document for duties", "Local Context", "2026-11-30")
    return docx_parts.saved(document)


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
    docx_parts.name_table(table, "{{ block.caption }}")
    document.add_paragraph("{%p endif %}")


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(template())
