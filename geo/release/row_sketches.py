"""Row sketches: keyed tokens by which incidents that were released are known again, and from which none can be read.

A row has a token of each kind that it can have, of what it says about when, where and what; times and places are taken
as coarsely as protected rows rest. Rows that say the same are numbered, so that tokens count them. So rows are known
again in another area set, under other names of categories, in another order, and with fewer columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geo.areas.coarsening import cells
from geo.arrays import Bools, Floats, Positions
from geo.calendar.school_day import Moments
from geo.release import keyed

Tokens = npt.NDArray[np.uint64]
Sketch = Mapping[str, Tokens]  # sorted tokens by the name of their kind

_QUARTER: Final = 15 * 60  # seconds
_DAY: Final = 24 * 60 * 60
_YEAR: Final = 52  # weeks, so that weekdays stay
_MOST: Final = 255  # rows that say the same and are told apart
_BITS: Final = 40  # of a place, and of a category
_GRID: Final = 1e5  # points are told apart to 1 m when their cells are looked up
_BEGINNING: Final = 18  # bits of a token that are looked at first
_WEEKS: Final = (-_YEAR, -3, -2, -1, 1, 2, 3, _YEAR)
_MONTHS: Final = (-12, -2, -1, 1, 2, 12)


class Kind(NamedTuple):
    """What a token is made of; ``shifts`` are the distances in time at which rows are the same by chance only."""

    when: str
    place: str | None = None
    by_category: bool = False

    @property
    def name(self) -> str:
        """The name of this kind."""
        return "+".join(filter(None, (self.when, self.place, "category" if self.by_category else None)))

    @property
    def shifts(self) -> tuple[int, ...]:
        """By how many of its units of time rows are shifted to see what chance gives."""
        return {
            "quarter": tuple(weeks * 7 * _DAY // _QUARTER for weeks in _WEEKS),
            "day": tuple(weeks * 7 for weeks in _WEEKS),
            "month": _MONTHS,
        }[self.when]


# From the kinds that tell most to those that tell least.
KINDS: Final = (
    Kind("quarter", "cell"),
    Kind("quarter", "code"),
    Kind("quarter", by_category=True),
    Kind("quarter"),
    Kind("day", "cell", by_category=True),
    Kind("day", "code", by_category=True),
    Kind("day", "cell"),
    Kind("day", "code"),
    Kind("day", by_category=True),
    Kind("month", "cell", by_category=True),
    Kind("month", "code", by_category=True),
    Kind("month", "cell"),
    Kind("month", "code"),
)


@dataclass(frozen=True, eq=False)
class SketchedRows:
    """Rows and the key of their tokens.

    ``month`` counts months; ``start`` is None where only months are known. ``lon`` and ``lat`` are degrees (EPSG:4326),
    NaN where a row has no point. ``code`` and ``category`` are positions among their words, −1 for none.
    """

    key: bytes = field(repr=False)
    month: Positions
    start: Moments | None
    lon: Floats
    lat: Floats
    code: Positions
    codes: tuple[str, ...]
    category: Positions
    categories: tuple[str, ...]

    def sketch(self) -> Sketch:
        """Return the tokens of all rows, of every kind that rows have."""
        found = {kind.name: np.sort(self.tokens(kind, np.flatnonzero(self.has(kind)))) for kind in KINDS}
        return {name: tokens for name, tokens in found.items() if len(tokens)}

    def has(self, kind: Kind) -> Bools:
        """Return which rows can have a token of a kind."""
        there: Bools = np.ones(len(self.month), dtype=np.bool_)
        if kind.when != "month":
            there &= np.zeros_like(there) if self.start is None else ~np.isnat(self.start)
        if kind.place == "cell":
            there &= ~np.isnan(self.lon) & ~np.isnan(self.lat)
        if kind.place == "code":
            there &= self.code >= 0
        return there & (self.category >= 0) if kind.by_category else there

    def tokens(self, kind: Kind, rows: Positions, shift: int = 0) -> Tokens:
        """Return the tokens that rows would have at another time, those that say the same numbered from 0."""
        high, low = self._values(kind, rows, shift)
        number = _numbered(high, low)
        return keyed.tokens(self.key, high | (number.astype(np.uint64) << np.uint64(48)), low)

    def among(self, kind: Kind, rows: Positions, sketch: Tokens, shift: int = 0) -> Positions:
        """Return those of ``rows`` whose tokens are in a sketch."""
        first = keyed.tokens(self.key, *self._values(kind, rows, shift))
        rows = rows[is_among(first, sketch)]  # what the first of equal rows does not match, none of them does
        return rows[is_among(self.tokens(kind, rows, shift), sketch)]

    def _values(self, kind: Kind, rows: Positions, shift: int) -> tuple[Tokens, Tokens]:
        """Return what tokens are made of, in two halves of 64 bits: kind, number (0 here), time, place, category."""
        when = (self._when(kind.when)[rows] + shift).astype(np.uint64) & np.uint64(2**32 - 1)
        place, category = np.zeros((2, len(rows)), dtype=np.uint64)
        if kind.place is not None:
            place = (self._cells if kind.place == "cell" else self._codes)[rows]
        if kind.by_category:
            category = self._categories[rows]
        high = np.uint64(KINDS.index(kind) << 56) | (when << np.uint64(16)) | (place >> np.uint64(24))
        return high, ((place & np.uint64(2**24 - 1)) << np.uint64(40)) | category

    def _when(self, unit: str) -> Positions:
        if unit == "month" or self.start is None:
            return self.month
        return self._seconds // (_DAY if unit == "day" else _QUARTER)

    @cached_property
    def _seconds(self) -> Positions:
        return np.asarray(self.start, dtype="datetime64[s]").astype(np.int64)

    @cached_property
    def _cells(self) -> Tokens:
        """Return the number of each row's 100 m cell; points are looked up once each."""
        there = ~np.isnan(self.lon) & ~np.isnan(self.lat)
        point = np.round(np.stack([self.lon[there], self.lat[there]]) * _GRID).astype(np.int64)
        distinct, of_row = np.unique((point[0] << 32) + point[1], return_inverse=True)
        lat = ((distinct + 2**31) & (2**32 - 1)) - 2**31
        east, north = cells((distinct - lat >> 32) / _GRID, lat / _GRID)
        found = np.zeros(len(there), dtype=np.uint64)
        mask = 2**20 - 1
        found[there] = (((east & mask) << 20) | (north & mask)).astype(np.uint64)[of_row]
        return found

    @cached_property
    def _codes(self) -> Tokens:
        return self._words(self.codes)[self.code]

    @cached_property
    def _categories(self) -> Tokens:
        return self._words(self.categories)[self.category]

    def _words(self, words: tuple[str, ...]) -> Tokens:
        return keyed.words(self.key, [" ".join(word.casefold().split()) for word in (*words, "")], _BITS)


