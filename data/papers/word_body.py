"""The sections of a paper as Word paragraphs, tables and pictures."""

import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.image import Image
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt
from docx.text.paragraph import Paragraph

from data.papers import word_styles as styles
from data.papers.plain_text import MINUTES_KEY, SPOKEN, described, legal, paragraphs, with_sources
from geo.briefing.paper import Block, Picture, Section, Sentences, Table, Told, Words

_EMU_PER_PIXEL: Final = 914_400 // 200  # pictures have 200 dots to the inch
_HIGH: Final = Cm(6)  # of a picture in the body, where room is scarce
_HIGH_IN_APPENDIX: Final = Cm(13)
_FIRST_BOOKMARK: Final = 9_000  # above those of an organisation's template
_LETTER: Final = Pt(4.6)  # about as wide as one of a table is
_BESIDE: Final = 2  # letters of room beside a text
_RTL: Final = ("R", "AL")


@dataclass(frozen=True)
class WordBody:
    """Writes sections into parts of one document.

    ``pictures`` are PNGs by their SVG, ``width`` is that of a line, and ``bullets`` and ``numbers`` are the document's
    lists.
    """

    pictures: Mapping[str, bytes]
    width: int
    bullets: int
    numbers: int

    def contents(self, into: WordDocument, sections: Sequence[Section]) -> None:
        """Write the contents in one paragraph, which a paper of two pages has room for; entries lead to their headings.

        It is a table of contents all the same: Word can make it again, then line by line.
        """
        into.add_paragraph("Contents", styles.CONTENTS_HEADING)
        line = into.add_paragraph(style=styles.CONTENTS)
        _field_mark(line, "begin")
        _instruct(line, ' TOC \\o "1-1" \\n \\h \\z \\u ')
        _field_mark(line, "separate")
        for place, section in enumerate(sections):
            if place:
                line.add_run(" · ")
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _bookmark(place))
            link.set(qn("w:history"), "1")
            _say(line, section.heading)
            link.append(line._p.r_lst[-1])
            line._p.append(link)
        _field_mark(line, "end")

    def heading(self, into: WordDocument, section: Section, place: int, *, new_page: bool) -> None:
        """Write the heading of a section, marked as the place that its entry in the contents leads to."""
        heading = into.add_paragraph(style=styles.HEADING)
        heading.paragraph_format.page_break_before = new_page or None
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(kind)
            mark.set(qn("w:id"), str(_FIRST_BOOKMARK + place))
            if kind == "w:bookmarkStart":
                mark.set(qn("w:name"), _bookmark(place))
            heading._p.append(mark)
            if kind == "w:bookmarkStart":
                _say(heading, section.heading)

    def blocks(self, into: WordDocument, section: Section) -> None:
        """Write what a section says below its heading."""
        for block in section.blocks:
            if isinstance(block, Sentences) and section.key == MINUTES_KEY:
                for one in block.told:
                    self._sentence(into, one, one.source, self.numbers)
            else:
                self._block(into, block, _HIGH_IN_APPENDIX if section.appendix else _HIGH)

    def _block(self, into: WordDocument, block: Block, high: int) -> None:
        match block:
            case Words():
                self._words(into, block)
            case Sentences():
                for one, source in with_sources(block.told):
                    self._sentence(into, one, source, self.bullets if len(block.told) > 1 else None)
            case Table():
                self._table(into, block)
            case Picture():
                self._picture(into, block, high)

    def _words(self, into: WordDocument, words: Words) -> None:
        texts = paragraphs(words.text)
        if words.spoken and texts:
            label = into.add_paragraph(style=styles.SPOKEN)
            label.paragraph_format.keep_with_next = True
            _say(label, SPOKEN, bold=True)
        for text in texts:
            _say(into.add_paragraph(style=styles.SPOKEN if words.spoken else None), text)

    def _sentence(self, into: WordDocument, told: Told, source: str, listed: int | None) -> None:
        line = into.add_paragraph()
        if listed is not None:
            properties = line._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = listed
        _say(line, told.sentence)
        if told.certainty:
            line.add_run(" ")
            _say(line, told.certainty, bold=True)
        if source:
            line.add_run().add_break()
            _say(line, source, small=True)

    def _table(self, into: WordDocument, table: Table) -> None:
        _caption(into, table.caption)
        made = into.add_table(1 + len(table.rows), len(table.columns), styles.TABLE)
        made.autofit = False
        _name_table(made, table.caption)
        widths = _widths(table, self.width)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        heads = [column.head for column in table.columns]
        for place, (row, texts) in enumerate(zip(made.rows, [heads, *table.rows], strict=True)):
            _keep_whole(row, repeated=place == 0)
            for cell, text, column, width in zip(row.cells, texts, table.columns, widths, strict=True):
                cell.width = width
                line = cell.paragraphs[0]
                line.style = styles.CELL
                if column.figures:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                _say(line, text)
        _source(into, table.source)

    def _picture(self, into: WordDocument, picture: Picture, high: int) -> None:
        _caption(into, picture.title)
        png = self.pictures[picture.svg]
        line = into.add_paragraph()
        line.paragraph_format.keep_with_next = bool(picture.source)
        shape = line.add_run().add_picture(io.BytesIO(png), *_size(png, self.width, high))
        describe(shape._inline, picture.title, described(picture))
        _source(into, picture.source)


