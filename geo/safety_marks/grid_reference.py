"""Grid references of the British National Grid: two letters for a square of 100 km, then digits east and north in it.

Ordnance Survey, *A guide to coordinate systems in Great Britain*, section 7: the letters go by rows of five from the
north-west, without I, first for squares of 500 km and then for those of 100 km.
"""

import re
from typing import Final

LETTERS: Final = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_SQUARE: Final = 100_000  # metres
_SIDE: Final = 5  # squares along the side of a larger one
_WEST, _SOUTH = 10, 5  # squares of 100 km that the letters begin west and south of the National Grid's zero
STEP: Final = 10  # metres that the last digit counts
_DIGITS: Final = 4
_REFERENCE: Final = re.compile(rf"([{LETTERS}])([{LETTERS}])(\d{{{_DIGITS}}})(\d{{{_DIGITS}}})")
EAST: Final = range(700_000)
NORTH: Final = range(1_300_000)


def write_reference(east: int, north: int) -> str:
    """Write whole metres (EPSG:27700) as a reference to 10 m: "SK42309240". Raises ValueError outside the grid."""
    if east not in EAST or north not in NORTH:
        raise ValueError("a grid reference is of a place on the National Grid")
    across, down = east // _SQUARE + _WEST, _SIDE * _SIDE - 1 - (north // _SQUARE + _SOUTH)
    large = LETTERS[down // _SIDE * _SIDE + across // _SIDE]
    small = LETTERS[down % _SIDE * _SIDE + across % _SIDE]
    return f"{large}{small}{east % _SQUARE // STEP:0{_DIGITS}}{north % _SQUARE // STEP:0{_DIGITS}}"


def read_reference(text: str) -> tuple[int, int]:
    """Read a reference to 10 m as east and north in metres (EPSG:27700). Raises ValueError for any other text."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise ValueError("a grid reference is two letters and eight digits")
    large, small = (divmod(LETTERS.index(letter), _SIDE) for letter in found.group(1, 2))
    down, across = (_SIDE * large[at] + small[at] for at in (0, 1))
    east = (across - _WEST) * _SQUARE + STEP * int(found[3])
    north = (_SIDE * _SIDE - 1 - down - _SOUTH) * _SQUARE + STEP * int(found[4])
    if east not in EAST or north not in NORTH:
        raise ValueError("a grid reference is of a place on the National Grid")
    return east, north
