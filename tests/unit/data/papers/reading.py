"""What a paper says from its first heading to its end, and what its Word document or its web page says: one text."""

import io
import re
from collections.abc import Iterator

from docx import Document
from docx.table import Table as WordTable
from lxml import html

from geo.briefing.paper import Block, Paper, Picture, Section, Sentences, Table, Told, Words

_CONTENTS = ("TOC Heading", "toc 1")


def flat(text: str) -> str:
    """Return a text as every form shows it: with one space where it has any, and a sign for what none may hold."""
    shown = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]", "□", text)
    return " ".join(shown.split())


def said(paper: Paper) -> str:
    """Return what the sections and the minutes of a paper say, in the order of its forms."""
    texts = [text for section in paper.sections if not section.appendix for text in _section(section)]
    if paper.minutes:
        texts.append("Sentences for the minutes")
        texts += [text for one in paper.minutes for text in _told(one)]
    texts += [text for section in paper.sections if section.appendix for text in _section(section)]
    return flat(" ".join(map(flat, texts)))


def word_says(data: bytes) -> str:
    """Return what a Word document says below its head, which ends with the source of the paper."""
    document = Document(io.BytesIO(data))
    texts, headed = [], False
    for part in document.iter_inner_content():
        name = part.style.name if part.style is not None else ""
        if isinstance(part, WordTable):
            texts += [cell.text for row in part.rows for cell in row.cells]
        elif headed and name not in _CONTENTS:
            texts += [*part._p.xpath(".//wp:docPr/@descr"), part.text]
        headed = headed or name == "Paper source"
    return flat(" ".join(map(flat, texts)))


def page_says(data: bytes) -> str:
    """Return what a web page says below its head and its contents."""
    main = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8")).find(".//main")
    for picture in main.iter("img"):
        picture.text = picture.get("alt")
    return flat(" ".join(map(flat, main.itertext())))


def _section(section: Section) -> Iterator[str]:
    texts = [text for block in section.blocks for text in _block(block)]
    if texts:
        yield section.heading
        yield from texts


def _block(block: Block) -> list[str]:
    match block:
        case Words():
            label = ["Say"] if block.spoken else []
            return [*label, block.text] if block.text.strip() else []
        case Sentences():
            return [text for place in range(len(block.told)) for text in _told(_shown(block.told, place))]
        case Table():
            heads = [column.head for column in block.columns]
            return [block.caption, *heads, *(cell for row in block.rows for cell in row), block.source]
        case Picture():
            return [block.title, block.alt, block.source]


def _told(one: Told) -> list[str]:
    return [one.sentence, one.certainty, one.source]


def _shown(told: tuple[Told, ...], place: int) -> Told:
    """Return a sentence as a list shows it: without its source where the next has the same."""
    one = told[place]
    repeated = place + 1 < len(told) and told[place + 1].source == one.source
    return Told(one.sentence, one.certainty, "" if repeated else one.source)
