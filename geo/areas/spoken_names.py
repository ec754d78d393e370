"""Spoken names: an area is called by the place that people know, then by its statistical name.

"Boston Castle (Rotherham 017B)": first its ward, or where wards are unknown an official name of the neighbourhood, such
as the House of Commons Library gives to MSOAs; then the name that statisticians gave it, which alone tells it from its
neighbours.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from geo import columns as c
from geo.arrays import Floats, Positions

NOWHERE: Final = "none"  # the code of the larger area, of one level, that gathers the areas which lie in none
_KNOWN_BY: Final = ("ward", "msoa")  # the levels whose names people may know, the best known first
_BELOW: Final = {"ward": ("area", "lsoa", "msoa"), "msoa": ("area", "lsoa")}  # the levels that are spoken of by each
STATISTICAL: Final = re.compile(r".* \d{3}[A-Z]?")  # "Rotherham 017B": made from a district and a number
_SIGNS: Final = re.compile(r"\W+")


def spoken(neighbourhood: str, name: str) -> str:
    """Return how an area is spoken of: "Boston Castle (Rotherham 017B)".

    The name alone, where there is no neighbourhood ("") or the name says it already.
    """
    if not neighbourhood or _says(name, neighbourhood):
        return name
    return f"{neighbourhood} ({name})"


def neighbourhoods(areas: pd.DataFrame, level: str) -> tuple[str, ...]:
    """Return what people call the place around each area of a level, "" where it is not known.

    ``areas`` has ``name`` and, for each larger level that is known, ``<level>_code`` and ``<level>_name``.
    """
    found = [""] * len(areas)
    for parent in _KNOWN_BY:
        code, name = c.parent_code(parent), c.parent_name(parent)
        if level not in _BELOW[parent] or not {code, name} <= set(areas.columns):
            continue
        rows = zip(found, areas[code].astype(str), areas[name].astype(str), areas[c.NAME].astype(str), strict=True)
        found = [before or (larger if _known(code, larger, own) else "") for before, code, larger, own in rows]
    return tuple(found)


def is_below_wards(level: str) -> bool:
    """Return whether areas of a level are small enough to be spoken of by their ward."""
    return level in _BELOW["ward"]


def of_most(neighbourhoods: Sequence[str], group: Positions, residents: Floats) -> list[str]:
    """Return the neighbourhood that holds most residents of each group of areas, the first by name of equals.

    It is that of most areas where residents are unknown (NaN), and "" where no area has one. ``group`` gives the
    position of each area's group.
    """
    words = sorted(set(neighbourhoods) - {""})
    if not words:
        return [""] * (int(group.max(initial=-1)) + 1)
    at = {word: position for position, word in enumerate(words)}
    there = np.flatnonzero([bool(one) for one in neighbourhoods])
    cell = group[there], np.array([at[word] for word in neighbourhoods if word])
    people, places = (np.zeros((int(group.max()) + 1, len(words))) for _ in range(2))
    np.add.at(people, cell, residents[there])
    np.add.at(places, cell, 1)
    most = np.where(people.sum(axis=1, keepdims=True) > 0, people, places).argmax(axis=1)
    named = places.sum(axis=1) > 0
    return [words[position] if some else "" for position, some in zip(most.tolist(), named.tolist(), strict=True)]


def _known(code: str, larger: str, own: str) -> bool:
    """Return whether the name of a larger area is one that people use: no code, and no beginning of the area's own."""
    if code in (NOWHERE, larger) or STATISTICAL.fullmatch(larger):
        return False
    rest = own.removeprefix(larger)
    return rest == own or (len(rest) > 1 and rest[0].isalnum())  # "Castle" is no beginning of "Castlebrook 005C"


def _says(name: str, neighbourhood: str) -> bool:
    """Return whether a name holds all words of a neighbourhood, in their order."""
    if neighbourhood.casefold() not in name.casefold():  # as nearly always, and soonest known
        return False
    return f" {_words(neighbourhood)} " in f" {_words(name)} "


def _words(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()
