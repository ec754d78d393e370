"""Word templates as an organisation might load them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from PIL import Image

LOOP: Final = (
    "{%p for section in sections %}",
    "{{ section.heading }}",
    "{{p section.body }}",
    "{%p endfor %}",
)


def _logo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (30, 12), "#7a1f5c").save(content, "PNG")
    return content.getvalue()


LOGO: Final = _logo()


def own_template(*, loops: bool = False, change: Callable[[WordDocument], object] | None = None) -> bytes:
    """Return a template with letters, a head and a table of its own, where Word has split a tag, as it does."""
    document = Document()
    document.styles["Normal"].font.name = "Georgia"
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ logo }} {{ organisation }}: {{ for_whom }}"
    section.footer.paragraphs[0].text = "{{ made_on }}"
    line = document.add_paragraph("Paper: {{ ti")
    line.add_run("tle }}").bold = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "{{ place }}"
    table.cell(0, 1).text = "{{ period }}"
    document.add_paragraph("{{ source }}")
    for text in LOOP if loops else ("{{p body }}",):
        document.add_paragraph(text)
    document.add_paragraph("Ends here.")
    if change is not None:
        change(document)
    return saved(document)


def template_of(*lines: str) -> bytes:
    """Return a template of these lines."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    """Return a document as its file."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def with_parts(template: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """Return a template with parts put in, or changed by what a function makes of them."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = parts.get(name)
            if part is None:
                new.writestr(name, old.read(name))
            elif callable(part):
                new.writestr(name, part(old.read(name)))
        for name, part in parts.items():
            if not callable(part):
                new.writestr(name, part)
    return content.getvalue()
