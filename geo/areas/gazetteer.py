"""The gazetteer: places found by what people type, whatever their kind, the exact and the near ones first.

Words fit as in ``word_search``: beginnings, "St" and "Street", and typing errors where nothing else fits. Postcodes are
looked up. Everything is in memory, and nothing is asked of anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo import columns as c
from geo.areas.postcode_list import PostcodeList, PostcodePlace, forms_of, is_postcode, joined_form, list_postcodes
from geo.areas.word_search import WordIndex, index_words, match_words, plain
from geo.arrays import Floats

POSTCODE_KIND: Final = "postcode"
# Of places that fit alike and are as near, those that are fewer come first.
KINDS: Final = (
    "school", "station", "place", "park", "district", "ward", "street", "water", "stop", "area", POSTCODE_KIND,
)  # fmt: skip
WHERE, ALSO = "where", "also"  # columns: the place around, and further words to find it by
MOST: Final = 8  # places that a result lists

_MOST_WORDS: Final = 8  # of what is typed; further ones are not looked at
_BY_PLACE: Final = 0.95  # what a word of the place around is worth, of a word of the name
# Letters of a whole name, without spaces, that may have a typing error, and from which on it may have two.
_SHORTEST, _LONG = 3, 8
# Other ways of writing a word; "St" stands for two, and its place in a name tells which.
_WRITTEN: Final = {
    "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive", "cres": "crescent", "cl": "close",
    "ct": "court", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "gdns": "gardens",
    "gr": "grove", "mt": "mount", "pk": "park",
}  # fmt: skip
_ST, _SAINT, _STREET = "st", "saint", "street"
_SPELLINGS: Final = (*_WRITTEN.items(), (_ST, _SAINT), (_ST, _STREET))


@dataclass(frozen=True)
class GazetteerEntry:
    """A place that was found: its name and kind, the place around it ("" unknown), and degrees (EPSG:4326)."""

    name: str
    kind: str
    where: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Gazetteer:
    """Places made ready for searching: those with names, by their words, and postcodes.

    ``whole`` are the names without spaces, and ``rank`` is the order of places that fit alike: by kind, short names
    first, then by the alphabet.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    wheres: tuple[str, ...]
    lon: Floats
    lat: Floats
    index: WordIndex
    whole: tuple[str, ...]
    rank: npt.NDArray[np.int64]
    postcodes: PostcodeList


def ready_gazetteer(places: pd.DataFrame) -> Gazetteer:
    """Make places ready for searching.

    They have ``name``, ``kind`` (one of ``KINDS``), ``where`` and ``also`` (texts, empty where there is nothing to
    say), ``lon`` and ``lat`` (EPSG:4326). Names of postcodes are written "S60 2UH".
    """
    is_postcode = (places[c.KIND] == POSTCODE_KIND).to_numpy()
    named = places[~is_postcode]
    names, kinds, wheres, also = (named[column].tolist() for column in (c.NAME, c.KIND, WHERE, ALSO))
    written = [_words(name) for name in names]
    whole = ["".join(words) for words in written]
    around = {text: _words(text) for text in set(wheres)}
    owned = [
        dict.fromkeys((*around[where], *_further(more)), _BY_PLACE) | dict.fromkeys(words, 1.0)
        for words, where, more in zip(written, wheres, also, strict=True)
    ]
    order = sorted(range(len(names)), key=lambda at: (KINDS.index(kinds[at]), len(whole[at]), whole[at], at))
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    lon, lat = (named[column].to_numpy(dtype=np.float64) for column in (c.LON, c.LAT))
    index = index_words(owned, _SPELLINGS)
    postcodes = list_postcodes(places[is_postcode])
    return Gazetteer(tuple(names), tuple(kinds), tuple(wheres), lon, lat, index, tuple(whole), rank, postcodes)


def search(
    gazetteer: Gazetteer, text: str, near: tuple[float, float] | None = None, limit: int = MOST
) -> list[GazetteerEntry]:
    """Return the places that fit what was typed, best first, at most ``limit``.

    Those come first that fit to the letter; of those that fit alike the ones called exactly so, then the ones nearest
    to ``near`` (longitude and latitude). A postcode comes before all, whole or as far as it is typed.
    """
    typed = plain(text)
    postcodes = gazetteer.postcodes.look_up(typed, limit) or gazetteer.postcodes.within(typed)
    found = [GazetteerEntry(one.name, POSTCODE_KIND, one.where, one.lon, one.lat) for one in postcodes]
    named = _by_name(gazetteer, typed, postcodes, near)
    return (found + [_entry(gazetteer, at) for at in named[:limit]])[:limit]


def _by_name(
    gazetteer: Gazetteer, typed: str, postcodes: Sequence[PostcodePlace], near: tuple[float, float] | None
) -> list[int]:
    """Return the positions of the places with names that fit, in order.

    Where a whole postcode is found already, only places with that very postcode in their address fit it.
    """
    postcode = joined_form(typed)
    words = [postcode] if postcode else [*dict.fromkeys(typed.split())][:_MOST_WORDS]
    if postcode and any(one.is_whole for one in postcodes) and postcode not in gazetteer.index:
        return []
    whole = "".join(_words(typed))
    matched = match_words(gazetteer.index, words)
    found, score = matched.found, matched.score
    if not matched.all_words and not is_postcode(typed):
        likened, errors = _liken(gazetteer, whole)
        found, score = (likened, -errors) if len(likened) else (found, score)
    other = np.array([gazetteer.whole[at] != whole for at in found], dtype=np.bool_)
    away = np.zeros(len(found)) if near is None else _away(gazetteer, found, near)
    return found[np.lexsort((gazetteer.rank[found], away, other, -score))].tolist()


def _liken(gazetteer: Gazetteer, whole: str) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the places whose whole name differs least, by two letters at most, spaces left out; and by how many."""
    if len(whole) < _SHORTEST or not gazetteer.whole:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    allowed = 2 if len(whole) >= _LONG else 1
    errors = process.cdist([whole], gazetteer.whole, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
    found = np.flatnonzero(errors == min(errors.min(), allowed))
    return found, errors[found].astype(np.float64)


def _away(gazetteer: Gazetteer, found: npt.NDArray[np.int64], near: tuple[float, float]) -> Floats:
    """Return how far places are from a point, in degrees of latitude: enough to put them in order."""
    lon, lat = near
    east = (gazetteer.lon[found] - lon) * np.cos(np.radians(lat))
    return np.asarray(np.hypot(east, gazetteer.lat[found] - lat))


def _entry(gazetteer: Gazetteer, at: int) -> GazetteerEntry:
    where, lon, lat = gazetteer.wheres[at], float(gazetteer.lon[at]), float(gazetteer.lat[at])
    return GazetteerEntry(gazetteer.names[at], gazetteer.kinds[at], where, lon, lat)


def _words(text: str) -> list[str]:
    """Return the words of a text in the spelling by which they are kept: St Mary's is Saint, High St is Street."""
    words = [_WRITTEN.get(word, word) for word in plain(text).split()]
    if words and words[-1] == _ST:
        words[-1] = _STREET
    return [_SAINT if word == _ST else word for word in words]


def _further(also: str) -> list[str]:
    """Return the words of what else a place is found by: codes, and the postcode of its address in both forms."""
    joined = forms_of(plain(also))
    return [*joined] if joined else _words(also)
