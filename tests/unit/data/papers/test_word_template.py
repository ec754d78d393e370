"""A Word template comes from outside: it may hold the tags of papers, and nothing that runs or reaches out."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate

from data.papers.look import Look
from data.papers.word import check_template, word
from data.papers.word_styles import PRODUCTS
from data.papers.word_template import MAX_TEMPLATE, TAGS, TagEnvironment, require_harmless_template
from geo.errors import InputError
from tests.unit.data.papers.papers import whole_paper
from tests.unit.data.papers.word_templates import LOOP, own_template, template_of, with_parts

BODY = "{{p body }}"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
SETTINGS = "word/_rels/settings.xml.rels"


def relation(kind: str, target: str, mode: str = 'TargetMode="External"') -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'<Relationships xmlns="{relations}"><Relationship Id="x" Type="{base}/{kind}" Target="{target}" {mode}/>'
        "</Relationships>"
    ).encode()


def with_xml(xml: str) -> Callable[[WordDocument], object]:
    """Return a change that adds a paragraph of such XML."""
    spaces = f'{nsdecls("w", "r")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:x"'
    return lambda document: document.element.body.insert(0, parse_xml(f"<w:p {spaces}>{xml}</w:p>"))


def field(*pieces: str) -> str:
    texts = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}{texts}{marks[1]}<w:r><w:t>x</w:t></w:r>{marks[2]}"


def test_the_products_template_and_an_organisations_own_are_taken() -> None:
    require_harmless_template(PRODUCTS.read_bytes())
    assert check_template(own_template()) == [name for name in TAGS if name[:7] != "section"]
    assert check_template(own_template(loops=True)) == [name for name in TAGS if name != "body"]
    assert PRODUCTS.stat().st_size <= 60_000


@pytest.mark.parametrize(
    "harmless",
    [
        own_template(change=with_xml(field(" PAGE ") + field("TIT", "LE \\* Upper"))),
        own_template(change=with_xml('<w:fldSimple w:instr="NUMPAGES"/>')),
        own_template(change=lambda document: document.part.relate_to("https://example.org", RELATIONSHIP_TYPE.HYPERLINK,
                                                                     is_external=True)),
        template_of("{%p if organisation %}", "{{ organisation }}", "{%p endif %}", "{{p body}}"),
    ],
    ids=["page fields", "a simple field", "a link to follow", "a line where there is an organisation"],
)  # fmt: skip
def test_what_templates_usually_hold_is_taken(harmless: bytes) -> None:
    require_harmless_template(harmless)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (b"", "whole Word document"),
        (b"PK\x03\x04 cut short", "whole Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64, "whole Word document"),
        (own_template()[:-400], "whole Word document"),
        (with_parts(own_template(), {"word/document.xml": b"<w:document"}), "whole Word document"),
        (with_parts(own_template(), {TYPES: lambda part: part.replace(b"document.main+xml", b"template.main+xml")}),
         "whole Word document"),
        (with_parts(own_template(), {TYPES: lambda part: part.replace(
            b"vnd.openxmlformats-officedocument.wordprocessingml.document", b"vnd.ms-word.document.macroEnabled")}),
         "whole Word document"),
        (with_parts(own_template(), {TYPES: lambda part: part.replace(b"image/jpeg", b"application/xml")}),
         "whole Word document"),
        (with_parts(own_template(), {"other/header.xml": f'<w:altChunk {nsdecls("w")}/>'.encode()}), "fetch"),
        (with_parts(own_template(), {"word/vbaProject.bin": b"x"}), "holds macros"),
        (with_parts(own_template(), {"word/embeddings/oleObject1.bin": b"x"}), "object of another program"),
        (with_parts(own_template(), {"word/afchunk.html": b"x"}), "object of another program"),
        (with_parts(own_template(), {"word/media/image9.png": b"\0" * (MAX_TEMPLATE + 1)}), "at most 10 MB"),
        (with_parts(own_template(), {"word/media/image9.png": b"\0" * 5_000_000}), "whole Word document"),
        (with_parts(own_template(), {"word/document.xml": lambda part: part.replace(
            b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document", 1)}), "whole Word document"),
        (with_parts(own_template(), {SETTINGS: relation("attachedTemplate", "file:///C:/a.dotm")}), "fetch"),
        (with_parts(own_template(), {SETTINGS: relation("attachedTemplate", "http://a/b.dotm", "")}), "fetch"),
        (with_parts(own_template(), {SETTINGS: relation("image", "\\\\host\\a.png", "")}), "fetch"),
        (with_parts(own_template(), {SETTINGS: relation("image", "http://a/b.png")}), "fetch"),
        (with_parts(own_template(), {SETTINGS: relation("hyperlink", "file:///etc/passwd")}), "fetch"),
        (own_template(change=with_xml(field("INCLUDETEXT C:\\a.docx"))), "fetch"),
        (own_template(change=with_xml(field("INCL", "UDEPICTURE http://a/b"))), "fetch"),
        (own_template(change=with_xml(field("PAGE" + "</w:instrText></w:r>" + field("DDEAUTO x")
                                            + "<w:r><w:instrText>"))), "fetch"),
        (own_template(change=with_xml('<w:fldSimple w:instr="LINK Excel.Sheet.8 a"/>')), "fetch"),
        (own_template(change=with_xml("<w:r><w:instrText>DDE x</w:instrText></w:r>")), "fetch"),
        (own_template(change=with_xml('<w:altChunk r:id="x"/>')), "fetch"),
        (own_template(change=with_xml('<w:r><w:pict><v:imagedata src="http://a/b.png"/></w:pict></w:r>')), "fetch"),
        (own_template(change=with_xml('<w:r><w:pict><v:imagedata o:href="file://a"/></w:pict></w:r>')), "fetch"),
        (template_of("No tag."), "once.*0 times"),
        (template_of(BODY, BODY), "once.*2 times"),
        (template_of(BODY, *LOOP), "once.*2 times"),
        (template_of(f"Here: {BODY}"), "stand alone"),
        (own_template(change=lambda document: setattr(document.add_table(1, 1).cell(0, 0), "text", BODY)),
         "stand alone"),
        (own_template(change=lambda document: setattr(document.sections[0].header.paragraphs[0], "text", BODY)),
         "stand alone"),
    ],
)  # fmt: skip
def test_what_runs_or_reaches_out_or_cannot_be_filled_is_refused_in_one_sentence(template: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        require_harmless_template(template)
    assert str(refused.value).count(".") == str(refused.value).count(".docx") + 1


@pytest.mark.parametrize(
    "line",
    [
        "{{ body }}",
        "{{p title }}",
        "{{ cycler }}",
        "{{ title.__class__ }}",
        "{{ title|upper }}",
        "{{ title() }}",
        "{{ 'a' * 999999999 }}",
        "{{ range(9) }}",
        "{% set a = 1 %}",
        "{% include 'a' %}",
        "{%p for a in range(100000) %}",
        "{%p for section in sections if title %}",
        "{%p for section in sections recursive %}",
        "{%tr for section in sections %}",
        "{% colspan title %}",
        "{% vm %}",
        "{# note #}",
    ],
)
def test_other_tags_are_refused_before_anything_is_filled(line: str) -> None:
    with pytest.raises(InputError, match="no other tags"):
        require_harmless_template(template_of(line, BODY))


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__ }}",
        "{{ title.__class__ }}",
        "{{ title|attr('x') }}",
        "{{ [1] }}",
        "{{ section.heading }}",
        "{% for section in sections %}{{ section.__class__ }}{% endfor %}",
        "{% for section in sections %}{% for section in sections %}{% endfor %}{% endfor %}",
        "{% for section in sections %}{% else %}x{% endfor %}",
        "{% for a in sections %}{% endfor %}",
        "{% if title == 'a' %}{% endif %}",
        "{% if title %}{% else %}x{% endif %}",
        "{% macro a() %}{% endmacro %}",
        "{% block a %}{% endblock %}",
        "{{ title",
    ],
)
def test_no_template_runs_anything_but_the_tags_of_papers(text: str) -> None:
    # Word may have split a tag so that only what fills it sees it whole.
    with pytest.raises(InputError, match="no other tags"):
        TagEnvironment().from_string(text)


def test_a_tag_split_between_paragraphs_is_refused_too() -> None:
    with pytest.raises(InputError, match="no other tags"):
        check_template(template_of("{{ title", ".__class__ }}", BODY))


def test_tags_in_a_templates_properties_are_not_filled() -> None:
    def change(document: WordDocument) -> None:
        document.core_properties.comments = "{{ cycler.__init__.__globals__ }}"

    made = word(whole_paper(), Look("Castle Trust", None, own_template(change=change)))
    assert DocxTemplate(io.BytesIO(made)).get_docx().core_properties.comments == ""


def test_a_refused_template_is_refused_when_a_paper_is_written_too() -> None:
    with pytest.raises(InputError, match="once"):
        word(whole_paper(), Look("Castle Trust", None, template_of("No tag.")))


def test_a_document_holds_no_part_that_only_the_templates_archive_had() -> None:
    template = with_parts(own_template(), {"word/stray.xml": b"<a/>"})
    with zipfile.ZipFile(io.BytesIO(word(whole_paper(), Look("", None, template)))) as archive:
        assert "word/stray.xml" not in archive.namelist()
