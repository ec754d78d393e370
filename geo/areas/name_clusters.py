"""Points that share a name, as people know them: one for each neighbourhood in which the name occurs.

A street has many snap points, and a county many High Streets; a bus station has two dozen bays of one name.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geo.arrays import Floats

NEAR: Final = 500.0  # metres: two points of one name so close to each other are of one street
_PER_DEGREE: Final = 111_320.0  # metres of a degree of latitude
_APART: Final = 1e9  # metres between the sheets on which names lie, so that none meets another

Positions = npt.NDArray[np.int64]


def join_names(names: Sequence[str], lon: Floats, lat: Floats) -> Positions:
    """Return the positions of one point for each name and neighbourhood, in order.

    Points of one name that a chain of steps of at most ``NEAR`` metres links are one; the point nearest to their middle
    stands for them. ``lon`` and ``lat`` are degrees (EPSG:4326), and distances good to a per cent in Britain.
    """
    if not len(names):
        return np.zeros(0, dtype=np.int64)
    name, xy = pd.factorize(np.asarray(names, dtype=object))[0], _metres(lon, lat)
    # Of points in one small square one will do, or two thousand of one name would be four million pairs.
    square = np.column_stack([name, *np.floor(xy / (NEAR / 2)).astype(np.int64).T])
    _, first, square_of = np.unique(square, axis=0, return_index=True, return_inverse=True)
    tree = cKDTree(np.column_stack([xy[first], name[first] * _APART]))
    one, other = tree.query_pairs(NEAR, output_type="ndarray").T
    linked = coo_array((np.ones(len(one), dtype=np.bool_), (one, other)), shape=(len(first), len(first)))
    cluster = connected_components(linked, directed=False)[1][square_of.ravel()]
    size = np.bincount(cluster)
    middle = np.column_stack([np.bincount(cluster, part) / size for part in xy.T])
    away = np.hypot(*(xy - middle[cluster]).T).round(3)
    order = np.lexsort((np.arange(len(name)), away, cluster))
    found = order[np.unique(cluster[order], return_index=True)[1]]
    return np.sort(found)


def thin_names(names: Sequence[str], lon: Floats, lat: Floats) -> Positions:
    """Return the positions of points so that those of one name lie at least ``NEAR`` metres apart, in order.

    A point is left out where one of the same name that comes before it is nearer.
    """
    xy = _metres(lon, lat)
    squares = np.floor(xy / NEAR).astype(np.int64).tolist()
    kept: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    found = []
    for at, (name, (x, y), (column, row)) in enumerate(zip(names, xy.tolist(), squares, strict=True)):
        around = ((name, column + east, row + north) for east in (-1, 0, 1) for north in (-1, 0, 1))
        if not any(
            (x - there[0]) ** 2 + (y - there[1]) ** 2 < NEAR**2 for key in around for there in kept.get(key, ())
        ):
            kept.setdefault((name, column, row), []).append((x, y))
            found.append(at)
    return np.array(found, dtype=np.int64)


def _metres(lon: Floats, lat: Floats) -> Floats:
    """Return points in metres east and north, near enough for telling neighbours."""
    return np.column_stack([lon * np.cos(np.radians(lat)), lat]) * _PER_DEGREE
