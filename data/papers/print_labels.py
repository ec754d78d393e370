"""Labels: where on a printed map there is room for words, the most useful first."""

import numpy as np
import shapely

from data.papers.print_sheet import width_of

_TALL = 0.8  # of the size of letters: their height
_AROUND = 1.2  # points between two labels


class Room:
    """The room that is left on a map, in points."""

    def __init__(self, box: shapely.Geometry) -> None:
        self._box = box
        self._taken: list[shapely.Geometry] = []

    def take(self, shape: shapely.Geometry) -> None:
        """Keep the ground of a shape free of words."""
        self._taken.append(shape)

    def place(self, x: float, y: float, words: str, size: float, *, bold: bool = False, turned: float = 0.0) -> bool:
        """Take the room of a line of words centred at ``x``, its base at ``y``; return False where there is none."""
        half, turn = width_of(words, size, bold=bold) / 2 + _AROUND, np.radians(turned)
        corners = np.array([[-half, -0.3 * size], [half, -0.3 * size], [half, _TALL * size], [-half, _TALL * size]])
        east = corners[:, 0] * np.cos(turn) - corners[:, 1] * np.sin(turn) + x
        north = corners[:, 0] * np.sin(turn) + corners[:, 1] * np.cos(turn) + y
        ground = shapely.Polygon(np.column_stack((east, north)))
        if not self._box.contains(ground) or any(one.intersects(ground) for one in self._taken):
            return False
        self._taken.append(ground)
        return True
