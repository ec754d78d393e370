"""What a reader of the tags of a PDF hears: its elements in the order of its structure, with their texts."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
PAINTS = SHOWS_TEXT | {"Do", "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}
INLINE = {"Strong", "Em", "Span", "Link"}  # part of what they stand in


@dataclass
class Element:
    """One element of the structure, with the text of what is in it, white space aside."""

    tag: str
    text: str = ""
    alt: str = ""


@dataclass
class Tagged:
    """The elements of a PDF that have a text or a picture, and what its pages paint outside of any mark."""

    elements: list[Element] = field(default_factory=list)
    unmarked: int = 0
    artifacts: str = ""

    def texts(self, *tags: str) -> list[str]:
        """List the texts of elements of these kinds, in order."""
        return [one.text for one in self.elements if one.tag in tags]


def solid(text: str) -> str:
    """Return a text without its white space, which lines that wrap change."""
    return "".join(text.split())


def tagged(data: bytes) -> Tagged:
    """Read a PDF by its tags."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        read = Tagged()
        marks: dict[tuple[tuple[int, int], int], str] = {}
        for page in pdf.pages:
            _read_page(page, marks, read)
        _walk(pdf.Root.StructTreeRoot.K, None, Element(""), marks, read)
    for one in read.elements:
        one.text = solid(one.text)
    read.elements = [one for one in read.elements if one.text or one.alt or one.tag == "Figure"]
    return read


def _walk(node: object, page: object, within: Element, marks: dict, read: Tagged) -> None:
    if isinstance(node, pikepdf.Array):
        for one in node:
            _walk(one, page, within, marks, read)
    elif isinstance(node, int):
        within.text += marks[page.objgen, node]
    elif "/MCID" in node:
        _walk(int(node.MCID), node.get("/Pg", page), within, marks, read)
    elif "/S" in node:
        tag = str(node.S)[1:]
        if tag not in INLINE:
            within = Element(tag, alt=str(node.get("/Alt", "")))
            read.elements.append(within)
        _walk(node.get("/K", pikepdf.Array()), node.get("/Pg", page), within, marks, read)
    elif "/K" in node:
        _walk(node.K, page, within, marks, read)


def _read_page(page: pikepdf.Page, marks: dict, read: Tagged) -> None:
    fonts = {name: _unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    font: dict[int, str] = {}
    within: list[int | str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            within.append(_mark(operands))
            if isinstance(within[-1], int):
                marks[page.objgen, within[-1]] = ""
        elif name == "EMC":
            within.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in PAINTS:
            outer = next((mark for mark in within if mark != ""), None)
            text = "".join(_shown(operands, font)) if name in SHOWS_TEXT else ""
            if outer is None:
                read.unmarked += 1
            elif outer == "Artifact":
                read.artifacts += text
            else:
                marks[page.objgen, outer] += text


def _mark(operands: list) -> int | str:
    """Return the number of a mark, "Artifact", or "" for a mark that says neither."""
    if len(operands) == 2 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
        return int(operands[1].MCID)
    return "Artifact" if operands[0] == "/Artifact" else ""


def _shown(operands: list, font: dict[int, str]) -> Iterator[str]:
    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _shown(list(operand), font)
        elif isinstance(operand, pikepdf.String):
            data = bytes(operand)
            yield from (font[int.from_bytes(data[at : at + 2], "big")] for at in range(0, len(data), 2))


def _unicode(font: pikepdf.Dictionary) -> dict[int, str]:
    """Return what each glyph of a font stands for."""
    told = font.ToUnicode.read_bytes().decode("latin-1")
    held: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", told, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block):
            held[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", told, re.S):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = ord(bytes.fromhex(text).decode("utf-16-be"))
            held |= {code: chr(start + at) for at, code in enumerate(range(int(first, 16), int(last, 16) + 1))}
    return held
