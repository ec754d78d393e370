"""Frames: the ground that a printed map shows, and how metres on it become points on the sheet."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely

from data.papers.print_sheet import POINTS
from geo.arrays import Floats, Shapes
from geo.wording import say_metres

WIDTH: Final = round(160 * POINTS, 1)  # points
_LOWEST, _HIGHEST = 90 * POINTS, 120 * POINTS  # of a map
_FINEST: Final = 0.1  # points; what is finer cannot be seen
_MANY: Final = 250  # areas, for each of which as many their edges are drawn more simply
_STEPS: Final = (1, 2, 5)
_KILOMETRE: Final = 1000
_LONGEST_BAR: Final = 0.25  # of the width


@dataclass(frozen=True)
class Frame:
    """The ground from ``west``, ``south`` (EPSG:27700) on, ``scale`` metres to a point; its lower edge is ``foot``."""

    west: float
    south: float
    scale: float
    foot: float
    height: float

    @property
    def top(self) -> float:
        """Where its upper edge is, in points."""
        return self.foot + self.height

    @cached_property
    def box(self) -> shapely.Geometry:
        """The frame in points."""
        return shapely.box(0, self.foot, WIDTH, self.top)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what is seen (EPSG:27700)."""
        return self.west, self.south, self.west + WIDTH * self.scale, self.south + self.height * self.scale

    def on_page(self, shapes: Shapes) -> Shapes:
        """Return shapes (EPSG:27700) in points, cut to the frame, without what is too fine to be seen."""
        shapes = np.asarray(shapes, dtype=object)
        placed = shapely.transform(shapes, self.points)
        lines = shapely.get_dimensions(placed) > 0
        placed[lines] = shapely.simplify(placed[lines], _FINEST)
        seen = shapely.intersects(placed, self.box)
        placed[~seen] = shapely.Point()
        crossing = seen & ~shapely.contains_properly(self.box, placed)
        placed[crossing] = shapely.intersection(shapely.make_valid(placed[crossing]), self.box)
        cut: Shapes = shapely.transform(placed, lambda xy: np.round(xy, 1))
        return cut

    def areas_on_page(self, shapes: Shapes) -> Shapes:
        """Return areas in points as ``on_page`` does, neighbours still meeting; the more are seen, the simpler."""
        placed = shapely.transform(np.asarray(shapes, dtype=object), self.points)
        seen = int(np.count_nonzero(shapely.intersects(placed, self.box)))
        simple = shapely.coverage_simplify(placed, _FINEST * (2 + seen / _MANY))
        cut = shapely.intersection(shapely.make_valid(simple), self.box)
        rounded: Shapes = shapely.transform(cut, lambda xy: np.round(xy, 1))
        return rounded

    def points(self, xy: Floats) -> Floats:
        """Return places (EPSG:27700) [n, 2] in points."""
        return np.column_stack(((xy[:, 0] - self.west) / self.scale, (xy[:, 1] - self.south) / self.scale + self.foot))

    def bar(self) -> tuple[int, str]:
        """Return how many metres a scale bar shows, and the words at its end: 500 m, 2 km."""
        longest = WIDTH * self.scale * _LONGEST_BAR
        size = 10 ** int(np.floor(np.log10(longest)))
        metres = max(int(step * size) for step in _STEPS if step * size <= longest)
        said = say_metres(metres) if metres < _KILOMETRE else f"{metres // _KILOMETRE:,} km"
        return metres, said


def frame_of(bounds: tuple[float, float, float, float], foot: float) -> Frame:
    """Return the frame that holds bounds (west, south, east, north) in its middle, its lower edge at ``foot``."""
    west, south, east, north = bounds
    wide, high = max(east - west, 1.0), max(north - south, 1.0)
    scale = max(wide / WIDTH, high / _HIGHEST)
    height = round(min(max(high / scale, _LOWEST), _HIGHEST), 1)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return Frame(middle_x - WIDTH * scale / 2, middle_y - height * scale / 2, scale, foot, height)
