"""Templates of papers as Word documents: what an organisation's own may hold, and how its tags are filled.

A template comes from outside. It is looked through before any library reads it, it may hold no tag but those of
``TAGS``, and it is filled in the sandbox (``data.sandbox``).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from data.formats.sources import MB
from data.formats.workbook_parts import ZIP_ERRORS, Parts, open_small_parts
from geo.errors import InputError

MAX_TEMPLATE: Final = 10 * MB  # unpacked
TAGS: Final = {
    "title": "{{ title }}",
    "place": "{{ place }}",
    "period": "{{ period }}",
    "organisation": "{{ organisation }}",
    "for_whom": "{{ for_whom }}",
    "made_on": "{{ made_on }}",
    "source": "{{ source }}",
    "logo": "{{ logo }}",
    "body": "{{p body }}",
    "sections": "{%p for section in sections %}",
    "section.heading": "{{ section.heading }}",
    "section.body": "{{p section.body }}",
}
_WHOLE: Final = ("body", "section.body")  # each writes paragraphs of its own, in the place of the one that it stands in
_KINDS: Final = ("xml", "rels", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "odttf")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIELDS: Final = frozenset(
    (
        "AUTHOR", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME", "HYPERLINK", "NUMPAGES", "PAGE", "PAGEREF",
        "PRINTDATE", "REF", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT", "TIME", "TITLE", "TOC",
    )
)  # fmt: skip
_REACHES_OUT: Final = frozenset(
    f"{_W}{name}" for name in ("altChunk", "attachedTemplate", "control", "frame", "mailMerge", "object", "subDoc")
)
_MACROS: Final = re.compile(r"vbaproject|vbadata|activex|macrosheets", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_DRAWN: Final = "{urn:schemas-microsoft-com:vml}"
_TAG: Final = re.compile(r"\{[{%#].*?[#%}]\}")
_BODY_TAG: Final = re.compile(r"\{\{p\s+(?:section\.)?body\s*\}\}")
_RUN_TAG: Final = re.compile(r"\{\{\s*(?:" + "|".join(name for name in TAGS if name not in _WHOLE) + r")\s*\}\}")
_LOOP_TAG: Final = re.compile(r"\{%p\s+(?:for\s+section\s+in\s+sections|endfor|if\s+\w+|endif)\s*%\}")


class TagEnvironment(SandboxedEnvironment):
    """Jinja for templates of papers: values are escaped, and no other tag than those of ``TAGS`` is run."""

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self.filters = {}
        self.tests = {}
        self.globals = {}
        self.found: set[str] = set()

    def from_string(self, source: Any, *given: Any, **named: Any) -> Any:
        """Make a template of a text. Raises InputError for a tag that papers do not have."""
        try:
            self._require_known(self.parse(source))
        except TemplateError as fault:
            raise _unknown_tag() from fault
        return super().from_string(source, *given, **named)

    def _require_known(self, node: nodes.Node, *, inside: bool = False) -> None:
        match node:
            case nodes.Template() | nodes.Output() | nodes.TemplateData():
                pass
            case nodes.For(target=nodes.Name(name="section"), iter=nodes.Name(name="sections"), else_=[], test=None):
                if inside or node.recursive:
                    raise _unknown_tag()
                inside = True
            case nodes.If(test=nodes.Name(), elif_=[], else_=[]):
                pass
            case nodes.Name(name=name) if name in TAGS or (name == "section" and inside):
                self.found.add(name)
            case nodes.Getattr(node=nodes.Name(name="section"), attr="heading" | "body" as attr) if inside:
                self.found.add(f"section.{attr}")
            case _:
                raise _unknown_tag()
        for child in node.iter_child_nodes():
            self._require_known(child, inside=inside)


def require_harmless_template(data: bytes) -> None:
    """Look through an organisation's template.

    Raises InputError where it is no Word document (.docx), unpacks to more than ``MAX_TEMPLATE`` bytes, holds macros
    or other programs, takes in anything from elsewhere, or has tags where they cannot be filled.
    """
    parts = _parts(data)
    for name, part in parts.items():
        if name.lower().endswith(".rels"):
            _require_own(_tree(part))
        else:
            _require_quiet(_tree(part))
    _require_tags(parts)


def tags_of(template: DocxTemplate, context: dict[str, Any]) -> list[str]:
    """Fill a template, and list the tags that it has in the order of ``TAGS``.

    Raises InputError where it has tags that papers do not have.
    """
    environment = TagEnvironment()
    # docxtpl fills tags in properties too; a paper has its own.
    properties = template.get_docx().core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        setattr(properties, name, "")
    template.render(context, environment)
    return [name for name in TAGS if name in environment.found]


def opened(data: bytes) -> DocxTemplate:
    """Open a template. Raises InputError where it is no Word document."""
    try:
        Document(io.BytesIO(data))
    except (KeyError, ValueError, etree.XMLSyntaxError) as fault:
        raise _not_word() from fault
    template = DocxTemplate(io.BytesIO(data))
    template.init_docx()
    return template


def _parts(data: bytes) -> Parts:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS:
        raise _not_word() from None
    with archive:
        names = [info.filename.lower() for info in archive.infolist() if not info.is_dir()]
        if any(_MACROS.search(name) for name in names):
            raise _holds("macros", "save it as a Word document without macros (.docx)")
        foreign = sorted({name.rsplit(".", 1)[-1] for name in names} - set(_KINDS))
        if foreign:
            raise _holds("an object of another program", "take it out, or put it in as a picture (PNG)")
        if sum(info.file_size for info in archive.infolist()) > MAX_TEMPLATE:
            raise InputError(
                f"A Word template must unpack to at most {MAX_TEMPLATE // MB} MB, and this one would unpack to more; "
                "make its pictures smaller."
            )
        try:
            parts = open_small_parts("template", archive, MAX_TEMPLATE)
        except InputError as fault:
            raise _not_word() from fault
    _require_types(_tree(parts.get("[Content_Types].xml", b"")))
    return parts


def _require_types(types: Any) -> None:
    """Refuse what is no document, and XML by another name, which would be looked for nowhere."""
    named = {one.get("PartName") or f".{one.get('Extension')}": one.get("ContentType", "") for one in types}
    disguised = [name for name, kind in named.items() if "xml" in kind and not name.lower().endswith((".xml", ".rels"))]
    if disguised or not any(kind.endswith("wordprocessingml.document.main+xml") for kind in named.values()):
        raise _not_word()


def _tree(part: bytes) -> Any:
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise _not_word() from None


def _require_own(relations: Any) -> None:
    """Refuse what a part takes in from elsewhere; a link that a reader may follow is none of that."""
    for one in relations.iter("{*}Relationship"):
        target, kind = one.get("Target", ""), one.get("Type", "")
        outside = one.get("TargetMode", "").lower() == "external" or "://" in target or target.startswith("\\\\")
        if outside and not (kind == RELATIONSHIP_TYPE.HYPERLINK and _LINK.match(target)):
            raise _reaches_out()


def _require_quiet(part: Any) -> None:
    """Refuse fields and elements that take something in when the document is opened."""
    for element in part.iter(etree.Element):
        if element.tag in _REACHES_OUT:
            raise _reaches_out()
        if element.tag.startswith(_DRAWN):
            for given in ("src", "href", "althref"):
                if any(etree.QName(key).localname == given for key in element.attrib):
                    raise _reaches_out()
    for instruction in _instructions(part):
        words = instruction.split()
        if not words or words[0].upper() not in _FIELDS:
            raise _reaches_out()


def _instructions(part: Any) -> Iterator[str]:
    """Yield what the fields of a part say; a field within another, and one without an end, count as any."""
    open_fields: list[str] = []
    for element in part.iter(f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText"):
        kind = element.get(f"{_W}fldCharType")
        if element.tag == f"{_W}fldSimple":
            yield element.get(f"{_W}instr", "")
        elif element.tag == f"{_W}instrText":
            if not open_fields:
                open_fields.append("")
            open_fields[-1] += element.text or ""
        elif kind == "begin":
            open_fields.append("")
        elif kind == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields


def _require_tags(parts: Parts) -> None:
    """Refuse tags where they cannot be filled, and a template that leaves out what a paper says."""
    bodies = 0
    for name, part in parts.items():
        if name.lower().endswith(".rels"):
            continue
        for paragraph in _tree(part).iter(f"{_W}p"):
            text = "".join(one.text or "" for one in paragraph.iter(f"{_W}t"))
            tags = _TAG.findall(text)
            whole = [tag for tag in tags if _BODY_TAG.fullmatch(tag)]
            alone = whole or [tag for tag in tags if _LOOP_TAG.fullmatch(tag)]
            if alone and (text.strip() != alone[0] or (whole and paragraph.getparent().tag != f"{_W}body")):
                raise InputError(
                    f"{alone[0]} must stand alone in a paragraph of the text of a Word template, and it stands with "
                    "others, or in a table, head or foot; give it a paragraph of its own."
                )
            if any(not (tag in alone or _RUN_TAG.fullmatch(tag)) for tag in tags):
                raise _unknown_tag()
            bodies += len(whole)
    if bodies != 1:
        raise InputError(
            f"A Word template must have the tag {TAGS['body']} once, where the sections of the paper go, and this one "
            f"has it {bodies} times; add it in a paragraph of its own, or take the others out."
        )


def _not_word() -> InputError:
    return InputError(
        "A template must be a whole Word document (.docx) without a password, and this file is not; open it in Word "
        "and save it as .docx."
    )


def _unknown_tag() -> InputError:
    return InputError(
        f"A Word template must have no other tags than {', '.join(TAGS.values())}, and this one has others; take them "
        "out or correct them."
    )


def _holds(what: str, remedy: str) -> InputError:
    return InputError(f"A Word template must hold text and pictures only, and this one holds {what}; {remedy}.")


def _reaches_out() -> InputError:
    return _holds(
        "something that Word would fetch from elsewhere or run (a linked picture, file or template, or such a field)",
        "put it into the document itself, or take it out",
    )
