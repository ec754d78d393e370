"""Group lists: by which closed list a release counts, harm groups or what young people feel.

The two lists have no code in common and are not equally long, so that what is kept of a release says which it is by.
"""

from collections.abc import Iterable
from typing import Final

from geo.feelings import FEELINGS
from geo.harms import HARM_GROUPS

HARMS: Final = tuple(HARM_GROUPS)
FELT: Final = tuple(FEELINGS)
LABELS: Final = {**HARM_GROUPS, **FEELINGS}


def list_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the closed list that the codes of groups are from, in its order; that of harm groups where there are none.

    Raises ValueError for codes of neither list, or of both.
    """
    found = set(codes)
    for known in (HARMS, FELT):
        if found <= set(known):
            return known
    raise ValueError("groups must be from one closed list")


def list_as_long(number: int) -> tuple[str, ...]:
    """Return the closed list that has so many groups. Raises ValueError where none has."""
    for known in (HARMS, FELT):
        if len(known) == number:
            return known
    raise ValueError("groups must be those of a closed list")
