"""The street network: the land between the main roads, cut again and again until blocks are of a town's size.

Each cut is a street, so streets always meet other streets. The same cuts give the blocks, of which areas are made: an
area's border therefore runs along streets, the river or the railway, as those of real small areas do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.ops import split

from data.demo.names import street_names
from data.demo.plan import PLACES, Way
from geo.arrays import Floats

HECTARE: Final = 10_000.0
FRINGE: Final = 110.0  # metres inside the outline where streets give way to fields
_NARROW: Final = 45.0  # metres; a block this narrow has no room for another street
_GRID: Final = 1.0  # metres to which junctions are brought together


@dataclass(frozen=True)
class Network:
    """The named ways to draw, the blocks between them (a gap-free coverage of the town), and the town's outline."""

    ways: tuple[Way, ...]
    blocks: tuple[Polygon, ...]
    outline: Polygon


def lay_streets(outline: Polygon, mains: Sequence[Way], rng: np.random.Generator) -> Network:
    """Cut the town within ``outline`` into blocks by the main ways and by streets; all in local metres."""
    base = [outline.exterior, *(shapely.intersection(way.line, outline) for way in mains)]
    cuts: list[LineString] = []
    for land in _faces(base):
        cuts += _subdivide(land, rng)
    blocks = _faces([*base, *cuts])
    built = outline.buffer(-FRINGE)
    drawn = [piece for cut in cuts for piece in _lines(shapely.intersection(cut, built)) if piece.length > 25]
    names = street_names([piece.length for piece in drawn], rng)
    beyond = outline.buffer(350)
    ways = [Way(way.kind, way.name, line) for way in mains for line in _lines(shapely.intersection(way.line, beyond))]
    ways += [Way("street", name, piece) for name, piece in zip(names, drawn, strict=True)]
    return Network(tuple(ways), tuple(blocks), outline)


def _faces(lines: Sequence[LineString]) -> list[Polygon]:
    """Return the faces between lines; junctions are brought together, so neighbours share every vertex."""
    noded = shapely.unary_union(lines, grid_size=_GRID)
    return list(shapely.polygonize([noded]).geoms)


def _subdivide(land: Polygon, rng: np.random.Generator) -> Iterator[LineString]:
    """Cut ``land`` across its long side until every part is small enough for its distance from the centre."""
    waiting = [land]
    while waiting:
        part = waiting.pop()
        box = _box(part)
        if _small_enough(part, rng) or min(_sides(box)) < _NARROW:
            continue
        cut = _across(part, box, rng)
        parts = [piece for piece in split(part, cut).geoms if piece.geom_type == "Polygon"]
        if len(parts) > 1:
            yield from _lines(shapely.intersection(cut, part))
            waiting += parts


def _small_enough(part: Polygon, rng: np.random.Generator) -> bool:
    """Return whether a block is small enough: 1 ha in the centre, more outwards; grounds of named places stay whole."""
    centre = part.centroid
    reach = float(np.hypot(centre.x / 1.2, centre.y)) / 1_000
    wanted = (1.0 + 1.15 * reach**2) * rng.uniform(0.75, 1.5)
    held = max((spot.green for spot in PLACES if spot.green and part.contains(spot.point)), default=0.0)
    return bool(part.area < max(wanted, held) * HECTARE)


def _box(part: Polygon) -> Floats:
    """Return the four corners of the smallest rectangle around a block."""
    return np.array(shapely.minimum_rotated_rectangle(part).exterior.coords)[:4]


def _sides(box: Floats) -> tuple[float, float]:
    """Return the lengths of the two sides of a rectangle, in metres."""
    return float(np.hypot(*(box[1] - box[0]))), float(np.hypot(*(box[2] - box[1])))


def _across(part: Polygon, box: Floats, rng: np.random.Generator) -> LineString:
    """Draw a slightly bent line across the long side of ``part``, near its middle and a little off square."""
    first, second = _sides(box)
    along = box[1] - box[0] if first >= second else box[2] - box[1]
    length, width = max(first, second), min(first, second)
    along = along / length
    turn = rng.normal(0, 0.06)
    lean = np.array(
        [-along[1] * np.cos(turn) - along[0] * np.sin(turn), along[0] * np.cos(turn) - along[1] * np.sin(turn)]
    )
    middle = np.array([part.centroid.x, part.centroid.y]) + along * length * rng.uniform(-0.09, 0.09)
    bend = middle + along * width * rng.normal(0, 0.035)
    reach = lean * (width + length)
    return LineString([middle - reach, bend, middle + reach])


def _lines(shape: shapely.Geometry) -> list[LineString]:
    """Return the line strings within a shape; points where lines only touch are left out."""
    return [piece for piece in shapely.get_parts(shape) if piece.geom_type == "LineString"]


def roadside(way: Way, share: float, side: float) -> Point:
    """The point ``side`` metres beside a way, after ``share`` of its length, so that it lies in one block only."""
    at = way.line.length * share
    here, ahead = (np.array(way.line.interpolate(step).coords[0]) for step in (at, at + 1.0))
    forward = (ahead - here) / np.hypot(*(ahead - here))
    return Point(here + side * np.array([-forward[1], forward[0]]))
