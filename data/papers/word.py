"""A paper as a Word document, from a template: the product's own, or the organisation's.

``templates/paper.docx`` can be opened and changed in Word. Its tags are those of ``word_template.TAGS``, in double
braces: ``{{ title }}``, ``{{ place }}``, ``{{ period }}``, ``{{ organisation }}``, ``{{ for_whom }}``,
``{{ made_on }}``, ``{{ source }}`` and ``{{ logo }}`` stand in any line, header and footer too; ``{{p body }}`` stands
alone in a paragraph, and all sections take its place. Instead of it, a template may go through the sections itself:
``{%p for section in sections %}``, ``{{ section.heading }}``, ``{{p section.body }}``, ``{%p endfor %}``.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate
from lxml import etree
from markupsafe import Markup, escape

from data.papers import word_styles
from data.papers.docx_parts import packed, set_properties
from data.papers.look import PLAIN, Look
from data.papers.pictures import svg_png
from data.papers.plain_svg import width_of
from data.papers.plain_text import legal, long_day, printed_sections
from data.papers.word_body import WordBody, describe
from data.papers.word_template import opened, require_harmless_template, tags_of
from data.sandbox import ResourceLimits, run_sandboxed
from geo.briefing.paper import Audience, Paper, Picture, Section
from geo.errors import InputError

_DOTS: Final = 200  # to the inch
_WIDEST: Final = 17.0  # centimetres: a line of A4
_CSS_DOTS: Final = 96
_CM_PER_INCH: Final = 2.54
_LOGO_HEIGHT: Final = Cm(1.4)
_LIMITS: Final = ResourceLimits(cpu=10, wall=60.0, remedy="take out of the Word template what it does not need")
_PRODUCT: Final = "Local Context"
_EMPTY: Final = Paper(Audience.BOARD, "", "", "", "", "2000-01-01", "", ())


def word(paper: Paper, look: Look = PLAIN) -> bytes:
    """Write a paper as a Word document (.docx), the same for the same paper and look.

    Raises InputError for a template that cannot be used, as ``check_template`` does, and for a logo that is no PNG.
    """
    drawn = {block.svg for section in paper.sections for block in section.blocks if isinstance(block, Picture)}
    pictures = {svg: _png(svg) for svg in sorted(drawn)}
    if look.template is None:
        return _filled(paper, look, pictures, _products_template())
    return run_sandboxed(_fill_own, paper, look, pictures, limits=_LIMITS)


def check_template(template: bytes) -> list[str]:
    """List the tags of an organisation's template, in the order of ``word_template.TAGS``, after filling it once.

    Raises InputError for a template that cannot be used: what is not a Word document, unpacks to too much, holds
    macros or takes anything in from elsewhere, has other tags, or has no place for the sections.
    """
    return run_sandboxed(_check, template, limits=_LIMITS)


def _check(template: bytes, _progress: Callable[[float, str], None]) -> list[str]:
    require_harmless_template(template)
    return _rendered(_EMPTY, PLAIN, {}, template)[1]


def _fill_own(
    paper: Paper, look: Look, pictures: Mapping[str, bytes], _progress: Callable[[float, str], None]
) -> bytes:
    template = look.template or b""
    require_harmless_template(template)
    return _filled(paper, look, pictures, template)


def _filled(paper: Paper, look: Look, pictures: Mapping[str, bytes], template: bytes) -> bytes:
    made, _tags = _rendered(paper, look, pictures, template)
    set_properties(made.docx, paper.title, look.organisation or _PRODUCT, paper.made_on, paper.place)
    content = io.BytesIO()
    made.save(content)
    return packed(content.getvalue())


def _rendered(
    paper: Paper, look: Look, pictures: Mapping[str, bytes], template: bytes
) -> tuple[DocxTemplate, list[str]]:
    """Fill a template with a paper; return it with the tags that it has."""
    made = opened(template)
    document = made.get_docx()
    word_styles.add_styles(document)
    word_styles.speak_british(document)
    page = document.sections[0]
    line = page.page_width - page.left_margin - page.right_margin
    body = WordBody(pictures, line, *word_styles.add_lists(document))
    return made, tags_of(made, _context(made, body, paper, look))


@dataclass(frozen=True)
class _Later:
    """What a tag is replaced with, written when the tag is met."""

    write: Callable[[], str]

    def __html__(self) -> str:
        return self.write()


@dataclass(frozen=True)
class _SectionTags:
    heading: Markup
    body: _Later


def _context(made: DocxTemplate, body: WordBody, paper: Paper, look: Look) -> dict[str, Any]:
    sections = printed_sections(paper)

    def whole(into: WordDocument) -> None:
        if paper.audience is Audience.BOARD and sections:
            body.contents(into, sections)
        for place, section in enumerate(sections):
            first_of_appendix = section.appendix and not (place and sections[place - 1].appendix)
            body.heading(into, section, place, new_page=first_of_appendix)
            body.blocks(into, section)

    def part(section: Section) -> _SectionTags:
        return _SectionTags(_literal(section.heading), _subdocument(made, lambda into: body.blocks(into, section)))

    return {
        "title": _literal(paper.title),
        "place": _literal(paper.place),
        "period": _literal(paper.period),
        "organisation": _literal(look.organisation),
        "for_whom": _literal(paper.for_whom),
        "made_on": long_day(paper.made_on),
        "source": _literal(paper.source),
        "logo": _Later(lambda: _logo(made, look)) if look.logo else "",
        "body": _subdocument(made, whole),
        "sections": [part(section) for section in sections],
    }


def _subdocument(made: DocxTemplate, write: Callable[[WordDocument], None]) -> _Later:
    def written() -> str:
        # What is written goes to the end of the document, whose styles and pictures it uses, and is taken out of it.
        text = made.docx.element.body
        before = set(text)
        write(made.docx)
        if any(element.tag == qn("w:tbl") for element in text[-2:-1]):  # the last is the section's page
            made.docx.add_paragraph()  # Word wants one behind a table that ends a document
        new = [element for element in text if element not in before]
        for element in new:
            text.remove(element)
        return _without_braces("".join(etree.tostring(element, encoding="unicode") for element in new))

    return _Later(written)


def _literal(text: str) -> Markup:
    return Markup(_without_braces(str(escape(" ".join(legal(text).split())))))  # noqa: S704 - it is escaped


def _without_braces(xml: str) -> str:
    """Write braces as references: docxtpl rewrites “{_{” wherever it stands, in people's words too."""
    return xml.replace("{", "&#123;").replace("}", "&#125;")


def _logo(made: DocxTemplate, look: Look) -> str:
    try:
        inline = made.current_rendering_part.new_pic_inline(io.BytesIO(look.logo or b""), height=_LOGO_HEIGHT)
    except UnrecognizedImageError as fault:
        raise InputError("A logo must be a picture (PNG), and this one is not; save it as PNG.") from fault
    describe(inline, "Logo", f"Logo of {look.organisation}" if look.organisation else "Logo")
    drawing = _without_braces(etree.tostring(inline, encoding="unicode"))
    return f'</w:t></w:r><w:r><w:drawing>{drawing}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def _png(svg: str) -> bytes:
    """Draw an SVG at 200 dots to the inch as large as it says it is, or as wide as a line."""
    inches = min(width_of(svg) / _CSS_DOTS, _WIDEST / _CM_PER_INCH)
    return svg_png(svg, round(inches * _DOTS))


@cache
def _products_template() -> bytes:
    return word_styles.PRODUCTS.read_bytes()
