"""Street blocks: what lies between two junctions of a network, as a unit that streets are compared by."""

from typing import Final

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.arrays import Floats, Positions
from geo.walking.corridors import LocalNetwork

_THROUGH: Final = 2  # edges that meet where a street only bends
SHORTEST: Final = 40.0  # metres; what is shorter is a corner of a junction


def blocks(local: LocalNetwork) -> Positions:
    """Return for each edge of a network which block it is part of, numbered from 0: edges that only bends part."""
    size = len(local.start)
    ends = np.concatenate([local.start, local.end])
    edge = np.concatenate([np.arange(size)] * 2)
    order = np.argsort(ends, kind="stable")
    point, edge = ends[order], edge[order]
    first = np.flatnonzero(np.diff(np.concatenate([[-1], point])))
    meeting = np.diff(np.concatenate([first, [len(point)]]))
    bends = first[meeting == _THROUGH]
    joined = coo_array((np.ones(len(bends)), (edge[bends], edge[bends + 1])), shape=(size, size))
    found: Positions = connected_components(joined, directed=False)[1].astype(np.int64)
    return found


def nearest_edges(local: LocalNetwork, points: Floats, within: float) -> Positions:
    """Return for each point ([points, 2], metres) the nearest edge within some metres, -1 where there is none."""
    found = np.full(len(points), -1, dtype=np.int64)
    if len(points) and len(local.start):
        ends = np.stack([local.xy[local.start], local.xy[local.end]], axis=1)
        tree = shapely.STRtree(shapely.linestrings(ends))
        at, edge = tree.query_nearest(shapely.points(points), max_distance=within, all_matches=False)
        found[at] = edge
    return found