def is_among(tokens: Tokens, sketch: Tokens) -> Bools:
    """Return which tokens are in a sorted sketch."""
    if not len(sketch):
        return np.zeros(len(tokens), dtype=np.bool_)
    begins = np.zeros(2**_BEGINNING, dtype=np.bool_)  # tokens are spread evenly, so this leaves few to be looked up
    begins[sketch >> np.uint64(64 - _BEGINNING)] = True
    found: Bools = begins[tokens >> np.uint64(64 - _BEGINNING)]
    some = tokens[found]
    found[found] = sketch[np.minimum(np.searchsorted(sketch, some), len(sketch) - 1)] == some
    return found


def joined(one: Sketch, other: Sketch) -> Sketch:
    """Return the tokens of either sketch."""
    none = np.zeros(0, dtype=np.uint64)
    return {name: np.union1d(one.get(name, none), other.get(name, none)) for name in one.keys() | other.keys()}


def beyond(one: Sketch, other: Sketch) -> Sketch:
    """Return the tokens of a sketch that another has not."""
    left = {name: tokens[~is_among(tokens, other.get(name, tokens[:0]))] for name, tokens in one.items()}
    return {name: tokens for name, tokens in left.items() if len(tokens)}


def _numbered(high: Tokens, low: Tokens) -> Positions:
    """Return for each value how many equal ones stand before it, ``_MOST`` at most."""
    order = np.lexsort((low, high))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (np.diff(high[order]) != 0) | (np.diff(low[order]) != 0)
    first = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.minimum(np.arange(len(order)) - first, _MOST)
    return number
