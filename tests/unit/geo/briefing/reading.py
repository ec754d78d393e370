"""Reading papers: what they say, whatever block it stands in, and facts of which every text is another."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from geo.briefing.facts import Facts
from geo.briefing.paper import Paper, words_of


def texts(part: Any) -> Iterator[str]:
    """Return every text within a paper, facts or a part of them."""
    if isinstance(part, str):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)


def with_texts(part: Any, other: Callable[[str], str], kept: tuple[str, ...] = ()) -> Any:
    """Return facts, or a part of them, with another text for each; of the attributes ``kept`` the same."""
    if isinstance(part, str):
        return other(part)
    if is_dataclass(part) and not isinstance(part, type):
        changed = {
            field.name: with_texts(getattr(part, field.name), other, kept)
            for field in fields(part)
            if field.name not in kept
        }
        return replace(part, **changed)
    return tuple(with_texts(one, other, kept) for one in part) if isinstance(part, tuple) else part


def prefilled(paper: Paper) -> str:
    """Return all words that are there before anybody edits."""
    return "\n\n".join(one.text for one in words_of(paper) if one.text)


def said(paper: Paper) -> str:
    """Return everything that a paper says, one text a line."""
    return "\n".join(texts(paper))


def sentence_lengths(text: str) -> list[int]:
    """Return how many words each sentence of a text has."""
    return [len(one.split()) for one in re.split(r"(?<=[.?!])\s+", text) if one.strip()]


def all_areas(facts: Facts) -> Facts:
    """Return facts of all areas together."""
    return replace(facts, name="All areas", is_school=False, where="in Castlebrook")
