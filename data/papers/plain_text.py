"""What every form of a paper does to its words: nothing but what the form cannot hold."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Final

from geo.briefing.paper import Block, Paper, Picture, Section, Sentences, Told, Words
from geo.errors import InputError

MINUTES: Final = "Sentences for the minutes"
SPOKEN: Final = "Say"
MINUTES_KEY: Final = "minutes of the paper"
# What XML 1.0 forbids, and what turns the direction of all that follows: a figure must not read backwards.
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")


def legal(text: str) -> str:
    """Return a text with “□” for each character that no form can hold or may obey, and with one kind of line end."""
    return _UNFIT.sub("□", text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of people's words, which blank lines part; none for blank words."""
    return [part.strip() for part in _BLANK_LINE.split(legal(text)) if part.strip()]


def long_day(day: str) -> str:
    """Return an ISO day as it is written in a letter: “1 October 2025”."""
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"


def with_sources(told: Iterable[Told]) -> list[tuple[Told, str]]:
    """Pair sentences with the source to print below each: once, below the last of those that share it."""
    pairs: list[tuple[Told, str]] = []
    for source, sharing in groupby(told, key=lambda one: one.source):
        *others, last = sharing
        pairs += [*((one, "") for one in others), (last, source)]
    return pairs


def described(picture: Picture) -> str:
    """Return the sentence for those who do not see a picture. Raises InputError where there is none."""
    if not picture.alt.strip():
        raise InputError(
            "Each picture of a paper must have a sentence for those who do not see it, and one has none; write it or "
            "leave the picture out."
        )
    return legal(picture.alt)


def printed_sections(paper: Paper) -> list[Section]:
    """List the sections that say something: the body, then the minutes as a section of their own, then the appendix."""
    said = [section for section in paper.sections if any(_says(block) for block in section.blocks)]
    minutes = [Section(MINUTES_KEY, MINUTES, (Sentences(paper.minutes),))] if paper.minutes else []
    return [*(one for one in said if not one.appendix), *minutes, *(one for one in said if one.appendix)]


def _says(block: Block) -> bool:
    match block:
        case Words():
            return bool(block.text.strip())
        case Sentences():
            return bool(block.told)
        case _:
            return True
