"""What the template of a PDF is filled with: a paper as plain values, its words in letters that the font has."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any, Final

from data.papers.letters import STAND_IN, legible
from data.papers.look import Look
from geo.briefing.paper import Audience, Block, Paper, Picture, Section, Sentences, Table, Told, Words
from geo.errors import InputError

Values = dict[str, Any]

_READ_ALOUD: Final = frozenset({Audience.STAFF, Audience.PUPILS})
_RUNNING: Final = 60  # characters of a title, and of whom it is for, at the foot of each page
_LIST_MARK: Final = "- "


def template_values(paper: Paper, look: Look) -> Values:
    """Return a paper as ``templates/paper.typ`` reads it.

    Raises InputError for a picture without a sentence for those who do not see it.
    """
    title, for_whom = legible(paper.title), legible(paper.for_whom)
    made = date.fromisoformat(paper.made_on)
    return {
        "title": title,
        "place": legible(paper.place),
        "period": legible(paper.period),
        "for_whom": for_whom,
        "watermark": _shortened(for_whom),
        "running": f"{_shortened(title)} · {_shortened(for_whom)}",
        "source": legible(paper.source),
        "made": f"Made on {made.day} {made:%B %Y}",
        "organisation": legible(look.organisation),
        "logo": list(look.logo) if look.logo else None,
        "logo_alt": legible(look.organisation) or "Logo",
        "read_aloud": paper.audience in _READ_ALOUD,
        "body": _sections(section for section in paper.sections if not section.appendix),
        "minutes": [_told(told) for told in paper.minutes],
        "appendix": _sections(section for section in paper.sections if section.appendix),
        "lacking": _lacking(paper, look),
    }


def _sections(sections: Iterable[Section]) -> list[Values]:
    """Return sections that say something; a heading with nothing below it says nothing."""
    laid = [{"heading": legible(section.heading), "blocks": _blocks(section)} for section in sections]
    return [section for section in laid if section["blocks"]]


def _blocks(section: Section) -> list[Values]:
    blocks: list[Values] = []
    for is_picture, group in groupby(section.blocks, key=lambda block: isinstance(block, Picture)):
        if is_picture:
            blocks += _pictures([block for block in group if isinstance(block, Picture)], section.appendix)
        else:
            blocks += [laid for block in group for laid in _block(block)]
    return blocks


def _pictures(pictures: Sequence[Picture], appendix: bool) -> list[Values]:
    """Return pictures two by two in the body, where room is scarce, and one by one in an appendix."""
    abreast = 1 if appendix else 2
    laid = [_picture(picture) for picture in pictures]
    return [
        {"kind": "pictures", "pictures": laid[first : first + abreast], "appendix": appendix}
        for first in range(0, len(laid), abreast)
    ]


def _picture(picture: Picture) -> Values:
    if not picture.alt.strip():
        raise InputError(
            "Each picture of a paper must have a sentence for those who do not see it, and one has none; write it or "
            "leave the picture out."
        )
    return {
        "title": legible(picture.title),
        "alt": legible(picture.alt),
        "source": legible(picture.source),
        "svg": legible(picture.svg),  # names of places on a map are set in the same letters
    }


def _block(block: Block) -> list[Values]:
    match block:
        case Words():
            parts = _parts(legible(block.text))
            return [{"kind": "words", "spoken": block.spoken, "parts": parts}] if parts else []
        case Sentences():
            # A source stands once below the sentences that share it.
            runs = groupby((_told(told) for told in block.told), key=lambda told: told["source"])
            return [{"kind": "told", "source": source, "told": list(told)} for source, told in runs]
        case Table():
            return [_table(block)]
        case _:
            raise TypeError("A block must be words, sentences or a table.")


def _told(told: Told) -> Values:
    return {
        "sentence": legible(told.sentence),
        "certainty": legible(told.certainty),
        "source": legible(told.source),
    }


def _table(table: Table) -> Values:
    return {
        "kind": "table",
        "title": legible(table.caption),
        "source": legible(table.source),
        "columns": [{"head": legible(column.head), "figures": column.figures} for column in table.columns],
        "rows": [[legible(cell) for cell in row] for row in table.rows],
    }


def _parts(text: str) -> list[Values]:
    """Return words as paragraphs and lists: a blank line ends a paragraph, and lines with a hyphen make a list."""
    kinds = groupby(text.split("\n"), key=lambda line: (not line.strip(), line.startswith(_LIST_MARK)))
    parts = []
    for (blank, listed), group in kinds:
        if blank:
            continue
        lines = [line.removeprefix(_LIST_MARK) if listed else line for line in group]
        parts.append({"listed": listed, "lines": lines, "right_to_left": _is_right_to_left("".join(lines))})
    return parts


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
