"""Single texts that people write themselves: an action, a reason. Each is short, and names nobody."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from data.reading.sheets import Aside, Sheet
from data.screening.screen import screen
from geo.errors import InputError

SHORTEST: Final = 3
LONGEST: Final = 200  # characters: what was done or why, and no story


def kinds_in(texts: Sequence[str]) -> list[list[str]]:
    """Name the kinds of identifiers of people that each text seems to hold; an empty list for a clean one."""
    found: list[list[str]] = [[] for _ in texts]
    asides = [Aside(str(number), text) for number, text in enumerate(texts)]
    for one in screen([Sheet("", None, pa.table({}), asides=asides)]):
        found[int(one.aside or 0)].append(one.what)
    return found


def is_long_enough(text: str) -> bool:
    """Answer whether a text says something and is no story."""
    return SHORTEST <= len(text.strip()) <= LONGEST


def require_clean_words(what: str, text: str) -> None:
    """Refuse a text that says nothing, is long, or tells who a person is; ``what`` begins the sentence: "A reason".

    Raises ``InputError`` that names the kind of what was found and never the text.
    """
    if not is_long_enough(text):
        raise InputError(
            f"{what} must have from {SHORTEST} to {LONGEST} characters, and this one has {len(text.strip())}; say it "
            "in a few words."
        )
    (found,) = kinds_in([text])
    if found:
        raise InputError(
            f"{what} must hold nothing that tells who a person is, and this one seems to hold {found[0]}; leave that "
            "out and say what concerns the place."
        )
