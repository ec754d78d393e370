"""Annotations of a workbook: comments, document properties, headers and footers, names, text boxes and the like.

They are gathered so that they can be screened; none is kept. No XML parser reads it: tags are taken off as text, so
that nothing in a part is ever resolved.
"""

import html
import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from data.formats.sheets import SAVED_BY, Annotation
from data.formats.workbook_parts import Parts

_TAG: Final = re.compile(r"<[^<>]*>")
_SPACE: Final = re.compile(r"\s+")
_PREFIX: Final = r"(?:[\w.-]{1,40}:)?"
Finder: TypeAlias = Callable[[str], Iterator[tuple[str, str]]]  # what an element states, and the text that it gives

# Every search below passes over a part once, however it is written: none looks beyond the next < for the end of a tag,
# or for the end of an element more than once.


def _element(*names: str) -> Finder:
    """Return a finder of elements of these names, with any prefix: what they hold."""
    either = "|".join(names)
    opening = re.compile(rf"<{_PREFIX}(?:{either})(?=[\s>])([^<>]*)(?<!/)>")
    closing = re.compile(rf"</{_PREFIX}(?:{either})\s*>")

    def find(text: str) -> Iterator[tuple[str, str]]:
        start = opening.search(text)
        while start and (end := closing.search(text, start.end())):
            yield start[1], text[start.end() : end.start()]
            start = opening.search(text, end.end())

    return find


def _stated(element: str, attribute: str) -> Finder:
    """Return a finder of what elements of this name state in one of their attributes."""
    return _pattern(rf"<{_PREFIX}{element}(?=\s)()[^<>]*?\s{attribute}=[\"']([^\"'<>]*)")


def _pattern(pattern: str) -> Finder:
    compiled = re.compile(pattern)
    return lambda text: ((found[1], found[2]) for found in compiled.finditer(text))


_PLACE: Final = re.compile(r"\bref=[\"']([A-Za-z]{1,3}\d{1,7})[\"']")
_PROPERTY: Final = "a property of the document"
_ANY_TEXT: Final = _pattern(r"()>([^<>]+)<")
# Moments of saving and the program's name name no person.
_PROPERTIES: Final = _pattern(
    r"<(?!dcterms:|meta:(?:gen|creation-d|print-d|edit|initial-c)|dc:date|dc:creator|cp:lastModifiedBy)[\w-]{1,40}:[\w-]{1,40}(?=[\s>])()[^<>]*>([^<>]+)<"
)
_ADDRESS: Final = _pattern(r"()(?:Target|xlink:href)=[\"']((?:https?|mailto|file|ftp):[^\"'<>]*)")
_FEET: Final = tuple(f"{which}{part}" for which in ("odd", "even", "first") for part in ("Header", "Footer"))

# Which parts hold texts (their names in lower case), what these are called, and how they stand there.
_RULES: Final = tuple(
    (re.compile(part), what, find)
    for part, what, find in (
        (r"^xl/.*comments?[^/]*\.xml$", "a comment", _element("comment", "author")),
        (r"^xl/threadedcomments/", "a comment", _element("threadedComment")),
        (r"^xl/persons/", "a comment's author", _stated("person", "displayName")),
        (r"^docprops/core\.xml$", _PROPERTY, _PROPERTIES),
        (r"^docprops/core\.xml$", SAVED_BY, _element("creator", "lastModifiedBy")),
        (r"^docprops/app\.xml$", _PROPERTY, _element("Company", "Manager", "HyperlinkBase")),
        (r"^docprops/custom\.xml$", _PROPERTY, _element("property")),
        (r"^docprops/custom\.xml$", _PROPERTY, _stated("property", "name")),
        (r"^customxml/item\d*\.xml$", "the document's own data", _ANY_TEXT),
        (r"^xl/(?:work|chart)sheets/[^/]*\.xml$", "a header or footer", _element(*_FEET)),
        (r"^xl/worksheets/[^/]*\.xml$", "a rule for cells", _element("formula1", "formula2", "formula")),
        (r"^xl/worksheets/[^/]*\.xml$", "a hint at a cell", _stated("dataValidation", "prompt")),
        (r"^xl/worksheets/[^/]*\.xml$", "a hint at a cell", _stated("dataValidation", "error")),
        (r"^xl/worksheets/[^/]*\.xml$", "a link", _stated("hyperlink", "tooltip")),
        (r"^xl/worksheets/[^/]*\.xml$", "a link", _stated("hyperlink", "display")),
        (r"^xl/workbook\.xml$", "a defined name", _element("definedName")),
        (r"^xl/workbook\.xml$", "a defined name", _stated("definedName", "name")),
        (r"^xl/workbook\.xml$", "a defined name", _stated("definedName", "comment")),
        (r"^xl/drawings/.*\.xml$", "a text box", _element("p")),
        (r"^xl/drawings/.*\.xml$", "a picture's description", _stated("cNvPr", "descr")),
        (r"\.vml$", "a text box", _element("textbox")),
        (r"^xl/charts/.*\.xml$", "a chart", _element("t", "v")),
        (r"^xl/pivotcache/.*\.xml$", "a pivot table", _stated("s", "v")),
        (r"_rels/[^/]*\.rels$", "a link", _ADDRESS),
        (r"^content\.xml$", "a comment", _element("annotation")),
        (r"^content\.xml$", "a text box", _element("text-box", "custom-shape")),
        (r"^content\.xml$", "a link", _ADDRESS),
        (r"^content\.xml$", "a hint at a cell", _element("help-message", "error-message")),
        (r"^content\.xml$", "a defined name", _stated("named-(?:range|expression)", "table:name")),
        (r"^meta\.xml$", _PROPERTY, _PROPERTIES),
        (r"^meta\.xml$", SAVED_BY, _element("creator", "initial-creator")),
        (r"^styles\.xml$", "a header or footer", _element("header", "footer", "header-left", "footer-left")),
        (r"^object [^/]*/content\.xml$", "a chart", _element("p")),
    )
)


def annotations_of(parts: Parts) -> list[Annotation]:
    """Return the texts of a workbook that stand in no cell, each once, in the order of its parts."""
    found: dict[Annotation, None] = {}
    for part, data in parts.items():
        fitting = [(what, find) for names, what, find in _RULES if names.search(part.lower())]
        if fitting:
            text = _without_cells(data).decode("utf-8", "replace")
            found.update(
                dict.fromkeys(annotation for what, find in fitting for annotation in _annotations(what, find, text))
            )
    return list(found)


def _without_cells(data: bytes) -> bytes:
    """Return a part without the cells of its sheet, which are read as cells and are most of it."""
    start, end = data.find(b"sheetData"), data.rfind(b"sheetData")
    return data if start == end else data[:start] + data[end:]


def _annotations(what: str, find: Finder, part: str) -> Iterator[Annotation]:
    for stated, held in find(part):
        text = _SPACE.sub(" ", html.unescape(_TAG.sub(" ", held))).strip()
        place = _PLACE.search(stated)
        if text:
            yield Annotation(f"{what} at {place[1]}" if place else what, text)
