"""Cells that name several categories: the row counts once, under the one whose harm group comes first in the list."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from geo.harms import HARM_GROUPS, harm_of

_ALWAYS: Final = re.compile(r"\s*[;|\n\r]+\s*")  # no category has these in its name
_OFTEN: Final = re.compile(r"\s*,\s+|\s*,(?=\S)|\s*/\s*")  # "Drugs/Alcohol" may be one
_ORDER: Final = list(HARM_GROUPS)


class OneEach(NamedTuple):
    """One category for each row, null where blank, and how many rows named several."""

    categories: pa.Array
    several: int


def one_each(column: cells.Column, harms: Mapping[str, str]) -> OneEach:
    """Return one category of each cell: of several, the first whose harm group comes first in the closed list.

    They are parted by semicolons, bars and lines; by commas and slashes only where a part also stands elsewhere, so
    that "Drugs/Alcohol" stays one. ``harms`` maps categories that are known to the codes of harm groups; none of them
    is ever split.
    """
    coded = cells.texts(column).dictionary_encode()
    texts: list[str] = coded.dictionary.to_pylist()
    pieces = [_split_surely(text, harms) for text in texts]
    often = Counter(part for parts in pieces for part in {*parts, *_maybe(parts, harms)})
    split = [_split_maybe(parts, harms, often) for parts in pieces]
    chosen = pa.array([_first(parts, harms) for parts in split], pa.string())
    several = {number for number, parts in enumerate(split) if len(parts) > 1}
    rows = pc.is_in(coded.indices, pa.array(sorted(several), coded.indices.type))
    return OneEach(chosen.take(coded.indices), int(pc.sum(rows).as_py() or 0))


def _split_surely(text: str, known: Collection[str]) -> list[str]:
    return [text] if text in known else _parts(_ALWAYS, text)


def _maybe(parts: Sequence[str], known: Collection[str]) -> list[str]:
    return [piece for part in parts if part not in known for piece in _parts(_OFTEN, part)]


def _split_maybe(parts: Sequence[str], known: Collection[str], often: Mapping[str, int]) -> list[str]:
    """Return the parts of a cell, each split further where one of its pieces is known, or stands in another cell."""
    found: list[str] = []
    for part in parts:
        pieces = [] if part in known else _parts(_OFTEN, part)
        splits = len(pieces) > 1 and any(piece in known or often[piece] > 1 for piece in pieces)
        found += pieces if splits else [part]
    return list(dict.fromkeys(found))


def _parts(mark: re.Pattern[str], text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in mark.split(text)) if part] or [text]


def _first(parts: Sequence[str], harms: Mapping[str, str]) -> str:
    return min(parts, key=lambda part: _ORDER.index(harm_of(part, harms)))
