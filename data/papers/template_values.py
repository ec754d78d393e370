"""What the template of a PDF is filled with: a paper as plain values, its words in letters that the font has."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from statistics import fmean
from typing import Any, Final

from data.papers.letters import STAND_IN, legible
from data.papers.look import Look
from data.papers.plain_text import MINUTES_KEY, SPOKEN, described, long_day, paragraphs, printed_sections, with_sources
from geo.briefing.paper import Audience, Block, Paper, Picture, Section, Sentences, Table, Told, Words

Values = dict[str, Any]

_READ_ALOUD: Final = frozenset({Audience.STAFF, Audience.PUPILS})
_RUNNING: Final = 60  # characters of a title, and of whom it is for, at the foot of each page
_LIST_MARK: Final = "- "
_LINE: Final = 92  # letters of a table from margin to margin
_BETWEEN: Final = 2  # letters of room between two columns
_SHORT: Final = 24  # letters of a cell that should not wrap
_LONG: Final = 70


def template_values(paper: Paper, look: Look) -> Values:
    """Return a paper as ``templates/paper.typ`` reads it.

    Raises InputError for a picture without a sentence for those who do not see it.
    """
    title, for_whom = legible(paper.title), legible(paper.for_whom)
    sections = [_section(section) for section in printed_sections(paper)]
    period = legible(paper.period)
    return {
        "title": title,
        "place": legible(paper.place),
        "period_and_for_whom": f"{period} · {for_whom}" if period else for_whom,
        "watermark": _shortened(for_whom),
        "running": f"{_shortened(title)} · {_shortened(for_whom)}",
        "source": legible(paper.source),
        "made": f"Made on {long_day(paper.made_on)}",
        "organisation": legible(look.organisation),
        "logo": list(look.logo) if look.logo else None,
        "logo_alt": legible(look.organisation) or "Logo",
        "read_aloud": paper.audience in _READ_ALOUD,
        "spoken": SPOKEN,
        "body": [section for section in sections if section["part"] == "body"],
        "minutes": [section for section in sections if section["part"] == "minutes"],
        "appendix": [section for section in sections if section["part"] == "appendix"],
        "lacking": _lacking(paper, look),
    }


def _section(section: Section) -> Values:
    part = "appendix" if section.appendix else "minutes" if section.key == MINUTES_KEY else "body"
    blocks = [laid for _, alike in groupby(section.blocks, key=type) for laid in _alike(list(alike), part)]
    return {"part": part, "heading": legible(section.heading), "blocks": blocks}


def _alike(blocks: list[Block], part: str) -> Iterator[Values]:
    """Return blocks of one kind; pictures in a row are laid out together."""
    if isinstance(blocks[0], Picture):
        yield {"kind": "pictures", "pictures": [_picture(block) for block in blocks if isinstance(block, Picture)]}
        return
    for block in blocks:
        match block:
            case Words():
                yield {"kind": "words", "spoken": block.spoken, "parts": _parts(legible(block.text))}
            case Sentences() if part == "minutes":
                # Each is copied alone, so each has its own source.
                yield {"kind": "minutes", "told": [_told(told, told.source) for told in block.told]}
            case Sentences():
                yield {"kind": "told", "told": [_told(told, source) for told, source in with_sources(block.told)]}
            case Table():
                yield _table(block)


def _picture(picture: Picture) -> Values:
    return {
        "title": legible(picture.title),
        "alt": legible(described(picture)),
        "source": legible(picture.source),
        "svg": legible(picture.svg),  # names of places on a map are set in the same letters
    }


def _told(told: Told, source: str) -> Values:
    return {
        "sentence": legible(told.sentence),
        "certainty": legible(told.certainty),
        "source": legible(source),
    }


def _table(table: Table) -> Values:
    heads = [legible(column.head) for column in table.columns]
    rows = [[legible(cell) for cell in row] for row in table.rows]
    held = [[head, *cells] for head, *cells in zip(heads, *rows, strict=True)]
    shares = _shares(held, [column.figures for column in table.columns])
    return {
        "kind": "table",
        "title": legible(table.caption),
        "source": legible(table.source),
        "columns": [
            {"head": head, "figures": column.figures, "share": share}
            for head, column, share in zip(heads, table.columns, shares, strict=True)
        ],
        "rows": rows,
    }


def _shares(held: list[list[str]], figures: list[bool]) -> list[float | None]:
    """Return the share of a line that each column gets; None for as much as it needs.

    Figures stand whole, and words share what is left by how long they usually are, where not all fits in a line.
    """
    needed = [max(map(len, texts)) + _BETWEEN for texts in held]
    for_figures = sum(need for need, is_figures in zip(needed, figures, strict=True) if is_figures)
    if sum(needed) <= _LINE or for_figures > _LINE / 2:
        return [None] * len(held)
    return [None if is_figures else _usual(texts) for texts, is_figures in zip(held, figures, strict=True)]


def _usual(texts: list[str]) -> float:
    """Return the letters that a column of words asks for: all of a short one, and of a long one as many as usual."""
    lengths = [len(text) for text in texts]
    return min(max(lengths), max(_SHORT, min(fmean(lengths), _LONG))) + _BETWEEN


def _parts(text: str) -> list[Values]:
    """Return words as paragraphs and lists: lines with a hyphen make a list."""
    return [
        {"listed": listed, "lines": lines, "right_to_left": _is_right_to_left("".join(lines))}
        for paragraph in paragraphs(text)
        for listed, lines in _runs(paragraph.split("\n"))
    ]


def _runs(lines: Iterable[str]) -> Iterator[tuple[bool, list[str]]]:
    for listed, run in groupby(lines, key=lambda line: line.startswith(_LIST_MARK)):
        yield listed, [line.removeprefix(_LIST_MARK) if listed else line for line in run]


def _is_right_to_left(text: str) -> bool:
    """Say whether the first letter is of a script that runs from the right."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((way != "L" for way in strong if way in {"L", "R", "AL"}), False)


def _shortened(text: str) -> str:
    return text if len(text) <= _RUNNING else f"{text[: _RUNNING - 1]}…"


def _lacking(paper: Paper, look: Look) -> str:
    """Say what a □ stands for, where one stands that nobody wrote."""
    texts = [look.organisation, *_texts(asdict(paper))]
    if any(STAND_IN in legible(text) and STAND_IN not in text for text in texts):
        return f"Each {STAND_IN} stands for a character that the letters of this paper lack."
    return ""


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _texts(one)
        case tuple():
            for one in value:
                yield from _texts(one)
