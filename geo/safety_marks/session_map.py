"""Session map: the grid of squares that young people mark, and the code on the sheet from which it can be read back.

Letters go across from the west, numbers down from the north. The code is the grid reference of the south-west corner
and the side of a square in metres, "SK42309240-100"; every sheet has as many squares, so no list of maps is needed.
"""

import re
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from geo.safety_marks.grid_reference import read_reference, write_reference

COLUMNS: Final = 17
ROWS: Final = 12
SIDES: Final = (100, 200)  # metres of a square; rows of protected data rest as coarsely as the smaller one
_CODE: Final = re.compile(rf"(.*)-({'|'.join(map(str, SIDES))})")
_SQUARE: Final = re.compile(r"([A-Z])([1-9]\d?)")


@dataclass(frozen=True)
class SessionMap:
    """A grid of ``COLUMNS`` × ``ROWS`` squares: its south-west corner (EPSG:27700), and metres along a square."""

    west: int
    south: int
    side: int

    @property
    def code(self) -> str:
        """What names the map on its sheet and in a file: "SK42309240-100"."""
        return f"{write_reference(self.west, self.south)}-{self.side}"

    @property
    def east(self) -> int:
        """The easting of its eastern edge."""
        return self.west + COLUMNS * self.side

    @property
    def north(self) -> int:
        """The northing of its northern edge."""
        return self.south + ROWS * self.side

    def middle_of(self, square: str) -> tuple[float, float]:
        """Return easting and northing of the middle of a square ("C7"). Raises ValueError where the map has none."""
        found = _SQUARE.fullmatch(square)
        if found is None:
            raise ValueError("a square is a letter and a number")
        across, down = ascii_uppercase.index(found[1]), int(found[2]) - 1
        if across >= COLUMNS or down >= ROWS:
            raise ValueError("a square is one of the map")
        return self.west + (across + 0.5) * self.side, self.north - (down + 0.5) * self.side

    def square_at(self, east: float, north: float) -> str | None:
        """Return the square in which a place lies (EPSG:27700); None beyond the map."""
        across, up = int((east - self.west) // self.side), int((north - self.south) // self.side)
        if across not in range(COLUMNS) or up not in range(ROWS):
            return None
        return f"{ascii_uppercase[across]}{ROWS - up}"


def read_code(code: str) -> SessionMap:
    """Read the code of a map. Raises ValueError for any other text."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError("a map's code is a grid reference, a dash and the metres of a square")
    west, south = read_reference(found[1])
    return SessionMap(west, south, int(found[2]))


def map_around(east: float, north: float, side: int = SIDES[0]) -> SessionMap:
    """Return the map whose middle square holds a place; its squares are those of the National Grid.

    Raises ValueError for a side that there is none of, and for a place that is not well inside the grid.
    """
    if side not in SIDES:
        raise ValueError("squares are of 100 or 200 m")
    west, south = (int(at // side - most // 2) * side for at, most in ((east, COLUMNS), (north, ROWS)))
    made = SessionMap(west, south, side)
    return read_code(made.code)
