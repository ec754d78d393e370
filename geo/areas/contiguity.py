"""Contiguity: which areas are each other's neighbours, as a graph that spatial statistics take with the areas' figures.

A graph is a sparse matrix, area × area, of int8: 1 where two areas are neighbours, symmetric, and no area is a
neighbour of itself. Its rows are in the order of the areas.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array, csr_array

from geo.arrays import Positions, Shapes

SLIVER: Final = 1.0  # metres; neighbours' outlines are drawn separately and need not meet to the centimetre


def graph_of(shapes: Shapes) -> csr_array:
    """Return the graph of areas (``shapes``, in metres) that touch, be it in a corner, or lie within 1 m.

    This is queen contiguity. An island has no neighbour.
    """
    one, other = boxes_near(shapes, SLIVER)
    close = shapely.distance(shapes[one], shapes[other]) <= SLIVER
    return _graph(one[close], other[close], len(shapes))


def of_units(graph: csr_array, member: npt.NDArray[np.integer], size: int) -> csr_array:
    """Return the graph of larger units, which are neighbours when any of their areas are.

    ``member`` holds the position of each area's unit (−1: in none); ``size`` is the number of units.
    """
    links = graph.tocoo()
    one, other = member[links.row], member[links.col]
    between = (one != other) & (one >= 0) & (other >= 0)
    return _graph(one[between], other[between], size)


def within(graph: csr_array, kept: npt.NDArray[np.bool_]) -> csr_array:
    """Return the graph with the links between ``kept`` areas only; it keeps its size, and the others have no link."""
    links = graph.tocoo()
    both = kept[links.row] & kept[links.col]
    return _graph(links.row[both], links.col[both], graph.shape[0])


def boxes_near(shapes: Shapes, reach: float) -> tuple[Positions, Positions]:
    """Return the pairs of shapes, each once, whose bounding boxes lie within ``reach`` metres: positions."""
    west, south, east, north = shapely.bounds(shapes).T
    around = shapely.box(west - reach, south - reach, east + reach, north + reach)
    one, other = shapely.STRtree(shapes).query(around)
    return one[one < other], other[one < other]


def _graph(one: npt.NDArray[np.integer], other: npt.NDArray[np.integer], size: int) -> csr_array:
    """Return the graph of ``size`` areas in which each pair is linked both ways, however often it is listed."""
    ends = (np.concatenate([one, other]), np.concatenate([other, one]))
    graph = coo_array((np.ones(len(ends[0]), dtype=np.int32), ends), shape=(size, size)).tocsr()
    return (graph > 0).astype(np.int8)


REACHES: Final = (SLIVER, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e7)  # metres; the last is wider than Britain


def neighbours_in_parent(shapes: Shapes, parent: Positions) -> list[set[int]]:
    """Return the neighbours of each area inside its parent, as positions.

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
    """Return the pairs of areas of one parent, but of different pieces, within ``reach``: distance and positions.

    Distances are rounded to the millimetre, so that equal ones are equal on every machine.
    """
    one, other = boxes_near(shapes, reach)
    likely = (parent[one] == parent[other]) & (piece[one] != piece[other])
    one, other = one[likely], other[likely]
    distance = shapely.distance(shapes[one], shapes[other])
    close = distance <= reach
    yield from zip(distance[close].round(3).tolist(), one[close].tolist(), other[close].tolist(), strict=True)
