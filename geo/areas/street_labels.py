"""What a police file calls its points, as a map labels them and a search finds them: "High Street"."""

import re
from typing import Final

import pandas as pd

from geo import columns as c
from geo.areas import place_names

POI: Final = "poi"  # of points that are called by their kind alone, as many a "Supermarket" is
STREET: Final = "street"

_CAPITAL: Final = re.compile(r"(?<=\w)(['’])S\b")  # the police write "St John'S Road"
_LONGEST: Final = 80  # letters; a name of a street has 40 at most


def short_name(text: str) -> str:
    """Return the name of a place as people write it: "On or near St John'S Road" is "St John's Road"."""
    return _CAPITAL.sub(r"\1s", place_names.street(text))[:_LONGEST]


def name_streets(places: pd.DataFrame) -> pd.DataFrame:
    """Return published places by their names: ``name``, ``kind`` ("street" or "poi"), ``lon``, ``lat``, ``n``.

    ``places`` has ``place``, ``lon``, ``lat`` and ``n``; one without a name is left out.
    """
    texts = places[c.PLACE].unique()
    name = places[c.PLACE].map({text: short_name(text) for text in texts})
    kind = places[c.PLACE].map({text: STREET if place_names.is_street(text) else POI for text in texts})
    named = places[[c.LON, c.LAT, c.COUNT]].assign(**{c.NAME: name, c.KIND: kind})
    return named[named[c.NAME] != ""].reset_index(drop=True)
