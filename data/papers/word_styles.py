"""The styles and lists that a paper's Word document needs, put where an organisation's own template has none."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

PRODUCTS: Final = Path(__file__).with_name("templates") / "paper.docx"
HEADING: Final = "Heading 1"
CAPTION: Final = "Caption"
CONTENTS_HEADING: Final = "TOC Heading"
CONTENTS: Final = "toc 1"
SOURCE: Final = "Paper source"
SMALL: Final = "Paper small"
SPOKEN: Final = "Paper spoken"
CELL: Final = "Paper cell"
TABLE: Final = "Paper table"
STYLES: Final = (HEADING, CAPTION, CONTENTS_HEADING, CONTENTS, SOURCE, SMALL, SPOKEN, CELL, TABLE)
_LEVEL: Final = (
    '<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
)


def add_styles(document: WordDocument) -> None:
    """Copy from the product's template each style that the document lacks; those that it has stay as they are."""
    for name, of_product in _products_styles().items():
        if name not in document.styles:
            document.styles.element.append(_copied(of_product, document))


def _copied(of_product: Any, document: WordDocument) -> Any:
    """Return a style by an id that no Word gives, in the letters and colours of the document that it goes into."""
    style = deepcopy(of_product)
    style.set(qn("w:styleId"), f"Copied{style.get(qn('w:styleId'))}")
    for name in ("w:basedOn", "w:link", "w:next", "w:rPr/w:rFonts", "w:rPr/w:color"):
        for found in style.findall("/".join(qn(part) for part in name.split("/"))):
            found.getparent().remove(found)
    usual = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    if usual is not None and style.type == WD_STYLE_TYPE.PARAGRAPH:
        style.basedOn_val = usual.style_id
    return style


def speak_british(document: WordDocument) -> None:
    """State the language of whatever in the document states none of its own: British English."""
    element: Any = document.styles.element
    properties = element
    for name in ("w:docDefaults", "w:rPrDefault", "w:rPr"):
        found = properties.find(qn(name))
        if found is None:
            found = OxmlElement(name)
            properties.insert(0, found)
        properties = found
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-GB")


def add_lists(document: WordDocument) -> tuple[int, int]:
    """Add a bulleted and a numbered list to the document's lists; return their numbers."""
    numbering = _numbering(document)
    bullets = _add_list(numbering, "bullet", "•")
    return bullets, _add_list(numbering, "decimal", "%1.")


@cache
def _products_styles() -> dict[str, Any]:
    styles = Document(str(PRODUCTS)).styles
    return {name: styles[name].element for name in STYLES}


def _numbering(document: WordDocument) -> Any:
    part = document.part
    try:
        return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except KeyError:
        blob = f"<w:numbering {nsdecls('w')}/>".encode()
        name = PackURI("/word/paperNumbering.xml")
        made = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, blob, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return made.element


def _add_list(numbering: Any, kind: str, mark: str) -> int:
    abstracts = numbering.findall(qn("w:abstractNum"))
    used = [int(one.get(qn("w:abstractNumId"))) for one in abstracts]
    new = max(used, default=-1) + 1
    made = parse_xml(_LEVEL.format(ns=nsdecls("w"), id=new, kind=kind, mark=mark))
    if abstracts:
        abstracts[-1].addnext(made)
    else:
        numbering.insert(0, made)
    return int(numbering.add_num(new).numId)
