"""Postcodes by their beginning: a whole one, those of a sector or a district, and the middle of each.

They are looked up in order and never guessed at: a postcode with a typing error is another place.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import columns as c
from geo.arrays import Floats

DISTRICT, SECTOR = "Postcode district", "Postcode sector"
_LAST: Final = "\uffff"  # stands after every letter
_INWARD: Final = 3  # signs after the space of a whole postcode
# A postcode in small letters as far as it is typed, with its space or without.
_TYPED: Final = re.compile(r"([a-z]{1,2}\d[a-z\d]?)(?:( ?)(\d[a-z]{0,2}))?")
_SHORTER: Final = re.compile(r"([a-z]{1,2}\d)(\d)")  # "s61" may mean the beginning of S6 1AA
_WITHIN: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b")


@dataclass(frozen=True)
class PostcodePlace:
    """A postcode or, where it is not a whole one, what several share, with where it is: degrees, EPSG:4326."""

    name: str
    where: str
    lon: float
    lat: float
    is_whole: bool


@dataclass(frozen=True)
class PostcodeList:
    """Postcodes in the order of ``codes`` ("S60 2UH"), each once, with their positions and the places around them."""

    codes: tuple[str, ...]
    lon: Floats
    lat: Floats
    wheres: tuple[str, ...]
    where_of: npt.NDArray[np.int64]

    def look_up(self, typed: str, most: int) -> list[PostcodePlace]:
        """Return what a typed postcode means, in small letters with or without its space; nothing if it is none.

        A whole postcode is itself; where it is not on the list, its sector or its district stands for it. A district
        ("S60") or a sector ("S60 2") is the middle of its postcodes. More of a postcode is all those that begin so.
        """
        for outward, inward in _readings(typed):
            if found := self._begin_so(outward.upper(), inward.upper(), most):
                return found
        return []

    def within(self, text: str) -> list[PostcodePlace]:
        """Return the whole postcodes that stand somewhere in a text in small letters, with or without their space."""
        return [place for typed in _WITHIN.findall(text) for place in self.look_up(typed, 1)]

    def _begin_so(self, outward: str, inward: str, most: int) -> list[PostcodePlace]:
        first, last = self._between(f"{outward} {inward}")
        if first < last and len(inward) > 1:
            return [self._one(at) for at in range(first, min(last, first + most))]
        for length, what in ((1, SECTOR), (0, DISTRICT)):
            name = f"{outward} {inward[:length]}".strip() if len(inward) >= length else ""
            first, last = self._between(f"{outward} {inward[:length]}")
            if name and first < last:
                return [self._middle(name, what, first, last)]
        return [] if inward else self._districts(outward, most)

    def _districts(self, beginning: str, most: int) -> list[PostcodePlace]:
        """Return the middles of the districts that begin so: S60 and S61 for "S6" where there is no S6."""
        first, last = self._between(beginning)
        names = list(dict.fromkeys(code.split(" ")[0] for code in self.codes[first:last]))
        return [self._middle(name, DISTRICT, *self._between(f"{name} ")) for name in names[:most]]

    def _between(self, beginning: str) -> tuple[int, int]:
        return bisect_left(self.codes, beginning), bisect_left(self.codes, beginning + _LAST)

    def _one(self, at: int) -> PostcodePlace:
        where = self.wheres[int(self.where_of[at])]
        return PostcodePlace(self.codes[at], where, float(self.lon[at]), float(self.lat[at]), True)

    def _middle(self, name: str, what: str, first: int, last: int) -> PostcodePlace:
        lon, lat = (float(np.mean(part[first:last])) for part in (self.lon, self.lat))
        return PostcodePlace(name, what, lon, lat, False)


def list_postcodes(postcodes: pd.DataFrame) -> PostcodeList:
    """Make postcodes ready for looking up: ``name`` ("S60 2UH"), ``where``, ``lon`` and ``lat``, the first of each."""
    once = postcodes.drop_duplicates(c.NAME).sort_values(c.NAME, ignore_index=True)
    where_of, wheres = pd.factorize(once["where"].astype(object))
    lon, lat = (once[name].to_numpy(dtype=np.float64) for name in (c.LON, c.LAT))
    return PostcodeList(tuple(once[c.NAME].tolist()), lon, lat, tuple(wheres), where_of.astype(np.int64))


def is_postcode(typed: str) -> bool:
    """Return whether a text in small letters is a postcode or the beginning of one, a district at least."""
    return _TYPED.fullmatch(typed) is not None


def joined_form(typed: str) -> str:
    """Return a postcode, in small letters and typed beyond its district, without its space; "" for any other text."""
    found = _TYPED.fullmatch(typed)
    return f"{found[1]}{found[3]}" if found is not None and found[3] else ""


def forms_of(postcode: str) -> Sequence[str]:
    """Return the words that an address with a whole postcode is found by: "s602uh" and "s60"; none for other texts."""
    found = _TYPED.fullmatch(postcode)
    whole = found is not None and len(found[3] or "") == _INWARD
    return (f"{found[1]}{found[3]}", found[1]) if found is not None and whole else ()


def _readings(typed: str) -> Iterator[tuple[str, str]]:
    """Yield what a typed postcode may mean: its part before and after the space, the likeliest first."""
    found = _TYPED.fullmatch(typed)
    if found is not None:
        yield found[1], found[3] or ""
    shorter = _SHORTER.fullmatch(typed)
    if shorter is not None:
        yield shorter[1], shorter[2]