def describe(inline: Any, name: str, words: str) -> None:
    """Set a picture’s name and the words for those who do not see it, and let it begin where its line begins."""
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("name", legal(name))
    inline.docPr.set("descr", legal(words))


def _bookmark(place: int) -> str:
    return f"_Toc{_FIRST_BOOKMARK + place}"


def _say(line: Paragraph, text: str, *, bold: bool = False, small: bool = False) -> None:
    """Add a text as it is: a line break for a line end, and right to left where it begins so.

    What a line begins with says which way the line runs.
    """
    begins = not line.text
    run = line.add_run(legal(text))
    run.bold = bold or None
    if small:
        run.style = styles.SMALL
    if _runs_left(text):
        run.font.rtl = True
        if begins:
            line._p.get_or_add_pPr().insert_element_before(
                OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
                "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:outlineLvl",
                "w:rPr", "w:sectPr",
            )  # fmt: skip


def _runs_left(text: str) -> bool:
    """Return whether the first letter that has a direction is written from right to left."""
    return next((kind in _RTL for kind in map(unicodedata.bidirectional, text) if kind in ("L", *_RTL)), False)


def _caption(into: WordDocument, text: str) -> None:
    line = into.add_paragraph(style=styles.CAPTION)
    line.paragraph_format.keep_with_next = True
    _say(line, text)


def _source(into: WordDocument, text: str) -> None:
    if text:
        _say(into.add_paragraph(style=styles.SOURCE), text)


def _field_mark(line: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(mark)


def _instruct(line: Paragraph, instruction: str) -> None:
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = instruction
    line.add_run()._r.append(text)


def _name_table(made: Any, caption: str) -> None:
    """Set a table’s name for those who do not see it, and say that its first row and column are heads."""
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for head, on in (("firstRow", "1"), ("firstColumn", "1"), ("lastRow", "0"), ("lastColumn", "0"),
                     ("noHBand", "1"), ("noVBand", "1")):  # fmt: skip
        look.set(qn(f"w:{head}"), on)
    look.set(qn("w:val"), "06A0")
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), legal(caption))
    properties.append(name)


def _keep_whole(row: Any, *, repeated: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        properties.append(OxmlElement("w:tblHeader"))


def _widths(table: Table, line: int) -> list[Length]:
    """Share a line among columns: each has room for its longest word, and long texts get more of what is left.

    No column gets more than its longest text takes on one line, unless all have that.
    """
    columns = list(zip(*([column.head for column in table.columns], *table.rows), strict=True))
    room = line / _LETTER
    widths = [min(_longest(" ".join(texts).split()) + _BESIDE, room / len(columns)) for texts in columns]
    wanted = {place: _longest(texts) + _BESIDE - widths[place] for place, texts in enumerate(columns)}
    shares = {place: sqrt(_longest(texts) + 1) for place, texts in enumerate(columns)}
    spare = room - sum(widths)
    for place in sorted(shares, key=lambda place: wanted[place] / shares[place]):
        given = max(0, min(wanted[place], spare * shares[place] / sum(shares.values())))
        widths[place], spare = widths[place] + given, spare - given
        del shares[place]
    return [Emu(int(line * width / sum(widths))) for width in widths]


def _longest(texts: Sequence[str]) -> int:
    return max(map(len, texts), default=0)


def _size(png: bytes, wide: int, high: int) -> tuple[Length, Length]:
    """Return how large a picture is shown: as it was drawn, but no wider and no higher than there is room."""
    image = Image.from_blob(png)
    width, height = image.px_width * _EMU_PER_PIXEL, image.px_height * _EMU_PER_PIXEL
    share = min(1, wide / width, high / height)
    return Emu(round(width * share)), Emu(round(height * share))
