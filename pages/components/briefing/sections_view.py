"""Sections of a paper on the page: their sentences, tables and pictures as they will stand, written as HTML."""

import base64
from html import escape

from geo.briefing.paper import Block, Paper, Picture, Section, Sentences, Table, Told, Words
from pages.components.frame import html_tables
from pages.components.frame.html_tables import Column, MarkedText


def heading(section: Section) -> str:
    """Write the heading of a section (HTML)."""
    where = ' <span class="lc-quiet">appendix</span>' if section.appendix else ""
    return f'<div class="lc-block"><h3>{escape(section.heading)}{where}</h3></div>'


def whole(paper: Paper) -> str:
    """Write a paper as it was made (HTML), to be read on the page."""
    return "".join(heading(one) + "".join(map(block_html, one.blocks)) for one in paper.sections)


def block_html(block: Block) -> str:
    """Write a block as it will stand (HTML)."""
    match block:
        case Words():
            return _paragraphs(block.text)
        case Sentences():
            return "".join(map(_told, block.told))
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in text.split("\n\n"))
    return "".join(f'<p class="lc-said">{escape(part)}</p>' for part in parts if part)


def _told(told: Told) -> str:
    if not told.sentence:
        return ""
    certainty = f" <strong>{escape(told.certainty)}</strong>" if told.certainty else ""
    source = f' <span class="lc-quiet">{escape(told.source)}</span>' if told.source else ""
    return f'<p class="lc-said">{escape(told.sentence)}{certainty}{source}</p>'


def _table(table: Table) -> str:
    columns = [Column(str(at), column.head, 0 if column.figures else None) for at, column in enumerate(table.columns)]
    rows = [{str(at): MarkedText(cell, escape(cell)) for at, cell in enumerate(row)} for row in table.rows]
    source = f'<p class="lc-quiet">{escape(table.source)}</p>' if table.source else ""
    return html_tables.html_table(table.caption, columns, rows, search=False) + source


def _picture(picture: Picture) -> str:
    drawn = base64.b64encode(picture.svg.encode()).decode()
    return (
        f'<figure class="lc-pictured"><figcaption>{escape(picture.title)}</figcaption>'
        f'<img src="data:image/svg+xml;base64,{drawn}" alt="{escape(picture.alt)}">'
        f'<p class="lc-quiet">{escape(picture.source)}</p></figure>'
    )
