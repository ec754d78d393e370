"""Paper: what a briefing says, block by block, whatever it is written as.

Figures stand in sentences, tables and pictures, which nobody edits; words are people's own. All of it is plain text:
nothing in it is markup, whatever it looks like.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Audience(StrEnum):
    """Whom a paper is for."""

    BOARD = "board"
    GOVERNORS = "governors"
    STAFF = "staff"
    PARTNERS = "partners"
    PUPILS = "pupils"


@dataclass(frozen=True)
class Words:
    """Words that people may edit: paragraphs, with a blank line between them.

    ``key`` is theirs within the paper, ``asked`` says to who edits them what belongs there, and ``spoken`` marks what
    a speaker says aloud.
    """

    key: str
    text: str
    asked: str
    spoken: bool = False


@dataclass(frozen=True)
class Told:
    """A sentence with its figures, how certain it is ("Unlikely to be chance."; "" where that does not arise), and
    where its figures are from: source and period."""

    sentence: str
    certainty: str = ""
    source: str = ""


@dataclass(frozen=True)
class Sentences:
    """Sentences with their figures, one below the other."""

    told: tuple[Told, ...]


@dataclass(frozen=True)
class PaperColumn:
    """A column of a table: its head, and whether it holds figures, which stand at the right."""

    head: str
    figures: bool = False


@dataclass(frozen=True)
class Table:
    """A table as it is read: every cell in words. The first cell of each row names it."""

    caption: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart or a map, drawn (SVG), with its title, the sentence for those who do not see it, and its source."""

    title: str
    alt: str
    svg: str
    source: str


Block = Words | Sentences | Table | Picture


@dataclass(frozen=True)
class Section:
    """Blocks below one heading; those of an appendix stand behind all others. ``key`` is its own within the paper."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    appendix: bool = False


@dataclass(frozen=True)
class Paper:
    """A paper.

    Attributes
    ----------
    audience
        Whom it is for.
    title
        Its title.
    place
        The school or the trust, and what around it is looked at.
    period
        The periods that its figures are of, in words.
    for_whom
        What the watermark says: "For the governing board of Castlebrook Academy".
    made_on
        The day its figures were taken, ISO 8601.
    source
        Where its figures are from, and whether they are open or protected.
    sections
        What it says.
    minutes
        Sentences to copy into minutes, each with its figure, certainty and source.
    """

    audience: Audience
    title: str
    place: str
    period: str
    for_whom: str
    made_on: str
    source: str
    sections: tuple[Section, ...]
    minutes: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Edits:
    """What a person changed of a paper: words by their key, and the sections left out by theirs."""

    words: Mapping[str, str]
    left_out: frozenset[str] = frozenset()


def words_of(paper: Paper) -> list[Words]:
    """List the words of a paper that people may edit, in their order."""
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Words)]


def edited(paper: Paper, edits: Edits) -> Paper:
    """Return a paper with other words and without some sections; its figures stay as they are."""
    kept = [section for section in paper.sections if section.key not in edits.left_out]
    return replace(paper, sections=tuple(_edited(section, edits.words) for section in kept))


def _edited(section: Section, words: Mapping[str, str]) -> Section:
    blocks = tuple(
        replace(block, text=words[block.key]) if isinstance(block, Words) and block.key in words else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks)
