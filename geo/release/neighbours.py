"""Neighbours: which areas share a boundary or a corner, so that merging them gives a zone that reads as one place."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely

from geo.contiguity import SLIVER, Positions, Shapes, boxes_near

REACHES: Final = (SLIVER, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e7)  # metres; the last is wider than Britain


def neighbours(shapes: Shapes, parent: Positions) -> list[set[int]]:
    """Give the neighbours of each area inside its parent, as positions.

    Areas (``shapes``, in metres) are neighbours when they touch, be it in a corner, or lie within 1 m (queen
    contiguity). Where that leaves a parent in pieces, its pieces are joined at the areas that lie closest, the closest
    pair first: an island is a neighbour of the nearest area. ``parent`` is the position of each area's parent.
    """
    near: list[set[int]] = [set() for _ in shapes]
    piece = np.arange(len(shapes))
    for reach in REACHES:
        for _, one, other in sorted(_pairs(shapes, parent, piece, reach)):
            if reach == SLIVER or piece[one] != piece[other]:
                near[one].add(other)
                near[other].add(one)
                piece[piece == piece[other]] = piece[one]
        if len(np.unique(piece)) == len(np.unique(parent)):
            break
    return near


def _pairs(shapes: Shapes, parent: Positions, piece: Positions, reach: float) -> Iterator[tuple[float, int, int]]:
    """Give the pairs of areas of one parent, but of different pieces, within ``reach``: distance and positions.

    Distances are told to the millimetre, so that equal ones are equal on every machine.
    """
    one, other = boxes_near(shapes, reach)
    likely = (parent[one] == parent[other]) & (piece[one] != piece[other])
    one, other = one[likely], other[likely]
    apart = shapely.distance(shapes[one], shapes[other])
    close = apart <= reach
    yield from zip(apart[close].round(3).tolist(), one[close].tolist(), other[close].tolist(), strict=True)
